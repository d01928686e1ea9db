import type { ExpressionBuilder } from 'kysely'
import { seenBy } from '../../administrations/queries.ts'
import { nameFor } from '../../administrations/referents/names.ts'
import { fromMoment, fromMomentOrNull } from '../../database/moment.ts'
import type { Database, Schema } from '../../database/schema.ts'
import { fold } from '../../language/fold.ts'
import type { Person } from '../../web/env.ts'
import { type ListRequest, rowsPerPage } from '../../web/lists.ts'
import type { KeptFile } from '../../web/uploads.ts'
import { linkedResultsFor, type ToolResult } from './links/queries.ts'
import { scoresFor } from './rubric/queries.ts'
import type { Score } from './rubric/rules.ts'
import { type Claim, type Verdict, verdicts } from './rules.ts'

export type HandedInFile = { id: number; name: string; bytes: number }
/** One version of what an administration handed in. */
export type Submission = {
  id: number
  version: number
  text: string
  handedInAt: Temporal.Instant
  /** Null: to this person, a referent who has left has no name. */
  handedInBy: string | null
  verdict: Verdict | null
  comment: string
  reviewedAt: Temporal.Instant | null
  reviewedBy: string | null
  files: readonly HandedInFile[]
  /** What it refers to. */
  results: readonly ToolResult[]
  scores: readonly Score[]
}

/** All versions for one module, the newest first; four queries however many. */
export async function submissionsFor(
  db: Database,
  { enrolmentId, moduleId }: { enrolmentId: number; moduleId: number },
  viewer: Person | null,
): Promise<Submission[]> {
  const rows = await db
    .selectFrom('submission')
    .innerJoin('enrolment', 'enrolment.id', 'submission.enrolment_id')
    .leftJoin('person as reviewer', 'reviewer.id', 'submission.reviewed_by')
    .where('enrolment_id', '=', enrolmentId)
    .where('module_id', '=', moduleId)
    .orderBy('version', 'desc')
    .selectAll('submission')
    .select('reviewer.name as reviewer')
    .select(nameFor(viewer, 'submission.handed_in_by', 'enrolment.administration_id').as('author'))
    .execute()
  const files = await db
    .selectFrom('submission_file')
    .innerJoin('submission', 'submission.id', 'submission_file.submission_id')
    .where('enrolment_id', '=', enrolmentId)
    .where('module_id', '=', moduleId)
    .orderBy('submission_file.id')
    .select(['submission_file.id', 'submission_id', 'name', 'bytes'])
    .execute()
  const results = await linkedResultsFor(db, { enrolmentId, moduleId })
  const scores = await scoresFor(db, { enrolmentId, moduleId })
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    text: row.text,
    handedInAt: fromMoment(row.handed_in_at),
    handedInBy: row.author,
    verdict: row.verdict,
    comment: row.comment,
    reviewedAt: fromMomentOrNull(row.reviewed_at),
    reviewedBy: row.reviewer,
    files: files.filter(({ submission_id }) => submission_id === row.id).map(({ id, name, bytes }) => ({ id, name, bytes })),
    results: results.get(row.id) ?? [],
    scores: scores.get(row.id) ?? [],
  }))
}

/** Who is reviewing a version, as the database keeps it. */
export const claimOf = ({ claimed_by, claimed_at }: { claimed_by: number | null; claimed_at: string | null }): Claim | null =>
  claimed_by === null || claimed_at === null ? null : { by: claimed_by, at: fromMoment(claimed_at) }

export type SubmissionContext = {
  id: number
  enrolmentId: number
  moduleId: number
  module: string
  instructions: string
  administrationId: number
  administration: string
  region: string
  claim: Claim | null
  /** The name of who has taken it on. */
  claimer: string | null
}

/** What trainers and coordinators may look at; undefined when there is none in their regions. */
export async function findSubmission(db: Database, id: number, person: Person): Promise<SubmissionContext | undefined> {
  const row = await inScope(db, person)
    .where('submission.id', '=', id)
    .select([
      'submission.id',
      'submission.enrolment_id',
      'submission.module_id',
      'module.title',
      'module.body',
      'enrolment.administration_id',
      'administration.name',
      'administration.region_code',
      'submission.claimed_by',
      'submission.claimed_at',
    ])
    .select(claimerName)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      enrolmentId: row.enrolment_id,
      moduleId: row.module_id,
      module: row.title,
      instructions: row.body,
      administrationId: row.administration_id,
      administration: row.name,
      region: row.region_code,
      claim: claimOf(row),
      claimer: row.claimer,
    }
  )
}

