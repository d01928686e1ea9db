import { asMoment } from '../database/moment.ts'
import type { Database } from '../database/schema.ts'
import { appliedMigrations } from './backup.ts'
import { type Fingerprint, fingerprinting, isSame } from './fingerprint.ts'
import { type LoadRefusal, load, type Rows } from './load.ts'
import { inSnapshot } from './snapshot.ts'
import { rowsOf, type Table, tablesOf } from './tables.ts'

/** Moves every row from one database to another, of the same engine or not; the target must be empty. Compares both afterwards. */
export async function copyDatabase(
  from: Database,
  to: Database,
  at: Temporal.Instant,
): Promise<{ refusal: LoadRefusal | 'differs' } | { tables: number; rows: number }> {
  return inSnapshot(from, async (view) => {
    const migrations = await appliedMigrations(view)
    const tables = await tablesOf(view)
    const outcome = await load(to, { at: asMoment(at), migrations, tables }, rowsFrom(view, tables), { overwrite: false })
    if ('refusal' in outcome) return outcome
    const [original, copy] = [await fingerprints(view, tables), await inSnapshot(to, (other) => fingerprints(other, tables))]
    if (tables.some(({ name }) => !isSame(original[name], copy[name]))) return { refusal: 'differs' }
    return { tables: tables.length, rows: outcome.rows }
  })
}

async function* rowsFrom(view: Database, tables: readonly Table[]): Rows {
  for (const table of tables) for await (const rows of rowsOf(view, table)) yield { table: table.name, rows }
}

/** Of each table, in the columns given. */
export async function fingerprints(view: Database, tables: readonly Table[]): Promise<Record<string, Fingerprint>> {
  const prints: Record<string, Fingerprint> = {}
  for (const table of tables) {
    const print = fingerprinting()
    for await (const rows of rowsOf(view, table)) print.add(rows)
    prints[table.name] = print.value()
  }
  return prints
}
