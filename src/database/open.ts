import type { Database } from './schema.ts'

/** Opens `sqlite:PATH`, `postgres://…` or `postgresql://…`; anything else is refused in words. Only that engine's driver is loaded. */
export async function openDatabase(url: string): Promise<Database> {
  if (url.startsWith('sqlite:')) return (await import('./sqlite.ts')).openSqlite(url.slice('sqlite:'.length))
  if (/^postgres(ql)?:\/\//.test(url)) return (await import('./postgres.ts')).openPostgres(url)
  throw new Error(`DATABASE_URL must start with sqlite: or postgres://, not "${url.split(':')[0]}:".`)
}
