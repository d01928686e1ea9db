import type { Database } from '#src/database/schema.ts'
import { createSession, type NewSession, publishSession } from '#src/sessions/actions.ts'
import { noon, openApp, paolo } from '#test/support.ts'
import { addModule } from '../calendars/stage.ts'

export { addModule }
export const moment = (text: string) => Temporal.Instant.from(text)
export const byPaolo = { by: { id: paolo.id }, at: noon }

/** A webinar on 10 March 2026, 10:00-11:30 in Rome, trained by Paolo, unless said otherwise. */
export const fieldsOf = (moduleId: number, given: Partial<NewSession> = {}): NewSession => ({
  moduleId,
  kind: 'webinar',
  title: 'Impostare l’indagine',
  description: '',
  startsAt: moment('2026-03-10T09:00:00Z'),
  endsAt: moment('2026-03-10T10:30:00Z'),
  place: null,
  joinUrl: 'https://room.example/secret-room',
  capacity: null,
  thresholdMinutes: null,
  regionCode: null,
  trainerIds: [paolo.id],
  ...given,
})

type Given = Partial<NewSession> & { draft?: boolean }

/** Through the actions, published unless it stays a draft. */
export async function schedule(db: Database, { draft, ...given }: Given = {}): Promise<number> {
  const moduleId = given.moduleId ?? (await addModule(db)).moduleId
  const id = idOf(await createSession(db, fieldsOf(moduleId, given), byPaolo))
  if (!draft) idOf(await publishSession(db, id, byPaolo))
  return id
}

export function idOf(outcome: { id: number } | { refusal: string }): number {
  if ('id' in outcome) return outcome.id
  throw new Error(outcome.refusal)
}

/** The app with one session in it. */
export async function openSession({ roomServer, ...given }: Given & Pick<NonNullable<Parameters<typeof openApp>[0]>, 'roomServer'> = {}) {
  const opened = await openApp({ roomServer })
  const id = await schedule(opened.db, given)
  return { ...opened, id, path: `/sessions/${id}` }
}

export const readSession = (db: Database, id: number) => db.selectFrom('session').where('id', '=', id).selectAll().executeTakeFirstOrThrow()

export async function historyOf(db: Database, happening: string) {
  const rows = await db
    .selectFrom('history')
    .where('happening', '=', happening as never)
    .orderBy('id')
    .selectAll()
    .execute()
  return rows.map((row) => ({ ...row, details: JSON.parse(row.details ?? 'null') }))
}

/** A form of the page filled in as a trainer would. */
export const typedForm = (module: number, given: Record<string, string | number | number[]> = {}) => ({
  module,
  title: 'Impostare l’indagine',
  kind: 'webinar',
  day: '2026-03-10',
  from: '10:00',
  until: '11:30',
  joinUrl: 'https://room.example/a',
  place: '',
  description: '',
  capacity: '',
  thresholdMinutes: '',
  regionCode: '',
  trainers: [paolo.id],
  ...given,
})
