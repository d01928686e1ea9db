import type { Database } from '../../../../database/schema.ts'
import { fold } from '../../../../language/fold.ts'
import { rowsPerPage } from '../../../../web/lists.ts'
import type { Answers } from '../../survey.ts'
import type { HideReason } from './actions.ts'

export type OpenText = { responseId: number; text: string; hidden: HideReason | null }
type Asked = { code: string; q: string; page: number; withHidden: boolean }

/** The free answers to one question, newest first, those that hold `q`; hidden ones only for the administration itself. Two queries. */
export async function openTexts(
  db: Database,
  surveyId: number,
  { code, q, page, withHidden }: Asked,
): Promise<{ rows: OpenText[]; total: number }> {
  const responses = await db
    .selectFrom('survey_response')
    .where('survey_id', '=', surveyId)
    .where('answers', 'like', `%"${code}":"%`)
    .orderBy('id', 'desc')
    .select(['id', 'answers'])
    .execute()
  const hidden = await hiddenOf(db, surveyId, code)
  const wanted = fold(q)
  const texts = responses
    .map((row) => ({ responseId: row.id, text: textIn(row.answers, code), hidden: hidden.get(row.id) ?? null }))
    .filter((each) => each.text !== '' && (withHidden || each.hidden === null) && fold(each.text).includes(wanted))
  return { rows: texts.slice((page - 1) * rowsPerPage, page * rowsPerPage), total: texts.length }
}

function textIn(answers: string, code: string): string {
  const answer = (JSON.parse(answers) as Answers)[code]
  return typeof answer === 'string' ? answer : ''
}

async function hiddenOf(db: Database, surveyId: number, code: string): Promise<Map<number, HideReason>> {
  const rows = await hiddenTexts(db, surveyId)
  return new Map(rows.filter((row) => row.code === code).map(({ responseId, reason }) => [responseId, reason]))
}

/** What the administration has hidden, of all its questions. */
export async function hiddenTexts(db: Database, surveyId: number): Promise<{ responseId: number; code: string; reason: HideReason }[]> {
  const rows = await db
    .selectFrom('survey_hidden_text')
    .innerJoin('survey_response', 'survey_response.id', 'survey_hidden_text.survey_response_id')
    .where('survey_id', '=', surveyId)
    .select(['survey_response_id', 'item_code', 'reason'])
    .execute()
  return rows.map((row) => ({ responseId: row.survey_response_id, code: row.item_code, reason: row.reason as HideReason }))
}
