import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { dayOf } from '../../../language/dates.ts'
import { formatNumber } from '../../../language/numbers.ts'
import { requirePerson, requireStaff } from '../../../people/require.ts'
import { isCoordinator, isStaff } from '../../../people/rules.ts'
import type { WebEnv } from '../../../web/env.ts'
import { dayField, type FormResult, optionalText, type Problems, readForm, requiredText, type Typed } from '../../../web/forms.ts'
import { id } from '../../../web/paths.ts'
import { done, page, refused } from '../../../web/respond.ts'
import { saysSomething } from '../../rules.ts'
import { words as questionWords } from '../../words.ts'
import { changeFaqEntry, type FaqOutcome, publishFaqEntry, republishFaqEntry, withdrawFaqEntry } from '../actions.ts'
import { questionIn, withoutPersons } from '../cleaning/without-persons.ts'
import { acceptProposal, declineProposal, proposeFaqEntry } from '../proposals/actions.ts'
import { entryFrom, type FaqEntry, findFaqEntry, findSource, originOf, personsBehind, type Source, topics, topicValue } from '../queries.ts'
import { confirmEntry } from '../review/actions.ts'
import { curationRefusal, longestAnswer, longestQuestion, longestReason, publishRefusal, reviewDay } from '../rules.ts'
import { words } from '../words.ts'
import { type Draft, entryForm } from './pages.ts'

export const curationRoutes = new Hono<WebEnv>()

const oneLine = (text: string) => text.replace(/\s+/g, ' ')
const entry = z.object({
  question: requiredText(longestQuestion).refine(saysSomething, 'required').transform(oneLine),
  answer: requiredText(longestAnswer).refine(saysSomething, 'required'),
  questionEn: optionalText(longestQuestion).transform(oneLine),
  answerEn: optionalText(longestAnswer),
  topic: z.string({ error: 'required' }).regex(/^(programme|module)-\d{1,9}$/, 'required'),
  reviewOn: dayField,
})
/** Whoever proposes leaves the review date to whoever publishes. */
const proposal = entry.extend({ reviewOn: dayField.optional().catch(undefined) })

curationRoutes.get('/faq/new', requireStaff, (c) => showNew(c, 200))

curationRoutes.post('/faq', requireStaff, async (c) => {
  const form = await readForm(c, publishesAtOnce(c, null) ? entry : proposal)
  if (!form.value || wantsPreview(form)) return showNew(c, wantsPreview(form) ? 200 : 422, form)
  const outcome = await write(c, { ...(await wordingOf(c, form.value)), answerId: null })
  return 'id' in outcome ? written(c, outcome.id) : showNew(c, 422, form, problemsOf(c, outcome))
})

curationRoutes.get(`/questions/${id('id')}/faq`, requirePerson, async (c) => {
  const source = await sourceAsked(c)
  if (!source) return c.notFound()
  const made = await entryFrom(c.var.db, source.answerId)
  return made ? c.redirect(await pageOf(c, made, source)) : showProposal(c, source, 200)
})

curationRoutes.post(`/questions/${id('id')}/faq`, requirePerson, async (c) => {
  const source = await sourceAsked(c)
  if (!source) return c.notFound()
  const form = await readForm(c, publishesAtOnce(c, source) ? entry : proposal)
  if (!form.value || wantsPreview(form)) return showProposal(c, source, wantsPreview(form) ? 200 : 422, form)
  const outcome = await write(c, { ...(await wordingOf(c, form.value)), answerId: source.answerId }, source)
  return 'id' in outcome ? written(c, outcome.id, source) : showProposal(c, source, 422, form, problemsOf(c, outcome))
})

curationRoutes.get(`/faq/${id('id')}/edit`, requireStaff, async (c) => {
  const found = await entryAsked(c)
  if (!found) return c.notFound()
  const refusal = await editRefusal(c, found)
  return refusal ? refused(c, words[c.var.language].refusal[refusal]) : showEdit(c, found, 200)
})

