import type { SessionKind } from '../database/schema.ts'
import { cancelSession, createSession, publishSession } from '../sessions/actions.ts'
import { recordAttendance } from '../sessions/attendance/actions.ts'
import { register } from '../sessions/registration/actions.ts'
import { planDoor } from './check-in.ts'
import type { DemoEnrolment } from './enrol.ts'
import { demoPathways } from './modules.ts'
import { repeatable } from './names.ts'
import { expectId } from './programme.ts'
import { after, planAtWork, type Story } from './story.ts'

type Meeting = {
  module: string
  kind: SessionKind
  title: string
  day: number
  from: string
  until: string
  place?: string
  region?: string
  capacity?: number
  fate?: 'draft' | 'cancelled'
}

const welcome = 'MiglioraPA.IT: percorsi guidati verso la customer satisfaction'
const limesurvey = 'Guida pratica all’utilizzo degli strumenti: LimeSurvey'
const promotion = 'Indagine di CS: impostare le campagne di promozione e comunicazione dei risultati'
const classroom = 'Aula virtuale: impostare l’indagine'

const webinar = (module: string, title: string, day: number, from = '12:30', until = '14:00'): Meeting => ({
  module,
  kind: 'webinar',
  title,
  day,
  from,
  until,
})
const room = (subject: string, day: number, fate?: Meeting['fate']): Meeting => ({
  module: 'survey',
  kind: 'virtual_classroom',
  title: `${classroom}, ${subject}`,
  day,
  from: '10:00',
  until: '11:30',
  capacity: 40,
  ...(fate && { fate }),
})
const seminar = (city: string, place: string, region: string, day: number, fate?: Meeting['fate']): Meeting => ({
  module: 'seminar',
  kind: 'seminar',
  title: `Seminario territoriale di ${city}`,
  day,
  from: '09:30',
  until: '13:30',
  place,
  region,
  capacity: 120,
  ...(fate && { fate }),
})

/** The calendar of the programme: days are counted from its first Monday. */
const meetings: readonly Meeting[] = [
  webinar('welcome', welcome, 15),
  webinar('welcome', `${welcome} (replica)`, 29),
  room('sportelli', 45),
  webinar('limesurvey', limesurvey, 57),
  room('servizi online', 66),
  webinar('limesurvey', `${limesurvey} (replica)`, 84),
  seminar('Napoli', 'Napoli, sede della Regione', '15', 100),
  seminar('Bari', 'Bari, sede della Regione', '16', 101),
  webinar('promotion', promotion, 105, '14:30', '16:00'),
  seminar('Palermo', 'Palermo, sede della Regione', '19', 107),
  seminar('Lamezia Terme', 'Lamezia Terme, sala congressi', '18', 108),
  webinar('welcome', `${welcome} (nuove adesioni)`, 127),
  webinar('limesurvey', `${limesurvey} (nuove adesioni)`, 130),
  webinar('promotion', `${promotion} (replica)`, 134, '14:30', '16:00'),
  room('servizi sul territorio', 141),
  room('servizi interni', 143, 'cancelled'),
  seminar('Cagliari', 'Cagliari, sede da definire', '20', 163, 'draft'),
]

/** Who has been to a session of a module needs no second one. */
type Attended = Set<string>
const attendedKey = (personId: number, module: string) => `${personId} ${module}`

/** Sessions are scheduled early; referents register in the weeks before, and attendance is taken when they are over. */
export async function planSessions(story: Story, enrolled: readonly DemoEnrolment[]): Promise<number> {
  const chance = repeatable(2011)
  const attended: Attended = new Set()
  for (const meeting of meetings) await planSession(story, meeting, enrolled, { chance, attended })
  return meetings.length
}

type Luck = { chance: () => number; attended: Attended }

