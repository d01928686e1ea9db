import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requireStaff } from '../../../people/require.ts'
import type { WebEnv } from '../../../web/env.ts'
import { type Problems, readForm, requiredText, type Typed } from '../../../web/forms.ts'
import { id } from '../../../web/paths.ts'
import { done, page } from '../../../web/respond.ts'
import { longestText, saysSomething } from '../../rules.ts'
import { words as questionWords } from '../../words.ts'
import { findSavedReply, type SavedReply, savedReplies } from '../queries.ts'
import { longestTitle } from '../rules.ts'
import { words } from '../words.ts'
import { removeReply, saveReply } from './actions.ts'
import { repliesPage } from './pages.ts'

export const replyRoutes = new Hono<WebEnv>()

const form = z.object({ title: requiredText(longestTitle), body: requiredText(longestText).refine(saysSomething, 'required') })
const one = `/questions/replies/${id('reply')}` as const

replyRoutes.get('/questions/replies', requireStaff, (c) => show(c, null, 200))

replyRoutes.post('/questions/replies', requireStaff, (c) => save(c, null))

replyRoutes.get(one, requireStaff, async (c) => {
  const reply = await findSavedReply(c.var.db, Number(c.req.param('reply')))
  return reply ? show(c, reply, 200) : c.notFound()
})

replyRoutes.post(one, requireStaff, async (c) => {
  const reply = await findSavedReply(c.var.db, Number(c.req.param('reply')))
  return reply ? save(c, reply) : c.notFound()
})

replyRoutes.post(`${one}/remove`, requireStaff, async (c) => {
  const { db, signedIn, now, language } = c.var
  await removeReply(db, Number(c.req.param('reply')), { by: signedIn, at: now })
  return done(c, '/questions/replies', words[language].replyRemoved)
})

async function save(c: Context<WebEnv>, editing: SavedReply | null) {
  const { db, signedIn, now, language } = c.var
  const { value, problems, typed } = await readForm(c, form)
  if (problems) return show(c, editing, 422, problems, typed)
  const saved = await saveReply(db, { id: editing?.id ?? null, ...value }, { by: signedIn, at: now })
  return 'refusal' in saved ? c.notFound() : done(c, '/questions/replies', words[language].replySaved)
}

async function show(
  c: Context<WebEnv>,
  editing: SavedReply | null,
  status: 200 | 422,
  problems: Problems | null = null,
  typed: Typed = {},
) {
  const { db, language } = c.var
  const content = repliesPage(language, await savedReplies(db), { editing, problems, typed })
  const breadcrumb = [{ href: '/questions', label: questionWords[language].title }]
  return page(c, { title: words[language].repliesTitle, content, breadcrumb, status })
}
