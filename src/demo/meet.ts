import type { SessionKind } from '../database/schema.ts'
import { createSession, publishSession } from '../sessions/actions.ts'
import { recordAttendance } from '../sessions/attendance/actions.ts'
import { register } from '../sessions/registration/actions.ts'
import type { DemoEnrolment } from './enrol.ts'
import { demoPathways } from './modules.ts'
import { repeatable } from './names.ts'
import { expectId } from './programme.ts'
import { after, isPast, type Story } from './story.ts'

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
}

const welcome = 'MiglioraPA.IT: percorsi guidati verso la customer satisfaction'
const limesurvey = 'Guida pratica all’utilizzo degli strumenti: LimeSurvey'
const promotion = 'Indagine di CS: impostare le campagne di promozione e comunicazione dei risultati'
const classroom = 'Aula virtuale: impostare l’indagine'

/** The calendar of the programme: days are counted from its beginning. */
const meetings: readonly Meeting[] = [
  { module: 'welcome', kind: 'webinar', title: welcome, day: 15, from: '12:30', until: '14:00' },
  { module: 'welcome', kind: 'webinar', title: `${welcome} (replica)`, day: 29, from: '12:30', until: '14:00' },
  { module: 'survey', kind: 'virtual_classroom', title: `${classroom}, sportelli`, day: 45, from: '10:00', until: '11:30', capacity: 40 },
  { module: 'limesurvey', kind: 'webinar', title: limesurvey, day: 57, from: '12:30', until: '14:00' },
  {
    module: 'survey',
    kind: 'virtual_classroom',
    title: `${classroom}, servizi online`,
    day: 66,
    from: '10:00',
    until: '11:30',
    capacity: 40,
  },
  { module: 'limesurvey', kind: 'webinar', title: `${limesurvey} (replica)`, day: 84, from: '12:30', until: '14:00' },
  {
    module: 'seminar',
    kind: 'seminar',
    title: 'Seminario territoriale di Napoli',
    day: 100,
    from: '09:30',
    until: '13:30',
    place: 'Napoli, sede della Regione',
    region: '15',
    capacity: 120,
  },
  {
    module: 'seminar',
    kind: 'seminar',
    title: 'Seminario territoriale di Bari',
    day: 101,
    from: '09:30',
    until: '13:30',
    place: 'Bari, sede della Regione',
    region: '16',
    capacity: 120,
  },
  { module: 'promotion', kind: 'webinar', title: promotion, day: 105, from: '14:30', until: '16:00' },
  {
    module: 'seminar',
    kind: 'seminar',
    title: 'Seminario territoriale di Palermo',
    day: 107,
    from: '09:30',
    until: '13:30',
    place: 'Palermo, sede della Regione',
    region: '19',
    capacity: 120,
  },
  {
    module: 'seminar',
    kind: 'seminar',
    title: 'Seminario territoriale di Lamezia Terme',
    day: 108,
    from: '09:30',
    until: '13:30',
    place: 'Lamezia Terme, sala congressi',
    region: '18',
    capacity: 120,
  },
  { module: 'welcome', kind: 'webinar', title: `${welcome} (nuove adesioni)`, day: 123, from: '12:30', until: '14:00' },
  { module: 'limesurvey', kind: 'webinar', title: `${limesurvey} (nuove adesioni)`, day: 128, from: '12:30', until: '14:00' },
  { module: 'promotion', kind: 'webinar', title: `${promotion} (replica)`, day: 133, from: '14:30', until: '16:00' },
  {
    module: 'survey',
    kind: 'virtual_classroom',
    title: `${classroom}, servizi sul territorio`,
    day: 140,
    from: '10:00',
    until: '11:30',
    capacity: 40,
  },
]

/** Sessions are scheduled early, referents register in the weeks before, and attendance is taken when they are over. */
export async function holdSessions(story: Story, enrolled: readonly DemoEnrolment[]): Promise<number> {
  const chance = repeatable(2011)
  for (const meeting of meetings) await hold(story, meeting, enrolled, chance)
  return meetings.length
}

async function hold(story: Story, meeting: Meeting, enrolled: readonly DemoEnrolment[], chance: () => number) {
  const { tx, staff, programme, day, begin } = story
  const startsAt = day(meeting.day, meeting.from)
  const endsAt = day(meeting.day, meeting.until)
  const online = meeting.place === undefined
  const planned = { by: staff.paolo, at: after(begin, -10) }

  const sessionId = expectId(
    await createSession(
      tx,
      {
        moduleId: programme.modules.get(meeting.module) ?? 0,
        kind: meeting.kind,
        title: meeting.title,
        description: '',
        startsAt,
        endsAt,
        place: meeting.place ?? null,
        joinUrl: online ? 'https://aule.formazione.example/miglioraPA' : null,
        capacity: meeting.capacity ?? null,
        thresholdMinutes: null,
        regionCode: meeting.region ?? null,
        trainerIds: [staff.paolo.id],
      },
      planned,
    ),
  )
  await publishSession(tx, sessionId, planned)

  const present = await registerSome(story, { sessionId, meeting, startsAt }, enrolled, chance)
  if (!isPast(story, endsAt)) return
  const minutes = startsAt.until(endsAt).total('minutes')
  const rows = present.map(({ administrationId, personId, ours }) => {
    const luck = ours ? 1 : chance()
    if (luck < 0.12) return { administrationId, personId, status: 'absent' as const, minutes: 0 }
    if (luck < 0.22) return { administrationId, personId, status: 'partial' as const, minutes: Math.round(minutes * 0.4) }
    return { administrationId, personId, status: 'present' as const, minutes: Math.round(minutes * (0.85 + chance() * 0.15)) }
  })
  await recordAttendance(tx, sessionId, rows, { by: staff.paolo, at: after(endsAt, 0.1) })
}

type Held = { sessionId: number; meeting: Meeting; startsAt: Temporal.Instant }

async function registerSome(
  story: Story,
  { sessionId, meeting, startsAt }: Held,
  enrolled: readonly DemoEnrolment[],
  chance: () => number,
) {
  const registered: { administrationId: number; personId: number; ours: boolean }[] = []
  for (const { id, code, region, pathway, referents, enrolledAt } of enrolled) {
    const ours = code === 'c_h703'
    const wanted = demoPathways.find(({ name }) => name === pathway)?.modules.some(({ module }) => module === meeting.module)
    if (!wanted || (meeting.region && meeting.region !== region)) continue
    if (meeting.capacity && registered.length + referents.length > meeting.capacity) break

    for (const personId of ours ? referents.slice(0, 1) : referents) {
      const registeredAt = after(startsAt, ours ? -6 : -1 - chance() * 12)
      if (!(ours || chance() < 0.62) || Temporal.Instant.compare(registeredAt, enrolledAt) < 0 || !isPast(story, registeredAt)) continue
      // Rosa still has the coming ones to choose from.
      if (ours && !isPast(story, startsAt)) continue
      await register(story.tx, sessionId, { personId, administrationId: id }, { by: { id: personId }, at: registeredAt })
      registered.push({ administrationId: id, personId, ours })
    }
  }
  return registered
}
