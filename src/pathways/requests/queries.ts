import { seenBy } from '../../administrations/queries.ts'
import { fromMoment, fromMomentOrNull } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { fold } from '../../language/fold.ts'
import type { Person } from '../../web/env.ts'
import { type ListRequest, rowsPerPage } from '../../web/lists.ts'

export type PathwayRequest = {
  id: number
  programmeId: number
  programme: string
  administrationId: number
  administration: string
  region: string
  pathwayId: number
  pathway: string
  /** What the administration follows today. */
  followed: string | null
  reason: string
  askedAt: Temporal.Instant
  askedBy: string
  /** Null while it waits, and when it was taken back. */
  verdict: 'granted' | 'refused' | null
  comment: string
  decidedAt: Temporal.Instant | null
  decidedBy: string | null
}

export const requestSorts = ['asked', 'administration', 'region'] as const
type List = ListRequest<(typeof requestSorts)[number]>

/** The requests that a person may see; waiting ones unless the filter says otherwise. */
export async function listRequests(db: Database, list: List, person: Person): Promise<{ rows: PathwayRequest[]; total: number }> {
  const wanted = fold(list.q).split(' ').filter(Boolean)
  const matching = requests(db)
    .where((eb) => seenBy(eb, person))
    .where('pathway_request.decided_at', list.filters.state === 'decided' ? 'is not' : 'is', null)
    .$if(Boolean(list.filters.region), (query) => query.where('administration.region_code', '=', list.filters.region ?? ''))
    .$if(wanted.length > 0, (query) =>
      query.where((eb) => eb.and(wanted.map((word) => eb('administration.search_text', 'like', `%${word}%`)))),
    )
  const { total } = await matching
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const column = {
    asked: 'pathway_request.asked_at',
    administration: 'administration.search_text',
    region: 'administration.region_code',
  } as const
  const rows = await matching
    .orderBy(column[list.sort], list.descending ? 'desc' : 'asc')
    .orderBy('pathway_request.id')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  return { rows: rows.map(asRequest), total: Number(total) }
}

export async function findRequest(db: Database, id: number, person: Person): Promise<PathwayRequest | undefined> {
  const row = await requests(db)
    .where('pathway_request.id', '=', id)
    .where((eb) => seenBy(eb, person))
    .executeTakeFirst()
  return row && asRequest(row)
}

type Place = { programmeId: number; administrationId: number }

/** What an administration has asked for in a programme, the newest first. */
export async function requestsOf(db: Database, { programmeId, administrationId }: Place): Promise<PathwayRequest[]> {
  const rows = await requests(db)
    .where('pathway_request.programme_id', '=', programmeId)
    .where('pathway_request.administration_id', '=', administrationId)
    .orderBy('pathway_request.id', 'desc')
    .limit(10)
    .execute()
  return rows.map(asRequest)
}

const requests = (db: Database) =>
  db
    .selectFrom('pathway_request')
    .innerJoin('programme', 'programme.id', 'pathway_request.programme_id')
    .innerJoin('administration', 'administration.id', 'pathway_request.administration_id')
    .innerJoin('pathway', 'pathway.id', 'pathway_request.pathway_id')
    .innerJoin('person as asker', 'asker.id', 'pathway_request.asked_by')
    .leftJoin('person as decider', 'decider.id', 'pathway_request.decided_by')
    .leftJoin('enrolment', (join) =>
      join
        .onRef('enrolment.administration_id', '=', 'pathway_request.administration_id')
        .onRef('enrolment.programme_id', '=', 'pathway_request.programme_id')
        .on('enrolment.ended_at', 'is', null),
    )
    .leftJoin('pathway as followed', 'followed.id', 'enrolment.pathway_id')
    .select(['pathway_request.id', 'pathway_request.programme_id', 'programme.title as programme', 'pathway_request.administration_id'])
    .select(['administration.name as administration', 'administration.region_code as region', 'pathway_request.pathway_id'])
    .select(['pathway.title as pathway', 'followed.title as followed', 'reason', 'asked_at', 'asker.name as askedBy'])
    .select(['verdict', 'comment', 'decided_at', 'decider.name as decidedBy'])

type Row = Awaited<ReturnType<ReturnType<typeof requests>['executeTakeFirstOrThrow']>>

const asRequest = ({ programme_id, administration_id, pathway_id, asked_at, decided_at, ...row }: Row): PathwayRequest => ({
  ...row,
  programmeId: programme_id,
  administrationId: administration_id,
  pathwayId: pathway_id,
  askedAt: fromMoment(asked_at),
  decidedAt: fromMomentOrNull(decided_at),
})
