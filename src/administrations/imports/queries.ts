import { fromMoment } from '../../database/moment.ts'
import type { Database, Schema } from '../../database/schema.ts'
import type { RegisterCounts, RegisterPreview } from '../register/actions.ts'

export type ImportState = Schema['register_import']['state']
export type ImportFailure = 'file_gone' | 'interrupted'

/** Who pressed the button and when; until when the process that works on it may be believed to be alive. */
export type ImportRun = { at: string; by: number; allowManyClosures: boolean; claimedUntil: string }

/** What the row keeps as JSON. `failure` is one of ours or a refusal of the register's. */
export type ImportOutcome = { preview: RegisterPreview; run?: ImportRun; result?: RegisterCounts; failure?: ImportFailure | (string & {}) }

export type RegisterImport = {
  id: number
  fileName: string
  state: ImportState
  processed: number
  total: number
  createdAt: Temporal.Instant
  createdBy: string
  outcome: ImportOutcome
}
export type ImportSummary = Omit<RegisterImport, 'outcome' | 'processed' | 'total'>

export async function findImport(db: Database, id: number): Promise<RegisterImport | undefined> {
  const row = await imports(db)
    .where('register_import.id', '=', id)
    .select(['register_import.processed', 'register_import.total', 'register_import.outcome'])
    .executeTakeFirst()
  if (!row) return undefined
  const { processed, total, outcome, ...summary } = row
  return { ...asSummary(summary), processed, total, outcome: JSON.parse(outcome) }
}

/** The last ten, newest first. */
export async function recentImports(db: Database): Promise<ImportSummary[]> {
  const rows = await imports(db).orderBy('register_import.id', 'desc').limit(10).execute()
  return rows.map(asSummary)
}

const imports = (db: Database) =>
  db
    .selectFrom('register_import')
    .innerJoin('person', 'person.id', 'register_import.created_by')
    .select([
      'register_import.id',
      'register_import.file_name',
      'register_import.state',
      'register_import.created_at',
      'person.name as created_by_name',
    ])

type Row = { id: number; file_name: string; state: ImportState; created_at: string; created_by_name: string }

const asSummary = ({ id, file_name, state, created_at, created_by_name }: Row): ImportSummary => ({
  id,
  fileName: file_name,
  state,
  createdAt: fromMoment(created_at),
  createdBy: created_by_name,
})