async function planSession(story: Story, meeting: Meeting, enrolled: readonly DemoEnrolment[], luck: Luck) {
  const { tx, staff, agenda, day, begin } = story
  const startsAt = day(meeting.day, meeting.from)
  const endsAt = day(meeting.day, meeting.until)
  const sessionId = await schedule(story, meeting, { startsAt, endsAt })
  if (meeting.fate === 'draft') return
  await publishSession(tx, sessionId, { by: staff.paolo, at: after(begin, -10) })
  if (meeting.fate === 'cancelled') {
    planAtWork(story, day(meeting.day - 32, '09:00'), luck.chance, async (at) => {
      await cancelSession(tx, sessionId, 'Pochi iscritti: chi era interessato può seguire l’aula sui servizi sul territorio.', {
        by: staff.paolo,
        at,
      })
    })
    return
  }

  const registered: Registered[] = []
  planRegistrations(story, { meeting, sessionId, startsAt, registered }, enrolled, luck)
  // At a seminar people check in at the door; the others are marked by hand.
  const isAtTheDoor = meeting.kind === 'seminar'
  const atTheDoor = () => registered.filter((_, index) => index % 6 !== 5)
  if (isAtTheDoor) planDoor(story, { sessionId, startsAt, endsAt }, () => atTheDoor().map(({ personId }) => personId))
  agenda.plan(after(endsAt, 0.05), async () => {
    const minutes = Math.floor(startsAt.until(endsAt).total('minutes'))
    const byHand = isAtTheDoor ? registered.filter((each) => !atTheDoor().includes(each)) : registered
    const rows = byHand.map(({ ours, ...person }) => ({ ...person, ...presence(ours, minutes, luck.chance) }))
    if (isAtTheDoor) for (const { personId } of atTheDoor()) luck.attended.add(attendedKey(personId, meeting.module))
    await recordAttendance(tx, sessionId, rows, { by: staff.paolo, at: after(endsAt, 0.05) })
    for (const { personId, status } of rows) if (status === 'present') luck.attended.add(attendedKey(personId, meeting.module))
  })
}

async function schedule(
  { tx, staff, programme, begin }: Story,
  meeting: Meeting,
  times: { startsAt: Temporal.Instant; endsAt: Temporal.Instant },
) {
  const session = {
    moduleId: programme.modules.get(meeting.module) ?? 0,
    kind: meeting.kind,
    title: meeting.title,
    description: '',
    ...times,
    place: meeting.place ?? null,
    joinUrl: meeting.place === undefined ? 'https://aule.formazione.example/miglioraPA' : null,
    capacity: meeting.capacity ?? null,
    thresholdMinutes: null,
    regionCode: meeting.region ?? null,
    trainerIds: [staff.paolo.id],
  }
  return expectId(await createSession(tx, session, { by: staff.paolo, at: after(begin, -10) }))
}

type Registered = { administrationId: number; personId: number; ours: boolean }
type Planned = { meeting: Meeting; sessionId: number; startsAt: Temporal.Instant; registered: Registered[] }

function planRegistrations(
  story: Story,
  { meeting, sessionId, startsAt, registered }: Planned,
  enrolled: readonly DemoEnrolment[],
  { chance, attended }: Luck,
) {
  for (const { id, ours, asleep, region, pathway, referents, enrolledAt } of enrolled) {
    const wanted = demoPathways.find(({ name }) => name === pathway)?.modules.some(({ module }) => module === meeting.module)
    if (!wanted || asleep || (meeting.region && meeting.region !== region)) continue
    // Rosa has followed the first two webinars and is registered for the next that she needs.
    if (ours && !/^(welcome|limesurvey)$/.test(meeting.module) && meeting.day !== 134) continue

    for (const personId of ours ? referents.slice(0, 1) : referents) {
      const registersAt = after(startsAt, ours ? -25 : -1 - chance() * 12)
      if (!(ours || chance() < 0.62) || Temporal.Instant.compare(registersAt, enrolledAt) < 0) continue
      planAtWork(story, registersAt, chance, async (at) => {
        if (attended.has(attendedKey(personId, meeting.module))) return
        const outcome = await register(story.tx, sessionId, { personId, administrationId: id }, { by: { id: personId }, at })
        if (!('refusal' in outcome)) registered.push({ administrationId: id, personId, ours })
      })
    }
  }
}

/** Some don't come, some leave early; Rosa stays to the end. */
function presence(ours: boolean, minutes: number, chance: () => number) {
  const luck = ours ? 1 : chance()
  if (luck < 0.12) return { status: 'absent' as const, minutes: 0 }
  if (luck < 0.22) return { status: 'partial' as const, minutes: Math.round(minutes * 0.4) }
  return { status: 'present' as const, minutes: Math.round(minutes * (0.85 + chance() * 0.15)) }
}
