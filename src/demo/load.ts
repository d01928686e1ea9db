import { asMoment } from '../database/moment.ts'
import type { Database, Tx } from '../database/schema.ts'
import { inTransaction } from '../database/transaction.ts'
import { dayOf } from '../language/dates.ts'
import { Agenda } from './agenda.ts'
import { planHelpDesk } from './ask.ts'
import { mondayBefore, workingDay } from './calendar.ts'
import { enrolAdministrations } from './enrol.ts'
import { planSessions } from './meet.ts'
import { hireStaff, importRegisterOf, inviteReferents } from './people.ts'
import { buildProgramme } from './programme.ts'
import { planSurveys } from './survey.ts'
import { planWork } from './work.ts'

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

  const startsOn = mondayBefore(dayOf(now, zone).subtract({ days: begunDaysAgo[stage] }))
  const begin = startsOn.toZonedDateTime({ timeZone: zone, plainTime: '09:00' }).toInstant()

  const result = await inTransaction(db, async (tx) => {
    progress('people and register')
    const staff = await hireStaff(tx, begin.subtract({ hours: 24 * 30 }))
    await importRegisterOf(tx, staff, begin.subtract({ hours: 24 * 25 }))
    progress('programme')
    const programme = await buildProgramme(tx, startsOn, { by: staff.carla, at: begin.subtract({ hours: 24 * 20 }) })
    const agenda = new Agenda()
    const story = {
      tx,
      agenda,
      staff,
      programme,
      begin,
      now,
      zone,
      stage,
      day: (days: number, time: string) => at(workingDay(startsOn.add({ days })), time, zone),
    }
    progress('referents')
    const administrations = await inviteReferents(story)
    progress('enrolments')
    const enrolled = await enrolAdministrations(story, administrations)
    progress('what everybody does, day by day')
    const sessions = await planSessions(story, enrolled)
    planWork(story, enrolled)
    planHelpDesk(story, enrolled)
    planSurveys(story, enrolled)
    await agenda.run(now)
    await markTold(tx, now)
    return { stage, administrations: administrations.length, enrolled: enrolled.length, sessions }
  })
  return { result }
}

const at = (day: Temporal.PlainDate, time: string, zone: string) => day.toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant()

/** What happened in the demo's past is no news today, except for the last days': they show what the mails look like. */
async function markTold(tx: Tx, now: Temporal.Instant) {
  await tx
    .updateTable('history')
    .set({ told_at: asMoment(now) })
    .where('told_at', 'is', null)
    .where('at', '<', asMoment(now.subtract({ hours: 72 })))
    .execute()
}
