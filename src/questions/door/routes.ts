import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requirePerson } from '../../people/require.ts'
import { isReferent, isReferentOf } from '../../people/rules.ts'
import type { WebEnv } from '../../web/env.ts'
import { optionalIdField, optionalText, readForm } from '../../web/forms.ts'
import { readable } from '../../web/lists.ts'
import { done, fragment, page, refused, wantsFragment } from '../../web/respond.ts'
import { findFaqEntry } from '../faq/queries.ts'
import { findQuestion } from '../queries.ts'
import { words as questionWords } from '../words.ts'
import { recordHelped, recordSearch } from './actions.ts'
import { type Door, doorAnswers, doorPage } from './pages.ts'
import { findTopic } from './queries.ts'
import { longestSearch } from './rules.ts'
import { suggest } from './suggest.ts'
import { words } from './words.ts'

/** The one door: look, then ask. */
export const doorRoutes = new Hono<WebEnv>()

doorRoutes.get('/help', async (c) => {
  const { db, person, language } = c.var
  const door = await doorOf(c)
  const suggestions = await suggest(db, door.q, { person, moduleId: door.module?.id ?? null })
  if (wantsFragment(c)) return fragment(c, doorAnswers(door, suggestions))

  if (door.q !== '' && suggestions.entries.length + suggestions.questions.length === 0)
    await recordSearch(db, { text: door.q, outcome: 'nothing', moduleId: door.module?.id, programmeId: door.module?.programmeId }, c.var)
  return page(c, { title: words[language].title, content: doorPage(door, suggestions) })
})

const helped = z.object({ q: optionalText(longestSearch), faq: optionalIdField, question: optionalIdField, module: optionalIdField })

doorRoutes.post('/help/helped', requirePerson, async (c) => {
  const { db, signedIn, language, now } = c.var
  if (!isReferent(signedIn)) return refused(c, questionWords[language].refusal.not_a_referent)
  const { value } = await readForm(c, helped)
  const entry = value?.faq ? await findFaqEntry(db, value.faq, null) : undefined
  const question = value?.question && !entry ? await findQuestion(db, value.question, signedIn) : undefined
  if (!value || !(entry || question)) return c.notFound()

  const module = value.module === null ? undefined : await findTopic(db, value.module, signedIn)
  const what = { faqEntryId: entry?.id ?? null, questionId: question?.id ?? null, moduleId: module?.id ?? null }
  await recordHelped(db, { text: value.q, ...what }, { person: signedIn, now })
  return done(c, '/help', words[language].thanks)
})

async function doorOf(c: Context<WebEnv>): Promise<Door & { module: { id: number; title: string; programmeId: number } | null }> {
  const { db, person, language } = c.var
  const number = (name: string) => Number(/^\d{1,9}$/.exec(c.req.query(name) ?? '')?.[0] ?? 0)
  const administrationId = number('administration')
  return {
    language,
    person,
    q: readable(c.req.query('q')).slice(0, longestSearch),
    module: (number('module') > 0 && (await findTopic(db, number('module'), person))) || null,
    administrationId: isReferentOf(person, administrationId) ? administrationId : null,
  }
}
