import type { Database } from '../../database/schema.ts'
import { ownName, type Question, standardQuestions } from './rules.ts'

/** What the participants of a session are asked: the standard questions and, after those of a kind, the trainer's own. */
export async function questionsOf(db: Database, sessionId: number): Promise<Question[]> {
  const own = (await ownQuestions(db, sessionId)).map(({ id, kind, label }) => ({ name: ownName(id), kind, label }))
  const ofKind = (kind: Question['kind']) => [...standardQuestions, ...own].filter((question) => question.kind === kind)
  return [...ofKind('rating'), ...ofKind('text')]
}

export type OwnQuestion = { id: number; kind: Question['kind']; label: string }

/** Those that are asked today. */
export function ownQuestions(db: Database, sessionId: number): Promise<OwnQuestion[]> {
  return db
    .selectFrom('feedback_question')
    .where('session_id', '=', sessionId)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .select(['id', 'kind', 'label'])
    .execute()
}

export async function hasGiven(db: Database, { sessionId, personId }: { sessionId: number; personId: number }): Promise<boolean> {
  const row = await db
    .selectFrom('feedback_given')
    .where('session_id', '=', sessionId)
    .where('person_id', '=', personId)
    .select('given_at')
    .executeTakeFirst()
  return row !== undefined
}
