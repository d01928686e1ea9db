import { expect, onTestFinished, test, vi } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { startJobs } from '#src/jobs.ts'
import { addModule } from '#test/calendars/stage.ts'
import { luca, newDatabase, rosa, zone } from '#test/support.ts'
import { openMailServer } from './mail-server.ts'
import { enrol, happened, mailsIn } from './stage.ts'

test('what happens reaches the mailbox of those concerned by itself', async () => {
  const db = await newDatabase()
  const server = await openMailServer()
  await happened(db, 'pathway_completed', ['enrolment', await enrol(db, await addModule(db))])
  await start(db, { smtpUrl: server.url })
  await vi.waitFor(() => expect(server.received.map(({ to }) => to[0]).sort()).toEqual([luca.email, rosa.email]), wait)
})

test('without a mail server mails are kept', async () => {
  const db = await newDatabase()
  await happened(db, 'pathway_completed', ['enrolment', await enrol(db, await addModule(db))])
  await start(db)
  await vi.waitFor(async () => expect(await mailsIn(db)).toHaveLength(2), wait)
  expect((await mailsIn(db)).map(({ sent_at, attempts }) => [sent_at, attempts])).toEqual([
    [null, 0],
    [null, 0],
  ])
})

test('a job that fails is logged, and the next one runs all the same', async () => {
  const db = await newDatabase()
  const server = await openMailServer()
  await db.schema.alterTable('history').renameTo('history_away').execute()
  await db
    .insertInto('outbox')
    .values({
      message_id: '<one@percorsi>',
      person_id: null,
      recipient: rosa.email,
      subject: 'Messaggio',
      text: 'Testo',
      html: '',
      calendar: null,
      calendar_method: null,
      created_at: '2026-03-02T11:00:00.000Z',
      claimed_until: null,
      last_error: null,
      sent_at: null,
    })
    .execute()
  const logged: unknown[] = []
  await start(db, { smtpUrl: server.url, log: { error: (details: unknown) => logged.push(details) } })
  await vi.waitFor(() => expect(server.received).toHaveLength(1), wait)
  expect(logged).toMatchObject([{ job: 'tellNews' }])
})

test('nothing runs any more after stopping', async () => {
  const db = await newDatabase()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  await (await start(db)).stop()
  await happened(db, 'pathway_completed', ['enrolment', await enrol(db, await addModule(db))])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await mailsIn(db)).toEqual([])
})

const wait = { timeout: 10_000, interval: 20 }

async function start(
  db: Database,
  { smtpUrl = null, log = { error: () => {} } }: { smtpUrl?: string | null; log?: { error: (details: unknown) => void } } = {},
) {
  const setting = {
    baseUrl: 'https://percorsi.example.it',
    zone,
    mailFrom: 'Percorsi <percorsi@example.it>',
    roomServer: null,
    uploads: '/nowhere',
  }
  const jobs = await startJobs({ db, ...setting, smtpUrl, log: log as never })
  onTestFinished(() => jobs.stop())
  return jobs
}
