import { tmpdir } from 'node:os'
import { createApp } from '#src/app.ts'
import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { recordHistory } from '#src/history/record.ts'
import { writeMail } from '#src/notifications/outbox.ts'
import type { Figure } from './pathways.ts'

const sessions = 1_000
const fetches = 500
const now = Temporal.Instant.from('2026-03-02T11:00:00Z')

/** The public calendar with a thousand sessions: written whole, written after one has changed, and asked again in vain. */
export async function benchFeeds(db: Database): Promise<Figure[]> {
  await addSessions(db)
  const app = createApp({ db, now: () => now, baseUrl: 'http://localhost', zone: 'Europe/Rome', uploads: tmpdir(), writeMail })
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const response = await app.request(path, { headers })
    await response.arrayBuffer()
    return response
  }
  const timed = async (work: () => Promise<unknown>) => {
    const start = performance.now()
    await work()
    return Math.round(performance.now() - start)
  }
  const several = (path: string, headers?: Record<string, string>) =>
    timed(async () => {
      for (let count = 0; count < fetches; count += 1) await ask(path, headers)
    })

  await ask('/health')
  const first = await timed(() => ask('/calendar.ics'))
  const moved = await anySession(db)
  await db.updateTable('session').set({ revision: 1, title: 'Spostato' }).where('id', '=', moved).execute()
  await inTransaction(db, (tx) =>
    recordHistory(tx, { happening: 'session_changed', subject: 'session', subjectId: moved, by: null, at: now }),
  )
  const changed = await timed(() => ask('/calendar.ics'))
  const region = await timed(() => ask('/calendar.ics?region=15'))
  const known = { 'If-None-Match': (await ask('/calendar.ics')).headers.get('etag') ?? '' }
  if ((await ask('/calendar.ics', known)).status !== 304) throw new Error('the tag does not hold')
  // Both are asked once before, so that neither pays for being the first.
  for (const path of ['/health', '/calendar.ics']) await several(path, known)
  const health = await several('/health')
  const unchanged = await several('/calendar.ics', known)
  return [
    { what: 'calendar, first of the process', milliseconds: first, limit: 50, note: `${sessions} sessions` },
    { what: 'calendar, one session changed', milliseconds: changed, limit: 50, note: 'written anew' },
    { what: 'calendar of a region, first', milliseconds: region, limit: 50, note: '' },
    { what: `${fetches} times /health`, milliseconds: health, note: '' },
    { what: `${fetches} times nothing new (304)`, milliseconds: unchanged, limit: health * 2, note: 'at least half as fast as /health' },
  ]
}

async function anySession(db: Database): Promise<number> {
  return (await db.selectFrom('session').select('id').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()).id
}

async function addSessions(db: Database) {
  const at = asMoment(now)
  const { id: createdBy } = await db
    .insertInto('person')
    .values({ name: 'Banco', email: 'banco@ministero.example', created_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  const programme = {
    title: 'Banco di prova',
    starts_on: '2026-01-01',
    ends_on: '2027-12-31',
    created_at: at,
    created_by: null,
    published_at: at,
  }
  const { id: programmeId } = await db.insertInto('programme').values(programme).returning('id').executeTakeFirstOrThrow()
  const module = { programme_id: programmeId, kind: 'webinar' as const, title: 'Webinar', link: null, created_at: at, created_by: null }
  const { id: moduleId } = await db.insertInto('module').values(module).returning('id').executeTakeFirstOrThrow()
  for (let number = 0; number < sessions; number += 1)
    await db
      .insertInto('session')
      .values({
        programme_id: programmeId,
        module_id: moduleId,
        kind: 'webinar',
        title: `Impostare l’indagine, incontro ${number}`,
        description: 'Di che cosa si parla e per chi: obiettivi, campione, questionario.\n\n- casi concreti\n- domande; risposte',
        starts_at: asMoment(now.add({ hours: number })),
        ends_at: asMoment(now.add({ hours: number + 1 })),
        place: null,
        join_url: 'https://room.example/1',
        capacity: null,
        threshold_minutes: 42,
        region_code: null,
        uid: `${crypto.randomUUID()}@percorsi`,
        revision: 0,
        revised_at: at,
        created_at: at,
        created_by: createdBy,
        published_at: at,
        cancelled_at: null,
        cancelled_by: null,
        cancellation_reason: null,
      })
      .execute()
}
