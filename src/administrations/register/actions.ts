import { setImmediate } from 'node:timers/promises'
import { asMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { inTransaction } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { fold } from '../../language/fold.ts'
import { type Body, type Change, type Comparison, closesMany, compareRegister } from './compare.ts'
import { knownBodies } from './queries.ts'
import { type RegisterRefusal, type RejectedRow, readRegister } from './read.ts'
import type { ImportRefusal } from './words.ts'

export type RegisterCounts = { read: number; created: number; updated: number; unchanged: number; closed: number; refused: number }
/** `read` is always `created + updated + unchanged + refused`. */
export type RegisterOutcome = RegisterCounts & { rejected: RejectedRow[] }

type Sample = { code: string; name: string; changes: Change[] }
export type RegisterPreview = RegisterOutcome & {
  /** So many would close that the import asks for a confirmation. */
  manyClosures: boolean
  /** Open bodies today. */
  open: number
  /** The first ones of each sort, with what changes. */
  samples: { created: Sample[]; updated: Sample[]; closed: Sample[] }
}

const shown = 50
const chunkSize = 500

/** What an import of this file would do; writes nothing. */
export async function previewRegister(db: Database, bytes: Uint8Array): Promise<{ refusal: RegisterRefusal } | RegisterPreview> {
  const reading = readRegister(bytes)
  if ('refusal' in reading) return reading

  const comparison = compareRegister(await knownBodies(db), reading)
  const sample = ({ code, name }: { code: string; name: string }, changes: Change[] = []) => ({ code, name, changes })
  return {
    ...countsOf(comparison, reading.rejected),
    rejected: reading.rejected,
    manyClosures: closesMany(comparison),
    open: comparison.open,
    samples: {
      created: comparison.created.slice(0, shown).map((body) => sample(body)),
      updated: comparison.updated.slice(0, shown).map(({ body, changes }) => sample(body, changes)),
      closed: comparison.closed.slice(0, shown).map((body) => sample(body)),
    },
  }
}

type Options = {
  by: { id: number } | null
  at: Temporal.Instant
  /** Told after each chunk, and waited for. */
  onProgress?: (processed: number, total: number) => unknown
  allowManyClosures?: boolean
  /** The row of `register_import` that this belongs to. */
  importId?: number
  /** Goes on with an import that was interrupted, of the same `at`: what the first attempt wrote counts as written. */
  resumed?: boolean
}

/**
 * Brings the register to what the file says: new bodies, changed ones, and closed ones where the file has them no more.
 * Written in chunks, each whole or not at all; importing the same file again changes nothing.
 */
export async function importRegister(
  db: Database,
  bytes: Uint8Array,
  { by, at, onProgress, allowManyClosures = false, importId = 0, resumed = false }: Options,
): Promise<{ refusal: ImportRefusal } | RegisterOutcome> {
  const reading = readRegister(bytes)
  if ('refusal' in reading) return reading
  const known = await knownBodies(db)
  const comparison = compareRegister(known, reading)
  const { created, updated, closed, open } = comparison
  if (closesMany(comparison) && !allowManyClosures) return { refusal: `many_closures:${closed.length}/${open}` }

  const steps = [
    ...chunks([...created, ...updated.map(({ body }) => body)]).map((bodies) => ({
      size: bodies.length,
      work: () => writeBodies(db, bodies, at),
    })),
    ...chunks(closed.map(({ id }) => id)).map((ids) => ({ size: ids.length, work: () => closeBodies(db, ids, at) })),
  ]
  const total = reading.rows.length + reading.rejected.length + closed.length
  let processed = total - steps.reduce((sum, { size }) => sum + size, 0)
  for (const { size, work } of steps) {
    await work()
    processed += size
    await onProgress?.(processed, total)
    // SQLite answers at once, so without this nobody else would get a turn.
    if (!db.isTransaction) await setImmediate()
  }

  const counts = countsOf(resumed ? withFirstAttempt(comparison, known, at) : comparison, reading.rejected)
  await inTransaction(db, (tx) =>
    recordHistory(tx, { happening: 'register_imported', subject: 'register_import', subjectId: importId, by, at, details: counts }),
  )
  return { ...counts, rejected: reading.rejected }
}

function countsOf({ created, updated, unchanged, closed }: Comparison, rejected: readonly RejectedRow[]): RegisterCounts {
  return {
    read: created.length + updated.length + unchanged.length + rejected.length,
    created: created.length,
    updated: updated.length,
    unchanged: unchanged.length,
    closed: closed.length,
    refused: rejected.length,
  }
}

/** Counts what the interrupted attempt had written, by the moment it wrote it with, as it would have been counted then. */
function withFirstAttempt(comparison: Comparison, known: Awaited<ReturnType<typeof knownBodies>>, at: Temporal.Instant): Comparison {
  const moment = asMoment(at)
  const writtenNow = (body: Body) => known.get(body.key)?.changedAt === moment
  const createdNow = (body: Body) => known.get(body.key)?.createdAt === moment
  const before = comparison.unchanged.filter(writtenNow)
  return {
    ...comparison,
    created: [...comparison.created, ...before.filter(createdNow)],
    updated: [...comparison.updated, ...before.filter((body) => !createdNow(body)).map((body) => ({ body, changes: [] }))],
    unchanged: comparison.unchanged.filter((body) => !writtenNow(body)),
    closed: [...comparison.closed, ...[...known.values()].filter(({ closedAt }) => closedAt === moment)],
  }
}

function chunks<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / chunkSize) }, (_, index) => items.slice(index * chunkSize, (index + 1) * chunkSize))
}

/** One statement, so whole or not at all; a body that somebody else has added meanwhile is updated. */
async function writeBodies(db: Database, bodies: readonly Body[], at: Temporal.Instant): Promise<void> {
  const moment = asMoment(at)
  await db
    .insertInto('administration')
    .values(
      bodies.map((body) => ({
        code: body.code,
        code_key: body.key,
        name: body.name,
        search_text: fold(`${body.name} ${body.code}`),
        category: body.category,
        kind: body.kind,
        municipality_code: body.municipalityCode,
        province: body.province,
        region_code: body.region,
        tax_code: body.taxCode,
        website: body.website,
        email: body.email,
        size_class: body.sizeClass,
        created_at: moment,
        changed_at: moment,
        closed_at: null,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('code_key').doUpdateSet((eb) => ({
        code: eb.ref('excluded.code'),
        name: eb.ref('excluded.name'),
        search_text: eb.ref('excluded.search_text'),
        category: eb.ref('excluded.category'),
        kind: eb.ref('excluded.kind'),
        municipality_code: eb.ref('excluded.municipality_code'),
        province: eb.ref('excluded.province'),
        region_code: eb.ref('excluded.region_code'),
        tax_code: eb.ref('excluded.tax_code'),
        website: eb.ref('excluded.website'),
        email: eb.ref('excluded.email'),
        size_class: eb.ref('excluded.size_class'),
        changed_at: eb.ref('excluded.changed_at'),
        closed_at: null,
      })),
    )
    .execute()
}

async function closeBodies(db: Database, ids: readonly number[], at: Temporal.Instant): Promise<void> {
  await db
    .updateTable('administration')
    .set({ closed_at: asMoment(at), changed_at: asMoment(at) })
    .where('id', 'in', [...ids])
    .where('closed_at', 'is', null)
    .execute()
}
