import { fromMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import type { Answers } from '../../pathways/worksheets/fields.ts'
import type { ResultsContent } from './page-content.ts'

export type ResultsPage = { id: number; content: ResultsContent; publishedAt: Temporal.Instant }

const published = (db: Database) =>
  db.selectFrom('results_page').where('withdrawn_at', 'is', null).select(['id', 'content', 'published_at'])

type Row = { id: number; content: string; published_at: string }
const asPage = ({ id, content, published_at }: Row): ResultsPage => ({
  id,
  content: JSON.parse(content) as ResultsContent,
  publishedAt: fromMoment(published_at),
})

type Ids = { enrolmentId: number; moduleId: number }

/** What is written in the communication plan; nothing before it is saved. */
export async function writtenResults(db: Database, { enrolmentId, moduleId }: Ids): Promise<Answers> {
  const row = await db
    .selectFrom('worksheet')
    .where('enrolment_id', '=', enrolmentId)
    .where('module_id', '=', moduleId)
    .select('answers')
    .executeTakeFirst()
  return row ? (JSON.parse(row.answers) as Answers) : {}
}

/** A page that is public today. */
export async function findPublishedResults(db: Database, id: number): Promise<ResultsPage | undefined> {
  const row = await published(db).where('id', '=', id).executeTakeFirst()
  return row && asPage(row)
}

export async function publishedResultsOf(db: Database, { enrolmentId, moduleId }: Ids): Promise<ResultsPage | undefined> {
  const row = await published(db).where('enrolment_id', '=', enrolmentId).where('module_id', '=', moduleId).executeTakeFirst()
  return row && asPage(row)
}
