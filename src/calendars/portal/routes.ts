import { type Context, Hono } from 'hono'
import { digest } from '../../people/secrets.ts'
import type { WebEnv } from '../../web/env.ts'
import { type CalendarSession, feedSessions } from '../queries.ts'
import { isAmong, publicScope } from '../scope.ts'
import type { FeedStates } from '../state.ts'
import { asAtom, asFragment, asJson } from './render.ts'

/** The public programme for other sites: everybody may read it, from every page, and caches may keep it for a while. */
export function portalRoutes(stateOf: FeedStates) {
  const routes = new Hono<WebEnv>()

  routes.get('/programme.json', (c) => answer(c, (sessions) => c.json(asJson(sessions, c.var))))

  routes.get('/programme.atom', (c) =>
    answer(c, async (sessions) => {
      c.header('Content-Type', 'application/atom+xml; charset=utf-8')
      return c.body(String(await asAtom(sessions, c.var)))
    }),
  )

  routes.get('/programme/embed', (c) =>
    answer(c, (sessions) =>
      c.html(
        asFragment(
          sessions.filter(({ endsAt }) => Temporal.Instant.compare(endsAt, c.var.now) > 0),
          c.var,
        ),
      ),
    ),
  )

  async function answer(c: Context<WebEnv>, write: (sessions: readonly CalendarSession[]) => Response | Promise<Response>) {
    const { db, now, baseUrl } = c.var
    const found = await publicScope(db, c.req.query())
    if (!found) return c.notFound()
    const { state } = await stateOf(db, found.scope, now)
    // What is over leaves the list by the day, so the tag knows which day it is.
    const tag = `"${digest(`${format} ${c.req.path} ${baseUrl} ${now.toString().slice(0, 10)} ${state}`).slice(0, 32)}"`
    c.header('ETag', tag)
    c.header('Cache-Control', 'public, max-age=300')
    c.header('Access-Control-Allow-Origin', '*')
    if (isAmong(tag, c.req.header('If-None-Match'))) return c.body(null, 304)
    return write(await feedSessions(db, found.scope, now))
  }

  return routes
}

/** Raise it when the same sessions are to be written differently. */
const format = 1
