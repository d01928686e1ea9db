import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { requireStaff } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import { id } from '../../web/paths.ts'
import { done, page, refused } from '../../web/respond.ts'
import { importRefusal } from '../attendance/import/words.ts'
import { takingRefusal } from '../attendance/rules.ts'
import { words as attendanceWords } from '../attendance/words.ts'
import { findSession, type Session } from '../queries.ts'
import { manageRefusal } from '../rules.ts'
import { toSession } from '../show.ts'
import { openRoom } from './actions.ts'
import { isNonceFor, isTokenOf, nonceFor, type Server } from './bigbluebutton/address.ts'
import { readAnalytics } from './bigbluebutton/analytics.ts'
import { importStays } from './evidence.ts'
import { failedDoorPage } from './pages.ts'
import { providerOf } from './providers.ts'
import { findRoom, type SessionRoom } from './queries.ts'
import { closeRoom, importSeen } from './watch.ts'
import { words } from './words.ts'

export const roomRoutes = new Hono<WebEnv>()

const ended = `/sessions/${id('id')}/room/ended/:nonce{[0-9a-f]{64}}`
const mostAnalytics = 5 * 1024 * 1024

/** The server says that the meeting is over. Whatever it says, it may say again. */
roomRoutes.get(ended, async (c) => {
  const called = await calledBy(c)
  if (!called) return c.notFound()
  await closeRoom(c.var.db, called.room, c.var)
  return c.text('ok')
})

/** Some minutes later it sends who came and went when, with a token that it has signed. */
roomRoutes.post(ended, bodyLimit({ maxSize: mostAnalytics }), async (c) => {
  const { db, now, zone } = c.var
  const called = await calledBy(c)
  if (!called || !isTokenOf(called.server, c.req.header('Authorization'), now)) return c.notFound()
  const told = readAnalytics(await c.req.json().catch(() => null))
  if (told?.meetingId !== called.room.meetingId) return c.text('not understood', 400)
  const { sessionId } = called.room
  await importStays(db, sessionId, { stays: told.stays, fileName: 'bigbluebutton.csv' }, { at: now, zone })
  return c.text('ok')
})

roomRoutes.post(`/sessions/${id('id')}/room/attendance`, requireStaff, async (c) => {
  const { db, signedIn, language, now, zone } = c.var
  const t = words[language]
  const session = await findSession(db, Number(c.req.param('id')), signedIn)
  if (!session) return c.notFound()
  if (manageRefusal(session, signedIn)) return refused(c)
  const refusal = takingRefusal(session, now)
  if (refusal) return refused(c, attendanceWords[language].refusal[refusal])
  const room = await findRoom(db, session.id)
  if (!room?.openedAt) return refused(c, t.neverOpened)
  const outcome = await importSeen(db, room, { now, zone })
  if (outcome && 'refusal' in outcome) return refused(c, importRefusal(outcome, language, zone))
  return done(c, `/sessions/${session.id}/attendance`, outcome ? t.readDone(outcome.participants.length) : t.nobodySeen)
})

/** The room that the server speaks of; undefined for anybody who doesn't know the nonce. */
async function calledBy(c: Context<WebEnv>): Promise<{ room: SessionRoom; server: Server } | undefined> {
  const { db, roomServer } = c.var
  const room = await findRoom(db, Number(c.req.param('id')))
  if (!room || !roomServer) return undefined
  return isNonceFor(roomServer, room.meetingId, c.req.param('nonce') ?? '') ? { room, server: roomServer } : undefined
}

/** Leads a person into the session's room, which is opened when it isn't; or says that it can't be. */
export async function enterRoom(
  c: Context<WebEnv>,
  session: Session,
  { moderator, title, back }: { moderator: boolean; title: string; back: string },
): Promise<Response | undefined> {
  const { db, now, signedIn, language, baseUrl, roomServer } = c.var
  const provider = providerOf(session, roomServer)
  if (!provider) return undefined
  const visitor = { personId: signedIn.id, name: signedIn.name, language, moderator }
  if (session.room === 'link') return c.redirect(provider.doorFor({ meetingId: '', title: session.title }, visitor), 302)

  const surroundings = (meetingId: string) => ({
    ended: roomServer ? `${baseUrl}/sessions/${session.id}/room/ended/${nonceFor(roomServer, meetingId)}` : '',
    home: `${baseUrl}/sessions/${session.id}`,
  })
  const opened = await openRoom(db, { session, provider, surroundings }, { by: signedIn, at: now })
  if ('room' in opened) return c.redirect(provider.doorFor(opened.room, visitor), 302)
  const content = failedDoorPage({ language }, session, { title, back })
  return page(c, { title, content, breadcrumb: toSession(c, session), status: 503 })
}
