import { seenBy } from '../administrations/queries.ts'
import { asMoment, fromMoment, fromMomentOrNull } from '../database/moment.ts'
import type { Database } from '../database/schema.ts'
import { fold } from '../language/fold.ts'
import { askedOf, recordedOf } from '../pathways/progress/facts.ts'
import { covers } from '../people/rules.ts'
import type { Person } from '../web/env.ts'
import { type ListRequest, rowsPerPage } from '../web/lists.ts'
import { type Hours, hoursOf, type MeetingModule } from './rules.ts'

/** What the paper says, as it was on the day of issue: of a completed pathway, or of one session. Days are YYYY-MM-DD. */
export type CertificateContent = OfPathway | OfSession
type Named = { administration: string; programme: string }
export type OfPathway = Named & {
  /** Of a referent's certificate. */
  person: string | null
  pathway: string
  completedOn: string
  modules: { title: string; offered: number; attended: number }[]
}
export type OfSession = Named & { person: string; session: string; heldOn: string }
export type Certificate = {
  id: number
  code: string
  /** Of a pathway; null when it is of a session. */
  enrolmentId: number | null
  sessionId: number | null
  personId: number | null
  region: string
  administrationId: number
  minutesOffered: number
  minutesAttended: number
  percent: number
  threshold: number
  content: CertificateContent
  issuedAt: Temporal.Instant
  revokedAt: Temporal.Instant | null
}

const certificates = (db: Database) =>
  db
    .selectFrom('certificate')
    .leftJoin('enrolment', 'enrolment.id', 'certificate.enrolment_id')
    .innerJoin('administration', (join) =>
      join.on((eb) => eb('administration.id', '=', eb.fn.coalesce('certificate.administration_id', 'enrolment.administration_id'))),
    )
    .select([
      'certificate.id',
      'certificate.code',
      'enrolment_id',
      'session_id',
      'certificate.person_id',
      'administration.region_code',
      'administration.id as administration_id',
    ])
    .select(['minutes_offered', 'minutes_attended', 'percent', 'threshold_percent', 'content', 'issued_at', 'revoked_at'])

type Row = Awaited<ReturnType<ReturnType<typeof certificates>['executeTakeFirstOrThrow']>>

const asCertificate = (row: Row): Certificate => ({
  id: row.id,
  code: row.code,
  enrolmentId: row.enrolment_id,
  sessionId: row.session_id,
  personId: row.person_id,
  region: row.region_code,
  administrationId: row.administration_id,
  minutesOffered: row.minutes_offered,
  minutesAttended: row.minutes_attended,
  percent: row.percent,
  threshold: row.threshold_percent,
  content: JSON.parse(row.content) as CertificateContent,
  issuedAt: fromMoment(row.issued_at),
  revokedAt: fromMomentOrNull(row.revoked_at),
})

/** Anybody who holds the paper may verify it. */
export async function certificateByCode(db: Database, code: string): Promise<Certificate | undefined> {
  const row = await certificates(db).where('certificate.code', '=', code).executeTakeFirst()
  return row && asCertificate(row)
}

/** One's own, that of an administration one is a referent of, or any in a coordinator's regions. */
export async function findCertificate(db: Database, id: number, person: Person): Promise<Certificate | undefined> {
  const row = await certificates(db).where('certificate.id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const own = row.person_id === null ? person.administrations.includes(row.administration_id) : row.person_id === person.id
  return own || covers(person.coordinator, row.region_code) ? asCertificate(row) : undefined
}

/** Those of an enrolment that stand: the administration's, and this person's. */
export async function validCertificates(db: Database, enrolmentId: number, personId: number): Promise<Certificate[]> {
  const rows = await certificates(db)
    .where('enrolment_id', '=', enrolmentId)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('certificate.person_id', 'is', null), eb('certificate.person_id', '=', personId)]))
    .execute()
  return rows.map(asCertificate)
}

export const certificateSorts = ['issued', 'administration'] as const
type List = ListRequest<(typeof certificateSorts)[number]>

