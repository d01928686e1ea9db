import { type CalendarSession, findCalendarSession } from '../../calendars/queries.ts'
import { renderInvitation } from '../../calendars/render.ts'
import { words as calendarWords } from '../../calendars/words.ts'
import { fromMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { datesIn } from '../../language/dates.ts'
import type { Paragraph } from './letter.ts'
import type { Setting, Writer } from './letters.ts'
import { findCancellationReason, findSessionOf, findWaitingAtCancellation } from './queries.ts'
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

  const waiting = happening === 'session_cancelled' ? await findWaitingAtCancellation(db, entry) : new Set<number>()

  return (receiver) => {
    const { language } = receiver
    const t = words[language]
    return {
      subject: t[happening].subject(session.title),
      paragraphs: [
        waiting.has(receiver.id) ? t.session_cancelled.saysWaiting(session.title) : t[happening].says(session.title),
        facts(session, receiver, setting),
        ...(method === 'REQUEST' && session.place === null ? [t.roomOnline] : []),
        ...(reason ? [t.because, { quote: reason }] : []),
      ],
      action: { label: t.openSession, url: `${setting.baseUrl}/sessions/${session.id}` },
      why: waiting.has(receiver.id) ? t.why.waiting : t.why.registered,
      ...(!waiting.has(receiver.id) && {
        calendar: {
          method,
          content: renderInvitation(session, { ...setting, method, language, attendee: receiver, at: fromMoment(entry.at) }),
        },
      }),
    }
  }
}

/** When and where, a line each. */
function facts({ startsAt, endsAt, place }: CalendarSession, { language }: Receiver, { zone }: Setting): Paragraph {
  const t = words[language]
  return [t.when(datesIn(language, zone).period(startsAt, endsAt)), t.where(place ?? calendarWords[language].online)].join('\n')
}
