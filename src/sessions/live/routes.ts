import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { streamSSE } from 'hono/streaming'
import * as z from 'zod'
import type { Database } from '../../database/schema.ts'
import { requireStaff } from '../../people/require.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import { type Problems, readForm, requiredNumber, type Typed } from '../../web/forms.ts'
import { readList } from '../../web/lists.ts'
import { id } from '../../web/paths.ts'
import { done, fragment, page, refused, wantsFragment } from '../../web/respond.ts'
import { closeDesk, openDesk } from '../check-in/actions.ts'
import { codeAt } from '../check-in/code.ts'
import { findDesk } from '../check-in/queries.ts'
import { mostGraceMinutes, openDeskRefusal } from '../check-in/rules.ts'
import { words as checkInWords } from '../check-in/words.ts'
import { findSession, type Session } from '../queries.ts'
import { hasPassed, isOnline, manageRefusal } from '../rules.ts'
import { toSession } from '../show.ts'
import { codeBox, figuresList, livePage, peopleList, peopleSection, screenPage } from './pages.ts'
import { liveFilters, livePeople, liveSorts, pulseOf, walkIns } from './queries.ts'
import { hasRoomForStream, type Pace, streamChanges, usualPace } from './stream.ts'
import { words } from './words.ts'

type Given = {
  /** The clock, for what stays open longer than a request. */
  now: () => Temporal.Instant
  questions: {
    pulse: (db: Database, moduleId: number) => Promise<string>
    panel: (reader: WebEnv['Variables'], moduleId: number) => Promise<Html>
  }
  pace?: Pace
}

/** What whoever holds a session has before them while it goes on. */
export function liveRoutes({ now, questions, pace = usualPace }: Given) {
  const routes = new Hono<WebEnv>()
  const home = `/sessions/${id('id')}/live`

  routes.get(home, requireStaff, (c) =>
    held(c, async (session) => {
      if (wantsFragment(c)) return fragment(c, peopleSection(c.var, await peopleOf(c, session)))
      return showLive(c, session)
    }),
  )

  routes.get(`${home}/events`, requireStaff, (c) =>
    held(c, async (session) => {
      if (!hasRoomForStream()) return c.text('', 503, { 'Retry-After': '30' })
      c.header('X-Accel-Buffering', 'no')
      const known = { people: '', questions: '' }
      return streamSSE(c, (stream) => streamChanges(stream, pace, () => changesSince(c, session, known)))
    }),
  )

  routes.get(`${home}/code`, requireStaff, (c) =>
    held(c, async (session) => {
      const code = await codeOf(c, session)
      return fragment(
        c,
        code ? codeBox(c.var, session, code) : html`<p class="empty" id="check-in-code">${words[c.var.language].closed}</p>`,
      )
    }),
  )

  routes.get(`${home}/screen`, requireStaff, (c) =>
    held(c, async (session) => {
      const content = screenPage(c.var, session, await codeOf(c, session))
      return page(c, { title: words[c.var.language].screenTitle, content, breadcrumb: crumbs(c, session) })
    }),
  )

  routes.post(`/sessions/${id('id')}/check-in/open`, requireStaff, (c) =>
    held(c, async (session) => {
      const { db, signedIn, language } = c.var
      const form = z.object({ grace: requiredNumber({ least: 0, most: mostGraceMinutes }) })
      const { value, problems, typed } = await readForm(c, form)
      if (problems) return showLive(c, session, problems, typed)
      const outcome = await openDesk(db, session.id, value.grace, { by: signedIn, at: c.var.now })
      if ('opened' in outcome) return done(c, livePath(session), words[language].opened)
      return showLive(c, session, { grace: checkInWords[language].deskRefusal[outcome.refusal] }, typed)
    }),
  )

  routes.post(`/sessions/${id('id')}/check-in/close`, requireStaff, (c) =>
    held(c, async (session) => {
      await closeDesk(c.var.db, session.id, { by: c.var.signedIn, at: c.var.now })
      return done(c, livePath(session), words[c.var.language].closed)
    }),
  )

  /** What the page must show anew, each part with its place; null when nothing has changed. */
  async function changesSince(c: Context<WebEnv>, session: Session, known: { people: string; questions: string }): Promise<string | null> {
    const pulse = await pulseOf(c.var.db, session.id)
    const asked = await questions.pulse(c.var.db, session.moduleId)
    const parts: Html[] = []
    if (pulse.latest !== known.people) {
      const people = peopleList(c.var, await peopleOf(c, session))
      parts.push(
        html`<hx-partial hx-target="#live-figures" hx-swap="outerHTML">${figuresList(c.var.language, pulse)}</hx-partial>`,
        html`<hx-partial hx-target="#live-list" hx-swap="outerMorph">${people}</hx-partial>`,
      )
    }
    if (asked !== known.questions)
      parts.push(
        html`<hx-partial hx-target="#live-questions" hx-swap="innerHTML">${await questions.panel(c.var, session.moduleId)}</hx-partial>`,
      )
    known.people = pulse.latest
    known.questions = asked
    return parts.length === 0 ? null : String(await html`${parts}`)
  }

  async function showLive(c: Context<WebEnv>, session: Session, problems: Problems | null = null, typed: Typed = {}) {
    const { db } = c.var
    const content = livePage(c.var, {
      session,
      figures: await pulseOf(db, session.id),
      people: await peopleOf(c, session),
      questions: await questions.panel(c.var, session.moduleId),
      desk: await findDesk(db, session.id),
      code: await codeOf(c, session),
      mayOpen: openDeskRefusal(session, c.var.now) === null,
      hasRoom: isOnline(session.kind) && session.joinUrl !== null && !hasPassed(session.endsAt, c.var.now),
      problems,
      typed,
    })
    const status = problems ? 422 : 200
    return page(c, { title: words[c.var.language].title, content, breadcrumb: toSession(c, session), status, live: true })
  }

  async function codeOf(c: Context<WebEnv>, session: Session) {
    const desk = await findDesk(c.var.db, session.id)
    const moment = now()
    // Before it opens the code is already there, so that nobody waits for it.
    if (!desk || desk.closedAt || hasPassed(session.endsAt, moment) || session.cancelledAt) return null
    return codeAt(desk.secret, moment)
  }

  return routes
}

const livePath = ({ id }: { id: number }) => `/sessions/${id}/live`

const crumbs = (c: Context<WebEnv>, session: Session) => [
  ...toSession(c, session),
  { href: livePath(session), label: words[c.var.language].title },
]

async function peopleOf(c: Context<WebEnv>, session: Session) {
  const { db, signedIn } = c.var
  const list = { ...readList(c, liveSorts, liveFilters), path: livePath(session) }
  return { list, ...(await livePeople(db, session.id, list, signedIn)), walkIns: await walkIns(db, session.id, signedIn) }
}

/** The session of the address for whoever is in charge of it. */
async function held(c: Context<WebEnv>, work: (session: Session) => Promise<Response>): Promise<Response> {
  const session = await findSession(c.var.db, Number(c.req.param('id')), c.var.signedIn)
  if (!session) return c.notFound()
  return manageRefusal(session, c.var.signedIn) ? refused(c) : work(session)
}
