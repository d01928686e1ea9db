import { asMoment } from '../../../../database/moment.ts'
import type { Database } from '../../../../database/schema.ts'
import { inTransaction } from '../../../../database/transaction.ts'
import { record, type Who } from '../../actions.ts'

export const hideReasons = ['names', 'offends', 'other'] as const
export type HideReason = (typeof hideReasons)[number]
type Text = { surveyId: number; responseId: number; code: string }

/** Keeps a free answer from being shown outside the administration; false when it is not of this survey. Hiding twice changes nothing. */
export async function hideText(db: Database, { surveyId, responseId, code }: Text, reason: HideReason, who: Who): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const kept = await tx
      .selectFrom('survey_response')
      .innerJoin('survey_item', 'survey_item.survey_id', 'survey_response.survey_id')
      .where('survey_response.id', '=', responseId)
      .where('survey_response.survey_id', '=', surveyId)
      .where('survey_item.code', '=', code)
      .where('survey_item.kind', '=', 'text')
      .select('survey_response.id')
      .executeTakeFirst()
    if (!kept) return false
    const hidden = await tx
      .insertInto('survey_hidden_text')
      .values({ survey_response_id: responseId, item_code: code, reason, hidden_at: asMoment(who.at), hidden_by: who.by.id })
      .onConflict((conflict) => conflict.columns(['survey_response_id', 'item_code']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (hidden) await record(tx, surveyId, 'survey_text_hidden', who, { response: responseId, item: code, reason })
    return true
  })
}

/** False when it was not hidden. */
export async function showText(db: Database, { surveyId, responseId, code }: Text, who: Who): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const ofSurvey = tx.selectFrom('survey_response').where('survey_id', '=', surveyId).select('id')
    const { numDeletedRows } = await tx
      .deleteFrom('survey_hidden_text')
      .where('survey_response_id', '=', responseId)
      .where('survey_response_id', 'in', ofSurvey)
      .where('item_code', '=', code)
      .executeTakeFirst()
    if (numDeletedRows === 0n) return false
    await record(tx, surveyId, 'survey_text_shown', who, { response: responseId, item: code })
    return true
  })
}
