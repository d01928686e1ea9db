import { answerQuestion, askQuestion } from '../questions/actions.ts'
import { publishFaqEntry } from '../questions/faq/actions.ts'
import type { DemoEnrolment } from './enrol.ts'
import { demoQuestions } from './help-desk.ts'
import { expectId } from './programme.ts'
import { after, isPast, type Story } from './story.ts'

/** Questions of the administrations; the answered ones that concern everybody become FAQ entries. */
export async function addHelpDesk(story: Story, enrolled: readonly DemoEnrolment[]) {
  const { tx, staff, programme } = story
  for (const [index, { module, subject, body, answer, faq }] of demoQuestions.entries()) {
    const asker = enrolled[index === 0 ? enrolled.findIndex(({ code }) => code === 'c_h703') : (index * 37) % enrolled.length]
    if (!asker) return
    const askedAt = answer === null ? after(story.now, -1 - index / 10) : after(asker.enrolledAt, 0.4 + index * 0.1)
    const place = { programmeId: programme.id, moduleId: programme.modules.get(module) ?? null }
    if (!isPast(story, askedAt)) continue
    const questionId = expectId(
      await askQuestion(tx, { ...place, administrationId: asker.id, subject, body }, { by: { id: asker.referents[0] ?? 0 }, at: askedAt }),
    )
    const answeredAt = after(askedAt, 0.2)
    if (answer === null || !isPast(story, answeredAt)) continue

    const answerId = expectId(await answerQuestion(tx, questionId, { body: answer }, { by: staff.paolo, at: answeredAt }))
    if (faq) await publishFaqEntry(tx, { ...place, ...faq, answerId }, { by: staff.paolo, at: after(answeredAt, 0.1) })
  }
}
