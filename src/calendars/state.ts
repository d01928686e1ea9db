import { sql } from 'kysely'
import type { Database } from '../database/schema.ts'
import { type FeedScope, feedState } from './queries.ts'

type State = Awaited<ReturnType<typeof feedState>>
type Kept = { last: number; at: Temporal.Instant; state: State }

const feedsKept = 1_000
/** Sessions that are over leave a feed without anything happening, and on PostgreSQL a row of the history may come to light after a later one. */
const keptFor = Temporal.Duration.from({ seconds: 60 })

export type FeedStates = (db: Database, scope: FeedScope, now: Temporal.Instant) => Promise<State>

/** `feedState`, worked out anew only when something has happened since: calendars ask far more often than sessions change. One for each app. */
export function feedStates(): FeedStates {
  const feeds = new Map<string, Kept>()
  return async (db, scope, now) => {
    const last = await lastHappening(db)
    const key = JSON.stringify(scope)
    const known = feeds.get(key)
    if (known && known.last === last && isRecent(known.at, now)) return known.state

    const state = await feedState(db, scope, now)
    if (feeds.size >= feedsKept) feeds.clear()
    feeds.set(key, { last, at: now, state })
    return state
  }
}

const isRecent = (at: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(at, now) <= 0 && Temporal.Instant.compare(at.add(keptFor), now) > 0

const lastOne = sql<{ last: number | null }>`select max(id) as last from history`

/** Whatever changes a session, a registration or a programme writes a row of the history with it. */
async function lastHappening(db: Database): Promise<number> {
  const { rows } = await lastOne.execute(db)
  return rows[0]?.last ?? 0
}
