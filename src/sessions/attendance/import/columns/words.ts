import { dictionary } from '../../../../language/language.ts'
import type { ColumnsRefusal, TellableRole } from './rules.ts'

export const words = dictionary(
  {
    title: 'Che cosa c’è nelle colonne',
    intro: (file: string) =>
      `Di ${file} non si riconosce da soli che cosa contenga ogni colonna. Dillo una volta: i prossimi file fatti così si leggeranno senza chiedere.`,
    headerRow: 'Dove sono le intestazioni',
    line: (line: string, text: string) => `Riga ${line}: ${text}`,
    noHeader: 'Non ci sono: la prima riga è già una persona',
    show: 'Mostra queste colonne',
    columns: 'Colonne del file',
    column: 'Colonna',
    examples: 'Per esempio',
    holds: 'Contiene',
    holdsOf: (column: string) => `Contenuto della colonna ${column}`,
    nothing: 'Niente che serva',
    unnamed: (number: string) => `Colonna ${number}`,
    role: {
      name: 'Nome e cognome',
      firstName: 'Nome',
      lastName: 'Cognome',
      email: 'E-mail',
      join: 'Ora di ingresso',
      leave: 'Ora di uscita',
      date: 'Giorno',
      duration: 'Durata (minuti)',
      attended: 'Presente: sì o no',
    } satisfies Record<TellableRole, string>,
    whole: 'Chi è nell’elenco c’era dall’inizio alla fine',
    save: 'Leggi il file così',
    another: 'Carica un altro file',
    learned: 'Le colonne sono state ricordate.',
    refusal: {
      who_missing: 'Indica almeno la colonna del nome o quella dell’e-mail.',
      time_missing:
        'Indica gli orari, la durata o la colonna della presenza; se l’elenco dice solo chi c’era, segna la casella sotto la tabella.',
      twice: 'Due colonne hanno lo stesso contenuto: lascia “Niente che serva” a quella di troppo.',
    } satisfies Record<ColumnsRefusal, string>,
  },
  {
    title: 'What the columns hold',
    intro: (file: string) =>
      `What each column of ${file} holds is not recognised. Tell it once: the next files made like this will be read without asking.`,
    headerRow: 'Where the headers are',
    line: (line: string, text: string) => `Row ${line}: ${text}`,
    noHeader: 'There are none: the first row is a person already',
    show: 'Show these columns',
    columns: 'Columns of the file',
    column: 'Column',
    examples: 'For example',
    holds: 'Holds',
    holdsOf: (column: string) => `Content of column ${column}`,
    nothing: 'Nothing of use',
    unnamed: (number: string) => `Column ${number}`,
    role: {
      name: 'Full name',
      firstName: 'First name',
      lastName: 'Last name',
      email: 'E-mail',
      join: 'Time of joining',
      leave: 'Time of leaving',
      date: 'Day',
      duration: 'Duration (minutes)',
      attended: 'Present: yes or no',
    },
    whole: 'Whoever is listed was there from start to end',
    save: 'Read the file like this',
    another: 'Upload another file',
    learned: 'The columns have been remembered.',
    refusal: {
      who_missing: 'Tell at least the column of the name or that of the e-mail.',
      time_missing:
        'Tell the times, the duration or the column of presence; if the list only says who was there, tick the box below the table.',
      twice: 'Two columns hold the same: leave “Nothing of use” for the one too many.',
    },
  },
)