curationRoutes.post(`/faq/${id('id')}/edit`, requireStaff, async (c) => {
  const { db, signedIn, now, language } = c.var
  const found = await entryAsked(c)
  if (!found) return c.notFound()
  const refusal = await editRefusal(c, found)
  if (refusal) return refused(c, words[language].refusal[refusal])
  const form = await readForm(c, entry)
  if (!form.value || wantsPreview(form)) return showEdit(c, found, wantsPreview(form) ? 200 : 422, form)

  const change = found.state === 'proposed' ? acceptProposal : changeFaqEntry
  const outcome = await change(db, found.id, await wordingOf(c, form.value), { by: signedIn, at: now })
  if ('id' in outcome) return done(c, `/faq/${found.id}`, found.state === 'proposed' ? words[language].madePublic : words[language].saved)
  return showEdit(c, found, 422, form, problemsOf(c, outcome))
})

curationRoutes.post(`/faq/${id('id')}/decline`, requireStaff, async (c) => {
  const { value } = await readForm(c, z.object({ reason: requiredText(longestReason).refine(saysSomething, 'required') }))
  // Without a reason nothing is decided: the page is shown again as it was.
  if (!value && isCoordinator(c.var.signedIn)) return done(c, `/faq/${c.req.param('id')}`)
  return setState(c, (db, entryId, who) => declineProposal(db, entryId, value?.reason ?? '', who), words[c.var.language].declined)
})

curationRoutes.post(`/faq/${id('id')}/withdraw`, requireStaff, (c) => setState(c, withdrawFaqEntry, words[c.var.language].taken))
curationRoutes.post(`/faq/${id('id')}/publish`, requireStaff, (c) => setState(c, republishFaqEntry, words[c.var.language].madePublic))
curationRoutes.post(`/faq/${id('id')}/confirm`, requireStaff, (c) => setState(c, confirmEntry, words[c.var.language].confirmed))

async function setState(c: Context<WebEnv>, change: typeof withdrawFaqEntry, sentence: string) {
  const found = await entryAsked(c)
  if (!found) return c.notFound()
  const { refusal } = await change(c.var.db, found.id, { by: c.var.signedIn, at: c.var.now })
  return refusal ? refused(c, words[c.var.language].refusal[refusal]) : done(c, `/faq/${found.id}`, sentence)
}

const entryAsked = (c: Context<WebEnv>) => findFaqEntry(c.var.db, Number(c.req.param('id')), c.var.signedIn)

/** A proposal is read and published by coordinators, an entry changed by whoever looks after it. */
async function editRefusal(c: Context<WebEnv>, found: FaqEntry) {
  if (found.state === 'proposed') return publishRefusal(c.var.signedIn)
  const origin = await originOf(c.var.db, found.id, c.var.signedIn)
  return curationRefusal(c.var.signedIn, { ownerId: origin?.owner.id ?? 0 })
}

/** The answer that the address names, of the question that it names. */
async function sourceAsked(c: Context<WebEnv>): Promise<Source | undefined> {
  const answerId = c.req.query('answer') ?? ''
  const source = /^\d{1,9}$/.test(answerId) ? await findSource(c.var.db, Number(answerId), c.var.signedIn) : undefined
  return source?.questionId === Number(c.req.param('id')) ? source : undefined
}

type Given = FormResult<{ question: string }>
const nothingGiven = { problems: null, typed: {} as Typed }
const wantsPreview = ({ typed }: Given) => typed.step === 'preview'

/** Whoever knows what to take out publishes at once, where they may; the others propose. */
const publishesAtOnce = (c: Context<WebEnv>, source: Source | null) => isCoordinator(c.var.signedIn) && (source?.readsNames ?? true)

function write(c: Context<WebEnv>, entry: Parameters<typeof publishFaqEntry>[1], source: Source | null = null): Promise<FaqOutcome> {
  const { db, signedIn, now } = c.var
  return publishesAtOnce(c, source)
    ? publishFaqEntry(db, entry, { by: signedIn, at: now })
    : proposeFaqEntry(db, entry, { by: signedIn, at: now })
}

