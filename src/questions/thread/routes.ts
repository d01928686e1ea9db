import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { formatNumber } from '../../language/numbers.ts'
import { checkFiles } from '../../pathways/assignments/files.ts'
import { words as fileWords } from '../../pathways/assignments/words.ts'
import { requirePerson } from '../../people/require.ts'
import { isReferentOf, isStaff } from '../../people/rules.ts'
import type { WebEnv } from '../../web/env.ts'
import { choiceField, type Problems, readForm, requiredText, type Typed } from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done, page, refused } from '../../web/respond.ts'
import { readFiles, sendFile, withKeptFiles } from '../../web/uploads.ts'
import { answerQuestion, type Who } from '../actions.ts'
import { draftFor, forgetDraft, keepDraft } from '../drafts/kept.ts'
import { words as draftWords } from '../drafts/words.ts'
import { followingPart } from '../following/part.ts'
import { findQuestion, type Question } from '../queries.ts'
import { deskPart, helpsPart, inserted } from '../queue/part.ts'
import {
  answerRefusal,
  longestText,
  looksAfter,
  reopenRefusal,
  saysSomething,
  solveRefusal,
  verifyRefusal,
  visibilities,
  visibilityRefusal,
} from '../rules.ts'
import { words } from '../words.ts'
import { changeVisibility, markSolved, reopenQuestion, verifyAnswer } from './actions.ts'
import { questionPage } from './pages.ts'
import { answersTo, filesOf, findFile } from './queries.ts'

/** One question with its answers, and what its readers do with it. */
export const threadRoutes = new Hono<WebEnv>()

const question = `/questions/${id('id')}` as const
const newAnswer = z.object({ body: requiredText(longestText).refine(saysSomething, 'required') })

threadRoutes.get(question, requirePerson, async (c) => {
  const found = await questionAsked(c)
  if (!found) return c.notFound()
  // Who may not read the other finds nothing there either.
  if (found.mergedInto && !looksAfter(found, c.var.signedIn)) return c.redirect(`/questions/${found.mergedInto}`)
  const draft = await draftFor(c, `/questions/${found.id}/answers`)
  return showQuestion(c, found, 200, null, draft ?? {}, draft !== null)
})

threadRoutes.post(`${question}/answers`, keepDraft, requirePerson, async (c) => {
  const { db, signedIn, now, language, uploads: folder } = c.var
  const found = await questionAsked(c)
  if (!found) return c.notFound()
  const t = words[language]
  const { value, problems, typed } = await readForm(c, newAnswer)
  const withMore = isStaff(signedIn) ? await inserted(db, typed) : null
  if (withMore !== null) return showQuestion(c, found, 200, null, { ...typed, body: withMore })
  const checked = await checkFiles(await readFiles(c, 'files'))
  const filesProblem = 'problem' in checked && { files: fileWords[language].filesProblem[checked.problem](checked.name) }
  if (problems || 'problem' in checked) return showQuestion(c, found, 422, { ...problems, ...filesProblem }, typed)

  const outcome = await withKeptFiles(folder, checked.uploads, (files) =>
    answerQuestion(db, found.id, { body: value.body, files }, { by: signedIn, at: now }),
  )
  if ('id' in outcome) {
    await forgetDraft(c)
    return done(c, `/questions/${found.id}#answer-${outcome.id}`, isStaff(signedIn) ? t.answered : t.added)
  }
  if (outcome.refusal === 'not_found') return c.notFound()
  return showQuestion(c, found, outcome.refusal === 'too_many_answers' ? 429 : 422, { body: t.refusal[outcome.refusal] }, typed)
})

threadRoutes.post(`${question}/solved`, requirePerson, (c) => change(c, (who, asked) => markSolved(c.var.db, asked, who), 'solved'))

threadRoutes.post(`${question}/answers/${id('answer')}/solved`, requirePerson, (c) => {
  const answerId = Number(c.req.param('answer'))
  return change(c, (who, asked) => markSolved(c.var.db, asked, who, { answerId }), 'solved')
})

