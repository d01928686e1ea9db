import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requireCoordinator, requireNationalCoordinator } from '../../people/require.ts'
import { isNationalCoordinator } from '../../people/rules.ts'
import { toProgramme } from '../../programmes/crumbs.ts'
import { findProgramme, type Programme } from '../../programmes/queries.ts'
import type { WebEnv } from '../../web/env.ts'
import { choiceField, manyField, optionalText, type Problems, readForm, requiredText, type Typed } from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done, page } from '../../web/respond.ts'
import { addIntakeQuestion, changeIntakeQuestion, moveIntakeQuestion, removeIntakeQuestion } from './actions.ts'
import { editQuestionForm, intakePage, newQuestionForm } from './pages.ts'
import { type IntakeQuestion, intakeQuestions } from './queries.ts'
import { nameFrom, type QuestionRefusal, questionKinds, readOptions } from './rules.ts'
import { words } from './words.ts'

export const intakeRoutes = new Hono<WebEnv>()

const intake = `/programmes/${id('id')}/intake`

intakeRoutes.get(intake, requireCoordinator, async (c) => {
  const programme = await findProgramme(c.var.db, Number(c.req.param('id')))
  return programme ? showIntake(c, programme) : c.notFound()
})

intakeRoutes.get(`${intake}/new`, requireNationalCoordinator, async (c) => {
  const programme = await findProgramme(c.var.db, Number(c.req.param('id')))
  return programme ? showNew(c, programme) : c.notFound()
})

intakeRoutes.post(intake, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  const { value, problems, typed } = await readForm(c, newQuestion)
  if (problems) return showNew(c, programme, problems, typed)

  const question = { ...value, name: value.name || nameFrom(value.label) }
  const outcome = await addIntakeQuestion(db, programme.id, question, { by: signedIn, at: now })
  if ('refusal' in outcome) return showNew(c, programme, beside(c, outcome.refusal), typed)
  return done(c, `/programmes/${programme.id}/intake`, words[language].created)
})

intakeRoutes.get(`${intake}/${id('question')}/edit`, requireNationalCoordinator, async (c) => {
  const found = await find(c)
  return found ? showEdit(c, found) : c.notFound()
})

intakeRoutes.post(`${intake}/${id('question')}/edit`, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const found = await find(c)
  if (!found) return c.notFound()
  const { value, problems, typed } = await readForm(c, changedQuestion)
  if (problems) return showEdit(c, found, problems, typed)

  const outcome = await changeIntakeQuestion(db, found.question.id, value, { by: signedIn, at: now })
  if ('refusal' in outcome) return showEdit(c, found, beside(c, outcome.refusal), typed)
  return done(c, `/programmes/${found.programme.id}/intake`, words[language].saved)
})

intakeRoutes.post(`${intake}/${id('question')}/remove`, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const found = await find(c)
  if (!found) return c.notFound()
  const outcome = await removeIntakeQuestion(db, found.question.id, { by: signedIn, at: now })
  if ('removed' in outcome) return done(c, `/programmes/${found.programme.id}/intake`, words[language].removed)

  const rules = outcome.rules.map((title) => `«${title}»`).join(', ')
  return showIntake(c, found.programme, words[language].removal[outcome.refusal](rules))
})

for (const direction of ['up', 'down'] as const)
  intakeRoutes.post(`${intake}/${id('question')}/${direction}`, requireNationalCoordinator, async (c) => {
    const { db, language, signedIn, now } = c.var
    const found = await find(c)
    if (!found) return c.notFound()
    const moved = await moveIntakeQuestion(db, found.question.id, direction, { by: signedIn, at: now })
    return done(c, `/programmes/${found.programme.id}/intake`, moved ? words[language].moved : words[language].notMoved)
  })

const changedQuestion = z.object({
  label: requiredText(300),
  help: optionalText(500),
  required: manyField.transform((values) => values.includes('yes')),
  options: optionalText(5000).transform(readOptions),
})
const newQuestion = changedQuestion.extend({ kind: choiceField(questionKinds), name: optionalText(40) })

type Found = { programme: Programme; question: IntakeQuestion }

async function find(c: Context<WebEnv>): Promise<Found | undefined> {
  const programme = await findProgramme(c.var.db, Number(c.req.param('id')))
  const questions = programme ? await intakeQuestions(c.var.db, programme.id) : []
  const question = questions.find((each) => each.id === Number(c.req.param('question')))
  return programme && question ? { programme, question } : undefined
}

async function showIntake(c: Context<WebEnv>, programme: Programme, refusal?: string) {
  const { db, language, signedIn } = c.var
  const questions = await intakeQuestions(db, programme.id)
  const content = intakePage(language, { programmeId: programme.id, questions, mayDefine: isNationalCoordinator(signedIn), refusal })
  return page(c, { title: words[language].title, content, breadcrumb: toProgramme(language, programme), status: refusal ? 422 : 200 })
}

function showNew(c: Context<WebEnv>, programme: Programme, problems: Problems | null = null, typed: Typed = {}) {
  const { language } = c.var
  const content = newQuestionForm(language, programme.id, problems, typed)
  return page(c, { title: words[language].create, content, breadcrumb: toIntake(c, programme), status: problems ? 422 : 200 })
}

function showEdit(c: Context<WebEnv>, { programme, question }: Found, problems: Problems | null = null, typed: Typed = {}) {
  const { language } = c.var
  const content = editQuestionForm(language, { programmeId: programme.id, question }, problems, typed)
  return page(c, { title: words[language].editTitle, content, breadcrumb: toIntake(c, programme), status: problems ? 422 : 200 })
}

const beside = (c: Context<WebEnv>, refusal: QuestionRefusal): Problems => ({
  [refusal.startsWith('name') ? 'name' : 'options']: words[c.var.language].refusal[refusal],
})

const toIntake = (c: Context<WebEnv>, programme: Programme) => [
  ...toProgramme(c.var.language, programme),
  { href: `/programmes/${programme.id}/intake`, label: words[c.var.language].title },
]
