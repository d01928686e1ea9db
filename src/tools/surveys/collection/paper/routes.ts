import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { dayOf } from '../../../../language/dates.ts'
import { formatNumber } from '../../../../language/numbers.ts'
import { requirePerson } from '../../../../people/require.ts'
import type { WebEnv } from '../../../../web/env.ts'
import { readForm, type Typed } from '../../../../web/forms.ts'
import { id } from '../../../../web/paths.ts'
import { done } from '../../../../web/respond.ts'
import { type Found, surveyPageOf, workedSurvey } from '../../found.ts'
import { itemsOf } from '../../queries.ts'
import { readAnswers } from '../../questionnaire/read.ts'
import { surveyPath } from '../../survey.ts'
import { words } from '../words.ts'
import { keyIn, lastSheets, removeSheet } from './actions.ts'
import { keyingPage } from './pages.ts'
import { words as keyWords } from './words.ts'

export const keyingRoutes = new Hono<WebEnv>()

const home = `/surveys/${id('survey')}/answers` as const
const formPath = ({ survey }: Found) => `${surveyPath(survey)}/answers/new`

keyingRoutes.get(`${home}/new`, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  if (found instanceof Response) return found
  if (found.survey.publishedAt === null) return done(c, surveyPath(found.survey), keyWords[c.var.language].refusal.not_published)
  return showForm(c, found, {})
})

// A sheet with problems stays at this address: whoever reloads it comes back to an empty form.
keyingRoutes.get(home, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  return found instanceof Response ? found : c.redirect(formPath(found), 303)
})

keyingRoutes.post(home, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  if (found instanceof Response) return found
  const { db, now, zone, language, signedIn } = c.var
  const t = keyWords[language]
  const { typed } = await readForm(c, z.object({}))
  const read = readAnswers(await itemsOf(db, found.survey.id), found.survey.points, typed)
  const problems: Record<string, string> = Object.fromEntries(
    Object.entries(read.problems).map(([name, problem]) => [name, words[language].problem[problem]]),
  )
  const number = typeof typed.sheet === 'string' && /^[1-9]\d{0,5}$/.test(typed.sheet.trim()) ? Number(typed.sheet) : null
  if (number === null) problems.sheet = t.numberProblem
  if (number === null || Object.keys(problems).length > 0) return showForm(c, found, { typed, problems })

  const sheet = { number, answers: read.answers, today: dayOf(now, zone) }
  const refusal = await keyIn(db, found.survey.id, sheet, { by: signedIn, at: now })
  if (refusal) return showForm(c, found, { typed, problems: { sheet: t.refusal[refusal] } })
  return done(c, formPath(found), t.saved(formatNumber(number, language)))
})

keyingRoutes.post(`${home}/${id('sheet')}/remove`, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  if (found instanceof Response) return found
  const { db, now, language, signedIn } = c.var
  const t = keyWords[language]
  const number = Number(c.req.param('sheet'))
  const refusal = await removeSheet(db, found.survey.id, number, { by: signedIn, at: now })
  return done(c, formPath(found), refusal ? t.refusal[refusal] : t.removed(formatNumber(number, language)))
})

async function showForm(c: Context<WebEnv>, found: Found, tried: { typed?: Typed; problems?: Record<string, string> }) {
  const { db, language } = c.var
  const { survey } = found
  const content = keyingPage({ survey, items: await itemsOf(db, survey.id), language, ...(await lastSheets(db, survey.id)), ...tried })
  return surveyPageOf(c, found, { title: keyWords[language].title, content, status: tried.problems ? 422 : 200 })
}