threadRoutes.post(`${question}/answers/${id('answer')}/verified`, requirePerson, (c) => {
  const answerId = Number(c.req.param('answer'))
  return change(c, (who, questionId) => verifyAnswer(c.var.db, { questionId, answerId }, who), 'verifiedNow')
})

threadRoutes.post(`${question}/reopened`, requirePerson, (c) => change(c, (who, asked) => reopenQuestion(c.var.db, asked, who), 'reopened'))

threadRoutes.post(`${question}/visibility`, requirePerson, async (c) => {
  const { value } = await readForm(c, z.object({ visibility: choiceField(visibilities) }))
  if (!value) return (await questionAsked(c)) ? refused(c) : c.notFound()
  return change(c, (who, asked) => changeVisibility(c.var.db, asked, value.visibility, who), 'visibilityChanged')
})

threadRoutes.get(`${question}/files/${id('file')}`, requirePerson, async (c) => {
  const asked = { questionId: Number(c.req.param('id')), fileId: Number(c.req.param('file')) }
  const file = await findFile(c.var.db, asked, c.var.signedIn)
  return file ? sendFile(c, file) : c.notFound()
})

type Refusal = keyof (typeof words)['it']['refusal']

/** A verb without a form of its own: done, refused in words, or not found. */
async function change(
  c: Context<WebEnv>,
  verb: (who: Who, questionId: number) => Promise<{ refusal: Refusal | null }>,
  said: 'solved' | 'reopened' | 'verifiedNow' | 'visibilityChanged',
) {
  const t = words[c.var.language]
  const questionId = Number(c.req.param('id'))
  const { refusal } = await verb({ by: c.var.signedIn, at: c.var.now }, questionId)
  if (refusal === 'not_found') return c.notFound()
  return refusal ? refused(c, t.refusal[refusal]) : done(c, `/questions/${questionId}`, t[said])
}

const questionAsked = (c: Context<WebEnv>): Promise<Question | undefined> =>
  findQuestion(c.var.db, Number(c.req.param('id')), c.var.signedIn)

async function showQuestion(
  c: Context<WebEnv>,
  found: Question,
  status: 200 | 422 | 429,
  problems: Problems | null = null,
  typed: Typed = {},
  isDraft = false,
) {
  const { db, signedIn, language } = c.var
  const asStaff = isStaff(signedIn)
  const allowed = {
    mayAnswer: answerRefusal(found, signedIn) === null,
    asStaff,
    fromOutside: !asStaff && !isReferentOf(signedIn, found.administrationId),
    maySolve: found.solvedAt === null && solveRefusal(found, signedIn) === null,
    mayReopen: reopenRefusal(found, signedIn) === null,
    mayVerify: verifyRefusal(found, signedIn) === null,
    mayPropose: true,
    mayChangeVisibility: visibilityRefusal(found, signedIn, 'private', false) === null,
  }
  const thread = {
    question: found,
    answers: await answersTo(db, found.id, signedIn),
    files: await filesOf(db, found.id),
    allowed,
    personId: signedIn.id,
    following: await followingPart(c, found),
    desk: looksAfter(found, signedIn) ? await deskPart(c, found) : null,
    helps: asStaff && allowed.mayAnswer ? await helpsPart(c, found) : null,
    kept: isDraft ? draftWords[language].given : null,
  }
  const content = questionPage(c.var, thread, inWords(c, problems), typed)
  const breadcrumb = [{ href: '/questions', label: words[language].title }]
  return page(c, { title: found.subject, content, breadcrumb, status })
}

/** How long a text may be is worth saying. */
const inWords = (c: Context<WebEnv>, problems: Problems | null): Problems | null =>
  problems?.body === 'too_long' ? { ...problems, body: words[c.var.language].tooLong(formatNumber(longestText, c.var.language)) } : problems
