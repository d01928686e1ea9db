import { readdir } from 'node:fs/promises'
import { type Migration, Migrator } from 'kysely/migration'
import type { Database } from './schema.ts'

const folder = new URL('../../migrations/', import.meta.url)

/** Brings the database to the newest version and returns the names of what it applied. */
export async function migrate(db: Database): Promise<string[]> {
  const { error, results } = await new Migrator({ db, provider: { getMigrations } }).migrateToLatest()
  if (error) throw error
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName)
}

/** The steps to a version of before, named by those it had; null when it had one that this program doesn't know. */
export async function migrationsUpTo(names: readonly string[]): Promise<({ name: string } & Migration)[] | null> {
  const known = await getMigrations()
  const found = names.toSorted().flatMap((name) => (known[name] ? [{ name, ...known[name] }] : []))
  return found.length === names.length ? found : null
}

async function getMigrations(): Promise<Record<string, Migration>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts'))
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name.slice(0, -3), await import(new URL(name, folder).href)])))
}
