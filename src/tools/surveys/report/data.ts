import type { Database } from '../../../database/schema.ts'
import type { Language } from '../../../language/language.ts'
import type { Cell } from '../../../web/csv.ts'
import { responsesTo } from '../analysis/queries.ts'
import { hiddenTexts } from '../analysis/texts/queries.ts'
import { type Item, textOf } from '../survey.ts'
import { words as surveyWords } from '../words.ts'
import { dataColumns } from './columns.ts'
import { words } from './words.ts'

/** The single answers as rows under their columns, without the texts that the administration hid. Columns are those of the import's template. */
export async function answerRows(db: Database, surveyId: number, items: readonly Item[], language: Language): Promise<Cell[][]> {
  const { columns } = words[language]
  const fields = dataColumns(items)
  const hidden = new Set((await hiddenTexts(db, surveyId)).map(({ responseId, code }) => `${responseId} ${code}`))
  const responses = await responsesTo(db, surveyId)
  return [
    [columns.number, columns.day, columns.source, ...fields.map(({ name }) => name)],
    ...responses.map(({ id, receivedOn, source, answers }, index) => [
      index + 1,
      receivedOn,
      surveyWords[language].source[source],
      ...fields.map(({ name, cell }) => (hidden.has(`${id} ${name}`) ? null : cell(answers))),
    ]),
  ]
}

/** What each column holds, for the second sheet of the workbook. */
export function legendRows(items: readonly Item[], language: Language): Cell[][] {
  const { legend } = words[language]
  const t = surveyWords[language]
  return [
    [legend.column, legend.question, legend.codes],
    ...items.flatMap((item) =>
      dataColumns([item]).map(({ name }) => {
        const scale = name.endsWith('_S') ? t.satisfaction : name.endsWith('_I') ? t.importance : ''
        const codes = item.options.map((option) => `${option.code} = ${textOf(option, language)}`).join('; ')
        return [name, `${textOf(item, language)}${scale && ` (${scale.toLowerCase()})`}`, codes]
      }),
    ),
  ]
}
