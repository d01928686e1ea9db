import { asMoment, fromMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import type { Language } from '../../language/language.ts'
import { mostFollowUpHours } from '../rules.ts'

/** To how many of those who attended a session somebody has written since. */
export async function countWritten(db: Database, sessionId: number): Promise<number> {
  const { count } = await db
    .selectFrom('session_follow_up')
    .where('session_id', '=', sessionId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Whoever is recorded this long after a session can follow no more. */
const followed = Temporal.Duration.from({ hours: mostFollowUpHours + 24 * 30 })

/** The sessions whose mail is due and that somebody attended who has not been written to. */
export async function sessionsToFollowUp(db: Database, now: Temporal.Instant): Promise<number[]> {
  const rows = await db
    .selectFrom('session')
    .where('ends_at', '<=', asMoment(now))
    .where('ends_at', '>', asMoment(now.subtract(followed)))
    .where('published_at', 'is not', null)
    .where('cancelled_at', 'is', null)
    .where((eb) => eb.or([eb('follow_up_hours', 'is not', null), eb('follow_up_asked_at', 'is not', null)]))
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('attendance')
          .leftJoin('session_follow_up', (join) =>
            join
              .onRef('session_follow_up.session_id', '=', 'attendance.session_id')
              .onRef('session_follow_up.person_id', '=', 'attendance.person_id'),
          )
          .whereRef('attendance.session_id', '=', 'session.id')
          .where('attendance.status', 'in', ['present', 'partial'])
          .where('session_follow_up.id', 'is', null)
          .select('attendance.id'),
      ),
    )
    .orderBy('ends_at')
    .orderBy('id')
    .select(['id', 'ends_at', 'follow_up_hours', 'follow_up_asked_at'])
    .execute()
  return rows
    .filter(({ ends_at, follow_up_hours: hours, follow_up_asked_at: asked }) => asked !== null || isDue(ends_at, hours, now))
    .map(({ id }) => id)
}

const isDue = (endsAt: string, hours: number | null, now: Temporal.Instant) =>
  hours !== null && Temporal.Instant.compare(fromMoment(endsAt).add({ hours }), now) <= 0

export type Attendee = { id: number; name: string; email: string; language: Language }

/** Who attended and has not been written to. */
export function attendeesToWriteTo(db: Database, sessionId: number): Promise<Attendee[]> {
  return db
    .selectFrom('attendance')
    .innerJoin('person', 'person.id', 'attendance.person_id')
    .where('attendance.session_id', '=', sessionId)
    .where('attendance.status', 'in', ['present', 'partial'])
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('session_follow_up')
            .where('session_follow_up.session_id', '=', sessionId)
            .whereRef('session_follow_up.person_id', '=', 'attendance.person_id')
            .select('session_follow_up.id'),
        ),
      ),
    )
    .orderBy('person.id')
    .select(['person.id', 'person.name', 'person.email', 'person.language'])
    .execute()
}
