import { sql } from 'kysely'
import { seenBy } from '../administrations/queries.ts'
import { asMoment, fromMoment } from '../database/moment.ts'
import type { Database } from '../database/schema.ts'
import type { Person } from '../web/env.ts'

/** Throws when the database doesn't answer. */
export const reachDatabase = (db: Database) => sql`select 1`.execute(db)

/** What waits for staff, in the regions they see; requests for another pathway and for recognition are for coordinators. */
export type Waiting = { submissions: number; questions: number; requests: number; recognitions: number }

export async function waitingForStaff(db: Database, person: Person): Promise<Waiting> {
  const submissions = await db
    .selectFrom('submission')
    .innerJoin('enrolment', 'enrolment.id', 'submission.enrolment_id')
    .innerJoin('administration', 'administration.id', 'enrolment.administration_id')
    .where('submission.verdict', 'is', null)
    .where((eb) => seenBy(eb, person))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const questions = await db
    .selectFrom('question')
    .innerJoin('administration', 'administration.id', 'question.administration_id')
    .where('question.state', '=', 'waiting')
    .where((eb) => eb.not(eb.exists(eb.selectFrom('answer').whereRef('answer.question_id', '=', 'question.id').select('answer.id'))))
    .where((eb) => seenBy(eb, person))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return {
    submissions: submissions.count,
    questions: questions.count,
    requests: person.coordinator === null ? 0 : await waitingRequests(db, person),
    recognitions: person.coordinator === null ? 0 : await waitingRecognitions(db, person),
  }
}

async function waitingRequests(db: Database, person: Person): Promise<number> {
  const { count } = await db
    .selectFrom('pathway_request')
    .innerJoin('administration', 'administration.id', 'pathway_request.administration_id')
    .where('decided_at', 'is', null)
    .where((eb) => seenBy(eb, person))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

async function waitingRecognitions(db: Database, person: Person): Promise<number> {
  const { count } = await db
    .selectFrom('recognition')
    .innerJoin('enrolment', 'enrolment.id', 'recognition.enrolment_id')
    .innerJoin('administration', 'administration.id', 'enrolment.administration_id')
    .where('decided_at', 'is', null)
    .where((eb) => seenBy(eb, person))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

export type ComingSession = {
  id: number
  title: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  part: 'registered' | 'trainer'
}

const most = 5

/** The next sessions that a person takes part in or trains. */
export async function comingSessions(db: Database, person: Person, now: Temporal.Instant): Promise<ComingSession[]> {
  const rows = await db
    .selectFrom('session')
    .leftJoin('session_trainer', (join) =>
      join.onRef('session_trainer.session_id', '=', 'session.id').on('session_trainer.person_id', '=', person.id),
    )
    .leftJoin('registration', (join) =>
      join
        .onRef('registration.session_id', '=', 'session.id')
        .on('registration.person_id', '=', person.id)
        .on('registration.cancelled_at', 'is', null),
    )
    .where('session.published_at', 'is not', null)
    .where('session.cancelled_at', 'is', null)
    .where('session.ends_at', '>', asMoment(now))
    .where((eb) => eb.or([eb('session_trainer.person_id', 'is not', null), eb('registration.id', 'is not', null)]))
    .select(['session.id', 'session.title', 'session.starts_at', 'session.ends_at', 'session_trainer.person_id as trainer'])
    .orderBy('session.starts_at')
    .limit(most)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    startsAt: fromMoment(row.starts_at),
    endsAt: fromMoment(row.ends_at),
    part: row.trainer === null ? 'registered' : 'trainer',
  }))
}
