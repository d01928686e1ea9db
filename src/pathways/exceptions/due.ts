import { fromMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { dayOf } from '../../language/dates.ts'
import { findProgramme } from '../../programmes/queries.ts'
import type { Candidate } from '../assign/rules.ts'
import { meetingKinds } from '../definition/rules.ts'
import { standingsOf } from '../progress/queries.ts'
import { isDone } from '../progress/rules.ts'
import type { ModuleStanding, PathwayStanding } from '../progress/standing.ts'
import type { Exception } from './queries.ts'

type Asked = { programmeId: number; candidates: readonly Candidate[]; now: Temporal.Instant; zone: string }

/** Mandatory modules whose due date can't be met, of everybody who follows a pathway and has not completed it. */
export async function dueExceptions(db: Database, { programmeId, candidates, now, zone }: Asked): Promise<Exception[]> {
  const programme = await findProgramme(db, programmeId)
  if (!programme) return []
  const today = dayOf(now, zone)
  const sessions = await sessionDays(db, programmeId, zone)
  const standings = await standingsOfAll(db, programmeId, { now, zone })
  return candidates.flatMap((candidate): Exception[] => {
    const { following, id: administrationId, name, region, kind } = candidate
    const found = following && !following.completed && !candidate.closed ? standings.get(following.enrolmentId) : undefined
    if (!following || !found) return []
    const days = { enrolledOn: found.enrolledOn, endsOn: programme.endsOn, today }
    return found.standing.modules.flatMap((module) => {
      if (module.due === null || !cannotBeMet(module, days, sessions(module.moduleId, region))) return []
      const own = { enrolmentId: following.enrolmentId, from: following.pathwayId, to: null }
      return [{ administrationId, name, region, kind, ...own, module: { id: module.moduleId, title: module.title, due: module.due } }]
    })
  })
}

type Days = { enrolledOn: Temporal.PlainDate; endsOn: Temporal.PlainDate; today: Temporal.PlainDate }

/**
 * Whether nobody could do it in time: due after the programme, before it opens, before the pathway began, or without any of
 * its sessions left until then. What could have been done and wasn't is late, which is something else.
 */
export function cannotBeMet(
  { optional, state, due, notBefore, kind }: Pick<ModuleStanding, 'optional' | 'state' | 'due' | 'notBefore' | 'kind'>,
  { enrolledOn, endsOn, today }: Days,
  sessionDays: readonly Temporal.PlainDate[],
): boolean {
  if (due === null || optional || isDone(state) || state === 'submitted') return false
  if (isBefore(endsOn, due) || isBefore(due, enrolledOn)) return true
  if (notBefore !== null && isBefore(due, notBefore)) return true
  if (isBefore(due, today) || !meetingKinds.includes(kind) || sessionDays.length === 0) return false
  return !sessionDays.some((day) => !isBefore(day, today) && !isBefore(due, day))
}

const isBefore = (one: Temporal.PlainDate, other: Temporal.PlainDate) => Temporal.PlainDate.compare(one, other) < 0

type SessionDays = (moduleId: number, region: string) => readonly Temporal.PlainDate[]

/** The days of the sessions that stand, as a region sees them. */
async function sessionDays(db: Database, programmeId: number, zone: string): Promise<SessionDays> {
  const rows = await db
    .selectFrom('session')
    .where('programme_id', '=', programmeId)
    .where('published_at', 'is not', null)
    .where('cancelled_at', 'is', null)
    .select(['module_id', 'region_code', 'starts_at'])
    .execute()
  const byModule = Map.groupBy(
    rows.map((row) => ({ ...row, day: dayOf(fromMoment(row.starts_at), zone) })),
    ({ module_id }) => module_id,
  )
  return (moduleId, region) =>
    (byModule.get(moduleId) ?? []).filter(({ region_code }) => region_code === null || region_code === region).map(({ day }) => day)
}

type Found = { standing: PathwayStanding; enrolledOn: Temporal.PlainDate }
type Following = { id: number; pathwayId: number; enrolledAt: Temporal.Instant; region: string; touched: boolean }

/** Who has done nothing yet stands as everybody else who began that day on that pathway in that region: that is worked out once. */
async function standingsOfAll(
  db: Database,
  programmeId: number,
  clock: { now: Temporal.Instant; zone: string },
): Promise<Map<number, Found>> {
  const following = await openEnrolments(db, programmeId)
  const dayOfOne = new Map<string, Temporal.PlainDate>()
  const enrolledOn = ({ enrolledAt }: Following) => {
    const text = enrolledAt.toString()
    const day = dayOfOne.get(text) ?? dayOf(enrolledAt, clock.zone)
    dayOfOne.set(text, day)
    return day
  }
  const keyOf = (each: Following) => (each.touched ? `#${each.id}` : `${each.pathwayId} ${each.region} ${enrolledOn(each)}`)
  const alike = Map.groupBy(following, keyOf)
  const firsts = [...alike.values()].flatMap(([first]) => first ?? [])
  const standings = new Map<number, PathwayStanding>()
  for (let from = 0; from < firsts.length; from += enrolmentsAtOnce)
    for (const [id, standing] of await standingsOf(db, firsts.slice(from, from + enrolmentsAtOnce), clock)) standings.set(id, standing)

  return new Map(
    [...alike.values()].flatMap((several) => {
      const standing = standings.get(several[0]?.id ?? 0)
      return standing ? several.map((each) => [each.id, { standing, enrolledOn: enrolledOn(each) }] as const) : []
    }),
  )
}

/** Well below what either engine takes in one list. */
const enrolmentsAtOnce = 10_000

async function openEnrolments(db: Database, programmeId: number): Promise<Following[]> {
  const rows = await db
    .selectFrom('enrolment')
    .innerJoin('administration', 'administration.id', 'enrolment.administration_id')
    .where('programme_id', '=', programmeId)
    .where('ended_at', 'is', null)
    .where('completed_at', 'is', null)
    .select(['enrolment.id', 'pathway_id', 'enrolled_at', 'administration.region_code'])
    .select((eb) => {
      const has = (table: 'progress' | 'extension' | 'enrolment_module') =>
        eb.exists(eb.selectFrom(table).whereRef(`${table}.enrolment_id`, '=', 'enrolment.id').select(`${table}.id`))
      return eb.or([has('progress'), has('extension'), has('enrolment_module')]).as('touched')
    })
    .orderBy('enrolment.id')
    .execute()
  return rows.map(({ id, pathway_id, enrolled_at, region_code, touched }) => ({
    id,
    pathwayId: pathway_id,
    enrolledAt: fromMoment(enrolled_at),
    region: region_code,
    touched: Boolean(touched),
  }))
}
