import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { languages } from '../../language/language.ts'
import type { WebEnv } from '../../web/env.ts'
import { choiceField, type Problems, readForm, requiredText, type Typed } from '../../web/forms.ts'
import { done, page } from '../../web/respond.ts'
import { changeProfile } from '../actions.ts'
import { administrationsOf } from '../queries.ts'
import { requirePerson } from '../require.ts'
import { forgetLanguage } from '../sign-in/routes.ts'
import { words } from '../sign-in/words.ts'
import { mePage } from './pages.ts'

/** `regionNames` comes from the register, which people know nothing of. */
export function meRoutes(regionNames: (codes: readonly string[]) => string) {
  const routes = new Hono<WebEnv>()

  async function show(c: Context<WebEnv>, problems: Problems | null = null, typed: Typed = {}) {
    const { db, language, signedIn } = c.var
    const mine = { person: signedIn, administrations: await administrationsOf(db, signedIn.id), regionNames }
    return page(c, { title: words[language].me, content: mePage(language, mine, problems, typed), status: problems ? 422 : 200 })
  }

  routes.get('/me', requirePerson, (c) => show(c))

  routes.post('/me', requirePerson, async (c) => {
    const { db, now, signedIn } = c.var
    const { value, problems, typed } = await readForm(c, z.object({ name: requiredText(120), language: choiceField(languages) }))
    if (problems) return show(c, problems, typed)
    await changeProfile(db, signedIn, value, now)
    forgetLanguage(c)
    return done(c, '/me', words[value.language].saved)
  })

  return routes
}
