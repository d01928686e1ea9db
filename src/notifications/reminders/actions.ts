import { type CalendarSession, findCalendarSession } from '../../calendars/queries.ts'
import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { datesIn } from '../../language/dates.ts'
import { type Letter, letterTo } from '../news/letter.ts'
import { words as newsWords } from '../news/words.ts'
import { writeMails } from '../outbox.ts'
import { notReminded, type Reminded, type RemindedSession, sessionsNear } from './queries.ts'
import { dueHours, isNews } from './rules.ts'
import { words } from './words.ts'

type Setting = { now: Temporal.Instant; baseUrl: string; zone: string }

/** Reminds whoever is registered for what begins soon, once for each of the session's hours; returns how many mails. */
export async function remindOfSessions(db: Database, setting: Setting): Promise<number> {
  let mails = 0
  for (const session of await sessionsNear(db, setting.now)) mails += await remindOf(db, session, setting)
  return mails
}

async function remindOf(db: Database, session: RemindedSession, setting: Setting): Promise<number> {
  const due = dueHours(session, setting.now)
  const waiting = await Promise.all(due.map((hours) => notReminded(db, { sessionId: session.id, startsAt: session.startsAt, hours })))
  if (waiting.every((people) => people.length === 0)) return 0
  return inTransaction(db, async (tx) => {
    // Another process may just have reminded them.
    await lockRow(tx, 'session', session.id)
    const told = new Map<number, Reminded>()
    for (const hours of due) for (const person of await mark(tx, session, hours, setting.now)) told.set(person.id, person)
    const details = told.size > 0 ? await findCalendarSession(tx, session.id) : undefined
    if (!details || details.cancelledAt) return 0
    await writeMails(
      tx,
      [...told.values()].map((person) => letterTo(person, letterFor(person, details, setting))),
      setting.now,
    )
    return told.size
  })
}

/** Writes down that this reminder is done with, and returns those for whom it is news. */
async function mark(tx: Tx, { id, startsAt, revisedAt }: RemindedSession, hours: number, now: Temporal.Instant): Promise<Reminded[]> {
  const people = await notReminded(tx, { sessionId: id, startsAt, hours })
  for (const { registrationId } of people)
    await tx
      .insertInto('session_reminder')
      .values({ registration_id: registrationId, hours, starts_at: asMoment(startsAt), written_at: asMoment(now) })
      .execute()
  const later = (one: Temporal.Instant, other: Temporal.Instant) => (Temporal.Instant.compare(one, other) > 0 ? one : other)
  return people.filter(({ registeredAt }) => isNews({ startsAt }, hours, later(registeredAt, revisedAt)))
}

function letterFor({ language }: Reminded, { id, title, startsAt, endsAt, place }: CalendarSession, { baseUrl, zone }: Setting): Letter {
  const t = words[language]
  const { when, where, roomOnline, openSession, why } = newsWords[language]
  const dates = datesIn(language, zone)
  return {
    subject: t.subject(title, dates.moment(startsAt)),
    paragraphs: [
      t.says(title),
      [when(dates.period(startsAt, endsAt)), ...(place ? [where(place)] : [])].join('\n'),
      ...(place ? [] : [roomOnline]),
      t.cannotCome,
    ],
    action: { label: openSession, url: `${baseUrl}/sessions/${id}` },
    why: why.registered,
  }
}
