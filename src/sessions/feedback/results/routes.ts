import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requireStaff } from '../../../people/require.ts'
import type { WebEnv } from '../../../web/env.ts'
import { choiceField, type Problems, readForm, requiredText, type Typed } from '../../../web/forms.ts'
import { readList } from '../../../web/lists.ts'
import { id } from '../../../web/paths.ts'
import { done, fragment, page, refused, wantsFragment } from '../../../web/respond.ts'
import { attachment } from '../../../web/uploads.ts'
import { findSession, type Session } from '../../queries.ts'
import { manageRefusal } from '../../rules.ts'
import { toList, toSession } from '../../show.ts'
import { addOwnQuestion, removeOwnQuestion } from '../actions.ts'
import { ownQuestions } from '../queries.ts'
import { fewestAnswers, questionKinds } from '../rules.ts'
import { words } from '../words.ts'
import { resultsCsv } from './export.ts'
import { overviewList, overviewPage, resultsPage } from './pages.ts'
import { overviewChoices, overviewFilters, overviewFor, overviewSorts, resultsOf } from './queries.ts'

export const resultRoutes = new Hono<WebEnv>()

resultRoutes.get('/sessions/feedback', requireStaff, async (c) => {
  const { db, signedIn, language } = c.var
  const list = readList(c, overviewSorts, overviewFilters)
  const listed = { list, overview: await overviewFor(db, list, signedIn) }
  if (wantsFragment(c)) return fragment(c, overviewList(c.var, listed))
  const content = overviewPage(c.var, listed, await overviewChoices(db, signedIn))
  return page(c, { title: words[language].overview, content, breadcrumb: toList(c) })
})

resultRoutes.get(`/sessions/${id('id')}/feedback/results`, requireStaff, (c) => managed(c, (session) => show(c, session)))

resultRoutes.get(`/sessions/${id('id')}/feedback/results.csv`, requireStaff, (c) =>
  managed(c, async (session) => {
    const { db, language } = c.var
    const results = await resultsOf(db, session.id)
    if (results.answers < fewestAnswers) return refused(c, words[language].tooFew(String(fewestAnswers)))
    return c.body(resultsCsv(results, language), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': attachment(`questionario-${session.id}.csv`),
      'Cache-Control': 'private, no-store',
    })
  }),
)

const newQuestion = z.object({ label: requiredText(200).transform((text) => text.replace(/\s+/g, ' ')), kind: choiceField(questionKinds) })

resultRoutes.post(`/sessions/${id('id')}/feedback/questions`, requireStaff, (c) =>
  managed(c, async (session) => {
    const { db, signedIn, now, language } = c.var
    const t = words[language]
    const { value, problems, typed } = await readForm(c, newQuestion)
    if (problems) return show(c, session, problems, typed)
    const outcome = await addOwnQuestion(db, session.id, value, { by: signedIn, at: now })
    if ('id' in outcome) return done(c, `/sessions/${session.id}/feedback/results`, t.added)
    return outcome.refusal === 'not_found' ? c.notFound() : show(c, session, { label: t.ownRefusal[outcome.refusal] }, typed)
  }),
)

resultRoutes.post(`/sessions/${id('id')}/feedback/questions/${id('question')}/remove`, requireStaff, (c) =>
  managed(c, async (session) => {
    const { db, signedIn, now, language } = c.var
    const t = words[language]
    const question = { sessionId: session.id, questionId: Number(c.req.param('question')) }
    const removed = await removeOwnQuestion(db, question, { by: signedIn, at: now })
    return done(c, `/sessions/${session.id}/feedback/results`, removed ? t.removed : t.gone)
  }),
)

/** For whoever is in charge of the session: not found when they can't see it, refused when it isn't theirs. */
async function managed(c: Context<WebEnv>, work: (session: Session) => Response | Promise<Response>): Promise<Response> {
  const session = await findSession(c.var.db, Number(c.req.param('id')), c.var.signedIn)
  if (!session) return c.notFound()
  return manageRefusal(session, c.var.signedIn) ? refused(c) : work(session)
}

async function show(c: Context<WebEnv>, session: Session, problems: Problems | null = null, typed: Typed = {}) {
  const { db, language } = c.var
  const [results, own] = [await resultsOf(db, session.id), await ownQuestions(db, session.id)]
  const content = resultsPage(c.var, { session, results, own, problems, typed })
  return page(c, { title: words[language].results, content, breadcrumb: toSession(c, session), status: problems ? 422 : 200 })
}
