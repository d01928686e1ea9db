import { dictionary } from '../../../../language/language.ts'
import type { KeyRefusal } from './actions.ts'

export const words = dictionary(
  {
    title: 'Inserisci risposte da carta',
    lead: (points: number) =>
      `Scrivi i numeri cerchiati, da 1 a ${points}; lascia vuoto ciò che non è segnato. Con Tab si passa alla casella dopo, con Invio si salva.`,
    number: 'Numero del foglio',
    numberHelp: 'Scrivilo anche sulla carta: così nessun foglio entra due volte.',
    satisfaction: 'Sodd.',
    importance: 'Imp.',
    scales: 'Domande con le due scale',
    question: 'Domanda',
    none: 'non segnato',
    save: 'Salva e passa al prossimo',
    saved: (number: string) => `Foglio ${number} salvato.`,
    last: 'Ultimi fogli inseriti',
    sheet: (number: string) => `Foglio ${number}`,
    remove: 'Togli',
    removed: (number: string) => `Foglio ${number} tolto: si può inserire di nuovo.`,
    numberProblem: 'Scrivi il numero del foglio, da 1 a 999.999.',
    refusal: {
      not_published: 'Il questionario non è ancora pubblicato.',
      sheet_taken: 'Questo foglio è già inserito: controlla il numero.',
      full: 'L’indagine ha raggiunto il massimo di risposte.',
      nothing: 'Scrivi almeno una risposta.',
      not_found: 'Il foglio non c’è più.',
    } satisfies Record<KeyRefusal, string>,
  },
  {
    title: 'Key in paper answers',
    lead: (points: number) =>
      `Type the numbers circled, from 1 to ${points}; leave empty what is not marked. Tab goes to the next box, Enter saves.`,
    number: 'Number of the sheet',
    numberHelp: 'Write it on the paper too: so no sheet goes in twice.',
    satisfaction: 'Sat.',
    importance: 'Imp.',
    scales: 'Questions on the two scales',
    question: 'Question',
    none: 'not marked',
    save: 'Save and go to the next',
    saved: (number: string) => `Sheet ${number} saved.`,
    last: 'Sheets keyed in last',
    sheet: (number: string) => `Sheet ${number}`,
    remove: 'Remove',
    removed: (number: string) => `Sheet ${number} removed: it can be keyed in again.`,
    numberProblem: 'Write the number of the sheet, from 1 to 999,999.',
    refusal: {
      not_published: 'The questionnaire is not published yet.',
      sheet_taken: 'This sheet is in already: check the number.',
      full: 'The survey has as many answers as it may.',
      nothing: 'Write at least one answer.',
      not_found: 'The sheet is no longer there.',
    },
  },
)
