import { dayOf } from '../language/dates.ts'
import { handIn, reviewSubmission } from '../pathways/assignments/actions.ts'
import { confirmReading } from '../pathways/modules/actions.ts'
import { saveWorksheet } from '../tools/actions.ts'
import type { DemoEnrolment } from './enrol.ts'
import { type DemoModule, demoModules, demoPathways } from './modules.ts'
import { repeatable } from './names.ts'
import { after, planAtWork, type Story } from './story.ts'
import { commentFor, type Survey, scoresFor, submissionText, surveyOf } from './texts.ts'
import { toolAnswers } from './tool-texts.ts'

/** An administration on its way: what it surveys, how fast it goes, and how far it will get. */
type Walker = { enrolment: DemoEnrolment; survey: Survey; chance: () => number }
type Place = { enrolmentId: number; moduleId: number }

/** Each administration works through its pathway at its own pace, some late, some not to the end. */
export function planWork(story: Story, enrolled: readonly DemoEnrolment[]) {
  const chance = repeatable(2012)
  for (const enrolment of enrolled.filter(({ asleep }) => !asleep))
    planWalk(story, { enrolment, survey: surveyOf(enrolment, chance), chance })
}

function planWalk(story: Story, walker: Walker) {
  const { enrolment, chance } = walker
  const pace = enrolment.ours ? 0.95 : 0.6 + chance() * 0.9
  const stamina = enrolment.ours ? 1 : enrolment.roc ? 0.35 + chance() : 0.15 + chance()
  const modules = demoPathways.find(({ name }) => name === enrolment.pathway)?.modules ?? []

  for (const [index, { module: name, due }] of modules.entries()) {
    const module = demoModules.find((each) => each.name === name)
    if (module && index / modules.length <= stamina) plan(story, walker, module, after(enrolment.enrolledAt, (due ?? 100) * pace))
  }
}

const triesAgainAfterDays = 6

/** What is still locked is tried again some days later. */
function plan(story: Story, walker: Walker, module: DemoModule, moment: Temporal.Instant) {
  planAtWork(story, moment, walker.chance, async (at) => {
    const place = { enrolmentId: walker.enrolment.enrolmentId, moduleId: story.programme.modules.get(module.name) ?? 0 }
    if (!(await work(story, walker, module, { place, at }))) plan(story, walker, module, after(at, triesAgainAfterDays))
  })
}

type Doing = { place: Place; at: Temporal.Instant }

/** False when the module is not open yet. */
async function work(story: Story, walker: Walker, module: DemoModule, { place, at }: Doing): Promise<boolean> {
  const { tx } = story
  const who = { by: { id: walker.enrolment.referents[0] ?? 0 }, at }
  if (module.kind === 'reading') return (await confirmReading(tx, place, who)) === null
  const written = module.tool && toolAnswers[module.tool]
  if (written) {
    const answers = written({ survey: walker.survey, today: dayOf(at, story.zone), chance: walker.chance })
    return !('refusal' in (await saveWorksheet(tx, { ...place, answers, revision: 0, complete: true }, who)))
  }
  if (module.kind === 'assignment') return submit(story, walker, module, { place, at })
  return true
}

async function submit(story: Story, walker: Walker, module: DemoModule, { place, at }: Doing, again = false): Promise<boolean> {
  const { tx, staff } = story
  const { enrolment, survey, chance } = walker
  const text = submissionText(survey)
  const handed = await handIn(tx, { ...place, text, files: [] }, { by: { id: enrolment.referents[0] ?? 0 }, at })
  if ('refusal' in handed) return handed.refusal !== 'locked'
  const { id } = await tx
    .selectFrom('submission')
    .where('enrolment_id', '=', place.enrolmentId)
    .where('module_id', '=', place.moduleId)
    .where('version', '=', handed.version)
    .select('id')
    .executeTakeFirstOrThrow()

  planAtWork(story, after(at, 2 + chance() * 9), chance, async (reviewedAt) => {
    const verdict = enrolment.ours || again || chance() < 0.8 ? 'accepted' : 'to_revise'
    const review = { verdict, comment: commentFor(verdict, chance), scores: verdict === 'accepted' ? scoresFor(chance) : [] } as const
    await reviewSubmission(tx, id, review, { by: staff.paolo, at: reviewedAt })
    if (verdict === 'to_revise' && chance() < 0.6)
      planAtWork(
        story,
        after(reviewedAt, 5),
        chance,
        async (later) => void (await submit(story, walker, module, { place, at: later }, true)),
      )
  })
  return true
}
