import { dayOf } from '../language/dates.ts'
import { closeSurvey, createSurvey, publishSurvey, repeatSurvey, saveSettings } from '../tools/surveys/actions.ts'
import { receiveAnswer } from '../tools/surveys/collection/actions.ts'
import { keyIn } from '../tools/surveys/collection/paper/actions.ts'
import { itemsOf, surveyById } from '../tools/surveys/queries.ts'
import { asksImportance } from '../tools/surveys/questionnaire/form.ts'
import type { Answers, Item, Rating } from '../tools/surveys/survey.ts'
import type { DemoEnrolment } from './enrol.ts'
import { repeatable } from './names.ts'
import { expectId } from './programme.ts'
import { after, planAtWork, type Story } from './story.ts'
import { citizenTexts, leanings } from './survey-texts.ts'

type Surveying = { enrolment: DemoEnrolment; chance: () => number; by: { id: number } }

/** Salerno asks about its registry counter and, when the programme is long over, asks again; Cosenza is collecting answers these days. */
export function planSurveys(story: Story, enrolled: readonly DemoEnrolment[]) {
  const found = (code: string) => enrolled.find((each) => each.code === code)
  const [salerno, cosenza] = [found('c_h703'), found('c_d086')]
  if (salerno) planSalerno(story, surveying(salerno, 1905))
  if (cosenza && story.stage === 'running') planCosenza(story, surveying(cosenza, 1906))
}

const surveying = (enrolment: DemoEnrolment, seed: number): Surveying => ({
  enrolment,
  chance: repeatable(seed),
  by: { id: enrolment.referents[0] ?? 0 },
})

function planSalerno(story: Story, work: Surveying) {
  const { tx, zone } = story
  const { by, chance, enrolment } = work
  planAtWork(story, after(enrolment.enrolledAt, 52), chance, async (at) => {
    const id = await prepare(
      story,
      work,
      { title: 'La Sua opinione sullo sportello anagrafe', service: 'Sportello anagrafe', reached: 1_850 },
      at,
    )
    await publishSurvey(tx, id, { by, at, today: dayOf(at, zone) })
    collect(story, work, { surveyId: id, from: at, days: 19, online: 296, paper: 118, better: 0 })
    planAtWork(story, after(at, 20), chance, async (later) => void (await closeSurvey(tx, id, { by, at: later })))
    planAtWork(story, after(at, 130), chance, async (later) => {
      const second = expectId(await repeatSurvey(tx, id, 'La Sua opinione sullo sportello anagrafe, un anno dopo', { by, at: later }))
      await publishSurvey(tx, second, { by, at: later, today: dayOf(later, zone) })
      collect(story, work, { surveyId: second, from: later, days: 14, online: 280, paper: 40, better: 0.5 })
      planAtWork(story, after(later, 15), chance, async (end) => void (await closeSurvey(tx, second, { by, at: end })))
    })
  })
}

/** Still open: whoever tries the demo can answer. */
function planCosenza(story: Story, work: Surveying) {
  const { tx, now, zone } = story
  const { by, chance } = work
  planAtWork(story, after(now, -9), chance, async (at) => {
    const closesOn = dayOf(now, zone).add({ days: 21 })
    const id = await prepare(
      story,
      work,
      { title: 'Come va l’ufficio relazioni con il pubblico?', service: 'Ufficio relazioni con il pubblico', reached: 900, closesOn },
      at,
    )
    await publishSurvey(tx, id, { by, at, today: dayOf(at, zone) })
    collect(story, work, { surveyId: id, from: at, days: 8, online: 61, paper: 14, better: 0.2 })
  })
}

type Prepared = { title: string; service: string; reached: number; closesOn?: Temporal.PlainDate }

async function prepare({ tx }: Story, { enrolment, by }: Surveying, { title, service, reached, closesOn }: Prepared, at: Temporal.Instant) {
  const { id } = await createSurvey(tx, { enrolmentId: enrolment.enrolmentId, title, service, family: 'counter', points: 5 }, { by, at })
  const survey = await surveyById(tx, id)
  if (!survey) throw new Error('The demo’s survey is not there.')
  const introduction = 'Bastano tre minuti. Con le risposte decidiamo che cosa cambiare per primo, e lo pubblichiamo sul sito.'
  const introductionEn = 'It takes three minutes. With the answers we decide what to change first, and publish it on our site.'
  const settings = { ...survey, introduction, introductionEn, reached, closesOn: closesOn ?? null }
  await saveSettings(tx, id, { settings, revision: survey.revision }, { by, at })
  return id
}

type Collecting = { surveyId: number; from: Temporal.Instant; days: number; online: number; paper: number; better: number }

/** Day by day some answers come in; those on paper are keyed in at the end of each week. */
function collect({ tx, agenda, zone }: Story, { by, chance }: Surveying, { surveyId, from, days, online, paper, better }: Collecting) {
  let sheet = 0
  for (let day = 0; day < days; day += 1) {
    const at = after(from, day + 0.2)
    agenda.plan(at, async () => {
      const survey = await surveyById(tx, surveyId)
      const items = await itemsOf(tx, surveyId)
      if (!survey) return
      const today = dayOf(at, zone)
      for (let count = shareOf(online, day, days); count > 0; count -= 1) {
        const formKey = `demo-${surveyId}-${day}-${count}`
        await receiveAnswer(tx, survey, { formKey, answers: citizen(items, chance, better), today })
      }
      for (let count = shareOf(paper, day, days); count > 0; count -= 1) {
        sheet += 1
        await keyIn(tx, surveyId, { number: sheet, answers: citizen(items, chance, better), today }, { by, at })
      }
    })
  }
}

/** Whole numbers that make up the total. */
const shareOf = (total: number, day: number, days: number) => Math.floor((total * (day + 1)) / days) - Math.floor((total * day) / days)

/** One citizen's answers: each question leans its way, the older wait less patiently, one in twelve leaves a question out. */
function citizen(items: readonly Item[], chance: () => number, better: number): Answers {
  const age = chance()
  const answers: Record<string, Rating | string> = {}
  for (const item of items) {
    if (item.kind === 'scale') {
      const [satisfied, important] = leanings[item.bankKey ?? ''] ?? [3.6, 3.8]
      const mood = satisfied < 3.4 ? better - (age > 0.7 ? 0.3 : 0) : 0
      const rating: Rating = {}
      if (chance() > 0.08) rating.s = point(satisfied + mood, chance)
      if (asksImportance(item) && chance() > 0.08) rating.i = point(important, chance)
      if (rating.s !== undefined || rating.i !== undefined) answers[item.code] = rating
    } else if (item.kind === 'choice') {
      const options = item.options.length
      if (chance() > 0.06) answers[item.code] = item.options[Math.min(options - 1, Math.floor(age * options))]?.code ?? ''
    } else if (chance() < 0.16) answers[item.code] = citizenTexts[Math.floor(chance() * citizenTexts.length)] ?? ''
  }
  return Object.keys(answers).length > 0 ? answers : { [items[0]?.code ?? 'Q1']: { s: 4 } }
}

const point = (lean: number, chance: () => number) =>
  Math.min(5, Math.max(1, Math.round(lean + (chance() + chance() + chance() - 1.5) * 1.7)))
