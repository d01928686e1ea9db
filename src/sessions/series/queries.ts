import { fromMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'

export type InSeries = { id: number; startsAt: Temporal.Instant; draft: boolean; cancelled: boolean }

/** The sessions of a series in order of time, cancelled ones too. */
export async function sessionsOfSeries(db: Database, seriesId: number): Promise<InSeries[]> {
  const rows = await db
    .selectFrom('session')
    .where('series_id', '=', seriesId)
    .orderBy('starts_at')
    .orderBy('id')
    .select(['id', 'starts_at', 'published_at', 'cancelled_at'])
    .execute()
  return rows.map(({ id, starts_at, published_at, cancelled_at }) => ({
    id,
    startsAt: fromMoment(starts_at),
    draft: published_at === null,
    cancelled: cancelled_at !== null,
  }))
}

/** Where a session stands in its series, drafts counted for staff alone; null when it is alone. */
export type SeriesPlace = { number: number; of: number; previous: number | null; next: number | null; following: InSeries[] }

export async function placeInSeries(
  db: Database,
  session: { id: number; seriesId: number | null },
  { asStaff }: { asStaff: boolean },
): Promise<SeriesPlace | null> {
  if (session.seriesId === null) return null
  const all = (await sessionsOfSeries(db, session.seriesId)).filter(({ id, draft }) => asStaff || !draft || id === session.id)
  const index = all.findIndex(({ id }) => id === session.id)
  return {
    number: index + 1,
    of: all.length,
    previous: all[index - 1]?.id ?? null,
    next: all[index + 1]?.id ?? null,
    following: all.slice(index + 1).filter(({ cancelled }) => !cancelled),
  }
}
