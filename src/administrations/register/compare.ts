import { kindOf } from '../kinds.ts'
import type { KnownBody } from './queries.ts'
import { codeKey, type RegisterRow, type RejectedRow } from './read.ts'

/** What the database will know of a body after the import. */
export type Body = Omit<KnownBody, 'id' | 'createdAt' | 'changedAt' | 'closedAt'>
export type Field = keyof typeof compared | 'closed'
export type Change = { field: Field; from: string | null; to: string | null }

export type Comparison = {
  created: Body[]
  updated: { body: Body; changes: Change[] }[]
  unchanged: Body[]
  /** Open bodies that the file no longer has. */
  closed: KnownBody[]
  open: number
}

/** What a file changes in the register. A body whose row was refused is left alone; one that comes back is reopened. */
export function compareRegister(
  known: ReadonlyMap<string, KnownBody>,
  { rows, rejected }: { rows: readonly RegisterRow[]; rejected: readonly RejectedRow[] },
): Comparison {
  const comparison: Comparison = { created: [], updated: [], unchanged: [], closed: [], open: 0 }
  const named = new Set(rejected.map(({ code }) => codeKey(code)))
  for (const row of rows) {
    named.add(row.key)
    const before = known.get(row.key)
    const body = bodyAfter(row, before)
    const changes = before ? changesOf(before, body) : []
    if (!before) comparison.created.push(body)
    else if (changes.length > 0) comparison.updated.push({ body, changes })
    else comparison.unchanged.push(body)
  }
  const open = [...known.values()].filter(({ closedAt }) => closedAt === null)
  return { ...comparison, open: open.length, closed: open.filter(({ key }) => !named.has(key)) }
}

/** A file that is cut, or of one region only, must not close half the country. */
export const closesMany = ({ closed, open }: Comparison): boolean => closed.length > 500 && closed.length > open * 0.05

function bodyAfter(row: RegisterRow, before: KnownBody | undefined): Body {
  const category = row.category ?? before?.category ?? ''
  const kept = <T>(read: T | undefined, known: T | undefined, otherwise: T): T => (read !== undefined ? read : (known ?? otherwise))
  return {
    code: row.code,
    key: row.key,
    name: row.name,
    category,
    kind: row.kind ?? kindOf(category, row.name),
    region: row.region,
    municipalityCode: kept(row.municipalityCode, before?.municipalityCode, null),
    province: kept(row.province, before?.province, null),
    taxCode: kept(row.taxCode, before?.taxCode, null),
    website: kept(row.website, before?.website, null),
    email: kept(row.email, before?.email, null),
    sizeClass: kept(row.sizeClass, before?.sizeClass, null),
  }
}

const compared = {
  code: true,
  name: true,
  category: true,
  kind: true,
  region: true,
  municipalityCode: true,
  province: true,
  taxCode: true,
  website: true,
  email: true,
  sizeClass: true,
} satisfies Record<Exclude<keyof Body, 'key'>, true>
const fields = Object.keys(compared) as (keyof typeof compared)[]

function changesOf(before: KnownBody, after: Body): Change[] {
  const changes: Change[] = fields.flatMap((field) =>
    before[field] === after[field] ? [] : [{ field, from: before[field], to: after[field] }],
  )
  return before.closedAt === null ? changes : [...changes, { field: 'closed', from: before.closedAt, to: null }]
}
