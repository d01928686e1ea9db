import type { Database } from '../../database/schema.ts'
import type { Person } from '../../web/env.ts'
import type { Session } from '../queries.ts'
import { manageRefusal } from '../rules.ts'
import type { Audience, Phase, Reader } from './rules.ts'

export type Material = {
  id: number
  phase: Phase
  audience: Audience
  title: string
  link: string | null
  file: { name: string; storedName: string; mediaType: string; bytes: number } | null
}

/** What a session has, in the order in which it was added. */
export async function materialsOf(db: Database, sessionId: number): Promise<Material[]> {
  const rows = await db
    .selectFrom('session_material')
    .where('session_id', '=', sessionId)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .select(['id', 'phase', 'audience', 'title', 'link', 'file_name', 'stored_name', 'media_type', 'bytes'])
    .execute()
  return rows.map(({ file_name, stored_name, media_type, bytes, ...row }) => ({
    ...row,
    file:
      stored_name === null
        ? null
        : { name: file_name ?? row.title, storedName: stored_name, mediaType: media_type ?? '', bytes: bytes ?? 0 },
  }))
}

/** What decides which materials somebody finds. */
export async function readerOf(db: Database, session: Session, person: Person | null): Promise<Reader> {
  if (!person) return { inCharge: false, registered: false, attended: false }
  const registered = await db
    .selectFrom('registration')
    .where('session_id', '=', session.id)
    .where('person_id', '=', person.id)
    .where('cancelled_at', 'is', null)
    .select('id')
    .executeTakeFirst()
  const attended = await db
    .selectFrom('attendance')
    .where('session_id', '=', session.id)
    .where('person_id', '=', person.id)
    .where('status', 'in', ['present', 'partial'])
    .select('id')
    .executeTakeFirst()
  return { inCharge: manageRefusal(session, person) === null, registered: registered !== undefined, attended: attended !== undefined }
}
