import { asMoment } from '../database/moment.ts'
import type { Database } from '../database/schema.ts'
import { inTransaction, lockRow } from '../database/transaction.ts'
import { recordHistory } from '../history/record.ts'
import { digest, newToken } from '../people/secrets.ts'
import type { FeedKind, PrivateFeed } from './queries.ts'
import { type FeedRefusal, feedRefusal, useIsWorthNoting } from './rules.ts'

type Who = { by: { id: number }; at: Temporal.Instant }

export type NewFeed = { label: string; scope?: FeedKind; administrationId?: number | null }

/** Opens a private feed; whether its owner may read that is asked whenever it is read. Its secret is returned this once: the database keeps only a hash. */
export async function createFeed(
  db: Database,
  { label, scope = 'person', administrationId = null }: NewFeed,
  { by, at }: Who,
): Promise<{ token: string; refusal: null } | { token: null; refusal: FeedRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'person', by.id)
    const { active } = await tx
      .selectFrom('calendar_feed')
      .where('person_id', '=', by.id)
      .where('revoked_at', 'is', null)
      .select((eb) => eb.fn.countAll<number>().as('active'))
      .executeTakeFirstOrThrow()
    const refusal = feedRefusal(active)
    if (refusal) return { token: null, refusal }

    const token = newToken()
    const feed = await tx
      .insertInto('calendar_feed')
      .values({
        person_id: by.id,
        token_hash: digest(token),
        label,
        scope,
        administration_id: scope === 'administration' ? administrationId : null,
        created_at: asMoment(at),
        last_used_at: null,
        revoked_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordHistory(tx, {
      happening: 'calendar_feed_created',
      subject: 'calendar_feed',
      subjectId: feed.id,
      by,
      at,
      details: { label },
    })
    return { token, refusal: null }
  })
}

/** Ends one's own feed and returns its label; undefined when there is none of this person's that still works. */
export async function revokeFeed(db: Database, feedId: number, { by, at }: Who): Promise<string | undefined> {
  return inTransaction(db, async (tx) => {
    const revoked = await tx
      .updateTable('calendar_feed')
      .set({ revoked_at: asMoment(at) })
      .where('id', '=', feedId)
      .where('person_id', '=', by.id)
      .where('revoked_at', 'is', null)
      .returning('label')
      .executeTakeFirst()
    if (!revoked) return undefined

    await recordHistory(tx, { happening: 'calendar_feed_revoked', subject: 'calendar_feed', subjectId: feedId, by, at, details: revoked })
    return revoked.label
  })
}

/** Remembers that a calendar reads this feed, at most once an hour. */
export async function noteFeedUse(db: Database, { id, lastUsedAt }: PrivateFeed, now: Temporal.Instant): Promise<void> {
  if (!useIsWorthNoting(lastUsedAt, now)) return
  await db
    .updateTable('calendar_feed')
    .set({ last_used_at: asMoment(now) })
    .where('id', '=', id)
    .execute()
}
