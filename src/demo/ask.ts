import { dayOf } from '../language/dates.ts'
import { answerQuestion, askQuestion } from '../questions/actions.ts'
import type { NewFaqEntry } from '../questions/faq/actions.ts'
import { acceptProposal, proposeFaqEntry } from '../questions/faq/proposals/actions.ts'
import { markSolved } from '../questions/thread/actions.ts'
import type { DemoEnrolment } from './enrol.ts'
import { type DemoQuestion, demoQuestions } from './help-desk.ts'
import { demoPathways } from './modules.ts'
import { repeatable } from './names.ts'
import { expectId } from './programme.ts'
import { after, planAtWork, type Story, type Who } from './story.ts'

/** Questions come when the module does; answered ones that concern everybody become FAQ entries, the last ones still wait. */
export function planHelpDesk(story: Story, enrolled: readonly DemoEnrolment[]) {
  const chance = repeatable(2004)
  for (const [index, question] of demoQuestions.entries()) {
    const asker = askerOf(question, index, enrolled)
    const due =
      demoPathways.find(({ name }) => name === asker?.pathway)?.modules.find(({ module }) => module === question.module)?.due ?? 30
    if (!asker) continue
    const moment = question.answer === null ? after(story.now, -2 - index / 10) : after(asker.enrolledAt, due * 0.8)
    planAtWork(story, moment, chance, (at) => ask(story, { question, asker, chance }, at))
  }
}

/** Rosa asks the first; each of the others somebody whose pathway has the module. */
function askerOf({ module }: DemoQuestion, index: number, enrolled: readonly DemoEnrolment[]) {
  if (index === 0) return enrolled.find(({ ours, code }) => ours && code === 'c_h703')
  const fitting = enrolled.filter(({ pathway }) =>
    demoPathways.find(({ name }) => name === pathway)?.modules.some((each) => each.module === module),
  )
  return fitting[(index * 37) % fitting.length]
}

type Asking = { question: DemoQuestion; asker: DemoEnrolment; chance: () => number }

async function ask(story: Story, { question, asker, chance }: Asking, at: Temporal.Instant) {
  const { tx, staff, programme } = story
  const { module, subject, body, answer, faq } = question
  const place = { programmeId: programme.id, moduleId: programme.modules.get(module) ?? null }
  const by = { id: asker.referents[0] ?? 0 }
  const questionId = expectId(await askQuestion(tx, { ...place, administrationId: asker.id, subject, body }, { by, at }))
  if (answer === null) return

  planAtWork(story, after(at, 1), chance, async (answeredAt) => {
    const who = { by: staff.paolo, at: answeredAt }
    const answerId = expectId(await answerQuestion(tx, questionId, { body: answer }, who))
    if (faq) await proposeAndPublish(story, { ...place, ...faq, answerId }, { who, chance })
    if (chance() < 0.5)
      planAtWork(story, after(answeredAt, 2), chance, async (later) => void (await markSolved(tx, questionId, { by, at: later })))
  })
}

/** The trainer proposes what will serve everybody; the coordinator reads it within a day and publishes it. */
async function proposeAndPublish(story: Story, entry: NewFaqEntry, { who, chance }: { who: Who; chance: () => number }) {
  const id = expectId(await proposeFaqEntry(story.tx, entry, who))
  planAtWork(story, after(who.at, 1), chance, async (at) => {
    const reviewOn = dayOf(at, story.zone).add({ years: 1 }).toString()
    await acceptProposal(story.tx, id, { ...entry, reviewOn }, { by: story.staff.carla, at })
  })
}
