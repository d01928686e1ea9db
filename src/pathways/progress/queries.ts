import { seenBy } from '../../administrations/queries.ts'
import { fromMoment, fromMomentOrNull } from '../../database/moment.ts'
import type { Database, ModuleKind } from '../../database/schema.ts'
import { dayOf } from '../../language/dates.ts'
import type { Person } from '../../web/env.ts'
import { askedOf, extensionsOf, lastSessionsOf, recordedOf } from './facts.ts'
import type { ModuleState } from './rules.ts'
import { howFar, moduleStates, type PathwayStanding } from './standing.ts'

/** An administration on a pathway. */
export type Enrolment = {
  id: number
  programmeId: number
  programme: string
  pathwayId: number
  /** The pathway itself, where an earlier version of it is followed. */
  rootPathwayId: number
  pathway: string
  administrationId: number
  administration: string
  /** Of the administration, today. */
  region: string
  enrolledAt: Temporal.Instant
  completedAt: Temporal.Instant | null
  endedAt: Temporal.Instant | null
}
export type EnrolmentWithReasons = Enrolment & {
  summary: string
  /** The share of the hours offered that a certificate needs. */
  certificatePercent: number
  /** The rule that proposed the pathway, and what made it hold, in words. */
  rule: string | null
  reasons: readonly string[]
}
export type EnrolmentProgress = Enrolment & { done: number; total: number }

/** The enrolment, or undefined when there is none that this person may see. */
export async function findEnrolment(db: Database, id: number, person: Person | null): Promise<EnrolmentWithReasons | undefined> {
  const row = await enrolments(db)
    .leftJoin('rule', 'rule.id', 'enrolment.rule_id')
    .where('enrolment.id', '=', id)
    .where((eb) => seenBy(eb, person))
    .select(['pathway.summary', 'pathway.certificate_percent as certificatePercent', 'rule.title as rule', 'enrolment.trace'])
    .executeTakeFirst()
  if (!row) return undefined
  const { summary, certificatePercent, rule, trace } = row
  return { ...asEnrolment(row), summary, certificatePercent, rule, reasons: reasonsOf(trace) }
}

/** What these administrations follow today and how far they are, in a fixed number of queries; only what this person may see. */
export async function currentEnrolments(
  db: Database,
  administrationIds: readonly number[],
  person: Person | null,
): Promise<EnrolmentProgress[]> {
  if (administrationIds.length === 0) return []
  const rows = await enrolments(db)
    .where('enrolment.administration_id', 'in', [...administrationIds])
    .where('enrolment.ended_at', 'is', null)
    .where((eb) => seenBy(eb, person))
    .orderBy('administration.search_text')
    .orderBy('enrolment.id')
    .execute()
  const followed = rows.map(asEnrolment)
  const far = await howFarAre(db, followed)
  return followed.map((each) => ({ ...each, ...(far.get(each.id) ?? { done: 0, total: 0 }) }))
}

/** How much of what it needs each enrolment has done; a fixed number of queries. */
export async function howFarAre(db: Database, followed: readonly Pick<Enrolment, 'id' | 'pathwayId'>[]) {
  const asked = await askedOf(db, followed)
  const recorded = await recordedOf(
    db,
    followed.map(({ id }) => id),
  )
  return new Map([...asked].map(([id, each]) => [id, howFar(each, recorded.get(id) ?? [])] as const))
}

type Clock = { now: Temporal.Instant; zone: string }
type Followed = Pick<Enrolment, 'id' | 'pathwayId' | 'enrolledAt' | 'region'>

/** How the whole pathway stands; a fixed number of queries however long it is. */
export async function pathwayStanding(db: Database, enrolment: Followed, clock: Clock): Promise<PathwayStanding> {
  const standing = (await standingsOf(db, [enrolment], clock)).get(enrolment.id)
  return standing ?? { modules: [], sections: [], next: null, done: 0, total: 0, extra: 0, percent: 0 }
}

