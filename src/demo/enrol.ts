import { answerIntake, enrol } from '../pathways/orientation/actions.ts'
import { recommendFor } from '../pathways/orientation/queries.ts'
import { traceOf } from '../pathways/orientation/trace.ts'
import { wordingOf } from '../pathways/rules/in-words.ts'
import { inOfficeHours } from './calendar.ts'
import { repeatable } from './names.ts'
import type { DemoAdministration } from './people.ts'
import { expectId } from './programme.ts'
import { after, isPast, type Story } from './story.ts'

export type DemoEnrolment = DemoAdministration & {
  enrolmentId: number
  pathway: string
  enrolledAt: Temporal.Instant
  /** One of the administrations of our named people. */
  ours: boolean
  /** Accepted a pathway and did nothing since. */
  asleep: boolean
}

/** Administrations answer the intake and accept what is recommended: most of the convergence regions, half of the others. */
export async function enrolAdministrations(story: Story, administrations: readonly DemoAdministration[]): Promise<DemoEnrolment[]> {
  const { tx, programme } = story
  const chance = repeatable(2007)
  const pathwayNames = new Map([...programme.pathways].map(([name, id]) => [id, name]))

  const enrolled: DemoEnrolment[] = []
  for (const administration of administrations) {
    const ours = administration.code === 'c_h703' || administration.code === 'c_d086'
    const joins = chance() < (administration.roc ? 0.88 : 0.52)
    const enrolledAt = inOfficeHours(after(administration.invitedAt, ours ? 2 : 1 + chance() * 14), story.zone, chance)
    const answers = intakeAnswers(chance, ours)
    if (!(joins || ours) || !isPast(story, enrolledAt)) continue

    const who = { by: { id: administration.referents[0] ?? 0 }, at: enrolledAt }
    const place = { programmeId: programme.id, administrationId: administration.id }
    await answerIntake(tx, { ...place, answers }, who)
    const { enrolmentId, pathwayId } = await acceptRecommendation(story, place, who)
    const asleep = !ours && chance() < 0.1
    enrolled.push({ ...administration, enrolmentId, pathway: pathwayNames.get(pathwayId) ?? '', enrolledAt, ours, asleep })
  }
  return enrolled
}

type Place = { programmeId: number; administrationId: number }

async function acceptRecommendation({ tx }: Story, place: Place, who: { by: { id: number }; at: Temporal.Instant }) {
  const oriented = await recommendFor(tx, place.programmeId, place.administrationId)
  if (!oriented || 'none' in oriented.recommendation) throw new Error('The demo has a rule for everybody, yet none held.')
  const { pathwayId, ruleId } = oriented.recommendation
  const trace = traceOf(oriented.recommendation, wordingOf('it', oriented.questions))
  return { pathwayId, enrolmentId: expectId(await enrol(tx, { ...place, pathwayId, ruleId, trace }, who)) }
}

function intakeAnswers(chance: () => number, ours: boolean) {
  const experience = ours
    ? 'none'
    : pick(chance, [
        ['none', 0.55],
        ['one', 0.3],
        ['many', 0.15],
      ])
  const service = ours
    ? 'counter'
    : pick(chance, [
        ['counter', 0.45],
        ['online', 0.25],
        ['telephone', 0.1],
        ['territory', 0.15],
        ['internal', 0.05],
      ])
  return { experience, service, staff: String(1 + Math.floor(chance() * 5)), goals: ['listen', ...(chance() < 0.4 ? ['performance'] : [])] }
}

function pick(chance: () => number, shares: readonly (readonly [string, number])[]): string {
  let left = chance()
  for (const [value, share] of shares) {
    if (left < share) return value
    left -= share
  }
  return shares[0]?.[0] ?? ''
}
