import type { ExpressionBuilder } from 'kysely'
import { asMoment, fromMoment, fromMomentOrNull } from '../database/moment.ts'
import type { Admission, Database, ModuleKind, RoomKind, Schema, SessionKind } from '../database/schema.ts'
import { staffScope } from '../people/rules.ts'
import type { Person } from '../web/env.ts'
import { type ListRequest, rowsPerPage } from '../web/lists.ts'
import { asks } from './invitations/queries.ts'
import { type SessionState, sessionKinds, sessionStates } from './rules.ts'

export type Session = {
  id: number
  programmeId: number
  programme: string
  moduleId: number
  module: string
  moduleKind: ModuleKind
  kind: SessionKind
  title: string
  /** Markdown. */
  description: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  place: string | null
  mapUrl: string | null
  roomCapacity: number | null
  joinUrl: string | null
  room: RoomKind
  capacity: number | null
  admission: Admission
  thresholdMinutes: number
  /** Of the duration, where it was given so. */
  thresholdPercent: number | null
  registrationOpensAt: Temporal.Instant | null
  registrationClosesAt: Temporal.Instant | null
  /** At most so many people of one administration. */
  administrationCap: number | null
  /** The waiting list moves up until so many hours before the start. */
  promotionStopsHours: number
  /** Hours before the start, as "24,1"; empty: nobody is reminded. */
  reminderHours: string
  /** Whoever attended gets a mail so many hours after the end; null: only when somebody asks for it. */
  followUpHours: number | null
  followUpNote: string
  followUpAskedAt: Temporal.Instant | null
  /** Those planned together with it. */
  seriesId: number | null
  regionCode: string | null
  revision: number
  publishedAt: Temporal.Instant | null
  cancelledAt: Temporal.Instant | null
  cancellationReason: string | null
  trainers: { id: number; name: string }[]
}

/** The session, or undefined when there is none that this person may see. */
export async function findSession(db: Database, id: number, person: Person | null): Promise<Session | undefined> {
  return one(
    db,
    sessions(db).where((eb) => seenSession(eb, person)),
    id,
  )
}

/** For actions, jobs and the operator: whoever may see it or not. */
export async function findAnySession(db: Database, id: number): Promise<Session | undefined> {
  return one(db, sessions(db), id)
}

/**
 * Which sessions a person may see: everybody those published in a published programme; who follows it, is invited, takes
 * part or is staff also those of a programme in draft; whoever is in charge (see `manageRefusal`) also drafts.
 */
export function seenSession(eb: ExpressionBuilder<Schema, 'session' | 'programme'>, person: Person | null) {
  const published = eb('session.published_at', 'is not', null)
  const open = eb.and([published, eb('programme.published_at', 'is not', null)])
  if (!person) return open
  const scope = staffScope(person)
  if (scope === 'national') return eb.and([])
  const trains = eb('session.id', 'in', eb.selectFrom('session_trainer').where('person_id', '=', person.id).select('session_id'))
  if (scope) return eb.or([published, trains, eb('session.region_code', 'in', [...scope, nowhere])])
  const takesPart = eb(
    'session.id',
    'in',
    eb.selectFrom('registration').where('person_id', '=', person.id).where('cancelled_at', 'is', null).select('session_id'),
  )
  const follows = eb(
    'session.programme_id',
    'in',
    eb
      .selectFrom('enrolment')
      .where('administration_id', 'in', [...person.administrations, none])
      .where('ended_at', 'is', null)
      .select('programme_id'),
  )
  const invited = eb(
    'session.id',
    'in',
    eb
      .selectFrom('invitation')
      .where('invitation.withdrawn_at', 'is', null)
      .where((each) => asks(each, person))
      .select('invitation.session_id'),
  )
  return eb.or([open, eb.and([published, eb.or([takesPart, follows, invited])])])
}

export const sessionSorts = ['starts', 'title', 'kind'] as const
export const sessionFilters = ['kind', 'state'] as const

export type SessionRow = Pick<
  Session,
  'id' | 'title' | 'kind' | 'module' | 'startsAt' | 'endsAt' | 'place' | 'capacity' | 'admission' | 'publishedAt' | 'cancelledAt'
> & { registered: number }

export async function listSessions(
  db: Database,
  list: ListRequest<(typeof sessionSorts)[number]>,
  person: Person,
  now: Temporal.Instant,
): Promise<{ rows: SessionRow[]; total: number }> {
  const kind = sessionKinds.find((each) => each === list.filters.kind)
  const state = sessionStates.find((each) => each === list.filters.state)
  const words = list.q
    .toLowerCase()
    .replace(/[%_\\]/g, '')
    .split(/\s+/)
    .filter(Boolean)
  const matching = sessions(db)
    .where((eb) => seenSession(eb, person))
    .where((eb) =>
      eb.and(
        words.map((word) =>
          eb.or(
            (['session.title', 'module.title', 'session.place'] as const).map((column) =>
              eb(eb.fn('lower', [column]), 'like', `%${word}%`),
            ),
          ),
        ),
      ),
    )
    .$if(kind !== undefined, (query) => query.where('session.kind', '=', kind ?? 'webinar'))
    .$if(state !== undefined, (query) => query.where((eb) => inState(eb, state ?? 'coming', now)))

  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const column = ({ starts: 'session.starts_at', title: 'session.title', kind: 'session.kind' } as const)[list.sort]
  const rows = await matching
    .select(listColumns)
    .select((eb) =>
      eb
        .selectFrom('registration')
        .whereRef('registration.session_id', '=', 'session.id')
        .where('registration.cancelled_at', 'is', null)
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .as('registered'),
    )
    .orderBy(column, list.descending ? 'desc' : 'asc')
    .orderBy('session.id')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  return { rows: rows.map((row) => ({ ...inOurWords(row), registered: row.registered ?? 0 })), total }
}

