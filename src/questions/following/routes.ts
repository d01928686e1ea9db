import { Hono } from 'hono'
import * as z from 'zod'
import { requirePerson } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import { choiceField, readForm } from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done } from '../../web/respond.ts'
import { followQuestion } from './actions.ts'
import { deliveries } from './rules.ts'
import { words } from './words.ts'

export const followingRoutes = new Hono<WebEnv>().post(`/questions/${id('id')}/following`, requirePerson, async (c) => {
  const { db, signedIn, now, language } = c.var
  const questionId = Number(c.req.param('id'))
  const { value } = await readForm(c, z.object({ delivery: choiceField(deliveries) }))
  if (!value) return c.notFound()
  const { refusal } = await followQuestion(db, { questionId, delivery: value.delivery }, { by: signedIn, at: now })
  return refusal ? c.notFound() : done(c, `/questions/${questionId}`, words[language].saved)
})
