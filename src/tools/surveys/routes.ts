import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { dayOf } from '../../language/dates.ts'
import { findEnrolment } from '../../pathways/progress/queries.ts'
import { requirePerson } from '../../people/require.ts'
import { isReferentOf } from '../../people/rules.ts'
import type { WebEnv } from '../../web/env.ts'
import {
  choiceField,
  optionalDay,
  optionalNumber,
  optionalText,
  type Problems,
  readForm,
  requiredNumber,
  requiredText,
  type Typed,
} from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done, page, refused } from '../../web/respond.ts'
import { feedOf } from '../feed.ts'
import { closeSurvey, createSurvey, publishSurvey, reopenSurvey, repeatSurvey, saveSettings } from './actions.ts'
import { crumbsToSurveys, type Found, foundSurvey, surveyPageOf, workedSurvey } from './found.ts'
import { listPage, overviewPage, settingsPage } from './pages.ts'
import { countBySource, repetitionsOf, surveyById, surveysOf } from './queries.ts'
import { answerRefusal, mostAnswersEver, stateOf } from './rules.ts'
import { families, type Survey, surveyPath } from './survey.ts'
import { words } from './words.ts'

export const surveyRoutes = new Hono<WebEnv>()

const list = `/pathway/${id('enrolment')}/surveys` as const

surveyRoutes.get(list, requirePerson, async (c) => {
  const enrolment = await enrolmentOf(c)
  return enrolment ? showList(c, enrolment, {}) : c.notFound()
})

const enrolmentOf = (c: Context<WebEnv>) => findEnrolment(c.var.db, Number(c.req.param('enrolment')), c.var.signedIn)
type FoundEnrolment = NonNullable<Awaited<ReturnType<typeof enrolmentOf>>>

const mayBegin = (c: Context<WebEnv>, { administrationId, endedAt }: FoundEnrolment) =>
  isReferentOf(c.var.signedIn, administrationId) && endedAt === null

async function showList(c: Context<WebEnv>, enrolment: FoundEnrolment, tried: { problems?: Problems; typed?: Typed }) {
  const { db, now, zone, language } = c.var
  const content = listPage({
    enrolmentId: enrolment.id,
    administration: enrolment.administration,
    surveys: await surveysOf(db, enrolment.id),
    chosen: (await feedOf(db, enrolment.id)).service,
    mayWork: mayBegin(c, enrolment),
    language,
    today: dayOf(now, zone),
    ...tried,
  })
  const breadcrumb = (await crumbsToSurveys(c, enrolment.id)).slice(0, -1)
  return page(c, { title: words[language].surveys, content, breadcrumb, status: tried.problems ? 422 : 200 })
}

surveyRoutes.post(list, requirePerson, async (c) => {
  const enrolment = await enrolmentOf(c)
  if (!enrolment) return c.notFound()
  const { db, now, language, signedIn } = c.var
  if (!mayBegin(c, enrolment)) return refused(c, words[language].onlyReferents)
  const { value, problems, typed } = await readForm(c, beginning)
  if (problems) return showList(c, enrolment, { problems, typed })
  const survey = { ...value, points: Number(value.points), enrolmentId: enrolment.id }
  const created = await createSurvey(db, survey, { by: signedIn, at: now })
  return done(c, `${surveyPath(created)}/questionnaire`, words[language].created)
})

const home = `/surveys/${id('survey')}` as const

surveyRoutes.get(home, requirePerson, async (c) => {
  const found = await foundSurvey(c)
  return found ? showOverview(c, found) : c.notFound()
})

surveyRoutes.get(`${home}/settings`, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  return found instanceof Response ? found : showSettings(c, found, {})
})

surveyRoutes.post(`${home}/settings`, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  if (found instanceof Response) return found
  const { db, now, language, signedIn } = c.var
  const { value, problems, typed } = await readForm(c, settings)
  if (problems) return showSettings(c, found, { problems, typed, status: 422 })
  const { revision, ...wanted } = value
  const outcome = await saveSettings(db, found.survey.id, { settings: wanted, revision }, { by: signedIn, at: now })
  if ('refusal' in outcome) return c.notFound()
  if ('conflict' in outcome) return showSettings(c, found, { conflict: outcome.conflict, typed, status: 409 })
  return done(c, surveyPath(found.survey), words[language].saved)
})

