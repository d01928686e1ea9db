import { type RawBuilder, sql } from 'kysely'
import { onSqlite } from '../../database/migration.ts'
import type { Database, Tx } from '../../database/schema.ts'
import type { Person } from '../../web/env.ts'
import { questionSeenBy } from '../visibility.ts'
import { scoreOf } from './score.ts'
import { stems } from './stems.ts'
import type { Meant } from './understanding.ts'
import { learn } from './vocabulary.ts'

const longestIndexed = 2_000
const candidatesWanted = 12
const candidatesTaken = 60
const worthShowing = 0.3

/** Brings what may be suggested up to date with a question: public, answered and not merged. Call it in the transaction of the change. */
export async function indexQuestion(tx: Tx, questionId: number): Promise<void> {
  const removed = await tx.deleteFrom('question_index').where('question_id', '=', questionId).executeTakeFirst()
  const question = await tx
    .selectFrom('question')
    .where('id', '=', questionId)
    .where('visibility', '<>', 'private')
    .where('state', 'in', ['answered', 'solved'])
    .select(['subject', 'body'])
    .executeTakeFirst()
  if (!question) return
  const subject = [...new Set(stems(question.subject))]
  const body = [...new Set(stems(question.body.slice(0, longestIndexed)))]
  await tx
    .insertInto('question_index')
    .values({ question_id: questionId, subject: subject.join(' '), body: body.join(' ') })
    .execute()
  if (removed.numDeletedRows === 0n) await learn(tx, [...subject, ...body])
}

export type SuggestedQuestion = { id: number; subject: string; solved: boolean }

/**
 * The answered questions that look most like the one being written and that this person may read. What is rare is
 * looked for first: a word that half the questions have would bring half the questions.
 */
export async function suggestQuestions(
  db: Database,
  meant: readonly Meant[],
  { person, moduleId, limit }: { person: Person | null; moduleId?: number | null; limit: number },
): Promise<SuggestedQuestion[]> {
  if (!person) return []
  const groups = meant.filter(({ stems }) => stems.length > 0).toSorted((a, b) => usesOf(a) - usesOf(b))
  const found = new Map<number, Candidate>()
  for (const alternatives of tiers(groups)) {
    for (const candidate of await candidates(db, alternatives, person)) found.set(candidate.id, candidate)
    if (found.size >= candidatesWanted) break
  }
  return [...found.values()]
    .map((candidate) => ({
      ...candidate,
      score: scoreOf(indexed(candidate), meant) + (moduleId && candidate.moduleId === moduleId ? 0.1 : 0),
    }))
    .filter(({ score }) => score >= worthShowing)
    .toSorted((a, b) => b.score - a.score || b.id - a.id)
    .slice(0, limit)
    .map(({ id, title, state }) => ({ id, subject: title, solved: state === 'solved' }))
}

type Candidate = { id: number; title: string; state: string; moduleId: number | null; subject: string; body: string }

const usesOf = ({ stems }: Meant) => stems.reduce((sum, { uses }) => sum + uses, 0)
const setOf = (text: string) => new Set(text.split(' ').filter(Boolean))
const indexed = ({ subject, body }: Candidate) => ({ subject: setOf(subject), body: setOf(body) })

/** Combinations that a text may have, the most telling first: all words, all but one, two of the rarest, the rarest alone. */
function* tiers(groups: readonly Meant[]): Generator<Meant[][]> {
  const few = groups.slice(0, 6)
  if (few.length === 0) return
  yield [few]
  if (few.length > 2) yield few.map((_, left) => few.filter((__, index) => index !== left))
  const rare = few.slice(0, 4)
  if (few.length > 3) yield rare.flatMap((one, index) => rare.slice(index + 1).map((other) => [one, other]))
  if (few.length > 1) yield [[few[0] as Meant]]
}

/** The newest questions with any of the combinations. */
function candidates(db: Database, combinations: readonly Meant[][], person: Person): Promise<Candidate[]> {
  return db
    .selectFrom('question_index')
    .innerJoin('question', 'question.id', 'question_index.question_id')
    .innerJoin('administration', 'administration.id', 'question.administration_id')
    .$if(onSqlite(db), (query) =>
      query.where(
        'question_index.question_id',
        'in',
        sql<number>`(select rowid from question_words where question_words match ${fts5(combinations)} order by rowid desc limit ${sql.lit(10 * candidatesTaken)})`,
      ),
    )
    .$if(!onSqlite(db), (query) => query.where(onPostgres(combinations)))
    .where('question.state', 'in', ['answered', 'solved'])
    .where((eb) => questionSeenBy(eb, person))
    .orderBy('question_index.question_id', 'desc')
    .limit(candidatesTaken)
    .select([
      'question.id',
      'question.subject as title',
      'question.state',
      'question.module_id as moduleId',
      'question_index.subject',
      'question_index.body',
    ])
    .execute()
}

const fts5 = (combinations: readonly Meant[][]) =>
  combinations
    .map((groups) => `(${groups.map(({ stems }) => `(${stems.map(({ stem }) => `"${stem}"`).join(' OR ')})`).join(' AND ')})`)
    .join(' OR ')

function onPostgres(combinations: readonly Meant[][]): RawBuilder<boolean> {
  const query = combinations
    .map((groups) => `(${groups.map(({ stems }) => `(${stems.map(({ stem }) => stem).join(' | ')})`).join(' & ')})`)
    .join(' | ')
  return sql<boolean>`question_index.words @@ to_tsquery('simple', ${query})`
}
