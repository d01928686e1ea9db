import { openPostgres } from './postgres.ts'
import type { Database } from './schema.ts'
import { openSqlite } from './sqlite.ts'

/** Opens `sqlite:PATH`, `postgres://…` or `postgresql://…`; anything else is refused in words. */
export function openDatabase(url: string): Database {
  if (url.startsWith('sqlite:')) return openSqlite(url.slice('sqlite:'.length))
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url)
  throw new Error(`DATABASE_URL must start with sqlite: or postgres://, not "${url.split(':')[0]}:".`)
}
