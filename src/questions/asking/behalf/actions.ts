import { asMoment } from '../../../database/moment.ts'
import type { Channel, Database } from '../../../database/schema.ts'
import { inTransaction, lockRow } from '../../../database/transaction.ts'
import { findPerson } from '../../../people/queries.ts'
import { type NewQuestion, type Who, writeQuestion } from '../../actions.ts'
import { doubleClickSeconds } from '../../rules.ts'
import { canBeAskedAbout } from '../queries.ts'
import { type BehalfRefusal, behalfRefusal } from './rules.ts'

/** `askedBy`: the referent whose question it is; `channel`: how it came. */
export type SpokenQuestion = NewQuestion & { askedBy: number; channel: Channel }

/**
 * Staff write down what somebody asked by telephone, in a chat or in person: it is the referent's question, who follows
 * it and is told of the answer. The same again within a minute is a double click.
 */
export async function askOnBehalf(
  db: Database,
  question: SpokenQuestion,
  { by, at }: Who,
): Promise<{ id: number } | { refusal: BehalfRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'person', by.id)
    const { administrationId, askedBy, channel, subject, body } = question
    const first = await tx
      .selectFrom('question')
      .where('entered_by', '=', by.id)
      .where('asked_by', '=', askedBy)
      .where('administration_id', '=', administrationId)
      .where('subject', '=', subject)
      .where('body', '=', body)
      .where('asked_at', '>', asMoment(at.subtract({ seconds: doubleClickSeconds })))
      .select('id')
      .executeTakeFirst()
    if (first) return first

    const administration = await tx.selectFrom('administration').where('id', '=', administrationId).select('region_code').executeTakeFirst()
    const asker = await findPerson(tx, askedBy)
    const facts = { region: administration?.region_code ?? null, administrationId, asker, hasModule: await canBeAskedAbout(tx, question) }
    const refusal = behalfRefusal(await findPerson(tx, by.id), facts)
    if (refusal) return { refusal }
    return writeQuestion(tx, question, { askedBy, enteredBy: by.id, channel }, { by, at })
  })
}
