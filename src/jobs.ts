import type { Logger } from 'pino'
import { resumeImports } from './administrations/imports/actions.ts'
import type { Database } from './database/schema.ts'
import { remindOfActions } from './notifications/deadlines/actions.ts'
import { sendDigests } from './notifications/digests/actions.ts'
import { followUpSessions } from './notifications/follow-up/actions.ts'
import { tellNews } from './notifications/news/actions.ts'
import { mailboxOf, mailsAtOnce, sendOutbox } from './notifications/outbox/send.ts'
import { remindOfSessions } from './notifications/reminders/actions.ts'
import { resumeAssignments } from './pathways/assign/actions.ts'
import { sendBackForReview } from './questions/faq/review/actions.ts'
import { countCheckIns } from './sessions/check-in/counting.ts'
import { lapseInvitations } from './sessions/invitations/actions.ts'
import { watchRooms } from './sessions/rooms/watch.ts'
import type { RoomServer } from './web/env.ts'

type Setting = {
  db: Database
  baseUrl: string
  zone: string
  smtpUrl: string | null
  mailFrom: string
  uploads: string
  roomServer: RoomServer | null
  log: Pick<Logger, 'error'>
}

const pause = 2_000
const pauseAfterFailure = 10_000
const now = () => Temporal.Now.instant()

/**
 * What runs by the clock. A round begins when the one before has ended; what fails is logged and tried again, and keeps
 * nothing else from running. Several processes may do so on one database. `stop` waits for the round under way.
 */
export async function startJobs({
  db,
  baseUrl,
  zone,
  smtpUrl,
  mailFrom,
  uploads,
  roomServer,
  log,
}: Setting): Promise<{ stop: () => Promise<void> }> {
  const organizer = mailboxOf(mailFrom)
  // The mail library takes ten megabytes: it is loaded where there is a mail server.
  const transport = smtpUrl === null ? null : (await import('./notifications/outbox/transport.ts')).openTransport(smtpUrl, mailFrom)

  async function tell() {
    const { failures } = await tellNews(db, { now: now(), baseUrl, zone, organizer })
    const errors = failures.map(({ entry, error }) => new Error(`${entry.happening}, row ${entry.id} of the history`, { cause: error }))
    if (errors.length > 0) throw new AggregateError(errors, 'some news could not be told')
  }

  async function send() {
    let tried = mailsAtOnce
    while (transport && tried === mailsAtOnce && !rounds.stopped()) tried = await sendOutbox(db, transport, now())
  }

  const jobs = {
    resumeImports: () => resumeImports(db, uploads, now()),
    resumeAssignments: () => resumeAssignments(db, now()),
    countCheckIns: () => countCheckIns(db, now()),
    lapseInvitations: () => lapseInvitations(db, now()),
    tellNews: tell,
    followUpSessions: () => followUpSessions(db, { now: now(), baseUrl }),
    remindOfSessions: () => remindOfSessions(db, { now: now(), baseUrl, zone }),
    remindOfActions: () => remindOfActions(db, { now: now(), baseUrl, zone }),
    watchRooms: async () => roomServer && (await watchRooms(db, roomServer, { now: now(), zone })),
    sendBackForReview: () => sendBackForReview(db, { now: now(), zone }),
    sendDigests: () => sendDigests(db, { now: now(), baseUrl, zone }),
    sendOutbox: send,
  }

  async function round() {
    let wait = pause
    for (const [job, run] of Object.entries(jobs)) {
      try {
        await run()
      } catch (error) {
        log.error({ err: error, job }, 'a job failed')
        wait = pauseAfterFailure
      }
    }
    return wait
  }

  const rounds = repeat(round)
  return {
    stop: async () => {
      await rounds.stop()
      transport?.close()
    },
  }
}

/** Runs the work again and again, each time after the pause (in milliseconds) that it asked for; never keeps the process alive. */
function repeat(work: () => Promise<number>) {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<unknown> = Promise.resolve()

  function plan(wait: number) {
    if (stopped) return
    timer = setTimeout(() => {
      underWay = work().then(plan)
    }, wait).unref()
  }

  plan(0)
  return {
    stopped: () => stopped,
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await underWay
    },
  }
}
