import { asMoment, fromMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'

export type OpenSignIn = { id: number; browser: string | null; createdAt: Temporal.Instant; lastSeenAt: Temporal.Instant }

/** More browsers than anybody has; the newest are shown. */
const most = 50

/** Where the person is signed in now, the last used first. */
export async function openSignIns(db: Database, personId: number, now: Temporal.Instant): Promise<OpenSignIn[]> {
  const rows = await db
    .selectFrom('sign_in')
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', asMoment(now))
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .select(['id', 'browser', 'created_at', 'last_seen_at'])
    .execute()
  return rows.map(({ id, browser, created_at, last_seen_at }) => ({
    id,
    browser,
    createdAt: fromMoment(created_at),
    lastSeenAt: fromMoment(last_seen_at),
  }))
}