/** How several enrolments stand, with the effective due date of each module; a fixed number of queries however many. */
export async function standingsOf(
  db: Database,
  followed: readonly Followed[],
  { now, zone }: Clock,
): Promise<Map<number, PathwayStanding>> {
  if (followed.length === 0) return new Map()
  const ids = followed.map(({ id }) => id)
  const asked = await askedOf(db, followed)
  const recorded = await recordedOf(db, ids)
  const extended = await extensionsOf(db, ids)
  const lastSessions = await lastSessionsOf(db, [...new Set(followed.map(({ pathwayId }) => pathwayId))], zone)
  const today = dayOf(now, zone)
  return new Map(
    followed.map(({ id, enrolledAt, region }) => {
      const { modules = [], sections = [] } = asked.get(id) ?? {}
      const more = { sections, extendedTo: extended.get(id) ?? new Map(), lastSessionOn: lastSessions(region) }
      return [id, moduleStates(modules, recorded.get(id) ?? [], { enrolledOn: dayOf(enrolledAt, zone), today, zone }, more)]
    }),
  )
}

export type ModuleWork = {
  administrationId: number
  pathwayId: number
  enrolledAt: Temporal.Instant
  ended: boolean
  kind: ModuleKind
  state: ModuleState
  /** There is a due date, known already or not. */
  hasDue: boolean
}

/**
 * What decides whether a module can be worked on; undefined when the enrolment doesn't have it. Without `today`, a module
 * that opens on a day counts as open.
 */
export async function findModuleState(
  db: Database,
  { enrolmentId, moduleId, today }: { enrolmentId: number; moduleId: number; today?: Temporal.PlainDate | undefined },
): Promise<ModuleWork | undefined> {
  const row = await enrolments(db).where('enrolment.id', '=', enrolmentId).executeTakeFirst()
  if (!row) return undefined
  const enrolment = asEnrolment(row)
  const now = (today ?? endOfDays).toZonedDateTime('UTC').toInstant()
  // Only the day of opening matters here; what is due when is asked of the standing.
  const { modules } = await pathwayStanding(db, enrolment, { now, zone: 'UTC' })
  const module = modules.find((each) => each.moduleId === moduleId)
  if (!module) return undefined
  const { administrationId, pathwayId, enrolledAt, endedAt } = enrolment
  const { kind, state, due, dueLater } = module
  return { administrationId, pathwayId, enrolledAt, ended: endedAt !== null, kind, state, hasDue: due !== null || dueLater !== null }
}

const endOfDays = Temporal.PlainDate.from('9999-12-31')

const enrolments = (db: Database) =>
  db
    .selectFrom('enrolment')
    .innerJoin('administration', 'administration.id', 'enrolment.administration_id')
    .innerJoin('pathway', 'pathway.id', 'enrolment.pathway_id')
    .innerJoin('programme', 'programme.id', 'enrolment.programme_id')
    .select([
      'enrolment.id',
      'enrolment.programme_id',
      'programme.title as programme',
      'enrolment.pathway_id',
      'pathway.root_id',
      'pathway.title as pathway',
      'enrolment.administration_id',
      'administration.name as administration',
      'administration.region_code as region',
      'enrolment.enrolled_at',
      'enrolment.completed_at',
      'enrolment.ended_at',
    ])

type EnrolmentRow = Awaited<ReturnType<ReturnType<typeof enrolments>['executeTakeFirstOrThrow']>>

const asEnrolment = (row: EnrolmentRow): Enrolment => ({
  id: row.id,
  programmeId: row.programme_id,
  programme: row.programme,
  pathwayId: row.pathway_id,
  rootPathwayId: row.root_id ?? row.pathway_id,
  pathway: row.pathway,
  administrationId: row.administration_id,
  administration: row.administration,
  region: row.region,
  enrolledAt: fromMoment(row.enrolled_at),
  completedAt: fromMomentOrNull(row.completed_at),
  endedAt: fromMomentOrNull(row.ended_at),
})

/** The sentences of the recommendation that held; a trace that can't be read has none. */
function reasonsOf(trace: string): string[] {
  try {
    const { held } = JSON.parse(trace) as { held?: unknown }
    return Array.isArray(held) ? held.filter((each) => typeof each === 'string') : []
  } catch {
    return []
  }
}