async function written(c: Context<WebEnv>, entryId: number, source: Source | null = null) {
  const t = words[c.var.language]
  return done(c, await pageOf(c, entryId, source), publishesAtOnce(c, source) ? t.madePublic : t.wasProposed)
}

/** Where the entry can be read by whoever made it; a referent's proposal can't be yet. */
async function pageOf(c: Context<WebEnv>, entryId: number, source: Source | null) {
  const shown = isStaff(c.var.signedIn) || (await findFaqEntry(c.var.db, entryId, c.var.signedIn))
  return shown || !source ? `/faq/${entryId}` : `/questions/${source.questionId}`
}

async function showNew(c: Context<WebEnv>, status: 200 | 422, given: Shown = nothingGiven, problems = given.problems) {
  const t = words[c.var.language]
  const draft = { question: '', answer: '', topic: '', reviewOn: nextReview(c) }
  const publishes = publishesAtOnce(c, null)
  const form = { title: t.newTitle, intro: t.newIntro, action: '/faq', submit: publishes ? t.publish : t.propose, draft, source: null }
  return show(c, { ...form, withReview: publishes }, status, given.typed, problems)
}

async function showProposal(c: Context<WebEnv>, source: Source, status: 200 | 422, given: Shown = nothingGiven, problems = given.problems) {
  const t = words[c.var.language]
  // What is taken out would show who asked to those who may not know: they get the text without greetings and contacts only.
  const persons = source.readsNames ? await personsBehind(c.var.db, source.answerId) : { names: [], emails: [], administrations: [] }
  const clean = (text: string) => withoutPersons(text, persons)
  const draft = {
    question: questionIn(clean(source.subject), clean(source.body)),
    answer: clean(source.answer),
    topic: topicValue(source),
    reviewOn: nextReview(c),
  }
  const publishes = publishesAtOnce(c, source)
  const purpose = publishes
    ? { title: t.proposalTitle, intro: t.proposalIntro, submit: t.publish }
    : { title: t.proposeTitle, intro: t.proposeIntro, submit: t.propose }
  const action = `/questions/${source.questionId}/faq?answer=${source.answerId}`
  return show(c, { ...purpose, action, draft, source, withReview: publishes }, status, given.typed, problems)
}

async function showEdit(c: Context<WebEnv>, found: FaqEntry, status: 200 | 422, given: Shown = nothingGiven, problems = given.problems) {
  const t = words[c.var.language]
  const { question, answer, questionEn, answerEn, state } = found
  const draft = { question, answer, questionEn, answerEn, topic: topicValue(found), reviewOn: found.reviewOn.toString() }
  const purpose = state === 'proposed' ? { title: t.acceptTitle, submit: t.publish } : { title: t.editTitle, submit: t.save }
  const form = { ...purpose, intro: null, action: `/faq/${found.id}/edit`, draft, source: null, withReview: true }
  return show(c, form, status, given.typed, problems)
}

type Shown = { problems: Problems | null; typed: Typed }
type Purpose = {
  title: string
  intro: string | null
  action: string
  submit: string
  draft: Draft
  source: Source | null
  withReview: boolean
}

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

type Worded = Omit<z.output<typeof entry>, 'reviewOn'> & { reviewOn?: string | undefined }

async function wordingOf(c: Context<WebEnv>, { question, answer, questionEn, answerEn, topic, reviewOn }: Worded) {
  const chosen = (await topics(c.var.db)).find(({ value }) => value === topic)
  const place = { programmeId: chosen?.programmeId ?? 0, moduleId: chosen?.moduleId ?? null }
  return { ...place, question, answer, questionEn, answerEn, reviewOn: reviewOn ?? nextReview(c) }
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

const nextReview = (c: Context<WebEnv>) => reviewDay(dayOf(c.var.now, c.var.zone)).toString()
