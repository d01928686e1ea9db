import { asMoment } from '../database/moment.ts'
import type { Database } from '../database/schema.ts'
import { inTransaction } from '../database/transaction.ts'
import { recordHistory } from '../history/record.ts'
import { type ProgrammeRefusal, programmeRefusal } from './rules.ts'

/** Who does it (null: the operator's command line or the clock) and when. */
export type Who = { by: { id: number } | null; at: Temporal.Instant }

/** Days are `YYYY-MM-DD`. */
export type ProgrammeDetails = { title: string; summary: string; startsOn: string; endsOn: string }

export async function createProgramme(
  db: Database,
  details: ProgrammeDetails,
  { by, at }: Who,
): Promise<{ id: number } | { refusal: ProgrammeRefusal }> {
  const refusal = programmeRefusal(details)
  if (refusal) return { refusal }

  return inTransaction(db, async (tx) => {
    const { id } = await tx
      .insertInto('programme')
      .values({ ...asRow(details), created_at: asMoment(at), created_by: by?.id ?? null, published_at: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordHistory(tx, { happening: 'programme_created', subject: 'programme', subjectId: id, by, at })
    return { id }
  })
}

export async function changeProgramme(
  db: Database,
  id: number,
  details: ProgrammeDetails,
  { by, at }: Who,
): Promise<{ id: number } | { refusal: ProgrammeRefusal }> {
  const refusal = programmeRefusal(details)
  if (refusal) return { refusal }

  return inTransaction(db, async (tx) => {
    await tx.updateTable('programme').set(asRow(details)).where('id', '=', id).execute()
    await recordHistory(tx, { happening: 'programme_changed', subject: 'programme', subjectId: id, by, at, details })
    return { id }
  })
}

/** From now on administrations can join. Publishing twice changes nothing. */
export async function publishProgramme(db: Database, id: number, { by, at }: Who): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('programme')
      .set({ published_at: asMoment(at) })
      .where('id', '=', id)
      .where('published_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return
    await recordHistory(tx, { happening: 'programme_published', subject: 'programme', subjectId: id, by, at })
  })
}

const asRow = ({ title, summary, startsOn, endsOn }: ProgrammeDetails) => ({ title, summary, starts_on: startsOn, ends_on: endsOn })
