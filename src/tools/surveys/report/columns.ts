import { asksImportance } from '../questionnaire/form.ts'
import { type Answers, type Item, isRating } from '../survey.ts'

/** The columns of our own files: `Q1_S` and `Q1_I` for the two scales, `P1` for a choice, `T1` for a text. */
export const fieldNames = (items: readonly Item[]): string[] => items.flatMap((item) => columnsOf(item).map(({ name }) => name))

export type DataColumn = { name: string; cell: (answers: Answers) => string | number | null }

export const dataColumns = (items: readonly Item[]): DataColumn[] => items.flatMap(columnsOf)

function columnsOf(item: Item): DataColumn[] {
  const { code, kind } = item
  if (kind !== 'scale') return [{ name: code, cell: (answers) => (typeof answers[code] === 'string' ? (answers[code] as string) : null) }]
  const of = (scale: 's' | 'i'): DataColumn => ({
    name: `${code}_${scale.toUpperCase()}`,
    cell: (answers) => {
      const answer = answers[code]
      return isRating(answer) ? (answer[scale] ?? null) : null
    },
  })
  return asksImportance(item) ? [of('s'), of('i')] : [of('s')]
}
