import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { dayOf } from '../../../language/dates.ts'
import { formatNumber } from '../../../language/numbers.ts'
import { requireStaff } from '../../../people/require.ts'
import type { WebEnv } from '../../../web/env.ts'
import { dayField, type FormResult, type Problems, readForm, requiredText, type Typed } from '../../../web/forms.ts'
import { id } from '../../../web/paths.ts'
import { done, page, refused } from '../../../web/respond.ts'
import { saysSomething } from '../../rules.ts'
import { words as questionWords } from '../../words.ts'
import { changeFaqEntry, type FaqOutcome, publishFaqEntry, republishFaqEntry, withdrawFaqEntry } from '../actions.ts'
import { questionIn, withoutPersons } from '../cleaning/without-persons.ts'
import { entryFrom, type FaqEntry, findFaqEntry, findSource, personsBehind, type Source, topics, topicValue } from '../queries.ts'
import { longestAnswer, longestQuestion, reviewDay } from '../rules.ts'
import { words } from '../words.ts'
import { type Draft, entryForm } from './pages.ts'

export const curationRoutes = new Hono<WebEnv>()

const topic = z.string({ error: 'required' }).regex(/^(programme|module)-\d{1,9}$/, 'required')
const entry = z.object({
  question: requiredText(longestQuestion)
    .refine(saysSomething, 'required')
    .transform((text) => text.replace(/\s+/g, ' ')),
  answer: requiredText(longestAnswer).refine(saysSomething, 'required'),
  topic,
  reviewOn: dayField,
})

curationRoutes.get('/faq/new', requireStaff, (c) => showNew(c, 200))

curationRoutes.post('/faq', requireStaff, async (c) => {
  const { db, signedIn, now } = c.var
  const form = await readForm(c, entry)
  if (!form.value || wantsPreview(form)) return showNew(c, wantsPreview(form) ? 200 : 422, form)

  const outcome = await publishFaqEntry(db, { ...(await wordingOf(c, form.value)), answerId: null }, { by: signedIn, at: now })
  return 'id' in outcome ? published(c, outcome.id) : showNew(c, 422, form, problemsOf(c, outcome))
})

curationRoutes.get(`/questions/${id('id')}/faq`, requireStaff, async (c) => {
  const source = await sourceAsked(c)
  if (!source) return c.notFound()
  const made = await entryFrom(c.var.db, source.answerId)
  return made ? c.redirect(`/faq/${made}`) : showProposal(c, source, 200)
})

curationRoutes.post(`/questions/${id('id')}/faq`, requireStaff, async (c) => {
  const { db, signedIn, now } = c.var
  const source = await sourceAsked(c)
  if (!source) return c.notFound()
  const form = await readForm(c, entry)
  if (!form.value || wantsPreview(form)) return showProposal(c, source, wantsPreview(form) ? 200 : 422, form)

  const outcome = await publishFaqEntry(db, { ...(await wordingOf(c, form.value)), answerId: source.answerId }, { by: signedIn, at: now })
  return 'id' in outcome ? published(c, outcome.id) : showProposal(c, source, 422, form, problemsOf(c, outcome))
})

curationRoutes.get(`/faq/${id('id')}/edit`, requireStaff, async (c) => {
  const found = await entryAsked(c)
  return found ? showEdit(c, found, 200) : c.notFound()
})

curationRoutes.post(`/faq/${id('id')}/edit`, requireStaff, async (c) => {
  const { db, signedIn, now, language } = c.var
  const found = await entryAsked(c)
  if (!found) return c.notFound()
  const form = await readForm(c, entry)
  if (!form.value || wantsPreview(form)) return showEdit(c, found, wantsPreview(form) ? 200 : 422, form)

  const outcome = await changeFaqEntry(db, found.id, await wordingOf(c, form.value), { by: signedIn, at: now })
  if ('id' in outcome) return done(c, `/faq/${found.id}`, words[language].saved)
  return showEdit(c, found, 422, form, problemsOf(c, outcome))
})

curationRoutes.post(`/faq/${id('id')}/withdraw`, requireStaff, (c) => setPublished(c, withdrawFaqEntry, words[c.var.language].taken))
curationRoutes.post(`/faq/${id('id')}/publish`, requireStaff, (c) => setPublished(c, republishFaqEntry, words[c.var.language].madePublic))

async function setPublished(c: Context<WebEnv>, change: typeof withdrawFaqEntry, sentence: string) {
  const found = await entryAsked(c)
  if (!found) return c.notFound()
  const { refusal } = await change(c.var.db, found.id, { by: c.var.signedIn, at: c.var.now })
  return refusal ? refused(c, words[c.var.language].refusal[refusal]) : done(c, `/faq/${found.id}`, sentence)
}

