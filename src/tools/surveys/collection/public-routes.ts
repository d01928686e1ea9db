import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Database } from '../../../database/schema.ts'
import { dayOf } from '../../../language/dates.ts'
import { type Language, languages } from '../../../language/language.ts'
import { addressOf } from '../../../web/address.ts'
import { readBody } from '../../../web/body.ts'
import type { Html, WebEnv } from '../../../web/env.ts'
import type { Typed } from '../../../web/forms.ts'
import { countResponses, itemsOf, surveyByCode } from '../queries.ts'
import { readAnswers } from '../questionnaire/read.ts'
import { answerRefusal } from '../rules.ts'
import { type Item, publicPath, type Survey } from '../survey.ts'
import { receiveAnswer } from './actions.ts'
import { newFloodGuard } from './flood.ts'
import { formKeyOf, newFormToken } from './form-token.ts'
import { answerPage, busyPage, messagePage, thanksPage } from './pages.ts'
import { words } from './words.ts'

/** The questionnaires' own pages, for everybody. Mount before anything looks at who is signed in: here nobody is known. */
export function publicSurveyRoutes({ proxies }: { proxies: number }) {
  const routes = new Hono<WebEnv>()
  const guard = newFloodGuard()
  const recently = newCounts()
  const path = '/s/:code{[a-z0-9]{1,20}}' as const

  routes.use(`${path}/*`, quiet)
  routes.use(path, quiet)
  routes.use(path, bodyLimit({ maxSize: largestForm, onError: tooLarge }))

  routes.get(path, async (c) => {
    const survey = await surveyByCode(c.var.db, c.req.param('code'))
    if (!survey || survey.publishedAt === null) return c.notFound()
    const { db, now, zone } = c.var
    const refusal = answerRefusal(survey, { today: dayOf(now, zone), received: await recently(db, survey.id, now) })
    if (refusal) return closed(c, survey, refusal)
    return show(c, answerPage({ survey, items: await itemsOf(db, survey.id), language: asked(c), token: newFormToken(survey.formSecret) }))
  })

  routes.post(path, async (c) => {
    const { db, now, zone } = c.var
    const survey = await surveyByCode(db, c.req.param('code'))
    if (!survey || survey.publishedAt === null) return c.notFound()
    const today = dayOf(now, zone)
    const refusal = answerRefusal(survey, { today, received: await recently(db, survey.id, now) })
    if (refusal) return closed(c, survey, refusal)

    const typed = await typedIn(c)
    const seconds = guard.secondsToWait({ address: addressOf(c, proxies), surveyId: survey.id }, now)
    if (seconds > 0) {
      c.header('Retry-After', String(seconds))
      return show(c, busyPage({ survey, language: asked(c) }, { seconds, typed }), 429)
    }
    const items = await itemsOf(db, survey.id)
    const read = readAnswers(items, survey.points, typed)
    if (Object.keys(read.problems).length > 0 || Object.keys(read.answers).length === 0)
      return showProblems(c, { survey, items, typed, problems: read.problems })

    const formKey = formKeyOf(typed.form, survey.formSecret)
    if (!formKey) return show(c, again(c, { survey, items, typed }, { notice: words[asked(c)].oldForm }), 422)
    const refused = await receiveAnswer(db, survey, { formKey, answers: read.answers, today })
    if (refused) return closed(c, survey, refused)
    return c.redirect(`${publicPath(survey)}/thanks?lang=${asked(c)}`, 303)
  })

  routes.get(`${path}/thanks`, async (c) => {
    const survey = await surveyByCode(c.var.db, c.req.param('code'))
    if (!survey || survey.publishedAt === null) return c.notFound()
    return show(c, thanksPage({ survey, language: asked(c) }))
  })
  return routes
}

const largestForm = 256 * 1024

/** The language that the address asks for, else the browser's. */
const asked = (c: Context<WebEnv>): Language => languages.find((each) => each === c.req.query('lang')) ?? c.var.language

/** Each form is handed out once, and nothing of it stays on a shared device. */
async function quiet(c: Context<WebEnv>, next: () => Promise<void>) {
  await next()
  c.res.headers.set('Cache-Control', 'no-store')
}

const show = (c: Context<WebEnv>, content: Html, status: 200 | 410 | 413 | 422 | 429 = 200) => c.html(content, status)

function closed(c: Context<WebEnv>, survey: Survey, refusal: NonNullable<ReturnType<typeof answerRefusal>>) {
  const t = words[asked(c)]
  return show(c, messagePage({ survey, language: asked(c) }, t.closedTitle, t.closed[refusal]), 410)
}

async function tooLarge(c: Context<WebEnv>) {
  const survey = await surveyByCode(c.var.db, c.req.param('code') ?? '')
  const t = words[asked(c)]
  return survey ? show(c, messagePage({ survey, language: asked(c) }, t.tooLargeTitle, t.tooLarge), 413) : c.notFound()
}

async function typedIn(c: Context<WebEnv>): Promise<Typed> {
  const texts = Object.entries(await readBody(c)).map(([name, value]) => {
    const sent = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')
    return [name, sent.length > 1 ? sent : sent[0]] as const
  })
  return Object.fromEntries(texts)
}

type Tried = { survey: Survey; items: readonly Item[]; typed: Typed }

/** The form once more with what was typed; it keeps its token, or gets a new one where it had none of ours. */
function again(c: Context<WebEnv>, { survey, items, typed }: Tried, more: { notice?: string; problems?: Record<string, string> }) {
  const kept = formKeyOf(typed.form, survey.formSecret) === null ? newFormToken(survey.formSecret) : String(typed.form)
  return answerPage({ survey, items, language: asked(c), token: kept, typed, ...more })
}

function showProblems(c: Context<WebEnv>, { problems, ...tried }: Tried & { problems: ReturnType<typeof readAnswers>['problems'] }) {
  const t = words[asked(c)]
  const sentences = Object.fromEntries(Object.entries(problems).map(([name, problem]) => [name, t.problem[problem]]))
  const more = Object.keys(sentences).length === 0 ? { notice: t.nothing } : { problems: sentences }
  return show(c, again(c, tried, more), 422)
}

const countedFor = 5_000

/** How many answers a survey has, counted at most every five seconds; where it closes at a number, the action counts exactly. */
function newCounts() {
  const counted = new Map<number, { count: number; until: number }>()
  return async (db: Database, surveyId: number, now: Temporal.Instant): Promise<number> => {
    const kept = counted.get(surveyId)
    if (kept && now.epochMilliseconds < kept.until) return kept.count
    const count = await countResponses(db, surveyId)
    if (counted.size > 10_000) counted.clear()
    counted.set(surveyId, { count, until: now.epochMilliseconds + countedFor })
    return count
  }
}
