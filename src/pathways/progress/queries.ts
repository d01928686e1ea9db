import { seenBy } from '../../administrations/queries.ts'
import { fromMoment, fromMomentOrNull } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { dayOf } from '../../language/dates.ts'
import type { Person } from '../../web/env.ts'
import { modulesOfPathways } from '../queries.ts'
import { doneStates, type ModuleState, moduleStates, type PathwayStanding, type Recorded } from './rules.ts'

/** An administration on a pathway. */
export type Enrolment = {
  id: number
  programmeId: number
  programme: string
  pathwayId: number
  pathway: string
  administrationId: number
  administration: string
  enrolledAt: Temporal.Instant
  completedAt: Temporal.Instant | null
  endedAt: Temporal.Instant | null
}
export type EnrolmentWithReasons = Enrolment & {
  summary: string
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
    .select(['pathway.summary', 'rule.title as rule', 'enrolment.trace'])
    .executeTakeFirst()
  return row && { ...asEnrolment(row), summary: row.summary, rule: row.rule, reasons: reasonsOf(row.trace) }
}

/** What these administrations follow today and how far they are, in one query; only what this person may see. */
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
    .select((eb) => {
      const mandatory = eb
        .selectFrom('pathway_module')
        .whereRef('pathway_module.pathway_id', '=', 'enrolment.pathway_id')
        .where('pathway_module.optional_at', 'is', null)
        .select((inner) => inner.fn.countAll<number>().as('count'))
      const done = mandatory
        .innerJoin('progress', (join) =>
          join.onRef('progress.module_id', '=', 'pathway_module.module_id').onRef('progress.enrolment_id', '=', 'enrolment.id'),
        )
        .where('progress.state', 'in', [...doneStates])
      return [mandatory.as('total'), done.as('done')]
    })
    .orderBy('administration.search_text')
    .orderBy('enrolment.id')
    .execute()
  return rows.map((row) => ({ ...asEnrolment(row), done: row.done ?? 0, total: row.total ?? 0 }))
}

/** How the whole pathway stands; three queries however long it is. */
export async function pathwayStanding(
  db: Database,
  enrolment: Pick<Enrolment, 'id' | 'pathwayId' | 'enrolledAt'>,
  { now, zone }: { now: Temporal.Instant; zone: string },
): Promise<PathwayStanding> {
  const modules = (await modulesOfPathways(db, [enrolment.pathwayId])).get(enrolment.pathwayId) ?? []
  const recorded = await recordedProgress(db, enrolment.id)
  return moduleStates(modules, recorded, { enrolledOn: dayOf(enrolment.enrolledAt, zone), today: dayOf(now, zone) })
}

export type ModuleWork = { administrationId: number; ended: boolean; kind: string; state: ModuleState }

/** What decides whether a module can be worked on; undefined when the enrolment's pathway doesn't have it. */
export async function findModuleState(db: Database, enrolmentId: number, moduleId: number): Promise<ModuleWork | undefined> {
  const row = await enrolments(db).where('enrolment.id', '=', enrolmentId).executeTakeFirst()
  if (!row) return undefined
  const enrolment = asEnrolment(row)
  // Days matter for what is late, not for what is open.
  const { modules } = await pathwayStanding(db, enrolment, { now: enrolment.enrolledAt, zone: 'UTC' })
  const module = modules.find((each) => each.moduleId === moduleId)
  return (
    module && {
      administrationId: enrolment.administrationId,
      ended: enrolment.endedAt !== null,
      kind: module.kind,
      state: module.state,
    }
  )
}

async function recordedProgress(db: Database, enrolmentId: number): Promise<Recorded[]> {
  const rows = await db
    .selectFrom('progress')
    .where('enrolment_id', '=', enrolmentId)
    .select(['module_id', 'state', 'completed_at'])
    .execute()
  return rows.map(({ module_id, state, completed_at }) => ({ moduleId: module_id, state, completedAt: fromMomentOrNull(completed_at) }))
}

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
      'pathway.title as pathway',
      'enrolment.administration_id',
      'administration.name as administration',
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
  pathway: row.pathway,
  administrationId: row.administration_id,
  administration: row.administration,
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
