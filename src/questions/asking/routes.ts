import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { formatNumber } from '../../language/numbers.ts'
import { checkFiles } from '../../pathways/assignments/files.ts'
import { words as fileWords } from '../../pathways/assignments/words.ts'
import { requirePerson } from '../../people/require.ts'
import { isReferent } from '../../people/rules.ts'
import type { WebEnv } from '../../web/env.ts'
import { optionalIdField, type Problems, readForm, requiredText, type Typed } from '../../web/forms.ts'
import { readable } from '../../web/lists.ts'
import { done, page, refused } from '../../web/respond.ts'
import { readFiles, withKeptFiles } from '../../web/uploads.ts'
import { askQuestion } from '../actions.ts'
import { recordSearch } from '../door/actions.ts'
import { draftFor, forgetDraft, keepDraft } from '../drafts/kept.ts'
import { words as draftWords } from '../drafts/words.ts'
import { longestSubject, longestText, saysSomething, visibilities } from '../rules.ts'
import { words } from '../words.ts'
import { behalfRoutes } from './behalf/routes.ts'
import { askPage, type Known } from './pages.ts'
import { placesToAsk, programmeToAskIn } from './queries.ts'

export const askingRoutes = new Hono<WebEnv>()

const subject = requiredText(longestSubject)
  .refine(saysSomething, 'required')
  .transform((text) => text.replace(/\s+/g, ' '))
const newQuestion = z.object({
  administration: optionalIdField.optional(),
  module: optionalIdField.optional(),
  subject,
  body: requiredText(longestText).refine(saysSomething, 'required'),
  // A form that says nothing about it closes the question: safer than opening it.
  visibility: z.enum(visibilities, 'choice').default('private'),
})
const nothingKnown: Known = { administrationId: null, moduleId: null }

askingRoutes.get('/questions/new', requirePerson, async (c) => {
  const { signedIn } = c.var
  if (!isReferent(signedIn)) return refused(c, words[c.var.language].refusal.not_a_referent)
  const asked = z.object({ administration: optionalIdField.optional(), module: optionalIdField.optional() }).safeParse(c.req.query())
  const known = {
    administrationId: asked.data?.administration ?? null,
    moduleId: asked.data?.module ?? null,
    subject: readable(c.req.query('subject')).slice(0, longestSubject),
  }
  const draft = await draftFor(c, '/questions')
  return showAskPage(c, known, 200, null, draft ?? {}, draft !== null)
})

askingRoutes.post('/questions', keepDraft, requirePerson, async (c) => {
  const { db, signedIn, now, language, uploads: folder } = c.var
  const t = words[language]
  if (!isReferent(signedIn)) return refused(c, t.refusal.not_a_referent)
  const { value, problems, typed } = await readForm(c, newQuestion)
  const checked = await checkFiles(await readFiles(c, 'files'))
  const filesProblem = 'problem' in checked && { files: fileWords[language].filesProblem[checked.problem](checked.name) }
  const administrationId = value?.administration ?? onlyOne(signedIn.administrations)
  if (!value || administrationId === null || 'problem' in checked) {
    const missing = value && administrationId === null && { administration: 'required' }
    return showAskPage(c, nothingKnown, 422, { ...problems, ...missing, ...filesProblem }, typed)
  }

  const moduleId = value.module ?? null
  const programmeId = await programmeToAskIn(db, { administrationId, moduleId })
  if (programmeId === undefined) return showAskPage(c, nothingKnown, 422, { body: t.noProgramme }, typed)
  const { subject, body, visibility } = value
  const question = { programmeId, moduleId, administrationId, subject, body, visibility }
  const outcome = await withKeptFiles(folder, checked.uploads, (files) =>
    askQuestion(db, { ...question, files }, { by: signedIn, at: now }),
  )
  if ('id' in outcome) {
    await recordSearch(db, { text: subject, outcome: 'asked', questionId: outcome.id, programmeId, moduleId, administrationId }, c.var)
    await forgetDraft(c)
    return done(c, `/questions/${outcome.id}`, t.asked)
  }
  if (outcome.refusal === 'not_a_referent') return c.notFound()
  const field = outcome.refusal === 'no_such_module' ? 'module' : 'body'
  return showAskPage(c, nothingKnown, outcome.refusal === 'too_many' ? 429 : 422, { [field]: t.refusal[outcome.refusal] }, typed)
})

askingRoutes.route('/', behalfRoutes)

/** The form; not found when the link names an administration or a module that is not this person's to ask about. */
async function showAskPage(
  c: Context<WebEnv>,
  known: Known,
  status: 200 | 422 | 429,
  problems: Problems | null = null,
  typed: Typed = {},
  isDraft = false,
) {
  const { db, signedIn, language } = c.var
  const place = await placesToAsk(db, signedIn)
  const knows = (rows: readonly { id: number }[], wanted: number | null) => wanted === null || rows.some(({ id }) => id === wanted)
  if (!knows(place.administrations, known.administrationId) || !knows(place.modules, known.moduleId)) return c.notFound()

  const from = { ...known, administrationId: known.administrationId ?? onlyOne(signedIn.administrations) }
  const kept = isDraft ? draftWords[language].given : null
  const content = askPage(language, { place, known: from, personId: signedIn.id, kept }, inWords(c, problems), typed)
  const breadcrumb = [{ href: '/questions', label: words[language].title }]
  return page(c, { title: words[language].newTitle, content, breadcrumb, status })
}

/** How long a text may be is worth saying. */
const inWords = (c: Context<WebEnv>, problems: Problems | null): Problems | null =>
  problems?.body === 'too_long' ? { ...problems, body: words[c.var.language].tooLong(formatNumber(longestText, c.var.language)) } : problems

const onlyOne = (ids: readonly number[]): number | null => (ids.length === 1 ? (ids[0] ?? null) : null)
