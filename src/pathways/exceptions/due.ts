import type { Database } from '../../database/schema.ts'
import type { Candidate } from '../assign/rules.ts'
import type { Exception } from './queries.ts'

type Asked = { programmeId: number; candidates: readonly Candidate[]; now: Temporal.Instant; zone: string }

export async function dueExceptions(_db: Database, _asked: Asked): Promise<Exception[]> {
  return []
}
