import { asMoment } from '../../database/moment.ts'
import type { Database, Delivery } from '../../database/schema.ts'
import type { Language } from '../../language/language.ts'
import { seenByReader } from '../visibility.ts'

/** How a person follows a question; null when they don't. */
export async function deliveryTo(db: Database, questionId: number, personId: number): Promise<Delivery | null> {
  const row = await db
    .selectFrom('question_follower')
    .where('question_id', '=', questionId)
    .where('person_id', '=', personId)
    .select('delivery')
    .executeTakeFirst()
  return row?.delivery ?? null
}

export type Reader = { id: number; name: string; email: string; language: Language }

/** Those who follow the question of an answer and are told at once; only who may still read it. */
export async function followersOfAnswer(db: Database, answerId: number): Promise<Reader[]> {
  return db
    .selectFrom('answer')
    .innerJoin('question', 'question.id', 'answer.question_id')
    .innerJoin('administration', 'administration.id', 'question.administration_id')
    .innerJoin('question_follower', 'question_follower.question_id', 'question.id')
    .innerJoin('person', 'person.id', 'question_follower.person_id')
    .where('answer.id', '=', answerId)
    .where('question_follower.delivery', '=', 'at_once')
    .where((eb) => seenByReader(eb))
    .orderBy('person.id')
    .select(['person.id', 'person.name', 'person.email', 'person.language'])
    .execute()
}

export type DigestLine = { questionId: number; subject: string; count: number }

/** The answers of others, since and until the moments given, to questions that a person follows daily and may still read. */
export async function newsFor(
  db: Database,
  personId: number,
  { since, until }: { since: Temporal.Instant; until: Temporal.Instant },
): Promise<DigestLine[]> {
  return db
    .selectFrom('answer')
    .innerJoin('question', 'question.id', 'answer.question_id')
    .innerJoin('administration', 'administration.id', 'question.administration_id')
    .innerJoin('question_follower', 'question_follower.question_id', 'question.id')
    .innerJoin('person', 'person.id', 'question_follower.person_id')
    .where('person.id', '=', personId)
    .where('question_follower.delivery', '=', 'daily')
    .whereRef('answer.answered_by', '<>', 'person.id')
    .whereRef('answer.answered_at', '>', 'question_follower.changed_at')
    .where('answer.answered_at', '>', asMoment(since))
    .where('answer.answered_at', '<=', asMoment(until))
    .where((eb) => seenByReader(eb))
    .groupBy(['question.id', 'question.subject'])
    .orderBy('question.id')
    .select((eb) => ['question.id as questionId', 'question.subject', eb.fn.countAll<number>().as('count')])
    .execute()
}

/** Who follows anything daily and has had no letter on that day, with the moment that the last one told up to. */
export async function readersDue(db: Database, day: string): Promise<(Reader & { toldUntil: string | null })[]> {
  return db
    .selectFrom('person')
    .where('person.id', 'in', (eb) => eb.selectFrom('question_follower').where('delivery', '=', 'daily').select('person_id'))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('question_digest')
            .whereRef('question_digest.person_id', '=', 'person.id')
            .where('question_digest.day', '=', day)
            .select('question_digest.id'),
        ),
      ),
    )
    .select((eb) => [
      'person.id',
      'person.name',
      'person.email',
      'person.language',
      eb
        .selectFrom('question_digest')
        .whereRef('question_digest.person_id', '=', 'person.id')
        .select((each) => each.fn.max('question_digest.until').as('until'))
        .as('toldUntil'),
    ])
    .orderBy('person.id')
    .execute()
}
