import type { Context } from 'hono'
import { isReferent } from '../../people/rules.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import { shareOf } from '../attendance/percentages/pages.ts'
import { percentagesOfPeople } from '../attendance/percentages/queries.ts'
import { ownAttendance } from '../attendance/queries.ts'
import type { Session } from '../queries.ts'
import { findOwnRegistration } from '../registration/queries.ts'
import { ownPresenceBox } from './pages.ts'
import { findCheckIn, findDesk } from './queries.ts'
import { checkInRefusal } from './rules.ts'

/** For the page of a session: what the reader has to do about their presence, or what is known of it. */
export async function ownPresence(c: Context<WebEnv>, session: Session): Promise<Html | ''> {
  const { db, person, now } = c.var
  if (!person || !session.publishedAt) return ''
  const recorded = await ownAttendance(db, session.id, person.id)
  const checkedIn = await findCheckIn(db, session.id, person.id)
  const registration = await findOwnRegistration(db, session.id, person.id)
  const takesPart = isReferent(person) || registration !== undefined
  const mayCheckIn = takesPart && checkInRefusal(session, await findDesk(db, session.id), now) === null
  const found = recorded && (await percentagesOfPeople(db, { programmeId: session.programmeId, personIds: [person.id], now }))
  const share = shareOf(c.var.language, found?.get(person.id))
  return ownPresenceBox(c.var, session.id, { mayCheckIn, checkedIn, recorded, share })
}