/** Published sessions of published programmes, for everybody: those that aren't over, the first to begin first. */
export async function publicComing(db: Database, now: Temporal.Instant, page: number): Promise<{ rows: PublicSession[]; total: number }> {
  const matching = publicSessions(db).where('session.ends_at', '>', asMoment(now))
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .select(listColumns)
    .orderBy('session.starts_at')
    .orderBy('session.id')
    .limit(rowsPerPage)
    .offset((page - 1) * rowsPerPage)
    .execute()
  return { rows: rows.map(inOurWords), total }
}

/** Those over since the moment given, the latest first. */
export async function publicPast(db: Database, since: Temporal.Instant, now: Temporal.Instant): Promise<PublicSession[]> {
  const rows = await publicSessions(db)
    .where('session.ends_at', '<=', asMoment(now))
    .where('session.ends_at', '>', asMoment(since))
    .select(listColumns)
    .orderBy('session.starts_at', 'desc')
    .orderBy('session.id', 'desc')
    .limit(rowsPerPage)
    .execute()
  return rows.map(inOurWords)
}

export type PublicSession = Omit<SessionRow, 'registered'>

/** No administration has this id, no region this code: an empty list isn't SQL. */
const none = 0
const nowhere = ''

function inState(eb: ExpressionBuilder<Schema, 'session'>, state: SessionState, now: Temporal.Instant) {
  if (state === 'cancelled') return eb('session.cancelled_at', 'is not', null)
  const held = eb('session.cancelled_at', 'is', null)
  if (state === 'draft') return eb.and([held, eb('session.published_at', 'is', null)])
  return eb.and([held, eb('session.published_at', 'is not', null), eb('session.ends_at', state === 'over' ? '<=' : '>', asMoment(now))])
}

const publicSessions = (db: Database) => sessions(db).where((eb) => seenSession(eb, null))

const sessions = (db: Database) =>
  db
    .selectFrom('session')
    .innerJoin('programme', 'programme.id', 'session.programme_id')
    .innerJoin('module', 'module.id', 'session.module_id')

async function one(db: Database, matching: ReturnType<typeof sessions>, id: number): Promise<Session | undefined> {
  const row = await matching
    .where('session.id', '=', id)
    .select(listColumns)
    .select([
      'session.programme_id as programmeId',
      'programme.title as programme',
      'session.module_id as moduleId',
      'module.kind as moduleKind',
      'session.description',
      'session.map_url as mapUrl',
      'session.room_capacity as roomCapacity',
      'session.join_url as joinUrl',
      'session.follow_up_hours as followUpHours',
      'session.follow_up_note as followUpNote',
      'session.follow_up_asked_at',
      'session.room',
      'session.threshold_minutes as thresholdMinutes',
      'session.threshold_percent as thresholdPercent',
      'session.registration_opens_at',
      'session.registration_closes_at',
      'session.administration_cap as administrationCap',
      'session.promotion_stops_hours as promotionStopsHours',
      'session.reminder_hours as reminderHours',
      'session.series_id as seriesId',
      'session.region_code as regionCode',
      'session.revision',
      'session.cancellation_reason as cancellationReason',
    ])
    .executeTakeFirst()
  if (!row) return undefined
  const trainers = await db
    .selectFrom('session_trainer')
    .innerJoin('person', 'person.id', 'session_trainer.person_id')
    .where('session_id', '=', id)
    .orderBy('person.name')
    .orderBy('person.id')
    .select(['person.id', 'person.name'])
    .execute()
  const { registration_opens_at, registration_closes_at, follow_up_asked_at, ...rest } = row
  return {
    ...inOurWords(rest),
    followUpAskedAt: fromMomentOrNull(follow_up_asked_at),
    registrationOpensAt: fromMomentOrNull(registration_opens_at),
    registrationClosesAt: fromMomentOrNull(registration_closes_at),
    trainers,
  }
}

const listColumns = [
  'session.id',
  'session.title',
  'session.kind',
  'module.title as module',
  'session.starts_at',
  'session.ends_at',
  'session.place',
  'session.capacity',
  'session.admission',
  'session.published_at',
  'session.cancelled_at',
] as const

type Moments = { starts_at: string; ends_at: string; published_at: string | null; cancelled_at: string | null }

function inOurWords<R extends Moments>({ starts_at, ends_at, published_at, cancelled_at, ...row }: R) {
  return {
    ...row,
    startsAt: fromMoment(starts_at),
    endsAt: fromMoment(ends_at),
    publishedAt: fromMomentOrNull(published_at),
    cancelledAt: fromMomentOrNull(cancelled_at),
  }
}
