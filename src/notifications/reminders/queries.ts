import { asMoment, fromMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import type { Language } from '../../language/language.ts'
import { mostReminderHours, readReminderHours } from '../../sessions/rules.ts'

export type RemindedSession = { id: number; startsAt: Temporal.Instant; revisedAt: Temporal.Instant; reminderHours: number[] }

/** The sessions near enough for a reminder; those that were cancelled remind nobody. */
export async function sessionsNear(db: Database, now: Temporal.Instant): Promise<RemindedSession[]> {
  const rows = await db
    .selectFrom('session')
    .where('starts_at', '>', asMoment(now))
    .where('starts_at', '<=', asMoment(now.add({ hours: mostReminderHours })))
    .where('published_at', 'is not', null)
    .where('cancelled_at', 'is', null)
    .where('reminder_hours', '<>', '')
    .orderBy('starts_at')
    .orderBy('id')
    .select(['id', 'starts_at', 'revised_at', 'reminder_hours'])
    .execute()
  return rows.map((row) => ({
    id: row.id,
    startsAt: fromMoment(row.starts_at),
    revisedAt: fromMoment(row.revised_at),
    reminderHours: readReminderHours(row.reminder_hours) ?? [],
  }))
}

export type Reminded = {
  registrationId: number
  id: number
  name: string
  email: string
  language: Language
  registeredAt: Temporal.Instant
}

/** Those registered whom nobody has reminded so many hours before this start; a session that moves reminds again. */
export async function notReminded(
  db: Database,
  { sessionId, startsAt, hours }: { sessionId: number; startsAt: Temporal.Instant; hours: number },
): Promise<Reminded[]> {
  const rows = await db
    .selectFrom('registration')
    .innerJoin('person', 'person.id', 'registration.person_id')
    .where('registration.session_id', '=', sessionId)
    .where('registration.cancelled_at', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('session_reminder')
            .whereRef('session_reminder.registration_id', '=', 'registration.id')
            .where('hours', '=', hours)
            .where('starts_at', '=', asMoment(startsAt))
            .select('session_reminder.id'),
        ),
      ),
    )
    .orderBy('registration.id')
    .select(['registration.id as registrationId', 'person.id', 'person.name', 'person.email', 'person.language', 'registered_at'])
    .execute()
  return rows.map(({ registered_at, ...row }) => ({ ...row, registeredAt: fromMoment(registered_at) }))
}
