import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { dayOf } from '../../language/dates.ts'
import { requirePerson } from '../../people/require.ts'
import { isStaff } from '../../people/rules.ts'
import type { WebEnv } from '../../web/env.ts'
import { choiceField, readForm } from '../../web/forms.ts'
import { readList, rowsPerPage } from '../../web/lists.ts'
import { id } from '../../web/paths.ts'
import { done, fragment, page, wantsFragment } from '../../web/respond.ts'
import { searchFaq, suggestEntries } from '../search/queries.ts'
import { understand } from '../search/understanding.ts'
import { curationPart } from './curation/part.ts'
import { curationRoutes } from './curation/routes.ts'
import { entryPage, faqList, faqPage } from './pages.ts'
import { portalRoutes } from './portal/routes.ts'
import { type FaqEntry, findFaqEntry, modulesWithEntries } from './queries.ts'
import { vote } from './votes/actions.ts'
import { votesOn } from './votes/queries.ts'
import { words } from './words.ts'

/** The public answers, for visitors too, and their curation by staff. */
export const faqRoutes = new Hono<WebEnv>()

const states = ['proposed', 'review', 'withdrawn'] as const
const entriesRelated = 3

faqRoutes.get('/faq', async (c) => {
  const { db, person, language, now, zone } = c.var
  const list = readList(c, ['best'], ['module', 'state', 'owner'])
  const found = await searchFaq(db, list.q, {
    moduleId: /^\d{1,9}$/.test(list.filters.module ?? '') ? Number(list.filters.module) : null,
    among: (isStaff(person) && states.find((each) => each === list.filters.state)) || 'published',
    today: dayOf(now, zone),
    ownerId: isStaff(person) && list.filters.owner === 'me' ? person.id : null,
    limit: rowsPerPage,
    offset: (list.page - 1) * rowsPerPage,
  })
  if (wantsFragment(c)) return fragment(c, faqList(c.var, { list, ...found }))
  return page(c, { title: words[language].title, content: faqPage(c.var, { list, ...found }, await modulesWithEntries(db)) })
})

faqRoutes.get(`/faq/${id('id')}`, async (c) => {
  const { db, person, language } = c.var
  const entry = await findFaqEntry(db, Number(c.req.param('id')), person)
  if (!entry) return c.notFound()
  const more = {
    votes: await votesOn(db, entry.id, person?.id ?? null),
    related: await relatedTo(c, entry),
    curation: isStaff(person) ? await curationPart(c, entry, person) : null,
  }
  const breadcrumb = [{ href: '/faq', label: words[language].title }]
  return page(c, { title: entry.question, content: entryPage(c.var, entry, more), breadcrumb })
})

faqRoutes.post(`/faq/${id('id')}/votes`, requirePerson, async (c) => {
  const { db, signedIn, now, language } = c.var
  const entryId = Number(c.req.param('id'))
  const { value } = await readForm(c, z.object({ vote: choiceField(['yes', 'no']) }))
  if (!value) return c.notFound()
  const { refusal } = await vote(db, { entryId, vote: value.vote }, { by: signedIn, at: now })
  return refusal ? c.notFound() : done(c, `/faq/${entryId}`, words[language].voted)
})

async function relatedTo(c: Context<WebEnv>, entry: FaqEntry): Promise<FaqEntry[]> {
  const { db } = c.var
  const meant = await understand(db, entry.question)
  const found = await suggestEntries(db, entry.question, meant, { moduleId: entry.moduleId, limit: entriesRelated + 1 })
  return found.filter(({ id }) => id !== entry.id).slice(0, entriesRelated)
}

faqRoutes.route('/', portalRoutes)
faqRoutes.route('/', curationRoutes)