/** Those of a coordinator's regions. */
export async function listCertificates(db: Database, list: List, person: Person): Promise<{ rows: Certificate[]; total: number }> {
  const wanted = fold(list.q).split(' ').filter(Boolean)
  const matching = certificates(db)
    .where((eb) => seenBy(eb, person))
    .$if(list.filters.state === 'valid', (query) => query.where('revoked_at', 'is', null))
    .$if(list.filters.state === 'revoked', (query) => query.where('revoked_at', 'is not', null))
    .$if(wanted.length > 0, (query) =>
      query.where((eb) => eb.and(wanted.map((word) => eb('administration.search_text', 'like', `%${word}%`)))),
    )
  const { total } = await matching
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const column = { issued: 'issued_at', administration: 'administration.search_text' } as const
  const rows = await matching
    .orderBy(column[list.sort], list.descending ? 'desc' : 'asc')
    .orderBy('certificate.id')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  return { rows: rows.map(asCertificate), total: Number(total) }
}

type Followed = { id: number; pathwayId: number; administrationId: number; region: string }

/** The hours of the followed pathway's meetings, as a person attended them, or as the best of the administration's people did. */
export async function hoursFor(db: Database, followed: Followed, personId: number | null, now: Temporal.Instant): Promise<Hours> {
  const asked = (await askedOf(db, [followed])).get(followed.id)
  const states = new Map(((await recordedOf(db, [followed.id])).get(followed.id) ?? []).map(({ moduleId, state }) => [moduleId, state]))
  const meetings = (asked?.modules ?? []).filter(({ kind }) => kind === 'webinar' || kind === 'virtual_classroom' || kind === 'seminar')
  const held = await heldSessions(db, followed, { moduleIds: meetings.map(({ moduleId }) => moduleId), personId, now })
  return hoursOf(
    meetings.map(
      ({ moduleId, title }): MeetingModule => ({
        title,
        state: states.get(moduleId) ?? null,
        held: held.filter((each) => each.moduleId === moduleId),
      }),
    ),
  )
}

type Wanted = { moduleIds: readonly number[]; personId: number | null; now: Temporal.Instant }

async function heldSessions(db: Database, { administrationId, region }: Followed, { moduleIds, personId, now }: Wanted) {
  if (moduleIds.length === 0) return []
  const rows = await db
    .selectFrom('session')
    .leftJoin('attendance', (join) =>
      join
        .onRef('attendance.session_id', '=', 'session.id')
        .on('attendance.administration_id', '=', administrationId)
        .$call((each) => (personId === null ? each : each.on('attendance.person_id', '=', personId))),
    )
    .where('module_id', 'in', [...moduleIds])
    .where('published_at', 'is not', null)
    .where('cancelled_at', 'is', null)
    .where('ends_at', '<=', asMoment(now))
    .where((eb) => eb.or([eb('session.region_code', 'is', null), eb('session.region_code', '=', region)]))
    .select(['session.id', 'module_id', 'starts_at', 'ends_at', 'attendance.minutes'])
    .execute()
  return rows.map(({ module_id, starts_at, ends_at, minutes }) => ({
    moduleId: module_id,
    minutes: Math.round(fromMoment(starts_at).until(fromMoment(ends_at)).total('minutes')),
    attended: minutes ?? 0,
  }))
}

/** Whether a person is staff today, is or was a referent of the administration, and has done something for the enrolment. */
export async function holderOf(db: Database, { id, administrationId }: Followed, personId: number) {
  const has = async (query: Promise<unknown>) => (await query) !== undefined
  return {
    staff: await has(
      db
        .selectFrom('role_grant')
        .where('person_id', '=', personId)
        .where('revoked_at', 'is', null)
        .select('id')
        .limit(1)
        .executeTakeFirst(),
    ),
    referent: await has(
      db
        .selectFrom('referent')
        .where('person_id', '=', personId)
        .where('administration_id', '=', administrationId)
        .select('id')
        .limit(1)
        .executeTakeFirst(),
    ),
    evidence: await has(
      db
        .selectFrom('completion_evidence')
        .where('person_id', '=', personId)
        .where('enrolment_id', '=', id)
        .select('id')
        .limit(1)
        .executeTakeFirst(),
    ),
  }
}
