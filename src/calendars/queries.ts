import { type ExpressionBuilder, sql } from 'kysely'
import { asMoment, fromMoment, fromMomentOrNull } from '../database/moment.ts'
import type { Database, Schema, SessionKind } from '../database/schema.ts'
import type { Language } from '../language/language.ts'
import { digest } from '../people/secrets.ts'
import { type ListRequest, rowsPerPage } from '../web/lists.ts'

/** A published session as calendars see it; never who takes part, never the address of the room. */
export type CalendarSession = {
  id: number
  uid: string
  revision: number
  revisedAt: Temporal.Instant
  kind: SessionKind
  title: string
  description: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  place: string | null
  mapUrl: string | null
  region: string | null
  cancelledAt: Temporal.Instant | null
}

/** Which sessions a feed holds. */
export type FeedScope =
  | { of: 'everybody' }
  | { of: 'session'; id: number }
  | { of: 'region'; code: string }
  | { of: 'pathway'; id: number }
  | { of: 'person'; id: number }
  | { of: 'trainer'; id: number }
  | { of: 'administration'; id: number }

/** Sessions, cancelled ones too, stay in a feed this long after their end. */
const kept = Temporal.Duration.from({ hours: 24 * 60 })

/** What a feed holds, in one line that changes whenever a session enters, leaves or is revised; one query. */
export async function feedState(db: Database, scope: FeedScope, now: Temporal.Instant) {
  const { count, ...rest } = await sessionsIn(db, scope, now)
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn.sum<number | null>('session.id').as('ids'),
      // Without it, two sessions exchanged for two others of the same sum would look like nothing.
      sql<number | null>`sum(cast(session.id as bigint) * session.id * (session.revision + 7))`.as('mix'),
      fn.sum<number | null>('session.revision').as('revisions'),
      fn.max('session.revision').as('revision'),
      fn.max('session.revised_at').as('revisedAt'),
      fn.max('session.published_at').as('publishedAt'),
    ])
    .executeTakeFirstOrThrow()
  return { count, state: JSON.stringify([scope, count, ...Object.values(rest)]) }
}

export async function feedSessions(db: Database, scope: FeedScope, now: Temporal.Instant): Promise<CalendarSession[]> {
  const rows = await sessionsIn(db, scope, now).select(columns).orderBy('session.starts_at').orderBy('session.id').execute()
  return rows.map(asCalendarSession)
}

/** A published session for an invitation. */
export async function findCalendarSession(db: Database, id: number): Promise<CalendarSession | undefined> {
  const row = await db.selectFrom('session').where('id', '=', id).where('published_at', 'is not', null).select(columns).executeTakeFirst()
  return row && asCalendarSession(row)
}

function sessionsIn(db: Database, scope: FeedScope, now: Temporal.Instant) {
  const published = db.selectFrom('session').where('session.published_at', 'is not', null)
  const recent = published.where('session.ends_at', '>', asMoment(now.subtract(kept)))
  if (scope.of === 'person') return recent.where((eb) => eb.or([trainedBy(eb, scope.id), registeredFor(eb, 'person_id', scope.id)]))
  if (scope.of === 'trainer') return recent.where((eb) => trainedBy(eb, scope.id))
  if (scope.of === 'administration') return recent.where((eb) => registeredFor(eb, 'administration_id', scope.id))
  const open = (scope.of === 'session' ? published.where('session.id', '=', scope.id) : recent).where(inPublishedProgramme)
  // A region's calendar has what is for the whole country, too.
  if (scope.of === 'region')
    return open.where((eb) => eb.or([eb('session.region_code', 'is', null), eb('session.region_code', '=', scope.code)]))
  return scope.of === 'pathway' ? open.where((eb) => ofPathway(eb, scope.id)) : open
}

const inPublishedProgramme = (eb: ExpressionBuilder<Schema, 'session'>) =>
  eb('session.programme_id', 'in', eb.selectFrom('programme').where('programme.published_at', 'is not', null).select('programme.id'))

const trainedBy = (eb: ExpressionBuilder<Schema, 'session'>, personId: number) =>
  eb('session.id', 'in', eb.selectFrom('session_trainer').where('session_trainer.person_id', '=', personId).select('session_id'))

const ofPathway = (eb: ExpressionBuilder<Schema, 'session'>, pathwayId: number) =>
  eb('session.module_id', 'in', eb.selectFrom('pathway_module').where('pathway_module.pathway_id', '=', pathwayId).select('module_id'))

/** A registration that ended with the session itself still counts: its calendar must learn of the cancellation. */
const registeredFor = (eb: ExpressionBuilder<Schema, 'session'>, whose: 'person_id' | 'administration_id', id: number) =>
  eb.exists(
    eb
      .selectFrom('registration')
      .whereRef('registration.session_id', '=', 'session.id')
      .where(`registration.${whose}`, '=', id)
      .where((on) =>
        on.or([on('registration.cancelled_at', 'is', null), on('registration.cancelled_at', '>=', on.ref('session.cancelled_at'))]),
      )
      .select('registration.id'),
  )

