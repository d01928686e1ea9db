import { dictionary, type Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import type { TableRefusal } from '../csv/table.ts'
import type { RegisterRefusal, RowReason } from './read.ts'

type KeyOf<R> = R extends `${infer Key}:${string}` ? Key : R
type Sentences<R extends string> = Record<KeyOf<R>, (detail: string) => string>

/** Why a file of any kind can't be read; the register and the list of referents share it. */
export const fileWords = dictionary<Sentences<TableRefusal>>(
  {
    empty: () => 'Il file è vuoto.',
    binary: () =>
      'Questo non è un file di testo: se è un foglio di calcolo, aprilo e salvalo come CSV; se è compresso, estrai prima il file CSV.',
    too_large: () => 'Il file supera i 30 MB.',
    no_rows: () => 'Il file ha le intestazioni ma nessuna riga sotto.',
    truncated: (line) => `Il file finisce a metà della riga ${line}: scaricalo di nuovo.`,
  },
  {
    empty: () => 'The file is empty.',
    binary: () =>
      'This is not a text file: if it is a spreadsheet, open it and save it as CSV; if it is compressed, extract the CSV first.',
    too_large: () => 'The file is larger than 30 MB.',
    no_rows: () => 'The file has headings but no row below them.',
    truncated: (line) => `The file ends in the middle of line ${line}: download it again.`,
  },
)

export type ImportRefusal = RegisterRefusal | `many_closures:${number}/${number}`

const words = dictionary<{ refusal: Sentences<Exclude<ImportRefusal, TableRefusal>>; row: Record<RowReason, string> }>(
  {
    refusal: {
      not_a_register: (columns) => `Questo non sembra il registro IPA: nella prima riga mancano le colonne ${columns}.`,
      many_closures: (detail) => {
        const [closing, open] = detail.split('/')
        return `Con questo file risulterebbero cessate ${closing} amministrazioni su ${open}. Forse il file è incompleto: conferma solo se è giusto così.`
      },
    },
    row: {
      wrong_columns: 'La riga ha un numero di colonne diverso dall’intestazione.',
      broken_quotes: 'Nella riga si apre una virgoletta che non si chiude.',
      no_code: 'Manca il codice IPA.',
      no_name: 'Manca la denominazione.',
      unknown_region: 'Dal codice ISTAT del comune non si ricava la regione.',
      duplicate_code: 'Il codice compare già in una riga precedente.',
    },
  },
  {
    refusal: {
      not_a_register: (columns) => `This does not look like the IPA register: the first line lacks the columns ${columns}.`,
      many_closures: (detail) => {
        const [closing, open] = detail.split('/')
        return `With this file ${closing} administrations out of ${open} would count as closed. The file may be incomplete: confirm only if this is right.`
      },
    },
    row: {
      wrong_columns: 'The row has a different number of columns from the heading.',
      broken_quotes: 'A quotation mark opens in the row and never closes.',
      no_code: 'The IPA code is missing.',
      no_name: 'The name is missing.',
      unknown_region: 'The region cannot be derived from the municipality’s ISTAT code.',
      duplicate_code: 'The code already occurs in an earlier row.',
    },
  },
)

/** The sentence for a refusal of the file, or for the reason of a refused row. */
export function registerReason(reason: ImportRefusal | RowReason | (string & {}), language: Language): string {
  const [key = '', detail = ''] = reason.split(/:(.*)/s)
  const sentences: Record<string, (detail: string) => string> = { ...fileWords[language], ...words[language].refusal }
  const rows: Record<string, string> = words[language].row
  const readable = detail.replace(/\d+/g, (digits) => formatNumber(Number(digits), language))
  return sentences[key]?.(readable) ?? rows[key] ?? reason
}
