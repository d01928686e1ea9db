import type { Context } from 'hono'
import { html } from 'hono/html'
import { administrationsOf } from '../people/queries.ts'
import { isReferent, isStaff } from '../people/rules.ts'
import type { Html, Person, WebEnv } from '../web/env.ts'
import { readList } from '../web/lists.ts'
import { fragment, page, wantsFragment } from '../web/respond.ts'
import { afterBox } from './after/box.ts'
import { ownPresence } from './check-in/own.ts'
import { conflictsOf, noConflicts } from './conflicts/queries.ts'
import { discussantList, invitationNotice } from './invitations/panel.ts'
import { discussantsOf, pendingInvitations, placesKept, usableInvitation } from './invitations/queries.ts'
import { materialsSection } from './materials/pages.ts'
import { materialsOf, readerOf } from './materials/queries.ts'
import { isShown } from './materials/rules.ts'
import { sessionPage, type Viewing } from './pages.ts'
import type { Session } from './queries.ts'
import { registeredSection, registeredTable } from './registration/list/pages.ts'
import { listRegistered, registeredSorts } from './registration/list/queries.ts'
import { type Box, registrationBox } from './registration/pages.ts'
import {
  colleaguesWithout,
  countRegistered,
  findOwnRegistration,
  findOwnWaiting,
  placesTaken,
  waitingInOrder,
} from './registration/queries.ts'
import { roomNotice } from './rooms/pages.ts'
import { findRoom } from './rooms/queries.ts'
import { hasPassed, manageRefusal } from './rules.ts'
import { placeInSeries } from './series/queries.ts'
import { words } from './words.ts'

type Happened = {
  status?: 200 | 422
  /** In the box of the registration. */
  message?: Box['message']
  /** Above everything: why something was refused. */
  notice?: string
}

/** The page of a session, with what has just happened to the reader's registration, if anything. */
export async function showSession(c: Context<WebEnv>, session: Session, { status = 200, message, notice }: Happened = {}) {
  const { db, person } = c.var
  const box = await boxFor(c, session, message)
  const people = person && box.mayManage ? await peopleOf(c, session, box.registered, person) : null
  if (people && c.req.method === 'GET' && wantsFragment(c)) return fragment(c, registeredTable(c.var.language, people))
  const waiting = person && box.mayManage ? await waitingInOrder(db, session.id, person) : []
  const warned = person !== null && box.mayManage && !session.cancelledAt && Temporal.Instant.compare(session.endsAt, c.var.now) > 0
  const conflicts = warned ? await conflictsOf(db, session, person) : noConflicts
  const inSeries = await placeInSeries(db, session, { asStaff: box.mayManage })
  const shown = {
    session,
    inSeries,
    conflicts,
    waiting,
    registered: box.registered,
    people: people && registeredSection(c.var.language, people),
    signedIn: person !== null,
    box: registrationBox(c.var, box),
    presence: await ownPresence(c, session),
    after: await afterBox(c.var, session),
    room: box.mayManage ? await roomOf(c, session) : '',
    invitation: await invitationPart(c, session, box),
    materials: await materialsPart(c, session, box),
    notice,
  }
  return page(c, { title: session.title, content: sessionPage(viewing(c), shown), breadcrumb: toList(c), status })
}

async function peopleOf(c: Context<WebEnv>, session: Session, registered: number, person: Person) {
  const { db, now } = c.var
  const list = { ...readList(c, registeredSorts), path: `/sessions/${session.id}` }
  const open = !session.cancelledAt && !hasPassed(session.startsAt, now)
  return { sessionId: session.id, list, registered, open, ...(await listRegistered(db, session.id, list, person)) }
}

async function roomOf(c: Context<WebEnv>, session: Session): Promise<Html | ''> {
  const held = Temporal.Instant.compare(session.startsAt, c.var.now) <= 0
  const room = session.room === 'link' ? undefined : await findRoom(c.var.db, session.id)
  return roomNotice(c.var, session, { room, configured: c.var.roomServer !== null, held })
}

async function materialsPart(c: Context<WebEnv>, session: Session, { mayManage }: Box): Promise<Html | ''> {
  const { db, person, now } = c.var
  const all = await materialsOf(db, session.id)
  if (all.length === 0) return ''
  const reader = await readerOf(db, session, person)
  const shown = all.filter((each) => isShown(each, session, { reader, now }))
  return materialsSection(c.var, { session, shown, hidden: all.length - shown.length, inCharge: mayManage })
}

const mostPending = 10

async function invitationPart(c: Context<WebEnv>, session: Session, { own }: Box): Promise<Html> {
  const { db, person, now, language } = c.var
  const pending = person && !own ? await pendingInvitations(db, person, { now, sessionId: session.id, limit: mostPending }) : []
  const discussants = await discussantsOf(db, session.id, { person, takesPart: own !== undefined })
  return html`${invitationNotice(c.var, pending)}${discussantList(discussants, language)}`
}

/** The registration box alone, for htmx. */
export async function boxOf(c: Context<WebEnv>, session: Session, message?: Box['message']): Promise<Html> {
  return html`${registrationBox(c.var, await boxFor(c, session, message))}`
}

async function boxFor(c: Context<WebEnv>, session: Session, message: Box['message']): Promise<Box> {
  const { db, person, now } = c.var
  const own = person ? await findOwnRegistration(db, session.id, person.id) : undefined
  const pending = person && !own ? await pendingInvitations(db, person, { now, sessionId: session.id, limit: 1 }) : []
  return {
    session,
    registered: await countRegistered(db, session.id),
    kept: await placesKept(db, session.id),
    own,
    usable: await usableFor(c, session, own),
    isAsked: pending.length > 0,
    waiting: person ? await findOwnWaiting(db, session.id, person.id) : undefined,
    taken: await placesTaken(db, session.id),
    colleagues: person && isReferent(person) ? await colleaguesWithout(db, session.id, person) : [],
    administrations: person && isReferent(person) ? await administrationsOf(db, person.id) : [],
    mayManage: manageRefusal(session, person) === null,
    message,
  }
}

/** Invitations through which the reader, or once they are in their colleagues, can come in. */
async function usableFor({ var: { db, person, now } }: Context<WebEnv>, session: Session, own: Box['own']): Promise<Box['usable']> {
  if (!person) return { mine: null, colleagues: null }
  if (own)
    return { mine: null, colleagues: await usableInvitation(db, session, { personId: null, administrationId: own.administrationId }, now) }
  for (const administrationId of person.administrations) {
    const mine = await usableInvitation(db, session, { personId: person.id, administrationId }, now)
    if (mine) return { mine, colleagues: null }
  }
  return { mine: null, colleagues: null }
}

export const viewing = (c: Context<WebEnv>): Viewing => ({
  language: c.var.language,
  dates: c.var.dates,
  now: c.var.now,
  asStaff: isStaff(c.var.person),
})

/** The pages above a session: visitors find it in the programme. */
export const toList = (c: Context<WebEnv>) =>
  c.var.person
    ? [{ href: '/sessions', label: words[c.var.language].title }]
    : [{ href: '/programme', label: words[c.var.language].programme }]

export const toSession = (c: Context<WebEnv>, { id, title }: { id: number; title: string }) => [
  ...toList(c),
  { href: `/sessions/${id}`, label: title },
]
