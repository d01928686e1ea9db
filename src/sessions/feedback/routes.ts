import { type Context, Hono } from 'hono'
import { requirePerson } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import { type Problems, readForm, type Typed } from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done, page } from '../../web/respond.ts'
import { hasAttended } from '../after/queries.ts'
import { findSession, type Session } from '../queries.ts'
import { toSession } from '../show.ts'
import { giveFeedback } from './actions.ts'
import { feedbackForm, repliesIn } from './form.ts'
import { closedFeedbackPage, feedbackPage } from './pages.ts'
import { hasGiven, questionsOf } from './queries.ts'
import { resultRoutes } from './results/routes.ts'
import { type FeedbackRefusal, feedbackRefusal, type Question } from './rules.ts'
import { words } from './words.ts'

export const feedbackRoutes = new Hono<WebEnv>()

feedbackRoutes.route('/', resultRoutes)

feedbackRoutes.get(`/sessions/${id('id')}/feedback`, requirePerson, async (c) => {
  const { db, signedIn, now } = c.var
  const session = await findSession(db, Number(c.req.param('id')), signedIn)
  if (!session) return c.notFound()
  const whose = { sessionId: session.id, personId: signedIn.id }
  const refusal = feedbackRefusal(session, { attended: await hasAttended(db, whose), given: await hasGiven(db, whose), now })
  return refusal ? closed(c, session, refusal, 200) : show(c, session, await questionsOf(db, session.id))
})

feedbackRoutes.post(`/sessions/${id('id')}/feedback`, requirePerson, async (c) => {
  const { db, signedIn, now, language } = c.var
  const session = await findSession(db, Number(c.req.param('id')), signedIn)
  if (!session) return c.notFound()
  const whose = { sessionId: session.id, personId: signedIn.id }
  const refusal = feedbackRefusal(session, { attended: await hasAttended(db, whose), given: await hasGiven(db, whose), now })
  if (refusal) return closed(c, session, refusal, 422)
  const questions = await questionsOf(db, session.id)
  const { value, problems, typed } = await readForm(c, feedbackForm(questions))
  if (problems) return show(c, session, questions, problems, typed)

  const refused = await giveFeedback(db, session.id, repliesIn(questions, value), { by: signedIn, at: now })
  if (!refused) return done(c, `/sessions/${session.id}`, words[language].thanks)
  return refused.refusal === 'not_found' ? c.notFound() : closed(c, session, refused.refusal, 422)
})

function show(c: Context<WebEnv>, session: Session, questions: readonly Question[], problems: Problems | null = null, typed: Typed = {}) {
  const content = feedbackPage(c.var, { session, questions, problems, typed })
  return page(c, { title: words[c.var.language].title, content, breadcrumb: toSession(c, session), status: problems ? 422 : 200 })
}

function closed(c: Context<WebEnv>, session: Session, refusal: FeedbackRefusal, status: 200 | 422) {
  const content = closedFeedbackPage(c.var, session, refusal)
  return page(c, { title: words[c.var.language].title, content, breadcrumb: toSession(c, session), status })
}
