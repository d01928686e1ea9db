import { seenBy } from '../../../administrations/queries.ts'
import { nameFor } from '../../../administrations/referents/names.ts'
import { fromMoment, fromMomentOrNull } from '../../../database/moment.ts'
import type { Database } from '../../../database/schema.ts'
import { fold } from '../../../language/fold.ts'
import type { Person } from '../../../web/env.ts'
import { type ListRequest, rowsPerPage } from '../../../web/lists.ts'
import type { Wanted } from './rules.ts'

export type Recognition = {
  id: number
  enrolmentId: number
  moduleId: number
  module: string
  /** Earlier work may be at most so many months old; null: however old. */
  months: number | null
  programme: string
  pathway: string
  administrationId: number
  administration: string
  region: string
  wanted: Wanted
  evidence: string
  doneOn: Temporal.PlainDate | null
  askedAt: Temporal.Instant
  askedBy: string | null
  verdict: 'granted' | 'refused' | null
  comment: string
  decidedAt: Temporal.Instant | null
  decidedBy: string | null
}

export const recognitionSorts = ['asked', 'administration', 'module', 'region'] as const
type List = ListRequest<(typeof recognitionSorts)[number]>

/** The requests for recognition that a person may see; those that wait unless the filter says otherwise. */
export async function listRecognitions(db: Database, list: List, person: Person): Promise<{ rows: Recognition[]; total: number }> {
  const words = fold(list.q).split(' ').filter(Boolean)
  const { region, wanted, state } = list.filters
  const matching = recognitions(db, person)
    .where((eb) => seenBy(eb, person))
    .where('decided_at', state === 'decided' ? 'is not' : 'is', null)
    .$if(Boolean(region), (query) => query.where('administration.region_code', '=', region ?? ''))
    .$if(wanted === 'recognised' || wanted === 'not_relevant', (query) => query.where('recognition.wanted', '=', wanted as Wanted))
    .$if(words.length > 0, (query) =>
      query.where((eb) => eb.and(words.map((word) => eb('administration.search_text', 'like', `%${word}%`)))),
    )
  const { total } = await matching
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const column = {
    asked: 'recognition.asked_at',
    administration: 'administration.search_text',
    module: 'module.title',
    region: 'administration.region_code',
  } as const
  const rows = await matching
    .orderBy(column[list.sort], list.descending ? 'desc' : 'asc')
    .orderBy('recognition.id')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  return { rows: rows.map(asRecognition), total: Number(total) }
}

export async function findRecognition(db: Database, id: number, person: Person): Promise<Recognition | undefined> {
  const row = await recognitions(db, person)
    .where('recognition.id', '=', id)
    .where((eb) => seenBy(eb, person))
    .executeTakeFirst()
  return row && asRecognition(row)
}

type Ids = { enrolmentId: number; moduleId: number }

export type Extension = { dueOn: Temporal.PlainDate; reason: string; at: Temporal.Instant; by: string | null }
export type Withdrawal = { reason: string; at: Temporal.Instant; by: string | null }
export type Coordination = {
  /** The newest first. */
  recognitions: Recognition[]
  extensions: Extension[]
  withdrawals: Withdrawal[]
}

/** All that coordination has asked and decided about one module; three queries. */
export async function coordinationOf(db: Database, { enrolmentId, moduleId }: Ids, viewer: Person): Promise<Coordination> {
  const asked = await recognitions(db, viewer)
    .where('recognition.enrolment_id', '=', enrolmentId)
    .where('recognition.module_id', '=', moduleId)
    .orderBy('recognition.id', 'desc')
    .execute()
  const extensions = await db
    .selectFrom('extension')
    .leftJoin('person', 'person.id', 'granted_by')
    .where('enrolment_id', '=', enrolmentId)
    .where('module_id', '=', moduleId)
    .orderBy('extension.id', 'desc')
    .select(['due_on as dueOn', 'reason', 'granted_at as at', 'person.name as by'])
    .execute()
  const withdrawals = await db
    .selectFrom('withdrawal')
    .leftJoin('person', 'person.id', 'withdrawn_by')
    .where('enrolment_id', '=', enrolmentId)
    .where('module_id', '=', moduleId)
    .orderBy('withdrawal.id', 'desc')
    .select(['reason', 'withdrawn_at as at', 'person.name as by'])
    .execute()
  return {
    recognitions: asked.map(asRecognition),
    extensions: extensions.map((row) => ({ ...row, dueOn: Temporal.PlainDate.from(row.dueOn), at: fromMoment(row.at) })),
    withdrawals: withdrawals.map((row) => ({ ...row, at: fromMoment(row.at) })),
  }
}

/** How old earlier work may be, in months; null: however old. */
export async function ageLimit(db: Database, moduleId: number): Promise<number | null> {
  const row = await db.selectFrom('module').where('id', '=', moduleId).select('recognition_months').executeTakeFirst()
  return row?.recognition_months ?? null
}

const recognitions = (db: Database, viewer: Person) =>
  db
    .selectFrom('recognition')
    .innerJoin('module', 'module.id', 'recognition.module_id')
    .innerJoin('enrolment', 'enrolment.id', 'recognition.enrolment_id')
    .innerJoin('pathway', 'pathway.id', 'enrolment.pathway_id')
    .innerJoin('programme', 'programme.id', 'enrolment.programme_id')
    .innerJoin('administration', 'administration.id', 'enrolment.administration_id')
    .leftJoin('person as decider', 'decider.id', 'recognition.decided_by')
    .select(['recognition.id', 'recognition.enrolment_id as enrolmentId', 'recognition.module_id as moduleId', 'module.title as module'])
    .select(['module.recognition_months as months', 'programme.title as programme', 'pathway.title as pathway'])
    .select(['enrolment.administration_id as administrationId', 'administration.name as administration'])
    .select(['administration.region_code as region', 'wanted', 'evidence', 'done_on', 'asked_at'])
    .select(nameFor(viewer, 'recognition.asked_by', 'enrolment.administration_id').as('askedBy'))
    .select(['verdict', 'comment', 'decided_at', 'decider.name as decidedBy'])

type Row = Awaited<ReturnType<ReturnType<typeof recognitions>['executeTakeFirstOrThrow']>>

const asRecognition = ({ done_on, asked_at, decided_at, ...row }: Row): Recognition => ({
  ...row,
  doneOn: done_on === null ? null : Temporal.PlainDate.from(done_on),
  askedAt: fromMoment(asked_at),
  decidedAt: fromMomentOrNull(decided_at),
})
