import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { administrationsOf } from '../people/queries.ts'
import { requirePerson } from '../people/require.ts'
import { isReferentOf, isTrainer } from '../people/rules.ts'
import { digest } from '../people/secrets.ts'
import type { Person, WebEnv } from '../web/env.ts'
import { optionalText, readForm, requiredText } from '../web/forms.ts'
import { readList } from '../web/lists.ts'
import { id } from '../web/paths.ts'
import { done, page } from '../web/respond.ts'
import { createFeed, type NewFeed, noteFeedUse, revokeFeed } from './actions.ts'
import { feedsPage, newFeedPage } from './pages.ts'
import { portalRoutes } from './portal/routes.ts'
import { type FeedScope, feedSessions, feedSorts, findFeedByToken, listFeeds } from './queries.ts'
import { renderFeed } from './render.ts'
import { isAmong, publicPathways, publicScope } from './scope.ts'
import { feedStates } from './state.ts'
import { words } from './words.ts'

type Answer = { name: string; language: 'it' | 'en'; cache: 'public' | 'private' }

/** Calendars for everybody and for one person. Each app remembers for itself which of them have changed. */
export function calendarRoutes() {
  const stateOf = feedStates()
  const routes = new Hono<WebEnv>()

  // Calendars that everybody reads are in Italian: they are kept by caches, which don't know who asks.
  routes.get('/calendar.ics', async (c) => {
    const found = await publicScope(c.var.db, c.req.query())
    if (!found) return c.notFound()
    const name = found.name === null ? words.it.publicName : words.it.scopedName(found.name)
    return feed(c, found.scope, { name, language: 'it', cache: 'public' })
  })

  routes.route('/', portalRoutes(stateOf))

  routes.get('/sessions/:file{[0-9]{1,9}\\.ics}', (c) =>
    feed(
      c,
      { of: 'session', id: Number.parseInt(c.req.param('file'), 10) },
      { name: words.it.publicName, language: 'it', cache: 'public' },
    ),
  )

  routes.get('/calendars/:file{[A-Za-z0-9_-]{20,64}\\.ics}', async (c) => {
    const { db, now } = c.var
    const found = await findFeedByToken(db, c.req.param('file').replace(/\.ics$/, ''))
    if (!found) return c.notFound()
    await noteFeedUse(db, found, now)
    const { scope, administration, language } = found
    const t = words[language]
    const name =
      scope.of === 'administration' && administration
        ? t.scopedName(administration)
        : scope.of === 'trainer'
          ? t.trainerName
          : t.personalName
    return feed(c, scope, { name, language, cache: 'private' })
  })

  routes.get('/calendars', requirePerson, async (c) => showFeeds(c, { status: 200 }))

  routes.post('/calendars', requirePerson, async (c) => {
    const { db, now, language, baseUrl, signedIn } = c.var
    const t = words[language]
    const { value, problems, typed } = await readForm(c, z.object({ label: requiredText(80), scope: optionalText(20) }))
    if (problems) return showFeeds(c, { status: 422, problems, typed })

    const wanted = scopeFrom(value.scope, signedIn)
    if (!wanted) return showFeeds(c, { status: 422, problems: { scope: 'choice' }, typed })
    const { token, refusal } = await createFeed(db, { label: value.label, ...wanted }, { by: signedIn, at: now })
    if (refusal) return showFeeds(c, { status: 422, problems: { label: t.refusal[refusal] }, typed })
    const content = newFeedPage(language, `${baseUrl}/calendars/${token}.ics`)
    return page(c, { title: t.readyTitle, content, breadcrumb: [{ href: '/calendars', label: t.title }] })
  })

  routes.post(`/calendars/${id('id')}/revoke`, requirePerson, async (c) => {
    const { db, now, language, signedIn } = c.var
    const label = await revokeFeed(db, Number(c.req.param('id')), { by: signedIn, at: now })
    return label === undefined ? c.notFound() : done(c, '/calendars', words[language].revoked(label))
  })

  /** Most fetches find nothing new: they are answered by one short query, before anything is rendered. */
  async function feed(c: Context<WebEnv>, scope: FeedScope, { name, language, cache }: Answer) {
    const { db, now, baseUrl } = c.var
    const { count, state } = await stateOf(db, scope, now)
    if (scope.of === 'session' && count === 0) return c.notFound()

    const tag = `"${digest(`${format} ${name} ${language} ${baseUrl} ${state}`).slice(0, 32)}"`
    c.header('ETag', tag)
    // A proxy that compresses on the way breaks Outlook's subscriptions.
    c.header('Cache-Control', `${cache}, no-transform, max-age=300`)
    if (isAmong(tag, c.req.header('If-None-Match'))) return c.body(null, 304)

    c.header('Content-Type', 'text/calendar; charset=utf-8')
    return c.body(renderFeed(await feedSessions(db, scope, now), { name, language, baseUrl, entrance: isTheirs(scope) }))
  }

  return routes
}

/** "person", "trainer" or "administration-5", as far as this person may choose it now. */
function scopeFrom(typed: string, person: Person): Pick<NewFeed, 'scope' | 'administrationId'> | undefined {
  if (typed === '' || typed === 'person') return { scope: 'person' }
  if (typed === 'trainer') return isTrainer(person) ? { scope: 'trainer' } : undefined
  const administrationId = Number(typed.match(/^administration-(\d{1,9})$/)?.[1])
  return isReferentOf(person, administrationId) ? { scope: 'administration', administrationId } : undefined
}

/** Sessions that the reader takes part in. */
const isTheirs = ({ of }: FeedScope) => of === 'person' || of === 'trainer'

type Shown = { status: 200 | 422 } & Pick<Parameters<typeof feedsPage>[0], 'problems' | 'typed'>

async function showFeeds(c: Context<WebEnv>, { status, problems, typed }: Shown) {
  const { db, language, dates, baseUrl, signedIn } = c.var
  const list = { ...readList(c, feedSorts), path: '/calendars' }
  const scopes = { trainer: isTrainer(signedIn), administrations: await administrationsOf(db, signedIn.id) }
  const pathways = await publicPathways(db)
  const content = feedsPage({
    language,
    dates,
    list,
    scopes,
    pathways,
    ...(await listFeeds(db, list, signedIn.id)),
    baseUrl,
    problems,
    typed,
  })
  return page(c, { title: words[language].title, content, status })
}

/** Raise it when the same sessions are to be written differently, so that calendars fetch them again. */
const format = 2
