import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import * as z from 'zod'
import { datesIn } from '../../language/dates.ts'
import { type Language, languages, preferredLanguage } from '../../language/language.ts'
import type { WebEnv } from '../../web/env.ts'
import { choiceField, emailField, readForm, requiredText } from '../../web/forms.ts'
import { done, page } from '../../web/respond.ts'
import { findSignedIn } from '../queries.ts'
import { safePath } from '../rules.ts'
import { endSignIn, requestSignIn, signInWithCode, signInWithLink } from './actions.ts'
import { codePage, emailPage, linkPage } from './pages.ts'
import { words } from './words.ts'

const signInCookie = 'percorsi_sign_in'
const languageCookie = 'percorsi_language'
const week = 7 * 24 * 60 * 60

/** Until it is known who asks: what an error page needs. */
export function recogniseNobody(c: Context<WebEnv>) {
  const language = preferredLanguage(c.req.header('Accept-Language'))
  c.set('person', null)
  c.set('signIn', null)
  c.set('language', language)
  c.set('dates', datesFor(language, c.var.zone))
  c.set('navigation', [])
}

/** Finds out who asks and in which language to answer; every route after it can rely on `person` and `language`. */
export const recognisePerson = createMiddleware<WebEnv>(async (c, next) => {
  const token = getCookie(c, signInCookie)
  const signedIn = token ? await findSignedIn(c.var.db, token, { now: c.var.now, policy: c.var.secondFactor }) : null
  const person = signedIn && !signedIn.lacks ? signedIn.person : null
  const chosen = languages.find((each) => each === getCookie(c, languageCookie))
  const language = chosen ?? signedIn?.person.language ?? preferredLanguage(c.req.header('Accept-Language'))
  c.set('person', person)
  c.set('signIn', signedIn && { id: signedIn.signInId, personId: signedIn.person.id, lacks: signedIn.lacks })
  c.set('language', language)
  c.set('dates', datesFor(language, c.var.zone))
  await next()
})

/** Formatters cost more than a page does: one set a language and zone. */
const keptDates = new Map<string, ReturnType<typeof datesIn>>()
function datesFor(language: Language, zone: string) {
  const key = `${language} ${zone}`
  const dates = keptDates.get(key) ?? datesIn(language, zone)
  keptDates.set(key, dates)
  return dates
}

export const signInRoutes = new Hono<WebEnv>()

signInRoutes.get('/sign-in', (c) => {
  const { language } = c.var
  return page(c, { title: words[language].title, content: emailPage(c.var, safePath(c.req.query('next'))) })
})

signInRoutes.post('/sign-in', async (c) => {
  const { db, now, language, baseUrl, writeMail } = c.var
  const { value, problems, typed } = await readForm(c, z.object({ email: emailField }))
  const next = safePath(typed.next as string)
  if (problems) return page(c, { title: words[language].title, content: emailPage(c.var, next, { problems, typed }), status: 422 })

  await requestSignIn(db, { email: value.email, baseUrl, next, writeMail, now })
  return page(c, { title: words[language].codeTitle, content: codePage(language, value.email, next) })
})

signInRoutes.post('/sign-in/code', async (c) => {
  const { db, now, language } = c.var
  const { value, typed } = await readForm(c, z.object({ email: emailField, code: requiredText(12) }))
  const next = safePath(typed.next as string)
  const token = value && (await signInWithCode(db, { email: value.email, code: value.code.replace(/\s/g, '') }, now, browserOf(c)))
  if (token) return enter(c, token, next)

  const t = words[language]
  return page(c, { title: t.codeTitle, content: codePage(language, String(typed.email ?? ''), next, { code: t.wrongCode }), status: 422 })
})

signInRoutes.get('/sign-in/:link', (c) => {
  const { language } = c.var
  c.header('Referrer-Policy', 'no-referrer')
  return page(c, { title: words[language].linkTitle, content: linkPage(language, c.req.param('link'), safePath(c.req.query('next'))) })
})

signInRoutes.post('/sign-in/:link', async (c) => {
  const { db, now, language } = c.var
  const { typed } = await readForm(c, z.object({}))
  const token = await signInWithLink(db, c.req.param('link'), now, browserOf(c))
  if (token) return enter(c, token, safePath(typed.next as string))

  const t = words[language]
  return page(c, { title: t.title, content: emailPage(c.var, '/', { problems: { email: t.linkDead } }), status: 422 })
})

signInRoutes.post('/sign-out', async (c) => {
  const token = getCookie(c, signInCookie)
  if (token) await endSignIn(c.var.db, token, c.var.now)
  setCookie(c, signInCookie, '', { ...cookieOptions(c), maxAge: 0 })
  return done(c, '/', words[c.var.language].signedOut)
})

signInRoutes.post('/language', async (c) => {
  const { value, typed } = await readForm(c, z.object({ language: choiceField(languages) }))
  if (value) setCookie(c, languageCookie, value.language, { ...cookieOptions(c), maxAge: 52 * week })
  return c.redirect(safePath(typed.next as string), 303)
})

/** After somebody changed the language of their own details, an older choice of this browser no longer counts. */
export const forgetLanguage = (c: Context<WebEnv>) => deleteCookie(c, languageCookie, { path: '/' })

export const browserOf = (c: Context<WebEnv>) => c.req.header('User-Agent') ?? null

/** The browser is signed in from now on and goes where it wanted to. */
export function enter(c: Context<WebEnv>, token: string, next: string) {
  setCookie(c, signInCookie, token, { ...cookieOptions(c), maxAge: week })
  return c.redirect(next, 303)
}

const cookieOptions = (c: Context<WebEnv>) =>
  ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: c.var.baseUrl.startsWith('https:') }) as const
