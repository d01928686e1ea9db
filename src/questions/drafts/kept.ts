import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import * as z from 'zod'
import { findPerson } from '../../people/queries.ts'
import { digest, newToken } from '../../people/secrets.ts'
import type { WebEnv } from '../../web/env.ts'
import { readForm, type Typed } from '../../web/forms.ts'
import { done } from '../../web/respond.ts'
import { longestSubject, longestText } from '../rules.ts'
import { removeDraft, writeDraft } from './actions.ts'
import { findDraft } from './queries.ts'
import { keptForHours, pageOf } from './rules.ts'
import { words } from './words.ts'

const cookie = 'percorsi_draft'

/**
 * Before a form that takes long to write: whoever is no longer signed in finds the text again after signing in. It is
 * given back only in the same browser (the cookie) and to the person for whom the form was made (`as`).
 */
export const keepDraft = createMiddleware<WebEnv>(async (c, next) => {
  if (c.var.person) return next()
  const { typed } = await readForm(c, z.object({}))
  const personId = Number(String(typed.as ?? '').match(/^\d{1,9}$/)?.[0])
  if (!Number.isInteger(personId) || !(await findPerson(c.var.db, personId)) || !fits(typed)) return next()

  const token = newToken()
  const before = getCookie(c, cookie)
  if (before) await removeDraft(c.var.db, digest(before))
  await writeDraft(c.var.db, { tokenHash: digest(token), personId, path: c.req.path, fields: fieldsOf(typed) }, c.var.now)
  setCookie(c, cookie, token, { ...cookieOptions(c), maxAge: keptForHours * 60 * 60 })
  return done(c, `/sign-in?next=${encodeURIComponent(pageOf(c.req.path) ?? '/questions')}`, words[c.var.language].kept)
})

/** What the person who is signed in had written for this form, as it was typed; null when nothing was kept. */
export async function draftFor(c: Context<WebEnv>, path: string): Promise<Typed | null> {
  const token = getCookie(c, cookie)
  const draft = token && (await findDraft(c.var.db, { tokenHash: digest(token), personId: c.var.signedIn.id, path }, c.var.now))
  return draft ? draft.fields : null
}

/** The form was sent: its draft is no longer needed. */
export async function forgetDraft(c: Context<WebEnv>): Promise<void> {
  const token = getCookie(c, cookie)
  if (!token) return
  await removeDraft(c.var.db, digest(token))
  deleteCookie(c, cookie, { path: '/' })
}

const kept = ['subject', 'body', 'administration', 'module', 'visibility'] as const

const fieldsOf = (typed: Typed): Record<string, string> =>
  Object.fromEntries(kept.flatMap((name) => (typeof typed[name] === 'string' ? [[name, typed[name].toWellFormed()]] : [])))

const fits = ({ subject = '', body = '' }: Typed) => subject.length <= longestSubject && body.length > 0 && body.length <= longestText

const cookieOptions = (c: Context<WebEnv>) =>
  ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: c.var.baseUrl.startsWith('https:') }) as const
