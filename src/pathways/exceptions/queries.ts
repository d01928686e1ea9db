import type { Database } from '../../database/schema.ts'
import { fold } from '../../language/fold.ts'
import type { Scope } from '../../web/env.ts'
import type { ListRequest } from '../../web/lists.ts'
import { candidates } from '../assign/queries.ts'
import { type Candidate, type Matched, type Moving, sortOut } from '../assign/rules.ts'
import { inFull, liveOf, ruleSets } from '../rules/versions/queries.ts'
import { dueExceptions } from './due.ts'
import type { ExceptionKind } from './rules.ts'

/** An administration that an assignment can't settle by itself, and what about it. */
export type Exception = {
  administrationId: number
  name: string
  region: string
  kind: string
  enrolmentId: number | null
  /** The pathway followed, and the one that the rules propose today. */
  from: number | null
  to: number | null
  /** Of a due date: the module, and the day that can't be met. */
  module: { id: number; title: string; due: Temporal.PlainDate } | null
}

export type Exceptions = Record<ExceptionKind, Exception[]> & { proposals: ReadonlyMap<number, Moving | Matched>; ruleSetId: number | null }

type Asked = { programmeId: number; scope: Scope; now: Temporal.Instant; zone: string }

/** Every case to be resolved in these regions, by name; the number of queries doesn't grow with the register. */
export async function findExceptions(db: Database, { programmeId, scope, now, zone }: Asked): Promise<Exceptions> {
  const live = liveOf(await ruleSets(db, programmeId))
  const { rules } = await inFull(db, live)
  const all = await candidates(db, programmeId, scope)
  const { unmatched, moving } = sortOut(all, rules)
  const kept = await keptSince(db, programmeId, live?.liveAt ?? null)
  const elsewhere = moving.filter(({ candidate }) => !kept.has(candidate.following.enrolmentId))
  return {
    unmatched: unmatched.map((candidate) => exceptionOf(candidate)),
    elsewhere: elsewhere.map(({ candidate, recommendation }) => exceptionOf(candidate, recommendation.pathwayId)),
    due: await dueExceptions(db, { programmeId, candidates: all, now, zone }),
    closed: all.filter(({ closed, following }) => closed && following && !following.completed).map((candidate) => exceptionOf(candidate)),
    proposals: new Map(elsewhere.map((one) => [one.candidate.following.enrolmentId, one])),
    ruleSetId: live?.id ?? null,
  }
}

export const exceptionOf = ({ id, name, region, kind, following }: Candidate, to: number | null = null): Exception => ({
  administrationId: id,
  name,
  region,
  kind,
  enrolmentId: following?.enrolmentId ?? null,
  from: following?.pathwayId ?? null,
  to,
  module: null,
})

/** Enrolments that somebody has decided to leave where they are, since these rules are in force. */
async function keptSince(db: Database, programmeId: number, liveAt: Temporal.Instant | null): Promise<ReadonlySet<number>> {
  if (!liveAt) return new Set()
  const rows = await db
    .selectFrom('enrolment_move')
    .innerJoin('enrolment', 'enrolment.id', 'enrolment_move.enrolment_id')
    .where('programme_id', '=', programmeId)
    .whereRef('from_pathway_id', '=', 'to_pathway_id')
    .where('moved_at', '>=', liveAt.toString({ fractionalSecondDigits: 3 }))
    .select('enrolment_id')
    .execute()
  return new Set(rows.map(({ enrolment_id }) => enrolment_id))
}

/** What the list's search and filter leave, in its order. */
export function listedExceptions(
  rows: readonly Exception[],
  { q, filters, sort, descending }: ListRequest<'name' | 'region'>,
): Exception[] {
  const words = fold(q).split(' ').filter(Boolean)
  const left = rows.filter(
    ({ name, region }) => (!filters.region || region === filters.region) && words.every((word) => fold(name).includes(word)),
  )
  const sorted = sort === 'region' ? left.toSorted((a, b) => a.region.localeCompare(b.region)) : left
  return descending ? sorted.toReversed() : sorted
}

/** Names one row of a list in a form; a due date names its module, too. */
export const keyOf = ({ administrationId, module }: Exception) => (module ? `${administrationId}-${module.id}` : String(administrationId))
