import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { formatNumber } from '../language/numbers.ts'
import { requirePerson } from '../people/require.ts'
import { isReferent, isStaff } from '../people/rules.ts'
import type { WebEnv } from '../web/env.ts'
import { optionalIdField, type Problems, readForm, requiredText, type Typed } from '../web/forms.ts'
import { readList } from '../web/lists.ts'
import { id } from '../web/paths.ts'
import { done, fragment, page, refused, wantsFragment } from '../web/respond.ts'
import { answerQuestion, askQuestion, markSolved } from './actions.ts'
import { askPage, type Known, questionList, questionPage, questionsPage, type Viewing } from './pages.ts'
import {
  answersTo,
  findQuestion,
  listQuestions,
  modulesAskedAbout,
  placesToAsk,
  programmeToAskIn,
  type Question,
  questionFilters,
  questionSorts,
} from './queries.ts'
import { answerRefusal, longestSubject, longestText, saysSomething, solveRefusal } from './rules.ts'
import { words } from './words.ts'

export const questionRoutes = new Hono<WebEnv>()

const written = requiredText(longestText).refine(saysSomething, 'required')
const subject = requiredText(longestSubject)
  .refine(saysSomething, 'required')
  .transform((text) => text.replace(/\s+/g, ' '))
const newQuestion = z.object({ administration: optionalIdField.optional(), module: optionalIdField.optional(), subject, body: written })
const newAnswer = z.object({ body: written })
const nothingKnown: Known = { administrationId: null, moduleId: null }

questionRoutes.get('/questions', requirePerson, async (c) => {
  const { db, signedIn, language } = c.var
  const list = readList(c, questionSorts, questionFilters)
  const listed = { list, ...(await listQuestions(db, list, signedIn)) }
  if (wantsFragment(c)) return fragment(c, questionList(viewing(c), listed))
  const content = questionsPage(viewing(c), listed, await modulesAskedAbout(db, signedIn))
  return page(c, { title: words[language].title, content })
})

questionRoutes.get('/questions/new', requirePerson, async (c) => {
  const { signedIn } = c.var
  if (!isReferent(signedIn)) return refused(c, words[c.var.language].refusal.not_a_referent)
  const asked = z.object({ administration: optionalIdField.optional(), module: optionalIdField.optional() }).safeParse(c.req.query())
  const known = { administrationId: asked.data?.administration ?? null, moduleId: asked.data?.module ?? null }
  return showAskPage(c, known, 200)
})

questionRoutes.post('/questions', requirePerson, async (c) => {
  const { db, signedIn, now, language } = c.var
  const t = words[language]
  if (!isReferent(signedIn)) return refused(c, t.refusal.not_a_referent)
  const { value, problems, typed } = await readForm(c, newQuestion)
  const administrationId = value?.administration ?? onlyOne(signedIn.administrations)
  if (!value || administrationId === null) return showAskPage(c, nothingKnown, 422, problems ?? { administration: 'required' }, typed)

  const moduleId = value.module ?? null
  const programmeId = await programmeToAskIn(db, { administrationId, moduleId })
  if (programmeId === undefined) return showAskPage(c, nothingKnown, 422, { body: t.noProgramme }, typed)
  const question = { programmeId, moduleId, administrationId, subject: value.subject, body: value.body }
  const outcome = await askQuestion(db, question, { by: signedIn, at: now })
  if ('id' in outcome) return done(c, `/questions/${outcome.id}`, t.asked)
  if (outcome.refusal === 'not_a_referent') return c.notFound()
  const field = outcome.refusal === 'no_such_module' ? 'module' : 'body'
  return showAskPage(c, nothingKnown, 422, { [field]: t.refusal[outcome.refusal] }, typed)
})

questionRoutes.get(`/questions/${id('id')}`, requirePerson, async (c) => {
  const question = await findQuestion(c.var.db, Number(c.req.param('id')), c.var.signedIn)
  return question ? showQuestion(c, question, 200) : c.notFound()
})

questionRoutes.post(`/questions/${id('id')}/answers`, requirePerson, async (c) => {
  const { db, signedIn, now, language } = c.var
  const t = words[language]
  const question = await findQuestion(db, Number(c.req.param('id')), signedIn)
  if (!question) return c.notFound()
  const { value, problems, typed } = await readForm(c, newAnswer)
  if (problems) return showQuestion(c, question, 422, problems, typed)

  const outcome = await answerQuestion(db, question.id, value, { by: signedIn, at: now })
  if ('id' in outcome) return done(c, `/questions/${question.id}#answer-${outcome.id}`, isStaff(signedIn) ? t.answered : t.added)
  return outcome.refusal === 'not_found' ? c.notFound() : showQuestion(c, question, 422, { body: t.refusal[outcome.refusal] }, typed)
})

questionRoutes.post(`/questions/${id('id')}/solved`, requirePerson, async (c) => {
  const { db, signedIn, now, language } = c.var
  const questionId = Number(c.req.param('id'))
  const { refusal } = await markSolved(db, questionId, { by: signedIn, at: now })
  if (refusal === 'not_found') return c.notFound()
  return refusal ? refused(c, words[language].refusal[refusal]) : done(c, `/questions/${questionId}`, words[language].solved)
})

/** The form; not found when the link names an administration or a module that is not this person's to ask about. */
async function showAskPage(c: Context<WebEnv>, known: Known, status: 200 | 422, problems: Problems | null = null, typed: Typed = {}) {
  const { db, signedIn, language } = c.var
  const place = await placesToAsk(db, signedIn)
  const knows = (rows: readonly { id: number }[], wanted: number | null) => wanted === null || rows.some(({ id }) => id === wanted)
  if (!knows(place.administrations, known.administrationId) || !knows(place.modules, known.moduleId)) return c.notFound()

  const from = { ...known, administrationId: known.administrationId ?? onlyOne(signedIn.administrations) }
  const content = askPage(language, place, from, inWords(c, problems), typed)
  return page(c, { title: words[language].newTitle, content, breadcrumb: toList(c), status })
}

async function showQuestion(
  c: Context<WebEnv>,
  question: Question,
  status: 200 | 422,
  problems: Problems | null = null,
  typed: Typed = {},
) {
  const { db, signedIn } = c.var
  const answers = await answersTo(db, question.id, signedIn)
  const allowed = {
    mayAnswer: answerRefusal(question, signedIn) === null,
    maySolve: question.solvedAt === null && solveRefusal(question, signedIn) === null,
  }
  const content = questionPage(viewing(c), { question, answers, allowed }, inWords(c, problems), typed)
  return page(c, { title: question.subject, content, breadcrumb: toList(c), status })
}

/** How long a text may be is worth saying. */
const inWords = (c: Context<WebEnv>, problems: Problems | null): Problems | null =>
  problems?.body === 'too_long' ? { ...problems, body: words[c.var.language].tooLong(formatNumber(longestText, c.var.language)) } : problems

const viewing = (c: Context<WebEnv>): Viewing => ({
  language: c.var.language,
  dates: c.var.dates,
  asStaff: isStaff(c.var.signedIn),
  mayAsk: isReferent(c.var.signedIn),
})

const toList = (c: Context<WebEnv>) => [{ href: '/questions', label: words[c.var.language].title }]

const onlyOne = (ids: readonly number[]): number | null => (ids.length === 1 ? (ids[0] ?? null) : null)
