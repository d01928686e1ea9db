import type { ModuleKind } from '../../database/schema.ts'
import { dictionary } from '../../language/language.ts'
import type { WorkRefusal } from '../progress/rules.ts'

export const words = dictionary(
  {
    kind: 'Tipo',
    state: 'Stato',
    due: 'Quando',
    completedBy: 'Come si completa',
    completes: {
      webinar: 'Quando almeno un referente partecipa a un incontro per il tempo richiesto.',
      virtual_classroom: 'Quando almeno un referente partecipa a un incontro per il tempo richiesto.',
      seminar: 'Quando almeno un referente partecipa a un incontro per il tempo richiesto.',
      tool: 'Quando lo strumento è compilato e lo segni come completato.',
      assignment: 'Quando il docente accetta l’elaborato che consegni.',
      reading: 'Quando confermi di averla letta.',
    } satisfies Record<ModuleKind, string>,
    link: 'Apri il materiale collegato',
    whatToDo: 'Che cosa fare',
    lockedTitle: 'Questo modulo non è ancora aperto',
    read: 'Ho letto',
    readDone: 'Segnato come letto.',
    onlyReferents: 'Può farlo solo un referente di questa amministrazione, finché segue il percorso.',
    refusal: {
      locked: 'Il modulo non è ancora aperto: completa prima quelli che lo aprono.',
      ended: 'L’amministrazione non segue più questo percorso.',
    } satisfies Record<WorkRefusal, string>,
  },
  {
    kind: 'Kind',
    state: 'State',
    due: 'When',
    completedBy: 'What completes it',
    completes: {
      webinar: 'When at least one referent attends a session for the time required.',
      virtual_classroom: 'When at least one referent attends a session for the time required.',
      seminar: 'When at least one referent attends a session for the time required.',
      tool: 'When the tool is filled in and you mark it as completed.',
      assignment: 'When the trainer accepts what you hand in.',
      reading: 'When you confirm that you have read it.',
    },
    link: 'Open the linked material',
    whatToDo: 'What to do',
    lockedTitle: 'This module is not open yet',
    read: 'I have read it',
    readDone: 'Marked as read.',
    onlyReferents: 'Only a referent of this administration can do this, while it follows the pathway.',
    refusal: {
      locked: 'The module is not open yet: complete first those that open it.',
      ended: 'The administration no longer follows this pathway.',
    },
  },
)
