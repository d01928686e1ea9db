import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requireStaff } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import { choiceField, idField, optionalIdField, readForm, requiredText } from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done, refused } from '../../web/respond.ts'
import type { Who } from '../actions.ts'
import { mergeQuestion } from '../merging/actions.ts'
import { priorities, saysSomething } from '../rules.ts'
import { assignQuestion, setPriority, writeNote } from './actions.ts'
import { replyRoutes } from './replies/routes.ts'
import { longestNote, type QueueRefusal } from './rules.ts'
import { words } from './words.ts'

/** What staff do with a question: each a short form on its page. */
export const queueRoutes = new Hono<WebEnv>()

const question = `/questions/${id('id')}` as const

queueRoutes.post(`${question}/assignment`, requireStaff, async (c) => {
  const { value } = await readForm(c, z.object({ person: optionalIdField }))
  if (!value) return c.notFound()
  return change(c, (who, questionId) => assignQuestion(c.var.db, questionId, value.person, who), 'assigned')
})

queueRoutes.post(`${question}/priority`, requireStaff, async (c) => {
  const { value } = await readForm(c, z.object({ priority: choiceField(priorities) }))
  if (!value) return c.notFound()
  return change(c, (who, questionId) => setPriority(c.var.db, questionId, value.priority, who), 'prioritised')
})

queueRoutes.post(`${question}/notes`, requireStaff, async (c) => {
  const { value } = await readForm(c, z.object({ note: requiredText(longestNote).refine(saysSomething, 'required') }))
  // An empty note is none: the page is shown again as it was.
  if (!value) return done(c, `/questions/${c.req.param('id')}`)
  return change(c, (who, questionId) => writeNote(c.var.db, questionId, value.note, who), 'noted')
})

queueRoutes.post(`${question}/merged`, requireStaff, async (c) => {
  const { db, signedIn, now, language } = c.var
  const t = words[language]
  const questionId = Number(c.req.param('id'))
  const { value } = await readForm(c, z.object({ into: idField }))
  const { refusal } = await mergeQuestion(db, { questionId, targetId: value?.into ?? 0 }, { by: signedIn, at: now })
  if (!refusal) return done(c, `/questions/${value?.into}`, t.merged)
  return refusal === 'not_found' ? c.notFound() : refused(c, t.mergeRefusal[refusal])
})

queueRoutes.route('/', replyRoutes)

async function change(
  c: Context<WebEnv>,
  verb: (who: Who, questionId: number) => Promise<{ refusal: QueueRefusal | null }>,
  said: 'assigned' | 'prioritised' | 'noted',
) {
  const t = words[c.var.language]
  const questionId = Number(c.req.param('id'))
  const { refusal } = await verb({ by: c.var.signedIn, at: c.var.now }, questionId)
  if (refusal === 'not_found') return c.notFound()
  return refusal ? refused(c, t.refusal[refusal]) : done(c, `/questions/${questionId}`, t[said])
}
