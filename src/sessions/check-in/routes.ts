import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requirePerson } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import { type Problems, readForm, requiredText, type Typed } from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done, page } from '../../web/respond.ts'
import { findAnySession, findSession, type Session } from '../queries.ts'
import { toSession } from '../show.ts'
import { type CheckInOutcome, checkInByCode, checkInByTicket } from './actions.ts'
import { isShown, newTicket, readTicket } from './code.ts'
import { codePage, refusedPage, ticketPage } from './pages.ts'
import { findCheckIn, findDesk } from './queries.ts'
import { type CheckInRefusal, checkInRefusal, ticketRefusal } from './rules.ts'
import { words } from './words.ts'

export const checkInRoutes = new Hono<WebEnv>()

const home = `/sessions/${id('id')}/check-in`
const pathOf = ({ id }: { id: number }) => `/sessions/${id}/check-in`

checkInRoutes.get(home, requirePerson, (c) => at(c, (session) => showCode(c, session)))

checkInRoutes.post(home, requirePerson, (c) =>
  at(c, async (session) => {
    const { db, signedIn, now, language } = c.var
    const { value, problems, typed } = await readForm(c, z.object({ code: requiredText(12) }))
    if (problems) return showCode(c, session, problems, typed)
    const outcome = await checkInByCode(db, session.id, value.code.replace(/\s/g, ''), { by: signedIn, at: now })
    return 'refusal' in outcome
      ? showCode(c, session, { code: words[language].refusal[outcome.refusal] }, typed)
      : checkedIn(c, session, outcome)
  }),
)

// The scan counts from now: signing in comes afterwards, with the ticket in the address. Whoever holds the code was in the
// room, and may scan it whatever else they may see of the programme.
checkInRoutes.get(`${home}/scan/:token{[\\w-]{20,40}}`, async (c) => {
  const { db, now } = c.var
  c.header('Cache-Control', 'private, no-store')
  const session = await findAnySession(db, Number(c.req.param('id')))
  const desk = session ? await findDesk(db, session.id) : null
  if (!session || !desk || !isShown(desk.secret, c.req.param('token'), now))
    return at(c, async (seen) => showRefusal(c, seen, checkInRefusal(seen, desk, now) ?? 'wrong_code'))
  const refusal = checkInRefusal(session, desk, now)
  if (refusal) return showRefusal(c, session, refusal)
  return c.redirect(`${pathOf(session)}/ticket/${newTicket(desk.secret, now)}`, 303)
})

const ticketPath = `${home}/ticket/:ticket{[\\w.-]{20,80}}` as const

checkInRoutes.get(ticketPath, requirePerson, (c) =>
  at(c, async (session) => {
    const { db, signedIn, now } = c.var
    const ticket = c.req.param('ticket') ?? ''
    const desk = await findDesk(db, session.id)
    const read = desk && readTicket(desk.secret, ticket)
    if (!read) return showRefusal(c, session, 'wrong_code')
    const refusal = checkInRefusal(session, desk, read.scannedAt) ?? ticketRefusal(read.scannedAt, now)
    if (refusal) return showRefusal(c, session, refusal)
    const content = ticketPage(c.var, { session, ticket, scannedAt: read.scannedAt, name: signedIn.name })
    return page(c, { title: words[c.var.language].title, content, breadcrumb: toSession(c, session) })
  }),
)

checkInRoutes.post(ticketPath, requirePerson, (c) =>
  at(c, async (session) => {
    const { db, signedIn, now } = c.var
    const outcome = await checkInByTicket(db, session.id, c.req.param('ticket') ?? '', { by: signedIn, at: now })
    return 'refusal' in outcome ? showRefusal(c, session, outcome.refusal) : checkedIn(c, session, outcome)
  }),
)

/** The session of the address, if this person may see it. */
async function at(c: Context<WebEnv>, work: (session: Session) => Promise<Response>): Promise<Response> {
  const session = await findSession(c.var.db, Number(c.req.param('id')), c.var.person)
  return session ? work(session) : c.notFound()
}

const checkedIn = (c: Context<WebEnv>, session: Session, { scannedAt }: Exclude<CheckInOutcome, { refusal: CheckInRefusal }>) =>
  done(c, pathOf(session), words[c.var.language].done(c.var.dates.time(scannedAt)))

async function showCode(c: Context<WebEnv>, session: Session, problems: Problems | null = null, typed: Typed = {}): Promise<Response> {
  const { db, signedIn, now, language } = c.var
  const own = await findCheckIn(db, session.id, signedIn.id)
  const refusal = own || problems ? null : checkInRefusal(session, await findDesk(db, session.id), now)
  if (refusal) return showRefusal(c, session, refusal, 200)
  const content = codePage(c.var, { session, own, problems, typed })
  return page(c, { title: words[language].title, content, breadcrumb: toSession(c, session), status: problems ? 422 : 200 })
}

async function showRefusal(c: Context<WebEnv>, session: Session, refusal: CheckInRefusal, status: 200 | 422 = 422) {
  const content = refusedPage(c.var, session, refusal)
  return page(c, { title: words[c.var.language].title, content, breadcrumb: toSession(c, session), status })
}
