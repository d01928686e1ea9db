import { asMoment } from '../database/moment.ts'
import type { Database, Tx } from '../database/schema.ts'
import { inTransaction } from '../database/transaction.ts'
import { dayOf } from '../language/dates.ts'
import { addHelpDesk } from './ask.ts'
import { enrolAdministrations } from './enrol.ts'
import { holdSessions } from './meet.ts'
import { hireStaff, importRegisterOf, inviteReferents } from './people.ts'
import { buildProgramme } from './programme.ts'
import { doTheWork } from './work.ts'

export const stages = ['open', 'running', 'finished'] as const
/** Just begun; in the middle; over. */
export type Stage = (typeof stages)[number]

/** How many days ago the programme began. */
const begunDaysAgo: Record<Stage, number> = { open: 12, running: 118, finished: 260 }

export type DemoSetting = {
  stage: Stage
  now: Temporal.Instant
  zone: string
  /** The folder that keeps uploads. */
  uploads: string
  progress: (line: string) => void
}

/** Loads a believable MiglioraPA programme through our own actions, each at its moment in the past; all of it or nothing. */
export async function loadDemo(db: Database, setting: DemoSetting): Promise<{ result: object } | { refusal: string }> {
  const { stage, now, zone, progress } = setting
  if (await db.selectFrom('person').select('id').limit(1).executeTakeFirst())
    return { refusal: 'The database is not empty: the demo is loaded into an empty one only.' }

  const startsOn = dayOf(now, zone).subtract({ days: begunDaysAgo[stage] })
  const begin = startsOn.toZonedDateTime({ timeZone: zone, plainTime: '09:00' }).toInstant()

  const result = await inTransaction(db, async (tx) => {
    progress('people and register')
    const staff = await hireStaff(tx, begin.subtract({ hours: 24 * 30 }))
    await importRegisterOf(tx, staff, begin.subtract({ hours: 24 * 25 }))
    progress('programme')
    const programme = await buildProgramme(tx, startsOn, { by: staff.carla, at: begin.subtract({ hours: 24 * 20 }) })
    const story = {
      tx,
      staff,
      programme,
      begin,
      now,
      zone,
      stage,
      day: (days: number, time: string) => at(startsOn.add({ days }), time, zone),
    }
    progress('referents')
    const administrations = await inviteReferents(story)
    progress('enrolments')
    const enrolled = await enrolAdministrations(story, administrations)
    progress('sessions')
    const sessions = await holdSessions(story, enrolled)
    progress('work of the administrations')
    await doTheWork(story, enrolled)
    progress('help desk')
    await addHelpDesk(story, enrolled)
    await markAllTold(tx, now)
    return { stage, administrations: administrations.length, enrolled: enrolled.length, sessions }
  })
  return { result }
}

const at = (day: Temporal.PlainDate, time: string, zone: string) => day.toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant()

/** Nobody must get mail today about what happened in the demo's past. */
async function markAllTold(tx: Tx, now: Temporal.Instant) {
  await tx
    .updateTable('history')
    .set({ told_at: asMoment(now) })
    .where('told_at', 'is', null)
    .execute()
}