const beginning = z.object({
  service: requiredText(120),
  family: choiceField(families),
  title: requiredText(120),
  points: choiceField(['5', '10']),
})

const settings = z.object({
  title: requiredText(120),
  service: requiredText(120),
  introduction: optionalText(1000),
  introductionEn: optionalText(1000),
  reached: optionalNumber({ least: 1, most: 10_000_000 }),
  closesOn: optionalDay,
  mostAnswers: optionalNumber({ least: 1, most: mostAnswersEver }),
  minimumCell: requiredNumber({ least: 5, most: 100 }),
  // An unreadable revision counts as none seen: then nothing is written over.
  revision: z.coerce.number().int().catch(0),
})

const verbs = {
  publish: async (c: Context<WebEnv>, found: Found) => {
    const { db, now, zone, language, signedIn } = c.var
    const refusal = await publishSurvey(db, found.survey.id, { by: signedIn, at: now, today: dayOf(now, zone) })
    if (refusal) return showOverview(c, found, words[language].publishRefusal[refusal])
    return done(c, surveyPath(found.survey), words[language].published)
  },
  close: async (c: Context<WebEnv>, found: Found) => {
    const { db, now, language, signedIn } = c.var
    const refusal = await closeSurvey(db, found.survey.id, { by: signedIn, at: now })
    if (refusal) return showOverview(c, found, words[language].closeRefusal[refusal])
    return done(c, surveyPath(found.survey), words[language].closed)
  },
  reopen: async (c: Context<WebEnv>, found: Found) => {
    const { db, now, language, signedIn } = c.var
    const refusal = await reopenSurvey(db, found.survey.id, { by: signedIn, at: now })
    if (refusal) return showOverview(c, found, words[language].closeRefusal[refusal])
    return done(c, surveyPath(found.survey), words[language].reopened)
  },
  repeat: async (c: Context<WebEnv>, found: Found) => {
    const { db, now, language, signedIn } = c.var
    const t = words[language]
    const outcome = await repeatSurvey(db, found.survey.id, words.it.repeatOf(found.survey.title).slice(0, 120), { by: signedIn, at: now })
    if ('refusal' in outcome) return showOverview(c, found, t.repeatRefusal[outcome.refusal])
    return done(c, surveyPath(outcome), t.repeated)
  },
}

for (const verb of ['publish', 'close', 'reopen', 'repeat'] as const) {
  // Whoever reloads the answer to one of these comes back to the survey.
  surveyRoutes.get(`${home}/${verb}`, requirePerson, async (c) => {
    const found = await foundSurvey(c)
    return found ? c.redirect(surveyPath(found.survey), 303) : c.notFound()
  })
  surveyRoutes.post(`${home}/${verb}`, requirePerson, async (c) => {
    const found = await workedSurvey(c)
    return found instanceof Response ? found : verbs[verb](c, found)
  })
}

async function showOverview(c: Context<WebEnv>, { survey, mayWork, isReferent }: Found, problem?: string) {
  const { db, now, zone, language, dates, baseUrl } = c.var
  const counts = await countBySource(db, survey.id)
  const standing = { today: dayOf(now, zone), received: counts.online + counts.paper + counts.import }
  const refusal = answerRefusal(survey, standing)
  const content = overviewPage({
    survey,
    state: stateOf(survey, standing),
    why: refusal && words[language].closedWhy[refusal],
    counts,
    mayWork,
    isReferent,
    first: survey.repeatsId === null ? null : ((await surveyById(db, survey.repeatsId)) ?? null),
    repetitions: await repetitionsOf(db, survey.id),
    baseUrl,
    language,
    dates,
    ...(problem && { problem }),
  })
  const breadcrumb = await crumbsToSurveys(c, survey.enrolmentId)
  return page(c, { title: survey.title, content, breadcrumb, status: problem ? 422 : 200 })
}

type Tried = { conflict?: Survey; problems?: Problems; typed?: Typed; status?: 200 | 409 | 422 }

function showSettings(c: Context<WebEnv>, found: Found, { status = 200, ...tried }: Tried) {
  const { language, dates } = c.var
  return surveyPageOf(c, found, {
    title: words[language].settings,
    content: settingsPage({ survey: found.survey, language, dates, ...tried }),
    status,
  })
}
