import { type CalendarSession, findCalendarSession } from '../../calendars/queries.ts'
import { renderInvitation } from '../../calendars/render.ts'
import { words as calendarWords } from '../../calendars/words.ts'
import { fromMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { datesIn } from '../../language/dates.ts'
import type { Paragraph } from './letter.ts'
import type { Setting, Writer } from './letters.ts'
import { findAsked, findCancellationReason, findSessionOf, findWithoutPlace } from './queries.ts'
import type { Entry, Receiver } from './recipients.ts'
import { words } from './words.ts'

const methods = {
  registered: 'REQUEST',
  session_changed: 'REQUEST',
  registration_cancelled: 'CANCEL',
  session_cancelled: 'CANCEL',
} as const

type AboutSession = keyof typeof methods

/**
 * A letter that the recipient's calendar obeys. Nothing about a session that is over, and no invitation to one that was
 * cancelled in the meantime: its cancellation comes next.
 */
export async function invitationAfter(db: Database, entry: Entry, setting: Setting): Promise<Writer | null> {
  const happening = entry.happening as AboutSession
  const sessionId = await findSessionOf(db, entry)
  const session = sessionId === undefined ? undefined : await findCalendarSession(db, sessionId)
  if (!session || Temporal.Instant.compare(session.endsAt, setting.now) <= 0) return null
  const method = methods[happening]
  if (method === 'REQUEST' && session.cancelledAt) return null
  const reason = happening === 'session_cancelled' ? await findCancellationReason(db, session.id) : null

  const withoutPlace = happening === 'session_cancelled' ? await findWithoutPlace(db, entry) : new Map<number, 'waiting' | 'invited'>()

  return (receiver) => {
    const { language } = receiver
    const t = words[language]
    const without = withoutPlace.get(receiver.id)
    return {
      subject: t[happening].subject(session.title),
      paragraphs: [
        without ? t.session_cancelled.saysWithout[without](session.title) : t[happening].says(session.title),
        facts(session, receiver, setting),
        ...(method === 'REQUEST' && session.place === null ? [t.roomOnline] : []),
        ...(reason ? [t.because, { quote: reason }] : []),
      ],
      action: { label: t.openSession, url: `${setting.baseUrl}/sessions/${session.id}` },
      why: without ? t.why[without] : t.why.registered,
      ...(!without && {
        calendar: {
          method,
          content: renderInvitation(session, { ...setting, method, language, attendee: receiver, at: fromMoment(entry.at) }),
        },
      }),
    }
  }
}

/** Asks somebody to come, with the one page where they say yes or no; nothing about what is over or has been called off. */
export async function guestLetter(db: Database, { subjectId, happening }: Entry, setting: Setting): Promise<Writer | null> {
  const asked = await findAsked(db, subjectId)
  const session = asked && (await findCalendarSession(db, asked.sessionId))
  if (!asked || !session || Temporal.Instant.compare(session.endsAt, setting.now) <= 0) return null
  const { administration, places, role } = asked
  return (receiver) => {
    const { language } = receiver
    const { session_invited: t, invitation_withdrawn: over, openSession, why } = words[language]
    if (happening === 'invitation_withdrawn')
      return {
        subject: over.subject(session.title),
        paragraphs: [over.says(session.title), facts(session, receiver, setting)],
        action: { label: openSession, url: `${setting.baseUrl}/sessions/${session.id}` },
        why: why.invited,
      }
    const until = datesIn(language, setting.zone).moment(fromMoment(asked.lapses_at))
    return {
      subject: t.subject(session.title),
      paragraphs: [
        asked.personId === null ? t.saysAll(session.title, administration, places) : t.says[role](session.title, administration),
        facts(session, receiver, setting),
        ...(role === 'discussant' ? [t.discussant] : []),
        asked.placesKept > 0 ? t.kept(until) : t.notKept(until),
      ],
      action: { label: t.action, url: `${setting.baseUrl}/invitations/${subjectId}` },
      why: why.invited,
    }
  }
}

/** When and where, a line each. */
function facts({ startsAt, endsAt, place }: CalendarSession, { language }: Receiver, { zone }: Setting): Paragraph {
  const t = words[language]
  return [t.when(datesIn(language, zone).period(startsAt, endsAt)), t.where(place ?? calendarWords[language].online)].join('\n')
}
