import { dictionary } from '../language/language.ts'
import type { SaveRefusal } from './rules.ts'

export const words = dictionary(
  {
    title: 'Scheda di lavoro',
    linkOnly: 'Lo strumento si apre dal collegamento qui sopra. Quando l’hai usato, scrivi due righe su che cosa ne è uscito.',
    note: 'Che cosa avete fatto',
    noteHelp: 'Per esempio: quale servizio avete esaminato, dove si trova il risultato.',
    lastSaved: (name: string, moment: string) => `Ultimo salvataggio: ${name}, ${moment}.`,
    neverSaved: 'Nessuno ha ancora scritto qui.',
    completed: 'Lo strumento è completato. Puoi ancora migliorarlo: nessun campo può restare vuoto.',
    save: 'Salva',
    saveAndComplete: 'Salva e segna come completato',
    saved: 'Salvato.',
    savedAndComplete: 'Salvato: lo strumento è completato.',
    empty: 'vuoto',
    conflictTitle: 'Un collega ha salvato prima di te',
    conflict: (name: string, moment: string) =>
      `${name} ha salvato questa scheda (${moment}) mentre scrivevi. Non abbiamo sovrascritto nulla: confronta le due versioni, sistema il testo qui sotto e salva di nuovo.`,
    differences: 'Le due versioni',
    theirs: (name: string) => `Salvato da ${name}`,
    yours: 'Il tuo testo, non ancora salvato',
    yourForm: 'Il testo da salvare',
    refusal: {
      not_a_tool: 'Questo modulo non ha una scheda da compilare.',
      locked: 'Il modulo non è ancora aperto: completa prima quelli che lo aprono.',
      ended: 'L’amministrazione non segue più questo percorso.',
    } satisfies Record<SaveRefusal, string>,
  },
  {
    title: 'Worksheet',
    linkOnly: 'The tool opens from the link above. When you have used it, write two lines on what came out of it.',
    note: 'What you did',
    noteHelp: 'For example: which service you looked at, where the result is kept.',
    lastSaved: (name: string, moment: string) => `Last saved: ${name}, ${moment}.`,
    neverSaved: 'Nobody has written here yet.',
    completed: 'The tool is completed. You can still improve it: no field may be left empty.',
    save: 'Save',
    saveAndComplete: 'Save and mark as completed',
    saved: 'Saved.',
    savedAndComplete: 'Saved: the tool is completed.',
    empty: 'empty',
    conflictTitle: 'A colleague saved before you',
    conflict: (name: string, moment: string) =>
      `${name} saved this worksheet (${moment}) while you were writing. Nothing was overwritten: compare the two versions, adjust the text below and save again.`,
    differences: 'The two versions',
    theirs: (name: string) => `Saved by ${name}`,
    yours: 'Your text, not saved yet',
    yourForm: 'The text to save',
    refusal: {
      not_a_tool: 'This module has no worksheet to fill in.',
      locked: 'The module is not open yet: complete first those that open it.',
      ended: 'The administration no longer follows this pathway.',
    },
  },
)
