import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { regions } from '../../administrations/regions.ts'
import { requirePerson, requireStaff } from '../../people/require.ts'
import { covers, staffScope } from '../../people/rules.ts'
import type { WebEnv } from '../../web/env.ts'
import { choiceField, manyField, optionalText, type Problems, readForm, type Typed } from '../../web/forms.ts'
import { readList } from '../../web/lists.ts'
import { id } from '../../web/paths.ts'
import { done, fragment, page, refused, wantsFragment } from '../../web/respond.ts'
import { readFiles, sendFile, withKeptFiles } from '../../web/uploads.ts'
import { crumbsInModule } from '../modules/crumbs.ts'
import { modulePath } from '../modules/panel.ts'
import { type FoundModule, findOpenModule } from '../modules/queries.ts'
import { words as moduleWords } from '../modules/words.ts'
import { claimSubmission, handIn, releaseSubmission, reviewSubmission } from './actions.ts'
import { saveDraft } from './drafts/actions.ts'
import { findDraft } from './drafts/queries.ts'
import { checkFiles } from './files.ts'
import { toolResultsOf } from './links/queries.ts'
import { draftConflictPage, handInPage, mostCharacters, queueList, queuePage, submissionPage } from './pages.ts'
import {
  findSubmission,
  findSubmissionFile,
  listSubmissions,
  type SubmissionContext,
  submissionFilters,
  submissionSorts,
  submissionsFor,
} from './queries.ts'
import { rubricOf } from './rubric/queries.ts'
import { readScores } from './rubric/rules.ts'
import { words as rubricWords } from './rubric/words.ts'
import { isClaimedByOther, type ReviewRefusal, reviewerRefusal, verdicts } from './rules.ts'
import { words } from './words.ts'

export const submissionRoutes = new Hono<WebEnv>()

// Handing in ------------------------------------------------------------------------------------------------------

const handInPath = `/pathway/${id('enrolment')}/modules/${id('module')}/submission` as const

// A form with problems stays at this address: whoever reloads it comes back to the module.
submissionRoutes.get(handInPath, requirePerson, async (c) => {
  const found = await findAssignment(c)
  return found ? c.redirect(modulePath(found.open), 303) : c.notFound()
})

submissionRoutes.post(handInPath, requirePerson, async (c) => {
  const { db, now, language, signedIn, uploads: folder } = c.var
  const found = await findAssignment(c)
  if (!found) return c.notFound()
  if (!found.open.mayWork) return refused(c, moduleWords[language].onlyReferents)

  const t = words[language]
  const { value, problems, typed } = await readForm(c, handInForm)
  if (value?.do === 'draft') return keepDraft(c, found, { text: value.text, revision: value.draftRevision }, typed)
  const checked = await checkFiles(await readFiles(c, 'files'))
  const filesProblem = 'problem' in checked && { files: t.filesProblem[checked.problem](checked.name) }
  if (problems || 'problem' in checked) return showForm(c, found, { ...problems, ...filesProblem }, typed)

  const outcome = await withKeptFiles(folder, checked.uploads, (files) =>
    handIn(db, { ...found.open, text: value.text, tools: value.tools.map(Number), files }, { by: signedIn, at: now }),
  )
  if ('refusal' in outcome) return showForm(c, found, { text: t.refusal[outcome.refusal] }, typed)
  return done(c, modulePath(found.open), t.handedIn(outcome.version))
})

const handInForm = z.object({
  text: optionalText(mostCharacters),
  tools: manyField,
  do: z.literal('draft').optional().catch(undefined),
  draftRevision: z.coerce.number().int().catch(0),
})

async function keepDraft(c: Context<WebEnv>, found: FoundModule, draft: { text: string; revision: number }, typed: Typed) {
  const { db, now, language, dates, signedIn } = c.var
  const { open } = found
  const t = words[language]
  const outcome = await saveDraft(db, { ...open, ...draft }, { by: signedIn, at: now })
  if ('refusal' in outcome) return showForm(c, found, { text: t.refusal[outcome.refusal] }, typed)
  const theirs = 'conflict' in outcome && (await findDraft(db, open, signedIn))
  if (!theirs) return done(c, modulePath(open), t.draftSaved)
  const form = { ...(await besideTheForm(c, found)), language, dates, typed: { ...typed, draftRevision: String(theirs.revision) } }
  const breadcrumb = crumbsInModule(found, signedIn, language)
  return page(c, { title: t.handInTitle, content: draftConflictPage(open, theirs, form), breadcrumb, status: 409 })
}

async function findAssignment(c: Context<WebEnv>): Promise<FoundModule | undefined> {
  const found = await findOpenModule(c.var, { enrolmentId: Number(c.req.param('enrolment')), moduleId: Number(c.req.param('module')) })
  return found?.open.kind === 'assignment' ? found : undefined
}

const besideTheForm = async ({ var: { db } }: Context<WebEnv>, { open }: FoundModule) => ({
  results: await toolResultsOf(db, open.enrolmentId),
  criteria: await rubricOf(db, open.moduleId),
})

