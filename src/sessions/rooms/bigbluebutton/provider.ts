import { type Inside, type Room, RoomFailure, type RoomProvider, type Surroundings, type Visitor } from '../provider.ts'
import { type Server, signedAddress } from './address.ts'
import { elementsIn, textIn } from './answer.ts'
import { ask } from './ask.ts'

/** A room that nobody has entered, and one that everybody has left, wait so many minutes before they close. */
const waitsForFirst = '30'
const waitsForReturn = '15'

/** Rooms on a BigBlueButton server, by its API (docs.bigbluebutton.org/development/api). */
export const bigBlueButton = (server: Server): RoomProvider => ({
  async open({ meetingId, title }: Room, { ended, home }: Surroundings) {
    const answer = await ask(server, 'create', {
      name: title.padEnd(2, '.').slice(0, 200),
      meetingID: meetingId,
      logoutURL: home,
      record: 'false',
      // Without its events the server has nothing to tell afterwards about who was there.
      meetingKeepEvents: 'true',
      meetingExpireIfNoUserJoinedInMinutes: waitsForFirst,
      meetingExpireWhenLastUserLeftInMinutes: waitsForReturn,
      meta_endCallbackUrl: ended,
      'meta_analytics-callback-url': ended,
    })
    if (textIn(answer, 'returncode') === 'FAILED') throw new RoomFailure('refused', textIn(answer, 'messageKey'))
  },

  doorFor: ({ meetingId }: Room, { personId, name, language, moderator }: Visitor) =>
    signedAddress(server, 'join', {
      meetingID: meetingId,
      fullName: name,
      userID: `${ourPeople}${personId}`,
      role: moderator ? 'MODERATOR' : 'VIEWER',
      'userdata-bbb_override_default_locale': language,
    }),

  async inside({ meetingId }: Room) {
    const answer = await ask(server, 'getMeetingInfo', { meetingID: meetingId })
    if (textIn(answer, 'returncode') === 'FAILED') {
      if (textIn(answer, 'messageKey') === 'notFound') return null
      throw new RoomFailure('refused', textIn(answer, 'messageKey'))
    }
    return elementsIn(answer, 'attendees').flatMap((attendees) =>
      elementsIn(attendees, 'attendee').map(
        (attendee): Inside => ({ personId: personOf(textIn(attendee, 'userID')), name: textIn(attendee, 'fullName') }),
      ),
    )
  },
})

const ourPeople = 'percorsi-'

/** The person behind the name that we gave them at the door. */
export function personOf(userId: string): number | null {
  const [, digits] = /^percorsi-(\d{1,9})$/.exec(userId) ?? []
  return digits === undefined ? null : Number(digits)
}
