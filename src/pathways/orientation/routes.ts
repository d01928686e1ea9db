import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { type Administration, findAdministration } from '../../administrations/queries.ts'
import { dayOf } from '../../language/dates.ts'
import { requirePerson } from '../../people/require.ts'
import { isReferent } from '../../people/rules.ts'
import { findProgramme, openProgrammes, type Programme } from '../../programmes/queries.ts'
import { isOpen } from '../../programmes/rules.ts'
import type { WebEnv } from '../../web/env.ts'
import { idField, optionalIdField, type Problems, readForm, type Typed } from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done, page, refused } from '../../web/respond.ts'
import { modulesToChoose, pathwaysOf } from '../definition/queries.ts'
import { intakeQuestions } from '../intake/queries.ts'
import { pathwayOutline } from '../queries.ts'
import { wordingOf } from '../rules/in-words.ts'
import { answerIntake, enrol, type NewEnrolment } from './actions.ts'
import { answerFieldName, chooseAdministrationPage, intakeForm, proposalPage } from './pages.ts'
import { currentAnswers, findEnrolment, type Oriented, recommendFor, toOrient } from './queries.ts'
import { type EnrolmentRefusal, mayChoosePathway, mayOrient } from './rules.ts'
import { chosenByHand, traceOf } from './trace.ts'
import { words } from './words.ts'

export const orientationRoutes = new Hono<WebEnv>()

const here = `/orientation/${id('programme')}/${id('administration')}`

orientationRoutes.get('/orientation', requirePerson, async (c) => {
  const { db, language, signedIn } = c.var
  const choices = await toOrient(db, signedIn, await openProgrammes(db, today(c)))
  const [first] = choices
  if (first && choices.length === 1) return done(c, urlOf(first))
  return page(c, { title: words[language].title, content: chooseAdministrationPage(language, choices, isReferent(signedIn)) })
})

orientationRoutes.get(here, requirePerson, async (c) => {
  const place = await find(c)
  return place instanceof Response ? place : showIntake(c, place)
})

orientationRoutes.post(here, requirePerson, async (c) => {
  const { db, signedIn, now } = c.var
  const place = await find(c)
  if (place instanceof Response) return place
  const { typed } = await readForm(c, z.looseObject({}))
  const questions = await intakeQuestions(db, place.programme.id)
  const answers = Object.fromEntries(questions.map(({ name }) => [name, typed[answerFieldName(name)]]))
  const intake = { programmeId: place.programme.id, administrationId: place.administration.id, answers }
  const outcome = await answerIntake(db, intake, { by: signedIn, at: now })
  if ('changed' in outcome) return done(c, `${urlOf(place)}/recommendation`)

  const problems = Object.fromEntries(Object.entries(outcome.problems).map(([name, problem]) => [answerFieldName(name), problem]))
  return showIntake(c, place, problems, typed)
})

orientationRoutes.get(`${here}/recommendation`, requirePerson, async (c) => {
  const place = await find(c)
  if (place instanceof Response) return place
  const oriented = await orient(c, place)
  return oriented instanceof Response ? oriented : showProposal(c, place, oriented)
})

orientationRoutes.post(`${here}/accept`, requirePerson, async (c) => {
  const { language } = c.var
  const place = await find(c)
  if (place instanceof Response) return place
  const oriented = await orient(c, place)
  if (oriented instanceof Response) return oriented
  const { recommendation, questions } = oriented
  const { value } = await readForm(c, z.object({ rule: optionalIdField }))
  if ('none' in recommendation || recommendation.ruleId !== value?.rule)
    return showProposal(c, place, oriented, { notice: words[language].changed })

  const { pathwayId, ruleId } = recommendation
  return start(c, place, oriented, { pathwayId, ruleId, trace: traceOf(recommendation, wordingOf('it', questions)) })
})

orientationRoutes.post(`${here}/choose`, requirePerson, async (c) => {
  const place = await find(c)
  if (place instanceof Response) return place
  if (!mayChoosePathway(c.var.signedIn, place.administration)) return refused(c)
  const { value, problems } = await readForm(c, z.object({ pathway: idField }))
  const oriented = await orient(c, place)
  if (oriented instanceof Response) return oriented
  if (value) return start(c, place, oriented, { pathwayId: value.pathway, ruleId: null, trace: chosenByHand })
  return showProposal(c, place, oriented, { problems })
})

type Place = { programme: Programme; administration: Administration }