async function showForm(c: Context<WebEnv>, found: FoundModule, problems: Problems, typed: Typed) {
  const { language, dates } = c.var
  const { db, signedIn } = c.var
  const [last] = await submissionsFor(db, found.open, signedIn)
  const more = await besideTheForm(c, found)
  return page(c, {
    title: words[c.var.language].handInTitle,
    content: handInPage(found.open, { ...(last && { last }), ...more, language, dates, problems, typed }),
    breadcrumb: crumbsInModule(found, c.var.signedIn, c.var.language),
    status: 422,
  })
}

// Reviewing -------------------------------------------------------------------------------------------------------

submissionRoutes.get('/submissions', requireStaff, async (c) => {
  const { db, language, signedIn } = c.var
  const list = readList(c, submissionSorts, submissionFilters)
  const found = await listSubmissions(db, list, signedIn)
  const regionCodes = regions.map(({ code }) => code).filter((code) => covers(staffScope(signedIn), code))
  const queue = { list, ...found, regionCodes }
  if (wantsFragment(c)) return fragment(c, queueList(queue, c.var))
  return page(c, { title: words[language].queue, content: queuePage(queue, c.var) })
})

submissionRoutes.get(`/submissions/${id('submission')}`, requireStaff, async (c) => {
  const context = await findSubmission(c.var.db, Number(c.req.param('submission')), c.var.signedIn)
  return context ? showSubmission(c, context, standingRefusal(c, context)) : c.notFound()
})

/** Why this person can't review it now. */
const standingRefusal = (c: Context<WebEnv>, context: SubmissionContext): ReviewRefusal | null =>
  reviewerRefusal(c.var.signedIn, context) ?? (isClaimedByOther(context.claim, c.var.signedIn, c.var.now) ? 'claimed' : null)

for (const [verb, change, said] of [
  ['claim', claimSubmission, 'claimedFlash'],
  ['release', releaseSubmission, 'releasedFlash'],
] as const)
  submissionRoutes.post(`/submissions/${id('submission')}/${verb}`, requireStaff, async (c) => {
    const { db, now, language, signedIn } = c.var
    const context = await findSubmission(db, Number(c.req.param('submission')), signedIn)
    if (!context) return c.notFound()
    const t = words[language]
    const notAReviewer = reviewerRefusal(signedIn, context)
    if (notAReviewer) return refused(c, t.reviewRefusal[notAReviewer])
    const refusal = await change(db, context.id, { by: signedIn, at: now })
    if (!refusal) return done(c, `/submissions/${context.id}`, t[said])
    const fresh = await findSubmission(db, context.id, signedIn)
    return showSubmission(c, fresh ?? context, refusal)
  })

const reviewForm = z.object({ verdict: choiceField(verdicts), comment: optionalText(5000) })

submissionRoutes.post(`/submissions/${id('submission')}`, requireStaff, async (c) => {
  const { db, now, language, signedIn } = c.var
  const context = await findSubmission(db, Number(c.req.param('submission')), signedIn)
  if (!context) return c.notFound()
  const t = words[language]
  const notAReviewer = reviewerRefusal(signedIn, context)
  if (notAReviewer) return refused(c, t.reviewRefusal[notAReviewer])

  const { value, problems, typed } = await readForm(c, reviewForm)
  if (problems) return showSubmission(c, context, null, { problems, typed })
  const rubric = rubricWords[language]
  const read = readScores(await rubricOf(db, context.moduleId), typed)
  if ('problems' in read) {
    const beside = Object.entries(read.problems).map(([name, of]) => [name, rubric.scoreProblem(of)] as const)
    return showSubmission(c, context, null, { problems: Object.fromEntries(beside), typed })
  }
  const refusal = await reviewSubmission(db, context.id, { ...value, scores: read.scores }, { by: signedIn, at: now })
  if (refusal === 'scores_missing') return showSubmission(c, context, null, { problems: { 'score-0': rubric.missing }, typed })
  if (refusal === 'comment_missing') return showSubmission(c, context, null, { problems: { comment: t.reviewRefusal[refusal] }, typed })
  if (refusal) return showSubmission(c, context, refusal, { typed })
  return done(c, '/submissions', t.reviewed[value.verdict])
})

submissionRoutes.get(`/submissions/${id('submission')}/files/${id('file')}`, requirePerson, async (c) => {
  const asked = { submissionId: Number(c.req.param('submission')), fileId: Number(c.req.param('file')) }
  const file = await findSubmissionFile(c.var.db, asked, c.var.signedIn)
  return file ? sendFile(c, file) : c.notFound()
})

async function showSubmission(
  c: Context<WebEnv>,
  context: SubmissionContext,
  refusal: ReviewRefusal | null,
  { problems = null, typed = {} }: { problems?: Problems | null; typed?: Typed } = {},
) {
  const versions = await submissionsFor(c.var.db, context, c.var.signedIn)
  return page(c, {
    title: context.module,
    content: submissionPage(
      {
        context,
        versions,
        refusal,
        mine: context.claim?.by === c.var.signedIn.id,
        criteria: await rubricOf(c.var.db, context.moduleId),
        problems,
        typed,
      },
      c.var,
    ),
    breadcrumb: [{ href: '/submissions', label: words[c.var.language].queue }],
    status: c.req.method === 'POST' ? 422 : 200,
  })
}
