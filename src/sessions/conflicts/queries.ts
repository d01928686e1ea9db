import { asMoment, fromMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import type { Person } from '../../web/env.ts'
import { type Session, seenSession } from '../queries.ts'

type Conflict = {
  id: number
  title: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  /** Those who would have to be at both. */
  trainers: string[]
  sameRoom: boolean
}
/** `others`: how many that this person may not see. */
export type Conflicts = { seen: Conflict[]; others: number }

export const noConflicts: Conflicts = { seen: [], others: 0 }

/** Sessions at the same time, drafts too, that share a trainer or a room (the same place, or the same address) with this one. */
export async function conflictsOf(db: Database, session: Session, person: Person): Promise<Conflicts> {
  const { id, startsAt, endsAt, place, joinUrl, trainers } = session
  const names = new Map(trainers.map((trainer) => [trainer.id, trainer.name]))
  const rows = await db
    .selectFrom('session')
    .innerJoin('programme', 'programme.id', 'session.programme_id')
    .where('session.id', '<>', id)
    .where('session.cancelled_at', 'is', null)
    .where('session.starts_at', '<', asMoment(endsAt))
    .where('session.ends_at', '>', asMoment(startsAt))
    .orderBy('session.starts_at')
    .orderBy('session.id')
    .select(['session.id', 'session.title', 'session.starts_at', 'session.ends_at', 'session.place', 'session.join_url'])
    .select((eb) => eb.case().when(seenSession(eb, person)).then(1).else(0).end().as('seen'))
    .execute()
  const trained = await trainersOf(
    db,
    rows.map((row) => row.id),
  )
  const found = rows.flatMap((row) => {
    const shared = (trained.get(row.id) ?? []).flatMap((trainer) => names.get(trainer) ?? [])
    const sameRoom = isSame(place, row.place) || isSame(joinUrl, row.join_url)
    if (shared.length === 0 && !sameRoom) return []
    const times = { startsAt: fromMoment(row.starts_at), endsAt: fromMoment(row.ends_at) }
    return [{ id: row.id, title: row.title, ...times, trainers: shared, sameRoom, seen: row.seen === 1 }]
  })
  const seen = found.filter((each) => each.seen).map(({ seen: _, ...conflict }) => conflict)
  return { seen, others: found.length - seen.length }
}

const isSame = (one: string | null, other: string | null) =>
  one !== null && other !== null && one.trim().toLowerCase() === other.trim().toLowerCase()

async function trainersOf(db: Database, sessionIds: readonly number[]): Promise<Map<number, number[]>> {
  if (sessionIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('session_trainer')
    .where('session_id', 'in', [...sessionIds])
    .select(['session_id', 'person_id'])
    .execute()
  const grouped = Map.groupBy(rows, ({ session_id }) => session_id)
  return new Map([...grouped].map(([id, several]) => [id, several.map(({ person_id }) => person_id)] as const))
}
