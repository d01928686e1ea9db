import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { referentsOf } from '../../administrations/referents/queries.ts'
import { requirePerson } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import { checkForm, emailField, optionalIdField, optionalText, type Problems, readForm, requiredText, type Typed } from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done, page, refused } from '../../web/respond.ts'
import { handOver, type Successor } from './actions.ts'
import { handOverPage } from './pages.ts'
import { findLeaving, type Leaving, openQuestions, registrationsToPass } from './queries.ts'
import { mayHandOver } from './rules.ts'
import { words } from './words.ts'

export const handOverRoutes = new Hono<WebEnv>()

const here = `/administrations/${id('id')}/referents/${id('referent')}/hand-over`

handOverRoutes.get(here, requirePerson, async (c) => {
  const leaving = await find(c)
  return leaving instanceof Response ? leaving : show(c, leaving)
})

handOverRoutes.post(here, requirePerson, async (c) => {
  const { db, language, signedIn, now } = c.var
  const t = words[language]
  const leaving = await find(c)
  if (leaving instanceof Response) return leaving
  const { value, typed } = await readForm(c, z.object({ colleague: optionalIdField, name: optionalText(120), email: optionalText(254) }))
  const { successor, problems } = readSuccessor(value?.colleague ?? null, typed)
  if (!successor) return show(c, leaving, problems ?? { name: t.refusal.nobody }, typed)

  const outcome = await handOver(db, { referentId: leaving.referentId, successor }, { by: signedIn, at: now })
  if ('refusal' in outcome) return show(c, leaving, { [typed.name ? 'email' : 'colleague']: t.refusal[outcome.refusal] }, typed)
  const next = signedIn.id === leaving.personId ? '/' : `/administrations/${leaving.administrationId}`
  return done(c, next, t.done(outcome.registrations))
})

/** A colleague who was chosen, or a new person who was written down; null when neither. */
function readSuccessor(colleague: number | null, typed: Typed): { successor: Successor | null; problems: Problems | null } {
  if (colleague !== null) return { successor: { personId: colleague }, problems: null }
  if (!typed.name && !typed.email) return { successor: null, problems: null }
  const { value, problems } = checkForm(z.object({ name: requiredText(120), email: emailField }), typed)
  return { successor: value, problems }
}

async function find(c: Context<WebEnv>): Promise<Leaving | Response> {
  const { db, signedIn } = c.var
  const leaving = await findLeaving(db, Number(c.req.param('referent')), signedIn)
  if (leaving?.administrationId !== Number(c.req.param('id'))) return c.notFound()
  return mayHandOver(signedIn, leaving) ? leaving : refused(c)
}

async function show(c: Context<WebEnv>, leaving: Leaving, problems: Problems | null = null, typed: Typed = {}) {
  const { db, language, dates, now } = c.var
  const referents = await referentsOf(db, leaving.administrationId)
  const content = handOverPage(language, dates, {
    leaving,
    colleagues: referents.filter(({ personId }) => personId !== leaving.personId),
    registrations: await registrationsToPass(db, leaving, now),
    questions: await openQuestions(db, leaving),
    problems,
    typed,
  })
  const breadcrumb = [{ href: `/administrations/${leaving.administrationId}`, label: leaving.administration }]
  return page(c, { title: words[language].title, content, breadcrumb, status: problems ? 422 : 200 })
}
