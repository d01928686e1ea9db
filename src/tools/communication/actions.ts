import { asMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { feedOf } from '../feed.ts'
import { resultsContent } from './page-content.ts'
import { writtenResults } from './queries.ts'

type Place = { enrolmentId: number; moduleId: number; administrationId: number }
type Who = { by: { id: number }; at: Temporal.Instant }

/** Makes the page of results public as it is written now, at the address that it had before, if it had one. */
export async function publishResults(
  db: Database,
  place: Place & { administration: string },
  { by, at }: Who,
): Promise<{ id: number } | { refusal: 'nothing' }> {
  const { enrolmentId, moduleId, administrationId, administration } = place
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'enrolment', enrolmentId)
    const content = resultsContent(await writtenResults(tx, place), await feedOf(tx, enrolmentId), administration)
    if (!content) return { refusal: 'nothing' }
    const fact = {
      content: JSON.stringify(content),
      published_at: asMoment(at),
      published_by: by.id,
      withdrawn_at: null,
      withdrawn_by: null,
    }
    const { id } = await tx
      .insertInto('results_page')
      .values({ enrolment_id: enrolmentId, module_id: moduleId, ...fact })
      .onConflict((conflict) => conflict.columns(['enrolment_id', 'module_id']).doUpdateSet(fact))
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordHistory(tx, { happening: 'results_published', subject: 'results_page', subjectId: id, administrationId, by, at })
    return { id }
  })
}

/** Takes the page off the public; its address is kept for another time. */
export async function withdrawResults(db: Database, place: Place, { by, at }: Who): Promise<'not_found' | null> {
  const { enrolmentId, moduleId, administrationId } = place
  return inTransaction(db, async (tx) => {
    const row = await tx
      .updateTable('results_page')
      .set({ withdrawn_at: asMoment(at), withdrawn_by: by.id })
      .where('enrolment_id', '=', enrolmentId)
      .where('module_id', '=', moduleId)
      .where('withdrawn_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!row) return 'not_found'
    await recordHistory(tx, { happening: 'results_withdrawn', subject: 'results_page', subjectId: row.id, administrationId, by, at })
    return null
  })
}