/** An open programme and an administration without a pathway in it, for somebody who may choose one; or the answer to give instead. */
async function find(c: Context<WebEnv>): Promise<Place | Response> {
  const { db, signedIn, language } = c.var
  const programme = await findProgramme(db, Number(c.req.param('programme')))
  const administration = await findAdministration(db, Number(c.req.param('administration')), signedIn)
  if (!programme || !isOpen(programme, today(c)) || !administration || !mayOrient(signedIn, administration)) return c.notFound()

  const enrolment = await findEnrolment(db, { programmeId: programme.id, administrationId: administration.id })
  if (enrolment) return done(c, `/pathway/${enrolment.id}`)
  if (administration.closedAt) return refused(c, words[language].refusal.closed)
  return { programme, administration }
}

/** The recommendation; a referent answers first what must be answered. */
async function orient(c: Context<WebEnv>, place: Place): Promise<Oriented | Response> {
  const oriented = await recommendFor(c.var.db, place.programme.id, place.administration.id)
  if (!oriented) return c.notFound()
  if (isIncomplete(oriented) && !mayChoosePathway(c.var.signedIn, place.administration)) return done(c, urlOf(place))
  return oriented
}

const isIncomplete = ({ questions, answers }: Oriented) => questions.some(({ name, required }) => required && !Object.hasOwn(answers, name))

type Chosen = Pick<NewEnrolment, 'pathwayId' | 'ruleId' | 'trace'>

async function start(c: Context<WebEnv>, place: Place, { added, ruleSetId }: Oriented, chosen: Chosen) {
  const { db, language, signedIn, now } = c.var
  const t = words[language]
  const ids = { programmeId: place.programme.id, administrationId: place.administration.id }
  const outcome = await enrol(db, { ...ids, ...chosen, added, ruleSetId }, { by: signedIn, at: now })
  if ('refusal' in outcome) return notStarted(c, place, outcome.refusal)

  const title = (await pathwaysOf(db, place.programme.id)).find((each) => each.id === chosen.pathwayId)?.title ?? ''
  return done(c, `/pathway/${outcome.id}`, chosen.ruleId === null ? t.assigned(title, place.administration.name) : t.enrolled(title))
}

/** Somebody else was quicker, or the list of pathways has changed. */
async function notStarted(c: Context<WebEnv>, place: Place, refusal: EnrolmentRefusal) {
  const sentence = words[c.var.language].refusal[refusal]
  const ids = { programmeId: place.programme.id, administrationId: place.administration.id }
  const enrolment = await findEnrolment(c.var.db, ids)
  return done(c, enrolment ? `/pathway/${enrolment.id}` : `${urlOf(place)}/recommendation`, sentence)
}

async function showIntake(c: Context<WebEnv>, place: Place, problems: Problems | null = null, typed: Typed = {}) {
  const { db, language } = c.var
  const questions = await intakeQuestions(db, place.programme.id)
  if (questions.length === 0) return done(c, `${urlOf(place)}/recommendation`)
  const answers = await currentAnswers(db, place.programme.id, place.administration.id)
  const content = intakeForm(language, { ...place, questions, answers }, problems, typed)
  return page(c, { title: words[language].title, content, status: problems ? 422 : 200 })
}

type Trouble = { notice?: string; problems?: Problems | null }

async function showProposal(c: Context<WebEnv>, place: Place, oriented: Oriented, trouble: Trouble = {}) {
  const { db, language, signedIn } = c.var
  const { recommendation } = oriented
  const content = proposalPage(language, {
    ...place,
    oriented,
    proposed: 'none' in recommendation ? undefined : await pathwayOutline(db, recommendation.pathwayId),
    pathways: await pathwaysOf(db, place.programme.id),
    modules: oriented.added.length > 0 ? await modulesToChoose(db, place.programme.id) : [],
    mayChoose: mayChoosePathway(signedIn, place.administration),
    incomplete: isIncomplete(oriented),
    ...trouble,
  })
  const title = words[language].proposal
  const breadcrumb = [{ href: urlOf(place), label: words[language].title }]
  return page(c, { title, content, breadcrumb, status: trouble.notice || trouble.problems ? 422 : 200 })
}

const urlOf = ({ programme, administration }: { programme: { id: number }; administration: { id: number } }) =>
  `/orientation/${programme.id}/${administration.id}`

const today = (c: Context<WebEnv>) => dayOf(c.var.now, c.var.zone)