export const submissionSorts = ['age', 'administration', 'module'] as const
export const submissionFilters = ['state', 'region'] as const
export const submissionStates = ['waiting', 'accepted', 'to_revise', 'refused'] as const

export type QueuedSubmission = {
  id: number
  module: string
  administration: string
  region: string
  version: number
  handedInAt: Temporal.Instant
  verdict: Verdict | null
  claim: Claim | null
  claimer: string | null
}

/** The queue that reviewers share: by age, what waits comes first and the oldest of it on top. */
export async function listSubmissions(db: Database, list: ListRequest<(typeof submissionSorts)[number]>, person: Person) {
  const { state, region } = list.filters
  const matching = inScope(db, person)
    .$if(Boolean(list.q), (query) =>
      query.where((eb) =>
        eb.and(
          list.q
            .trim()
            .split(/\s+/)
            .map((word) =>
              eb.or([
                eb('administration.search_text', 'like', `%${fold(word)}%`),
                eb(eb.fn<string>('lower', ['module.title']), 'like', `%${word.toLowerCase().replace(/[%\\]/g, '')}%`),
              ]),
            ),
        ),
      ),
    )
    .$if(Boolean(region), (query) => query.where('administration.region_code', '=', region ?? ''))
    .$if(state === 'waiting', (query) => query.where('submission.verdict', 'is', null))
    .$if(
      verdicts.some((verdict) => verdict === state),
      (query) => query.where('submission.verdict', '=', state as Verdict),
    )

  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const direction = list.descending ? 'desc' : 'asc'
  const column = ({ age: 'submission.handed_in_at', administration: 'administration.search_text', module: 'module.title' } as const)[
    list.sort
  ]
  const rows = await matching
    .select([
      'submission.id',
      'submission.version',
      'submission.handed_in_at',
      'submission.verdict',
      'module.title',
      'administration.name',
      'administration.region_code',
      'submission.claimed_by',
      'submission.claimed_at',
    ])
    .select(claimerName)
    .$if(list.sort === 'age', (query) => query.orderBy((eb) => eb.case().when('submission.verdict', 'is', null).then(0).else(1).end()))
    .orderBy(column, direction)
    .orderBy('submission.id')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  const asQueued = (row: (typeof rows)[number]): QueuedSubmission => ({
    id: row.id,
    module: row.title,
    administration: row.name,
    region: row.region_code,
    version: row.version,
    handedInAt: fromMoment(row.handed_in_at),
    verdict: row.verdict,
    claim: claimOf(row),
    claimer: row.claimer,
  })
  return { rows: rows.map(asQueued), total }
}

/** A file for whoever may see the administration: its referents, and staff of its region. */
export async function findSubmissionFile(
  db: Database,
  { submissionId, fileId }: { submissionId: number; fileId: number },
  person: Person,
): Promise<Omit<KeptFile, 'bytes'> | undefined> {
  const row = await submissions(db)
    .innerJoin('submission_file', 'submission_file.submission_id', 'submission.id')
    .where('submission_file.id', '=', fileId)
    .where('submission.id', '=', submissionId)
    .where((eb) => seenBy(eb, person))
    .select(['submission_file.name', 'submission_file.stored_name', 'submission_file.media_type'])
    .executeTakeFirst()
  return row && { name: row.name, storedName: row.stored_name, mediaType: row.media_type }
}

const claimerName = (eb: ExpressionBuilder<Schema, 'submission'>) =>
  eb.selectFrom('person as claimer').whereRef('claimer.id', '=', 'submission.claimed_by').select('claimer.name').as('claimer')

const submissions = (db: Database) =>
  db
    .selectFrom('submission')
    .innerJoin('module', 'module.id', 'submission.module_id')
    .innerJoin('enrolment', 'enrolment.id', 'submission.enrolment_id')
    .innerJoin('administration', 'administration.id', 'enrolment.administration_id')

/** Reviewing is of the role: a trainer who is also a referent doesn't find the own administration here unless it is in scope. */
const inScope = (db: Database, person: Person) => submissions(db).where((eb) => seenBy(eb, { ...person, administrations: [] }))
