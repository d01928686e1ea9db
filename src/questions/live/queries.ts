import type { Database } from '../../database/schema.ts'

/** Changes when a question on the module is asked, answered or solved; one short query. */
export async function questionsPulse(db: Database, moduleId: number): Promise<string> {
  const { asked, solved, answered } = await db
    .selectFrom('question')
    .leftJoin('answer', 'answer.question_id', 'question.id')
    .where('question.module_id', '=', moduleId)
    .select((eb) => [
      eb.fn.max('question.id').as('asked'),
      eb.fn.max('question.solved_at').as('solved'),
      eb.fn.max('answer.id').as('answered'),
    ])
    .executeTakeFirstOrThrow()
  return `${asked} ${solved} ${answered}`
}
