import { asMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import type { KeptFile } from '../../web/uploads.ts'
import { findAnySession } from '../queries.ts'
import { hasPassed } from '../rules.ts'
import { type MaterialRefusal, materialRefusal, type NewMaterial } from './rules.ts'

type Who = { by: { id: number }; at: Temporal.Instant }

/** Adds a link, or files that are in the uploads folder already; several files each get their own name as title. */
export async function addMaterials(
  db: Database,
  sessionId: number,
  { link, files, ...material }: NewMaterial & { link: string | null; files: readonly KeptFile[] },
  { by, at }: Who,
): Promise<{ added: number } | { refusal: MaterialRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'session', sessionId)
    const session = await findAnySession(tx, sessionId)
    if (!session) return { refusal: 'not_found' }
    const { count } = await tx
      .selectFrom('session_material')
      .where('session_id', '=', sessionId)
      .where('removed_at', 'is', null)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    const things = files.length + (link ? 1 : 0)
    const refusal = materialRefusal(session, { ...material, things, count: Number(count) })
    if (refusal) return { refusal }

    const common = { session_id: sessionId, phase: material.phase, audience: material.audience }
    const facts = { added_at: asMoment(at), added_by: by.id, removed_at: null, removed_by: null }
    const linked = link ? [{ title: material.title || link, link, file_name: null, stored_name: null, media_type: null, bytes: null }] : []
    const kept = files.map(({ name, storedName, mediaType, bytes }) => ({
      title: (files.length === 1 && !link && material.title) || name,
      link: null,
      file_name: name,
      stored_name: storedName,
      media_type: mediaType,
      bytes,
    }))
    for (const each of [...linked, ...kept]) {
      const { id } = await tx
        .insertInto('session_material')
        .values({ ...common, ...each, ...facts })
        .returning('id')
        .executeTakeFirstOrThrow()
      const details = { session: sessionId, title: each.title }
      await recordHistory(tx, { happening: 'session_material_added', subject: 'session_material', subjectId: id, by, at, details })
    }
    return { added: things }
  })
}

/** Takes a material away; its file stays where the history can find it. */
export async function removeMaterial(
  db: Database,
  { id, sessionId }: { id: number; sessionId: number },
  { by, at }: Who,
): Promise<string | undefined> {
  return inTransaction(db, async (tx) => {
    const removed = await tx
      .updateTable('session_material')
      .set({ removed_at: asMoment(at), removed_by: by.id })
      .where('id', '=', id)
      .where('session_id', '=', sessionId)
      .where('removed_at', 'is', null)
      .returning('title')
      .executeTakeFirst()
    if (!removed) return undefined
    const details = { session: sessionId, title: removed.title }
    await recordHistory(tx, { happening: 'session_material_removed', subject: 'session_material', subjectId: id, by, at, details })
    return removed.title
  })
}

export type FollowUpRefusal = 'not_found' | 'cancelled' | 'not_over'

/** Has those who attended written to now, with a note of the trainer's; whoever is found to have attended later is written to then. */
export async function askFollowUp(
  db: Database,
  sessionId: number,
  note: string,
  { by, at }: Who,
): Promise<{ id: number } | { refusal: FollowUpRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'session', sessionId)
    const session = await findAnySession(tx, sessionId)
    if (!session?.publishedAt) return { refusal: 'not_found' }
    if (session.cancelledAt) return { refusal: 'cancelled' }
    if (!hasPassed(session.endsAt, at)) return { refusal: 'not_over' }
    await tx
      .updateTable('session')
      .set({ follow_up_note: note, follow_up_asked_at: asMoment(at), follow_up_asked_by: by.id })
      .where('id', '=', sessionId)
      .execute()
    await recordHistory(tx, { happening: 'session_follow_up_asked', subject: 'session', subjectId: sessionId, by, at })
    return { id: sessionId }
  })
}
