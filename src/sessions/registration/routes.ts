import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requirePerson, requireStaff } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import { idField, readForm } from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done, fragment, page, refused, wantsFragment } from '../../web/respond.ts'
import { noteRoomEntry } from '../check-in/counting.ts'
import { findSession, type Session } from '../queries.ts'
import { enterRoom } from '../rooms/routes.ts'
import { manageRefusal } from '../rules.ts'
import { boxOf, showSession, toSession } from '../show.ts'
import { cancelRegistration, register, waitForPlace } from './actions.ts'
import { closedDoorPage } from './pages.ts'
import { colleaguesWithout, findOwnRegistration, registeredSeenBy } from './queries.ts'
import { joinRefusal } from './rules.ts'
import { leaveWaitingList } from './waiting.ts'
import { words } from './words.ts'

export const registrationRoutes = new Hono<WebEnv>()

registrationRoutes.post(`/sessions/${id('id')}/registration`, requirePerson, async (c) => {
  const { db, signedIn, now, language } = c.var
  const t = words[language]
  const session = await findSession(db, Number(c.req.param('id')), signedIn)
  if (!session) return c.notFound()
  const { value } = await readForm(c, z.object({ administration: idField }))
  if (!value) return answer(c, session, { kind: 'danger', sentence: t.refusal.not_a_referent })

  const participant = { personId: signedIn.id, administrationId: value.administration }
  const outcome = await register(db, session.id, participant, { by: signedIn, at: now })
  return answer(
    c,
    session,
    'id' in outcome ? { kind: 'success', sentence: t.done } : { kind: 'danger', sentence: t.refusal[outcome.refusal] },
  )
})

registrationRoutes.post(`/sessions/${id('id')}/registration/colleague`, requirePerson, async (c) => {
  const { db, signedIn, now, language } = c.var
  const t = words[language]
  const session = await findSession(db, Number(c.req.param('id')), signedIn)
  if (!session) return c.notFound()
  const { value } = await readForm(c, z.object({ colleague: idField }))
  const colleague = (await colleaguesWithout(db, session.id, signedIn)).find(({ id }) => id === value?.colleague)
  if (!colleague) return answer(c, session, { kind: 'danger', sentence: t.refusal.not_a_referent })

  const participant = { personId: colleague.id, administrationId: colleague.administrationId }
  const outcome = await register(db, session.id, participant, { by: signedIn, at: now })
  const sentence = 'id' in outcome ? t.colleagueDone(colleague.name) : t.refusal[outcome.refusal]
  return answer(c, session, { kind: 'id' in outcome ? 'success' : 'danger', sentence })
})

registrationRoutes.post(`/sessions/${id('id')}/waiting-list`, requirePerson, async (c) => {
  const { db, signedIn, now, language } = c.var
  const t = words[language]
  const session = await findSession(db, Number(c.req.param('id')), signedIn)
  if (!session) return c.notFound()
  const { value } = await readForm(c, z.object({ administration: idField }))
  if (!value) return answer(c, session, { kind: 'danger', sentence: t.refusal.not_a_referent })

  const participant = { personId: signedIn.id, administrationId: value.administration }
  const outcome = await waitForPlace(db, session.id, participant, { by: signedIn, at: now })
  const sentence = 'id' in outcome ? t.waiting : t.refusal[outcome.refusal]
  return answer(c, session, { kind: 'id' in outcome ? 'success' : 'danger', sentence })
})

registrationRoutes.post(`/sessions/${id('id')}/waiting-list/leave`, requirePerson, async (c) => {
  const { db, signedIn, now, language } = c.var
  const session = await findSession(db, Number(c.req.param('id')), signedIn)
  if (!session) return c.notFound()
  const left = await leaveWaitingList(db, session.id, { by: signedIn, at: now })
  const sentence = left ? words[language].left : words[language].refusal.not_waiting
  return answer(c, session, { kind: left ? 'success' : 'danger', sentence })
})

registrationRoutes.post(`/sessions/${id('id')}/registration/cancel`, requirePerson, async (c) => {
  const { db, signedIn, now, language } = c.var
  const t = words[language]
  const session = await findSession(db, Number(c.req.param('id')), signedIn)
  if (!session) return c.notFound()
  const own = await findOwnRegistration(db, session.id, signedIn.id)
  const outcome = own ? await cancelRegistration(db, own.id, { by: signedIn, at: now }) : { refusal: 'already_cancelled' as const }
  return answer(
    c,
    session,
    'id' in outcome ? { kind: 'success', sentence: t.cancelled } : { kind: 'danger', sentence: t.refusal[outcome.refusal] },
  )
})

/** Whoever is in charge gives somebody's place to others; the person's calendar drops the session. */
registrationRoutes.post(`/sessions/${id('id')}/registrations/${id('registration')}/cancel`, requireStaff, async (c) => {
  const { db, signedIn, now, language } = c.var
  const session = await findSession(db, Number(c.req.param('id')), signedIn)
  if (!session) return c.notFound()
  if (manageRefusal(session, signedIn)) return refused(c)
  const people = await registeredSeenBy(db, session.id, signedIn)
  const found = people.find(({ registrationId }) => registrationId === Number(c.req.param('registration')))
  if (!found) return c.notFound()
  const outcome = await cancelRegistration(db, found.registrationId, { by: signedIn, at: now })
  if ('id' in outcome) return done(c, `/sessions/${session.id}`, words[language].cancelledFor(found.name))
  return showSession(c, session, { status: 422, notice: words[language].refusal[outcome.refusal] })
})

registrationRoutes.get(`/sessions/${id('id')}/join`, requirePerson, async (c) => {
  const { db, signedIn, now, language } = c.var
  const session = await findSession(db, Number(c.req.param('id')), signedIn)
  if (!session) return c.notFound()
  const isRegistered = (await findOwnRegistration(db, session.id, signedIn.id)) !== undefined
  const moderator = manageRefusal(session, signedIn) === null
  const refusal = joinRefusal(session, { takesPart: isRegistered || moderator, now })
  c.header('Cache-Control', 'private, no-store')
  const t = words[language]
  const entered = refusal ? undefined : await enterRoom(c, session, { moderator, title: t.joinTitle, back: t.back })
  if (entered?.status === 302 && isRegistered && isOpening(c)) await noteRoomEntry(db, session.id, signedIn.id, now)
  if (entered) return entered
  const content = closedDoorPage(c.var, session, refusal ?? 'no_room')
  const status = refusal === 'not_registered' ? 403 : 200
  return page(c, { title: t.joinTitle, content, breadcrumb: toSession(c, session), status })
})

/** A browser that only looks ahead hasn't brought anybody in. */
const isOpening = (c: Context<WebEnv>) => c.req.method === 'GET' && !/prefetch|prerender/.test(c.req.header('Sec-Purpose') ?? '')

type Message = { kind: 'success' | 'danger'; sentence: string }

/** The box alone for htmx; otherwise back to the page after a change, or the page with the reason. */
async function answer(c: Context<WebEnv>, session: Session, message: Message) {
  const status = message.kind === 'success' ? 200 : 422
  if (wantsFragment(c)) return fragment(c, await boxOf(c, session, message), status)
  return status === 200 ? done(c, `/sessions/${session.id}`, message.sentence) : showSession(c, session, { status, message })
}
