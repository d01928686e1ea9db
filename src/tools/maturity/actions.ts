import { asMoment } from '../../database/moment.ts'
import type { Tx } from '../../database/schema.ts'
import { lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import type { Answers } from '../../pathways/worksheets/fields.ts'
import { maturityOf } from './score.ts'

type Saved = { place: { administrationId: number }; answers: Answers; by: { id: number }; at: Temporal.Instant }

/** Keeps how far the administration says it is, where the rules find it; the one before stays, with the day it was replaced. */
export async function keepMaturity(tx: Tx, { place: { administrationId }, answers, by, at }: Saved): Promise<void> {
  const maturity = maturityOf(answers)
  if (!maturity) return
  await lockRow(tx, 'administration', administrationId)
  const current = await tx
    .selectFrom('maturity_assessment')
    .where('administration_id', '=', administrationId)
    .where('replaced_at', 'is', null)
    .select(['id', 'score'])
    .executeTakeFirst()
  if (current?.score === maturity.score) return
  if (current)
    await tx
      .updateTable('maturity_assessment')
      .set({ replaced_at: asMoment(at) })
      .where('id', '=', current.id)
      .execute()
  const { id } = await tx
    .insertInto('maturity_assessment')
    .values({
      administration_id: administrationId,
      level: maturity.level,
      score: maturity.score,
      assessed_at: asMoment(at),
      assessed_by: by.id,
      replaced_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const details = { level: maturity.level, score: maturity.score }
  await recordHistory(tx, {
    happening: 'maturity_assessed',
    subject: 'maturity_assessment',
    subjectId: id,
    administrationId,
    details,
    by,
    at,
  })
}
