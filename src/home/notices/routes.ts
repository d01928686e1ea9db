import { Hono } from 'hono'
import * as z from 'zod'
import type { WebEnv } from '../../web/env.ts'
import { optionalEmailField, readForm, requiredText } from '../../web/forms.ts'
import { done, page } from '../../web/respond.ts'
import { sendFeedback } from './actions.ts'
import { feedbackPage, noticePage } from './pages.ts'
import { words } from './words.ts'

export const noticeRoutes = new Hono<WebEnv>()

for (const notice of ['accessibility', 'privacy'] as const)
  noticeRoutes.get(`/${notice}`, (c) => {
    const text = words[c.var.language][notice]
    return page(c, { title: text.title, content: noticePage(text), breadcrumb: [] })
  })

noticeRoutes.get('/feedback', (c) => page(c, { title: words[c.var.language].feedback.title, content: feedbackPage(c.var.language) }))

noticeRoutes.post('/feedback', async (c) => {
  const { db, now, language, writeMail } = c.var
  const t = words[language].feedback
  const { value, problems, typed } = await readForm(c, z.object({ message: requiredText(5000), email: optionalEmailField }))
  if (problems) return page(c, { title: t.title, content: feedbackPage(language, problems, typed), status: 422 })

  const refusal = await sendFeedback(db, value, writeMail, now)
  if (refusal) return page(c, { title: t.title, content: feedbackPage(language, { message: t.tooMany }, typed), status: 422 })
  return done(c, '/', t.sent)
})
