import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requireStaff } from '../../../people/require.ts'
import type { WebEnv } from '../../../web/env.ts'
import { choiceField, idField, optionalIdField, type Problems, readForm, requiredText, type Typed } from '../../../web/forms.ts'
import { readable } from '../../../web/lists.ts'
import { done, page } from '../../../web/respond.ts'
import { longestSubject, longestText, saysSomething, visibilities } from '../../rules.ts'
import { words as questionWords } from '../../words.ts'
import { modulesFor, programmeToAskIn } from '../queries.ts'
import { askOnBehalf } from './actions.ts'
import { behalfPage, callerPage } from './pages.ts'
import { type Caller, findCaller, findCallers } from './queries.ts'
import { spokenChannels } from './rules.ts'
import { words } from './words.ts'

/** Questions that staff write down for whoever asked. */
export const behalfRoutes = new Hono<WebEnv>()

const spoken = z.object({
  referent: idField,
  channel: choiceField(spokenChannels),
  module: optionalIdField,
  subject: requiredText(longestSubject)
    .refine(saysSomething, 'required')
    .transform((text) => text.replace(/\s+/g, ' ')),
  body: requiredText(longestText).refine(saysSomething, 'required'),
  visibility: choiceField(visibilities),
})

behalfRoutes.get('/questions/behalf', requireStaff, async (c) => {
  const { db, signedIn, language } = c.var
  const referentId = Number(/^\d{1,9}$/.exec(c.req.query('referent') ?? '')?.[0] ?? 0)
  if (referentId > 0) {
    const caller = await findCaller(db, referentId, signedIn)
    return caller ? showForm(c, caller, 200) : c.notFound()
  }
  const q = readable(c.req.query('q')).slice(0, 100)
  return show(c, callerPage(language, q, await findCallers(db, q, signedIn)), 200)
})

behalfRoutes.post('/questions/behalf', requireStaff, async (c) => {
  const { db, signedIn, now, language } = c.var
  const { value, problems, typed } = await readForm(c, spoken)
  const caller = await findCaller(db, Number(/^\d{1,9}$/.exec(String(typed.referent ?? ''))?.[0] ?? 0), signedIn)
  if (!caller) return c.notFound()
  if (problems) return showForm(c, caller, 422, problems, typed)

  const { subject, body, visibility, channel, module: moduleId } = value
  const { administrationId, personId } = caller
  const programmeId = await programmeToAskIn(db, { administrationId, moduleId })
  if (programmeId === undefined) return showForm(c, caller, 422, { body: questionWords[language].noProgramme }, typed)
  const question = { programmeId, moduleId, administrationId, subject, body, visibility, channel, askedBy: personId }
  const outcome = await askOnBehalf(db, question, { by: signedIn, at: now })
  if ('id' in outcome) return done(c, `/questions/${outcome.id}`, words[language].saved)
  const field = outcome.refusal === 'no_such_module' ? 'module' : 'body'
  return showForm(c, caller, 422, { [field]: words[language].refusal[outcome.refusal] }, typed)
})

async function showForm(c: Context<WebEnv>, caller: Caller, status: 200 | 422, problems: Problems | null = null, typed: Typed = {}) {
  const modules = await modulesFor(c.var.db, [caller.administrationId])
  return show(c, behalfPage(c.var.language, { caller, modules }, problems, typed), status)
}

function show(c: Context<WebEnv>, content: ReturnType<typeof callerPage>, status: 200 | 422) {
  const breadcrumb = [{ href: '/questions', label: questionWords[c.var.language].title }]
  return page(c, { title: words[c.var.language].title, content, breadcrumb, status })
}
