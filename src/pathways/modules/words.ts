import type { MetBy, ModuleKind } from '../../database/schema.ts'
import { dictionary } from '../../language/language.ts'
import type { WorkRefusal } from '../progress/rules.ts'

const someIt = (needed: number) => (needed === 1 ? 'tutti i referenti' : `almeno ${needed} referenti`)
const someEn = (needed: number) => (needed === 1 ? 'all referents' : `at least ${needed} referents`)
const attendedIt = (metBy: MetBy, needed: number) =>
  ({
    any: 'Quando almeno un referente partecipa a un incontro per il tempo richiesto.',
    all: 'Quando tutti i referenti partecipano a un incontro per il tempo richiesto.',
    at_least: `Quando ${someIt(needed)} partecipano a un incontro per il tempo richiesto.`,
  })[metBy]
const attendedEn = (metBy: MetBy, needed: number) =>
  ({
    any: 'When at least one referent attends a session for the time required.',
    all: 'When all referents attend a session for the time required.',
    at_least: `When ${someEn(needed)} attend a session for the time required.`,
  })[metBy]

export const words = dictionary(
  {
    kind: 'Tipo',
    state: 'Stato',
    due: 'Quando',
    completedBy: 'Come si completa',
    completes: {
      webinar: attendedIt,
      virtual_classroom: attendedIt,
      seminar: attendedIt,
      tool: () => 'Quando lo strumento è compilato e lo segni come completato.',
      assignment: () => 'Quando il docente accetta l’elaborato che consegni.',
      reading: (metBy, needed) =>
        ({
          any: 'Quando un referente conferma di averla letta.',
          all: 'Quando tutti i referenti confermano di averla letta.',
          at_least: `Quando ${someIt(needed)} confermano di averla letta.`,
        })[metBy],
    } as Record<ModuleKind, (metBy: MetBy, needed: number) => string>,
    soFar: (done: number, needed: number) => `Finora ${done} di ${needed} referenti`,
    missing: (names: string, count: number) => `: ${count === 1 ? 'manca' : 'mancano'} ${names}.`,
    readByYou: 'Hai già confermato di averla letta.',
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
      webinar: attendedEn,
      virtual_classroom: attendedEn,
      seminar: attendedEn,
      tool: () => 'When the tool is filled in and you mark it as completed.',
      assignment: () => 'When the trainer accepts what you hand in.',
      reading: (metBy, needed) =>
        ({
          any: 'When a referent confirms having read it.',
          all: 'When all referents confirm having read it.',
          at_least: `When ${someEn(needed)} confirm having read it.`,
        })[metBy],
    },
    soFar: (done, needed) => `So far ${done} of ${needed} referents`,
    missing: (names) => `: ${names} still missing.`,
    readByYou: 'You have confirmed already that you have read it.',
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
