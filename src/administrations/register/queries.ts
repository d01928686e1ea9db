import type { Database, SizeClass } from '../../database/schema.ts'
import type { RegisterRow } from './read.ts'

/** What the database knows of a body, in the words of the register's rows. */
export type KnownBody = Pick<RegisterRow, 'code' | 'key' | 'name'> & {
  id: number
  category: string
  kind: string
  region: string
  municipalityCode: string | null
  province: string | null
  taxCode: string | null
  website: string | null
  email: string | null
  sizeClass: SizeClass | null
  createdAt: string
  changedAt: string
  closedAt: string | null
}

/** The whole register by code, in one query: about 23,000 rows. */
export async function knownBodies(db: Database): Promise<Map<string, KnownBody>> {
  const rows = await db
    .selectFrom('administration')
    .select([
      'id',
      'code',
      'code_key as key',
      'name',
      'category',
      'kind',
      'region_code as region',
      'municipality_code as municipalityCode',
      'province',
      'tax_code as taxCode',
      'website',
      'email',
      'size_class as sizeClass',
      'created_at as createdAt',
      'changed_at as changedAt',
      'closed_at as closedAt',
    ])
    .execute()
  return new Map(rows.map((row) => [row.key, row]))
}
