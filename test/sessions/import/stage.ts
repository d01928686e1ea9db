import { asMoment } from '#src/database/moment.ts'
import type { Database, ModuleKind, Schema } from '#src/database/schema.ts'
import { buildPathway } from '#test/pathways/builder.ts'
import { carla, cosenza, nadia, newDatabase, noon, paolo, rosa, salerno, zone } from '#test/support.ts'
import { bytesOf, meeting } from './support.ts'

/** One hour of Monday 2 March 2026, 40 minutes of it to be present; Paolo holds it, Rosa (Salerno) and Nadia (Cosenza) are registered. */
export async function stage(db: Database, session: { kind?: ModuleKind; published?: boolean; region?: string } = {}) {
  const { kind = 'webinar', published = true, region = null } = session
  const pathway = await buildPathway(db, [{ kind }, { kind: 'reading' }])
  const { id: sessionId } = await db
    .insertInto('session')
    .values({
      programme_id: pathway.programmeId,
      module_id: pathway.firstId,
      kind: 'webinar',
      title: 'Indagini in pratica',
      starts_at: asMoment(meeting.startsAt),
      ends_at: asMoment(meeting.endsAt),
      threshold_minutes: 40,
      region_code: region,
      uid: `prova-${pathway.firstId}@percorsi.example`,
      revised_at: asMoment(noon),
      created_at: asMoment(noon),
      created_by: paolo.id,
      published_at: published ? asMoment(noon) : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('session_trainer').values({ session_id: sessionId, person_id: paolo.id }).execute()
  for (const [person, administration] of [
    [rosa, salerno],
    [nadia, cosenza],
  ] as const)
    await registerFor(db, sessionId, person.id, administration.id)
  return { ...pathway, sessionId, importPath: `/sessions/${sessionId}/attendance/import` }
}

export async function staged(session: Parameters<typeof stage>[1] = {}) {
  const db = await newDatabase()
  return { db, ...(await stage(db, session)) }
}

export async function registerFor(db: Database, sessionId: number, personId: number, administrationId: number) {
  const values = { session_id: sessionId, person_id: personId, administration_id: administrationId }
  await db
    .insertInto('registration')
    .values({ ...values, registered_at: asMoment(noon), registered_by: personId, cancelled_at: null, cancelled_by: null })
    .execute()
}

export async function addPerson(
  db: Database,
  name: string,
  administration?: { id: number },
): Promise<{ id: number; name: string; email: string }> {
  const email = `${name.replaceAll(' ', '.').toLowerCase()}.${Math.random().toString(36).slice(2)}@ente.example`
  const { id } = await db
    .insertInto('person')
    .values({ name, email, created_at: asMoment(noon) })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (administration)
    await db
      .insertInto('referent')
      .values({
        person_id: id,
        administration_id: administration.id,
        since: asMoment(noon),
        invited_by: carla.id,
        until: null,
        ended_by: null,
      })
      .execute()
  return { id, name, email }
}

/** A list in which each of them stays from one time to another: `['Rosa Greco', 'rosa@…', '09:00', '09:45']`. */
export const listOf = (...stays: [name: string, email: string, from: string, until: string][]) =>
  bytesOf(
    [
      'Nome;E-mail;Ingresso;Uscita',
      ...stays.map(([name, email, from, until]) => `${name};${email};02/03/2026 ${from};02/03/2026 ${until}`),
      '',
    ].join('\n'),
  )

export const byPaolo = { by: paolo, at: noon, zone }

/** Person, status and minutes of the session's attendance. */
export async function attendanceOf(
  db: Database,
  sessionId: number,
): Promise<Pick<Schema['attendance'], 'person_id' | 'status' | 'minutes'>[]> {
  return db
    .selectFrom('attendance')
    .where('session_id', '=', sessionId)
    .orderBy('person_id')
    .select(['person_id', 'status', 'minutes'])
    .execute() as never
}