const columns = [
  'session.id',
  'session.uid',
  'session.revision',
  'session.revised_at',
  'session.kind',
  'session.title',
  'session.description',
  'session.starts_at',
  'session.ends_at',
  'session.place',
  'session.map_url as mapUrl',
  'session.region_code as region',
  'session.cancelled_at',
] as const

type Row = Pick<CalendarSession, 'id' | 'uid' | 'revision' | 'kind' | 'title' | 'description' | 'place' | 'mapUrl' | 'region'> & {
  revised_at: string
  starts_at: string
  ends_at: string
  cancelled_at: string | null
}

const asCalendarSession = ({ revised_at, starts_at, ends_at, cancelled_at, ...row }: Row): CalendarSession => ({
  ...row,
  revisedAt: fromMoment(revised_at),
  startsAt: fromMoment(starts_at),
  endsAt: fromMoment(ends_at),
  cancelledAt: fromMomentOrNull(cancelled_at),
})

// Private feeds ----------------------------------------------------------------------------------------------------

export type FeedKind = 'person' | 'trainer' | 'administration'
export type Feed = {
  id: number
  label: string
  createdAt: Temporal.Instant
  lastUsedAt: Temporal.Instant | null
  scope: FeedKind
  administration: string | null
  /** Its owner still is what it takes: it is read. */
  holds: boolean
}

export const feedSorts = ['created', 'label', 'used'] as const

/** A person's own feeds that still work. */
export async function listFeeds(db: Database, list: ListRequest<(typeof feedSorts)[number]>, personId: number) {
  const matching = db
    .selectFrom('calendar_feed')
    .leftJoin('administration', 'administration.id', 'calendar_feed.administration_id')
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const column = ({ created: 'calendar_feed.created_at', label: 'label', used: 'last_used_at' } as const)[list.sort]
  const rows = await matching
    .select(['calendar_feed.id', 'label', 'calendar_feed.created_at', 'last_used_at', 'scope', 'administration.name as administration'])
    .select((eb) => eb.case().when(scopeHolds(eb)).then(1).else(0).end().as('holds'))
    .orderBy(column, list.descending ? 'desc' : 'asc')
    .orderBy('calendar_feed.id')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  return {
    total,
    rows: rows.map(
      ({ created_at, last_used_at, holds, ...row }): Feed => ({
        ...row,
        holds: holds === 1,
        createdAt: fromMoment(created_at),
        lastUsedAt: fromMomentOrNull(last_used_at),
      }),
    ),
  }
}

/** A feed of an administration is its referents', one of a trainer a trainer's: whoever is so no more reads it no more. */
const scopeHolds = (eb: ExpressionBuilder<Schema, 'calendar_feed'>) =>
  eb.or([
    eb('calendar_feed.scope', '=', 'person'),
    eb.and([
      eb('calendar_feed.scope', '=', 'trainer'),
      eb.exists(
        eb
          .selectFrom('role_grant')
          .whereRef('role_grant.person_id', '=', 'calendar_feed.person_id')
          .where('role_grant.role', '=', 'trainer')
          .where('role_grant.revoked_at', 'is', null)
          .select('role_grant.id'),
      ),
    ]),
    eb.and([
      eb('calendar_feed.scope', '=', 'administration'),
      eb.exists(
        eb
          .selectFrom('referent')
          .whereRef('referent.person_id', '=', 'calendar_feed.person_id')
          .whereRef('referent.administration_id', '=', 'calendar_feed.administration_id')
          .where('referent.until', 'is', null)
          .select('referent.id'),
      ),
    ]),
  ])

export type PrivateFeed = {
  id: number
  scope: FeedScope
  administration: string | null
  language: Language
  lastUsedAt: Temporal.Instant | null
}

/** What this secret opens; undefined when nothing, when it was revoked, or when its owner may see that no more. */
export async function findFeedByToken(db: Database, token: string): Promise<PrivateFeed | undefined> {
  const row = await db
    .selectFrom('calendar_feed')
    .innerJoin('person', 'person.id', 'calendar_feed.person_id')
    .leftJoin('administration', 'administration.id', 'calendar_feed.administration_id')
    .where('token_hash', '=', digest(token))
    .where('revoked_at', 'is', null)
    .where(scopeHolds)
    .select(['calendar_feed.id', 'calendar_feed.person_id', 'person.language', 'calendar_feed.last_used_at'])
    .select(['calendar_feed.scope', 'calendar_feed.administration_id', 'administration.name as administration'])
    .executeTakeFirst()
  if (!row) return undefined
  const { id, scope: of, administration, language } = row
  const whose = of === 'administration' ? (row.administration_id ?? 0) : row.person_id
  return { id, scope: { of, id: whose }, administration, language, lastUsedAt: fromMomentOrNull(row.last_used_at) }
}
