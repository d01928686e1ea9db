import { Hono } from 'hono'
import type { WebEnv } from '../../web/env.ts'
import { id } from '../../web/paths.ts'
import { done, page } from '../../web/respond.ts'
import { requirePerson } from '../require.ts'
import { words as meWords } from '../sign-in/words.ts'
import { endSignIns } from './actions.ts'
import { signInsPage } from './pages.ts'
import { openSignIns } from './queries.ts'
import { words } from './words.ts'

export const signInsRoutes = new Hono<WebEnv>()

signInsRoutes.get('/me/sign-ins', requirePerson, async (c) => {
  const { db, now, language, signedIn, signIn } = c.var
  const content = signInsPage(c.var, await openSignIns(db, signedIn.id, now), signIn?.id ?? 0)
  return page(c, { title: words[language].title, content, breadcrumb: [{ href: '/me', label: meWords[language].me }] })
})

signInsRoutes.post(`/me/sign-ins/${id('id')}/end`, requirePerson, async (c) => {
  const { db, now, language, signedIn } = c.var
  const ended = await endSignIns(db, { id: Number(c.req.param('id')) }, { by: signedIn, at: now })
  return ended === 0 ? c.notFound() : done(c, '/me/sign-ins', words[language].ended)
})

signInsRoutes.post('/me/sign-ins/others/end', requirePerson, async (c) => {
  const { db, now, language, signedIn, signIn } = c.var
  const ended = await endSignIns(db, { allBut: signIn?.id ?? 0 }, { by: signedIn, at: now })
  return done(c, '/me/sign-ins', words[language].endedOthers(ended))
})