const entryAsked = (c: Context<WebEnv>) => findFaqEntry(c.var.db, Number(c.req.param('id')), c.var.signedIn)

/** The answer that the address names, of the question that it names. */
async function sourceAsked(c: Context<WebEnv>): Promise<Source | undefined> {
  const answerId = c.req.query('answer') ?? ''
  const source = /^\d{1,9}$/.test(answerId) ? await findSource(c.var.db, Number(answerId), c.var.signedIn) : undefined
  return source?.questionId === Number(c.req.param('id')) ? source : undefined
}

type Given = FormResult<z.output<typeof entry>>
const nothingGiven = { problems: null, typed: {} as Typed }
const wantsPreview = ({ typed }: Given) => typed.step === 'preview'

async function showNew(c: Context<WebEnv>, status: 200 | 422, given: Shown = nothingGiven, problems = given.problems) {
  const t = words[c.var.language]
  const draft = { question: '', answer: '', topic: '', reviewOn: nextReview(c) }
  return show(
    c,
    { title: t.newTitle, intro: t.newIntro, action: '/faq', submit: t.publish, draft, source: null },
    status,
    given.typed,
    problems,
  )
}

async function showProposal(c: Context<WebEnv>, source: Source, status: 200 | 422, given: Shown = nothingGiven, problems = given.problems) {
  const t = words[c.var.language]
  const persons = await personsBehind(c.var.db, source.answerId)
  const clean = (text: string) => withoutPersons(text, persons)
  const draft = {
    question: questionIn(clean(source.subject), clean(source.body)),
    answer: clean(source.answer),
    topic: topicValue(source),
    reviewOn: nextReview(c),
  }
  const action = `/questions/${source.questionId}/faq?answer=${source.answerId}`
  return show(
    c,
    { title: t.proposalTitle, intro: t.proposalIntro, action, submit: t.publish, draft, source },
    status,
    given.typed,
    problems,
  )
}

async function showEdit(c: Context<WebEnv>, found: FaqEntry, status: 200 | 422, given: Shown = nothingGiven, problems = given.problems) {
  const t = words[c.var.language]
  const draft = { question: found.question, answer: found.answer, topic: topicValue(found), reviewOn: found.reviewOn.toString() }
  const form = { title: t.editTitle, intro: null, action: `/faq/${found.id}/edit`, submit: t.save, draft, source: null }
  return show(c, form, status, given.typed, problems)
}

type Shown = { problems: Problems | null; typed: Typed }
type Purpose = { title: string; intro: string | null; action: string; submit: string; draft: Draft; source: Source | null }

async function show(c: Context<WebEnv>, purpose: Purpose, status: 200 | 422, typed: Typed, problems: Problems | null) {
  const { db, language } = c.var
  const content = entryForm(language, { ...purpose, topics: await topics(db), problems: inWords(c, problems), typed })
  const { source } = purpose
  const breadcrumb = source
    ? [
        { href: '/questions', label: questionWords[language].title },
        { href: `/questions/${source.questionId}`, label: source.subject },
      ]
    : [{ href: '/faq', label: words[language].title }]
  return page(c, { title: purpose.title, content, breadcrumb, status })
}

async function wordingOf(c: Context<WebEnv>, { question, answer, topic, reviewOn }: z.output<typeof entry>) {
  const chosen = (await topics(c.var.db)).find(({ value }) => value === topic)
  return { programmeId: chosen?.programmeId ?? 0, moduleId: chosen?.moduleId ?? null, question, answer, reviewOn }
}

/** What the action refused, beside the field that it is about. */
function problemsOf(c: Context<WebEnv>, outcome: Exclude<FaqOutcome, { id: number }>): Problems {
  const t = words[c.var.language]
  if (outcome.refusal !== 'names_somebody')
    return { [outcome.refusal === 'no_such_topic' ? 'topic' : 'answer']: t.refusal[outcome.refusal] }
  const { question, answer } = outcome.named
  return { ...(question.length > 0 && { question: t.names(question) }), ...(answer.length > 0 && { answer: t.names(answer) }) }
}

const inWords = (c: Context<WebEnv>, problems: Problems | null): Problems | null =>
  problems?.answer === 'too_long'
    ? { ...problems, answer: words[c.var.language].tooLong(formatNumber(longestAnswer, c.var.language)) }
    : problems

const published = (c: Context<WebEnv>, entryId: number) => done(c, `/faq/${entryId}`, words[c.var.language].madePublic)

const nextReview = (c: Context<WebEnv>) => reviewDay(dayOf(c.var.now, c.var.zone)).toString()
