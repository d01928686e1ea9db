import { fromMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'

export type Note = { id: number; body: string; author: string; writtenAt: Temporal.Instant }

/** The notes on a question, the oldest first: ask only for staff who look after it. */
export async function notesOn(db: Database, questionId: number): Promise<Note[]> {
  const rows = await db
    .selectFrom('question_note')
    .innerJoin('person', 'person.id', 'question_note.written_by')
    .where('question_id', '=', questionId)
    .orderBy('question_note.id')
    .select(['question_note.id', 'question_note.body', 'question_note.written_at', 'person.name as author'])
    .execute()
  return rows.map(({ written_at, ...row }) => ({ ...row, writtenAt: fromMoment(written_at) }))
}

/** Staff who look after a region: those to whom its questions can be given. */
export async function staffOf(db: Database, region: string): Promise<{ id: number; name: string }[]> {
  return db
    .selectFrom('person')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('role_grant')
        .where('revoked_at', 'is', null)
        .where((grant) => grant.or([grant('region_code', 'is', null), grant('region_code', '=', region)]))
        .select('person_id'),
    )
    .orderBy('name')
    .select(['id', 'name'])
    .execute()
}

export type SavedReply = { id: number; title: string; body: string }

export async function savedReplies(db: Database): Promise<SavedReply[]> {
  return db
    .selectFrom('saved_reply')
    .where('removed_at', 'is', null)
    .orderBy('title')
    .orderBy('id')
    .select(['id', 'title', 'body'])
    .execute()
}

export async function findSavedReply(db: Database, id: number): Promise<SavedReply | undefined> {
  return db
    .selectFrom('saved_reply')
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .select(['id', 'title', 'body'])
    .executeTakeFirst()
}
