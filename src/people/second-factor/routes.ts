import { type Context, Hono } from 'hono'
import * as z from 'zod'
import type { Html, WebEnv } from '../../web/env.ts'
import { type Problems, readForm, requiredText } from '../../web/forms.ts'
import { done, page } from '../../web/respond.ts'
import { findPerson } from '../queries.ts'
import { requirePerson } from '../require.ts'
import { safePath } from '../rules.ts'
import { confirmSecondFactor, passSecondFactor, prepareSecondFactor, removeSecondFactor, renewRecoveryCodes } from './actions.ts'
import { codesPage, enterPage, setUpPage, standingPage } from './pages.ts'
import { secondFactorOf } from './queries.ts'
import { addressFor, mustSetUp } from './rules.ts'
import { words } from './words.ts'

export const secondFactorRoutes = new Hono<WebEnv>()

const form = z.object({ code: requiredText(20) })

secondFactorRoutes.get('/sign-in/second-factor', async (c) => {
  const next = safePath(c.req.query('next'))
  if (c.var.signIn?.lacks !== 'second_factor') return c.redirect(c.var.person ? next : '/sign-in', 303)
  return show(c, enterPage(c.var.language, next), words[c.var.language].enterTitle)
})

secondFactorRoutes.post('/sign-in/second-factor', async (c) => {
  const { db, now, language, signIn } = c.var
  const { value, problems, typed } = await readForm(c, form)
  const next = safePath(typed.next)
  if (signIn?.lacks !== 'second_factor') return c.redirect(c.var.person ? next : '/sign-in', 303)
  const again = (found: Problems) => show(c, enterPage(language, next, found), words[language].enterTitle, 422)
  if (problems) return again(problems)

  const outcome = await passSecondFactor(db, { code: value.code, signInId: signIn.id }, { by: { id: signIn.personId }, at: now })
  return outcome ? again({ code: words[language].refusal[outcome.refusal] }) : c.redirect(next, 303)
})

/** Whoever is signed in, or would be but for the second factor that they have to set up. */
async function settingUp(c: Context<WebEnv>) {
  const { db, signIn } = c.var
  if (!signIn || signIn.lacks === 'second_factor') return null
  const person = await findPerson(db, signIn.personId)
  return person && { person, signInId: signIn.id }
}

secondFactorRoutes.get('/me/second-factor', async (c) => showOwn(c))

secondFactorRoutes.post('/me/second-factor', async (c) => {
  const { db, now, language } = c.var
  const own = await settingUp(c)
  const { value, problems, typed } = await readForm(c, form)
  if (!own) return c.redirect('/sign-in?next=/me/second-factor', 303)
  if (problems) return showOwn(c, problems)
  const code = value.code.replace(/\s/g, '')
  const outcome = await confirmSecondFactor(db, { code, signInId: own.signInId }, { by: own.person, at: now })
  if ('refusal' in outcome) return showOwn(c, { code: words[language].refusal[outcome.refusal] })
  return show(c, codesPage(language, outcome.codes, safePath(typed.next)), words[language].codesTitle)
})

secondFactorRoutes.post('/me/second-factor/codes', requirePerson, async (c) => {
  const { db, now, language, signedIn } = c.var
  const outcome = await renewRecoveryCodes(db, { by: signedIn, at: now })
  if ('refusal' in outcome) return done(c, '/me/second-factor', words[language].refusal[outcome.refusal])
  return show(c, codesPage(language, outcome.codes, '/me/second-factor'), words[language].codesTitle)
})

secondFactorRoutes.post('/me/second-factor/remove', requirePerson, async (c) => {
  const { db, now, language, signedIn, signIn } = c.var
  const t = words[language]
  if (mustSetUp(signedIn, c.var.secondFactor)) return showOwn(c, { code: t.refusal.required })
  const { value, problems } = await readForm(c, form)
  if (problems) return showOwn(c, problems)
  const signInId = signIn?.id ?? 0
  const refused = await passSecondFactor(db, { code: value.code, signInId }, { by: signedIn, at: now })
  if (refused) return showOwn(c, { code: t.refusal[refused.refusal] })
  await removeSecondFactor(db, signedIn.id, { by: signedIn, at: now, keepSignIn: signInId })
  return done(c, '/me', t.removed)
})

async function showOwn(c: Context<WebEnv>, problems: Problems | null = null) {
  const { db, now, language } = c.var
  const own = await settingUp(c)
  if (!own) return c.redirect(`${c.var.signIn ? '/sign-in/second-factor' : '/sign-in'}?next=/me/second-factor`, 303)
  const must = mustSetUp(own.person, c.var.secondFactor)
  const status = problems ? 422 : 200
  const standing = await secondFactorOf(db, own.person.id)
  if (standing) return show(c, standingPage(c.var, { ...standing, mayRemove: !must }, problems), words[language].title, status)

  const secret = await prepareSecondFactor(db, own.person.id, now)
  if (secret === null) return c.redirect('/me/second-factor', 303)
  const next = safePath(c.req.query('next') ?? '/me/second-factor')
  const content = setUpPage(language, { secret, address: addressFor(secret, own.person.email), next, must }, problems)
  return show(c, content, words[language].title, status)
}

async function show(c: Context<WebEnv>, content: Html, title: string, status: 200 | 422 = 200) {
  const answer = await page(c, { title, content, status })
  // There are secrets on the page: no copy of it is kept anywhere.
  answer.headers.set('Cache-Control', 'no-store')
  return answer
}
