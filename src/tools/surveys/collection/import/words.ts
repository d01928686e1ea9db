import type { Language } from '../../../../language/language.ts'
import { dictionary } from '../../../../language/language.ts'
import { formatNumber } from '../../../../language/numbers.ts'
import { words as answerWords } from '../words.ts'
import type { Refused } from './actions.ts'
import { type Layout, mostRows, type SkippedRow } from './read.ts'

export const words = dictionary(
  {
    title: 'Importa risposte da un file',
    lead: 'Un file CSV con una riga per ogni questionario: il nostro modello, oppure le risposte esportate da LimeSurvey con i codici delle domande.',
    file: 'File con le risposte',
    fileHelp: 'CSV fino a 30 MB. Prima di scrivere qualcosa ne vedi l’anteprima.',
    template: 'Scarica il modello da riempire',
    check: 'Controlla il file',
    previewTitle: 'Anteprima dell’importazione',
    nothingYet: 'Ancora nulla è stato scritto.',
    layout: { own: 'Letto come il nostro modello.', limesurvey: 'Letto come esportazione di LimeSurvey.' } satisfies Record<Layout, string>,
    figures: { fresh: 'risposte da importare', known: 'già importate', skipped: 'righe lasciate fuori' },
    again: 'Questo file è già stato importato: non cambierebbe nulla.',
    unknown: 'Colonne non usate',
    skipped: 'Righe lasciate fuori',
    line: 'Riga',
    reason: 'Perché',
    more: (count: string) => `…e altre ${count}.`,
    reasons: {
      wrong_columns: 'Il numero di colonne non torna.',
      broken_quotes: 'Le virgolette non si chiudono.',
      empty: 'Non contiene risposte.',
      not_finished: 'Il questionario non è stato inviato.',
    },
    confirm: (count: string) => `Importa ${count} risposte`,
    another: 'Scegli un altro file',
    done: (count: string) => `${count} risposte importate. Se qualcosa non va, l’importazione si può annullare.`,
    gone: 'Il file non c’è più: caricalo di nuovo.',
    past: 'Importazioni fatte',
    none: 'Ancora nessuna.',
    name: 'File',
    when: 'Quando',
    answers: 'Risposte',
    undo: 'Annulla l’importazione',
    undone: 'annullata',
    undoDone: (count: string) => `Importazione annullata: tolte ${count} risposte.`,
    undoneAlready: 'L’importazione era già annullata.',
    refusal: {
      empty: 'Il file è vuoto.',
      binary: 'Il file non è un CSV: da Excel salvalo come «CSV UTF-8».',
      too_large: 'Il file è troppo grande: al massimo 30 MB.',
      no_rows: 'Il file ha solo l’intestazione.',
      no_columns:
        'Nessuna colonna porta i codici di queste domande. Scarica il modello, oppure esporta da LimeSurvey con «codice della domanda».',
      too_many_rows: `Il file ha troppe righe: al massimo ${formatNumber(mostRows, 'it')}.`,
      not_published: 'Il questionario non è ancora pubblicato.',
      full: 'L’indagine ha raggiunto il massimo di risposte.',
      nothing_new: 'Il file non porta risposte nuove.',
      truncated: (line: string) => `Il file è interrotto alla riga ${line}: esportalo di nuovo.`,
    },
  },
  {
    title: 'Import answers from a file',
    lead: 'A CSV file with one row for each questionnaire: our template, or the answers exported from LimeSurvey with question codes.',
    file: 'File with the answers',
    fileHelp: 'CSV up to 30 MB. You see a preview before anything is written.',
    template: 'Download the template to fill in',
    check: 'Check the file',
    previewTitle: 'Preview of the import',
    nothingYet: 'Nothing has been written yet.',
    layout: { own: 'Read as our template.', limesurvey: 'Read as an export of LimeSurvey.' },
    figures: { fresh: 'answers to import', known: 'imported already', skipped: 'rows left out' },
    again: 'This file was imported already: it would change nothing.',
    unknown: 'Columns not used',
    skipped: 'Rows left out',
    line: 'Row',
    reason: 'Why',
    more: (count: string) => `…and ${count} more.`,
    reasons: {
      wrong_columns: 'The number of columns does not fit.',
      broken_quotes: 'The quotes do not close.',
      empty: 'It holds no answers.',
      not_finished: 'The questionnaire was not sent.',
    },
    confirm: (count: string) => `Import ${count} answers`,
    another: 'Choose another file',
    done: (count: string) => `${count} answers imported. If something is wrong, the import can be undone.`,
    gone: 'The file is no longer there: upload it again.',
    past: 'Imports so far',
    none: 'None yet.',
    name: 'File',
    when: 'When',
    answers: 'Answers',
    undo: 'Undo the import',
    undone: 'undone',
    undoDone: (count: string) => `Import undone: ${count} answers removed.`,
    undoneAlready: 'The import was undone already.',
    refusal: {
      empty: 'The file is empty.',
      binary: 'The file is no CSV: save it from Excel as “CSV UTF-8”.',
      too_large: 'The file is too large: at most 30 MB.',
      no_rows: 'The file has a header only.',
      no_columns: 'No column carries the codes of these questions. Download the template, or export from LimeSurvey with “question code”.',
      too_many_rows: `The file has too many rows: at most ${formatNumber(mostRows, 'en')}.`,
      not_published: 'The questionnaire is not published yet.',
      full: 'The survey has as many answers as it may.',
      nothing_new: 'The file brings no new answers.',
      truncated: (line: string) => `The file breaks off at row ${line}: export it again.`,
    },
  },
)

export function refusalInWords({ refusal }: Refused, language: Language): string {
  const t = words[language].refusal
  const [key = '', figure = ''] = refusal.split(':')
  return key === 'truncated' ? t.truncated(formatNumber(Number(figure), language)) : t[key as Exclude<keyof typeof t, 'truncated'>]
}

export function reasonInWords(reason: SkippedRow['reason'], language: Language): string {
  if (typeof reason === 'string') return words[language].reasons[reason]
  return `${reason.field.toUpperCase()}: ${answerWords[language].problem[reason.problem]}`
}
