import ICAL from 'ical.js'
import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { recordHistory } from '#src/history/record.ts'
import { carla, noon, paolo, salerno } from '#test/support.ts'

const at = asMoment(noon)

export async function addModule(db: Database, { published = true } = {}) {
  const programme = await db
    .insertInto('programme')
    .values({
      title: 'MiglioraPA',
      starts_on: '2026-01-01',
      ends_on: '2026-12-31',
      created_at: at,
      created_by: carla.id,
      published_at: published ? at : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const module = await db
    .insertInto('module')
    .values({
      programme_id: programme.id,
      kind: 'webinar',
      title: 'Impostare l’indagine',
      link: null,
      created_at: at,
      created_by: carla.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { programmeId: programme.id, moduleId: module.id }
}

type NewSession = {
  title?: string
  description?: string
  startsAt?: string
  endsAt?: string
  place?: string | null
  revision?: number
  published?: boolean
  cancelled?: boolean
  programme?: { programmeId: number; moduleId: number }
}

/** A webinar on 10 March 2026, 10:00-11:30 in Rome, unless said otherwise. */
export async function addSession(db: Database, given: NewSession = {}) {
  const { programmeId, moduleId } = given.programme ?? (await addModule(db))
  const startsAt = given.startsAt ?? '2026-03-10T09:00:00.000Z'
  const { id, uid } = await db
    .insertInto('session')
    .values({
      programme_id: programmeId,
      module_id: moduleId,
      kind: given.place ? 'seminar' : 'webinar',
      title: given.title ?? 'Impostare l’indagine',
      description: given.description ?? '',
      starts_at: startsAt,
      ends_at: given.endsAt ?? asMoment(Temporal.Instant.from(startsAt).add({ minutes: 90 })),
      place: given.place ?? null,
      join_url: 'https://room.example/secret-room',
      capacity: null,
      threshold_minutes: 60,
      region_code: null,
      uid: `${crypto.randomUUID()}@percorsi`,
      revision: given.revision ?? 0,
      revised_at: at,
      created_at: at,
      created_by: paolo.id,
      published_at: given.published === false ? null : at,
      cancelled_at: given.cancelled ? at : null,
      cancelled_by: given.cancelled ? paolo.id : null,
      cancellation_reason: given.cancelled ? 'Il docente è malato' : null,
    })
    .returning(['id', 'uid'])
    .executeTakeFirstOrThrow()
  await wroteHistory(db)
  return { id, uid }
}

/** As the session's actions change it: each time one revision more. */
export async function reviseSession(
  db: Database,
  { id }: { id: number },
  change: { starts_at?: string; ends_at?: string; place?: string; cancelled_at?: string; cancellation_reason?: string },
  when = noon.add({ minutes: 5 }),
) {
  await db
    .updateTable('session')
    .set((eb) => ({ ...change, revision: eb('revision', '+', 1), revised_at: asMoment(when) }))
    .where('id', '=', id)
    .execute()
  await wroteHistory(db)
}

export async function register(db: Database, session: { id: number }, person: { id: number }, administration = salerno) {
  const { id } = await db
    .insertInto('registration')
    .values({
      session_id: session.id,
      person_id: person.id,
      administration_id: administration.id,
      registered_at: at,
      registered_by: person.id,
      cancelled_at: null,
      cancelled_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await wroteHistory(db)
  return { id }
}

export async function unregister(db: Database, registration: { id: number }, when = noon) {
  await db
    .updateTable('registration')
    .set({ cancelled_at: asMoment(when) })
    .where('id', '=', registration.id)
    .execute()
  await wroteHistory(db)
}

/** As every action does, whatever its happening; of this one nobody is told. */
async function wroteHistory(db: Database) {
  await inTransaction(db, (tx) =>
    recordHistory(tx, { happening: 'session_settings_changed', subject: 'session', subjectId: 0, by: null, at: noon }),
  )
}

/** The calendar as a client reads it. */
export function readCalendar(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const value = (component: InstanceType<typeof ICAL.Component>, name: string) => component.getFirstPropertyValue(name)?.toString() ?? null
  return {
    method: value(calendar, 'method'),
    name: value(calendar, 'x-wr-calname'),
    events: calendar.getAllSubcomponents('vevent').map((event) => ({
      uid: value(event, 'uid'),
      sequence: Number(value(event, 'sequence')),
      stamp: value(event, 'dtstamp'),
      modified: value(event, 'last-modified'),
      start: value(event, 'dtstart'),
      end: value(event, 'dtend'),
      summary: value(event, 'summary'),
      description: value(event, 'description'),
      location: value(event, 'location'),
      url: value(event, 'url'),
      status: value(event, 'status'),
      organizer: value(event, 'organizer'),
      attendees: event.getAllProperties('attendee').map((attendee) => attendee.getFirstValue()?.toString()),
    })),
  }
}

/** What RFC 5545 asks of the bytes; returns what is wrong. */
export function faultsOf(text: string): string[] {
  const lines = text.split('\r\n')
  return [
    ...lines.filter((line) => Buffer.byteLength(line) > 75).map((line) => `longer than 75 octets: ${line}`),
    ...lines.filter((line) => /[\r\n]/.test(line)).map((line) => `a bare line break: ${line}`),
    ...lines.filter((line) => /(?!\t)\p{Cc}/u.test(line)).map((line) => `a control character: ${line}`),
    ...lines
      .filter((line) => /^(DTSTAMP|DTSTART|DTEND|LAST-MODIFIED|CREATED)/.test(line) && !/^[A-Z-]+:\d{8}T\d{6}Z$/.test(line))
      .map((line) => `not in UTC: ${line}`),
    ...(text.endsWith('END:VCALENDAR\r\n') ? [] : ['no line break at the end']),
  ]
}
