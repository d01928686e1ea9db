import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { CompiledQuery } from 'kysely'
import { inject, onTestFinished } from 'vitest'
import { createApp, type Dependencies } from '#src/app.ts'
import { migrate } from '#src/database/migrate.ts'
import { openPostgres } from '#src/database/postgres.ts'
import type { Database } from '#src/database/schema.ts'
import { openSqlite } from '#src/database/sqlite.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { writeMail } from '#src/notifications/outbox.ts'
import { assignmentsUnderWay } from '#src/pathways/assign/actions.ts'
import { startSignIn } from '#src/people/sign-in/actions.ts'
import { addCast, noon } from './cast.ts'

export * from './cast.ts'

export const engine = process.env.ENGINE === 'postgres' ? 'postgres' : 'sqlite'
export const baseUrl = 'http://localhost'
export const zone = 'Europe/Rome'

/** A database of this run's engine with the cast in it, thrown away after the test. */
export async function newDatabase(atEnd: AtEnd = onTestFinished): Promise<Database> {
  if (engine === 'postgres') return copyOfTemplate(atEnd)
  const db = openSqlite(await castOnSqlite())
  atEnd(() => db.destroy())
  return db
}

/** Where to leave what must be cleared away; the end of the test, when nothing else is said. */
type AtEnd = (work: () => void | Promise<void>) => void

let serialised: Promise<Buffer> | null = null

function castOnSqlite(): Promise<Buffer> {
  serialised ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'percorsi-sqlite-'))
    const file = join(folder, 'cast.db')
    const db = openSqlite(file)
    await migrate(db)
    await addCast(db)
    await db.destroy()
    const plain = new Sqlite(file)
    plain.pragma('journal_mode = delete')
    const bytes = plain.serialize()
    plain.close()
    rmSync(folder, { recursive: true })
    return bytes
  })()
  return serialised
}

// Copying the template costs a tenth of a second: a database that a test is done with is emptied for the next one.
const free: Copy[] = []
type Copy = { db: Database; tables: string[] }

async function copyOfTemplate(atEnd: AtEnd): Promise<Database> {
  const found = free.pop()
  const taken = found && (await restoreCast(found)) ? found : await newCopy()
  atEnd(() => void free.push(taken))
  return taken.db
}

async function newCopy(): Promise<Copy> {
  const url = inject('postgresUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const server = openPostgres(`${url}/postgres`, { connections: 1 })
  await server.executeQuery(CompiledQuery.raw(`create database ${name} template template_cast strategy file_copy`))
  await server.destroy()
  const db = openPostgres(`${url}/${name}`)
  return { db, tables: await tablesOf(db) }
}

/** Empties every table, starts the ids again, and brings the cast back; false when a test has changed the tables themselves. */
async function restoreCast({ db, tables }: Copy): Promise<boolean> {
  if ((await tablesOf(db)).join() !== tables.join()) return false
  await db.connection().execute(async (connection) => {
    const run = (sql: string) => connection.executeQuery(CompiledQuery.raw(sql))
    await run("set session_replication_role = 'replica'")
    await run(tables.map((name) => `delete from ${name}`).join(';'))
    await run(
      "select setval(pg_get_serial_sequence(table_name::text, 'id'), 1, false) from information_schema.columns where table_schema = 'public' and column_name = 'id'",
    )
    await run("set session_replication_role = 'origin'")
  })
  await addCast(db)
  return true
}

async function tablesOf(db: Database): Promise<string[]> {
  const { rows } = await db.executeQuery<{ name: string }>(
    CompiledQuery.raw("select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%' order by 1"),
  )
  return rows.map(({ name }) => name)
}

type Answer = { status: number; text: string; headers: Headers; location: string | null }
type Form = Record<string, string | number | readonly (string | number)[] | File | readonly File[] | null | undefined>

/** The app on a fresh database; `now` is noon until a test moves it. */
type Opening = { db?: Database; atEnd?: AtEnd } & Partial<Pick<Dependencies, 'roomServer' | 'pace' | 'secondFactor' | 'oidc'>>

export async function openApp({ db: given, atEnd = onTestFinished, ...settings }: Opening = {}) {
  const db = given ?? (await newDatabase(atEnd))
  const uploads = mkdtempSync(join(tmpdir(), 'percorsi-uploads-'))
  atEnd(() => rmSync(uploads, { recursive: true, force: true }))
  // A run that a request began must not outlive its database.
  atEnd(assignmentsUnderWay)
  const clock = { now: noon }
  // Two looks, then the line ends: a test reads it to its end.
  const pace = { look: 5, last: 10 }
  const app = createApp({ db, now: () => clock.now, baseUrl, zone, uploads, writeMail, pace, ...settings })

  /** A browser: signed in as the person, or a visitor's. Redirects are not followed. */
  async function as(person: { id: number } | null) {
    const cookies = person ? `percorsi_sign_in=${await inTransaction(db, (tx) => startSignIn(tx, person.id, clock.now))}` : ''

    async function ask(path: string, init: RequestInit = {}, headers: Record<string, string> = {}): Promise<Answer> {
      const response = await app.request(path, { ...init, headers: { cookie: cookies, ...headers } })
      return { status: response.status, text: await response.text(), headers: response.headers, location: response.headers.get('location') }
    }
    return {
      get: (path: string, headers?: Record<string, string>) => ask(path, {}, headers),
      head: (path: string) => ask(path, { method: 'HEAD' }),
      /** As a browser sends a form; with a File in it, as multipart. */
      post: (path: string, form: Form = {}, headers: Record<string, string> = {}) =>
        ask(path, { method: 'POST', body: bodyOf(form) }, { origin: baseUrl, ...headers }),
    }
  }

  return { db, app, uploads, clock, as }
}

function bodyOf(form: Form): FormData | URLSearchParams {
  const pairs = Object.entries(form).flatMap(([name, value]) =>
    value === null || value === undefined
      ? []
      : (Array.isArray(value) ? value : [value]).map((each) => [name, each] as [string, string | number | File]),
  )
  const body = pairs.some(([, value]) => value instanceof File) ? new FormData() : new URLSearchParams()
  for (const [name, value] of pairs) body.append(name, value instanceof File ? (value as never) : String(value))
  return body
}

/** How many queries the work takes; for tests that a list's queries don't grow with its rows. */
export async function countQueries(db: Database, work: (counted: Database) => Promise<unknown>): Promise<number> {
  let count = 0
  const counted = db.withPlugin({
    transformQuery: ({ node }) => {
      count += 1
      return node
    },
    transformResult: async ({ result }) => result,
  })
  await work(counted)
  return count
}

export type OpenedApp = Awaited<ReturnType<typeof openApp>>

/** An app that outlives one test; `close` clears it away, the newest first as tests do. */
export async function openKeptApp() {
  const works: (() => void | Promise<void>)[] = []
  const opened = await openApp({ atEnd: (work) => works.push(work) })
  return {
    ...opened,
    close: async () => {
      for (const work of works.toReversed()) await work()
    },
  }
}
