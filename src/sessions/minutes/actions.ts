import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { findAnySession } from '../queries.ts'
import { findMinutes, findVersion, type Minutes } from './queries.ts'
import { minutesRefusal, type PublishMinutesRefusal, type SaveRefusal } from './rules.ts'

type Who = { by: { id: number }; at: Temporal.Instant }

/**
 * Keeps a new version of a session's minutes, on top of the one that its author began with (0: none): whoever saved another
 * one meanwhile is not overwritten. What is published stays so. The same text again makes no version.
 */
export async function saveMinutes(
  db: Database,
  { sessionId, body, basedOn }: { sessionId: number; body: string; basedOn: number },
  { by, at }: Who,
): Promise<{ version: number } | { refusal: SaveRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'session', sessionId)
    const session = await findAnySession(tx, sessionId)
    const refusal = session ? minutesRefusal(session, at) : 'not_found'
    if (refusal) return { refusal }
    const found = await findMinutes(tx, sessionId)
    if ((found?.version ?? 0) !== basedOn) return { refusal: 'changed_meanwhile' }
    if (found && (await findVersion(tx, found.id, found.version))?.body === body) return { version: found.version }

    const version = basedOn + 1
    const minutesId = found?.id ?? (await newMinutes(tx, sessionId))
    await tx
      .insertInto('session_minutes_version')
      .values({ session_minutes_id: minutesId, version, body, saved_at: asMoment(at), saved_by: by.id })
      .execute()
    await recordHistory(tx, { happening: 'minutes_saved', subject: 'session', subjectId: sessionId, by, at, details: { version } })
    return { version }
  })
}

async function newMinutes(tx: Tx, sessionId: number): Promise<number> {
  const { id } = await tx
    .insertInto('session_minutes')
    .values({ session_id: sessionId, published_version: null, published_at: null, published_by: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** From now on everybody who sees the session, and the module's page, read this version: the newest, or none. */
export async function publishMinutes(
  db: Database,
  { sessionId, version }: { sessionId: number; version: number },
  { by, at }: Who,
): Promise<{ version: number } | { refusal: PublishMinutesRefusal }> {
  return inTransaction(db, async (tx) => {
    const found = await held(tx, sessionId)
    if (!found) return { refusal: 'nothing_written' }
    if (found.version !== version) return { refusal: 'changed_meanwhile' }
    if (found.publishedVersion === version) return { version }
    await tx
      .updateTable('session_minutes')
      .set({ published_version: version, published_at: asMoment(at), published_by: by.id })
      .where('id', '=', found.id)
      .execute()
    await recordHistory(tx, { happening: 'minutes_published', subject: 'session', subjectId: sessionId, by, at, details: { version } })
    return { version }
  })
}

/** Nobody but those in charge reads them any more; false when nothing was published. */
export async function withdrawMinutes(db: Database, sessionId: number, { by, at }: Who): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const found = await held(tx, sessionId)
    if (!found || found.publishedVersion === null) return false
    const nothing = { published_version: null, published_at: null, published_by: null }
    await tx.updateTable('session_minutes').set(nothing).where('id', '=', found.id).execute()
    await recordHistory(tx, { happening: 'minutes_withdrawn', subject: 'session', subjectId: sessionId, by, at })
    return true
  })
}

async function held(tx: Tx, sessionId: number): Promise<Minutes | undefined> {
  await lockRow(tx, 'session', sessionId)
  return findMinutes(tx, sessionId)
}
