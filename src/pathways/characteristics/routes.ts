import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { type Administration, findAdministration } from '../../administrations/queries.ts'
import { requirePerson } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import { optionalText, type Problems, readForm, type Typed } from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done, page, refused } from '../../web/respond.ts'
import { pathwaysOf } from '../definition/queries.ts'
import { type IntakeQuestion, intakeQuestions } from '../intake/queries.ts'
import { crumbsToPathway } from '../modules/crumbs.ts'
import { pathwayPath } from '../modules/panel.ts'
import { answerIntake } from '../orientation/actions.ts'
import { answerFieldName } from '../orientation/pages.ts'
import { currentAnswers, type Oriented, recommendFor } from '../orientation/queries.ts'
import { mayOrient } from '../orientation/rules.ts'
import { type EnrolmentWithReasons, findEnrolment } from '../progress/queries.ts'
import type { Value } from '../rules/condition.ts'
import { changePreview, characteristicsPage } from './pages.ts'
import { currentMaturity, datedAnswers } from './queries.ts'
import { type AnswerChange, answersSeen, readAnswers } from './rules.ts'
import { words } from './words.ts'

export const characteristicsRoutes = new Hono<WebEnv>()

const here = `/pathway/${id('enrolment')}/characteristics`

characteristicsRoutes.get(here, requirePerson, async (c) => {
  const place = await find(c)
  return place ? show(c, place) : c.notFound()
})

characteristicsRoutes.post(here, requirePerson, async (c) => {
  const { language, signedIn } = c.var
  const place = await find(c)
  if (!place) return c.notFound()
  if (!mayOrient(signedIn, place.administration)) return refused(c)
  const { value, typed } = await readForm(c, z.looseObject({ confirm: optionalText(), seen: optionalText(10_000) }))
  const given = Object.fromEntries(place.questions.map(({ name }) => [name, typed[answerFieldName(name)]]))
  const read = readAnswers(place.questions, given, place.answers)
  if ('problems' in read) {
    const problems = Object.fromEntries(Object.entries(read.problems).map(([name, problem]) => [answerFieldName(name), problem]))
    return show(c, place, { problems, typed })
  }
  if (read.changes.length === 0) return show(c, place, { notice: words[language].nothingChanged, typed })
  const oriented = await effectOf(c, place, read.answers)
  if (!oriented) return c.notFound()

  const unchanged = value?.seen === answersSeen(place.answers)
  if (value?.confirm === 'yes' && unchanged) return save(c, place, given, oriented)
  const notice = value?.confirm === 'yes' ? words[language].meanwhile : null
  return preview(c, place, { ...oriented, changes: read.changes, typed, notice })
})

type Found = {
  enrolment: EnrolmentWithReasons
  administration: Administration
  questions: IntakeQuestion[]
  answers: Record<string, Value>
  url: string
}
type Effect = { now: Oriented; then: Oriented }

async function find(c: Context<WebEnv>): Promise<Found | undefined> {
  const { db, signedIn } = c.var
  const enrolment = await findEnrolment(db, Number(c.req.param('enrolment')), signedIn)
  const administration = enrolment && (await findAdministration(db, enrolment.administrationId, signedIn))
  if (!enrolment || !administration) return undefined
  const questions = await intakeQuestions(db, enrolment.programmeId)
  const answers = await currentAnswers(db, enrolment.programmeId, administration.id)
  return { enrolment, administration, questions, answers, url: `${pathwayPath(enrolment.id)}/characteristics` }
}

/** What the rules propose today, and what they would with other answers. */
async function effectOf(
  c: Context<WebEnv>,
  { enrolment, administration }: Found,
  answers: Record<string, Value>,
): Promise<Effect | undefined> {
  const now = await recommendFor(c.var.db, enrolment.programmeId, administration.id)
  const then = await recommendFor(c.var.db, enrolment.programmeId, administration.id, answers)
  return now && then && { now, then }
}

async function save(c: Context<WebEnv>, { enrolment, administration, url }: Found, answers: Typed, { then }: Effect) {
  const { db, language, signedIn, now } = c.var
  const place = { programmeId: enrolment.programmeId, administrationId: administration.id }
  await answerIntake(db, { ...place, answers }, { by: signedIn, at: now })
  const proposed = 'none' in then.recommendation ? null : then.recommendation.pathwayId
  const differs = proposed !== null && proposed !== enrolment.rootPathwayId && enrolment.endedAt === null && enrolment.completedAt === null
  const ask = `/orientation/${place.programmeId}/${place.administrationId}/request?pathway=${proposed}`
  const isOwn = signedIn.administrations.includes(administration.id)
  return differs && isOwn ? done(c, ask, words[language].savedAsk) : done(c, url, words[language].saved)
}

type Trouble = { problems?: Problems; typed?: Typed; notice?: string }

async function show(c: Context<WebEnv>, place: Found, trouble: Trouble = {}) {
  const { db, language, dates, signedIn } = c.var
  const { enrolment, administration } = place
  const content = characteristicsPage(language, dates, {
    ...place,
    pathway: enrolment.pathway,
    dated: await datedAnswers(db, { programmeId: enrolment.programmeId, administrationId: administration.id }, signedIn),
    maturity: await currentMaturity(db, administration.id),
    mayChange: mayOrient(signedIn, administration) && enrolment.endedAt === null,
    ...trouble,
  })
  return page(c, { title: words[language].title, content, breadcrumb: crumbs(c, place), status: trouble.problems ? 422 : 200 })
}

type Shown = Effect & { changes: AnswerChange[]; typed: Typed; notice: string | null }

async function preview(c: Context<WebEnv>, place: Found, shown: Shown) {
  const { db, language } = c.var
  const content = changePreview(language, {
    ...place,
    ...shown,
    pathway: place.enrolment.pathway,
    pathways: await pathwaysOf(db, place.enrolment.programmeId),
    seen: answersSeen(place.answers),
  })
  return page(c, { title: words[language].previewTitle, content, breadcrumb: crumbs(c, place) })
}

const crumbs = (c: Context<WebEnv>, { enrolment }: Found) => [
  ...crumbsToPathway(enrolment, c.var.signedIn, c.var.language),
  { href: pathwayPath(enrolment.id), label: enrolment.pathway },
]
