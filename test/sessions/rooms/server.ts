import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export const secret = '8cd8ef52e8e101574e400365b55e11a6'

type Attendee = { userID: string; fullName: string }
type Meeting = { parameters: Record<string, string>; created: number; attendees: Attendee[] }
type Behaviour = 'well' | 'silent' | 'failing' | 'redirecting' | 'endless' | 'garbled' | 'with_entities' | 'down'

/**
 * A small server that speaks the published protocol of BigBlueButton, since none can run here: signed calls over HTTP, answers
 * in the documented shape. It checks each signature anew, by what the documentation says.
 */
export async function startRoomServer() {
  const meetings = new Map<string, Meeting>()
  const calls: string[] = []
  const state: { behaviour: Behaviour } = { behaviour: 'well' }

  const server = createServer((request, response) => {
    const { pathname, search, searchParams } = new URL(request.url ?? '', 'http://localhost')
    const call = pathname.split('/').at(-1) ?? ''
    calls.push(call)
    if (state.behaviour === 'silent') return
    if (state.behaviour === 'failing') return void response.writeHead(502).end('<html>Bad gateway</html>')
    if (state.behaviour === 'redirecting') return void response.writeHead(302, { location: 'http://127.0.0.1:9/elsewhere' }).end()
    if (state.behaviour === 'endless') return void response.end(`<response>${'<a>b</a>'.repeat(400_000)}</response>`)
    if (state.behaviour === 'garbled') return void response.end('<response><returncode>SUCCESS</response>')
    if (state.behaviour === 'with_entities')
      return void response.end(
        '<!DOCTYPE r [<!ENTITY x "SUCCESS">]><response><returncode>&x;</returncode><meetingID>1</meetingID></response>',
      )
    response.setHeader('content-type', 'text/xml;charset=utf-8')
    response.end(isSigned(call, search) ? answerTo(call, searchParams) : failed('checksumError', 'Checksums do not match'))
  })

  function answerTo(call: string, parameters: URLSearchParams): string {
    const id = parameters.get('meetingID') ?? ''
    const meeting = meetings.get(id)
    if (call === 'create') {
      if (meeting) return created(id, '<messageKey>duplicateWarning</messageKey><message>It exists already.</message>')
      meetings.set(id, { parameters: Object.fromEntries(parameters), created: meetings.size, attendees: [] })
      return created(id, '<messageKey></messageKey><message></message>')
    }
    if (call === 'getMeetingInfo' && meeting)
      return `<response>
  <returncode>SUCCESS</returncode><meetingID>${id}</meetingID><running>true</running>
  <participantCount>${meeting.attendees.length}</participantCount>
  <attendees>${meeting.attendees.map(({ userID, fullName }) => `<attendee><userID>${userID}</userID><fullName>${escaped(fullName)}</fullName><role>VIEWER</role><customdata></customdata></attendee>`).join('')}</attendees>
  <metadata><endcallbackurl>${escaped(meeting.parameters.meta_endCallbackUrl ?? '')}</endcallbackurl></metadata>
</response>`
    return failed('notFound', 'A meeting with that ID does not exist')
  }

  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const close = () => new Promise((closed) => server.close(closed).closeAllConnections())
  onTestFinished(async () => void (await close()))
  return {
    url: `http://127.0.0.1:${port}/bigbluebutton/`,
    settings: { url: `http://127.0.0.1:${port}/bigbluebutton/`, secret, checksum: 'sha256' as const },
    meetings,
    calls,
    state,
    close,
    only: () => [...meetings.entries()][0] ?? ['', { parameters: {}, created: 0, attendees: [] as Attendee[] }],
  }
}

/** As documented: the hash of the call's name, the query without its checksum, and the secret. */
function isSigned(call: string, search: string): boolean {
  const [query = '', checksum = ''] = search.slice(1).split(/&?checksum=/)
  return createHash('sha256').update(`${call}${query}${secret}`).digest('hex') === checksum
}

const created = (id: string, message: string) =>
  `<response><returncode>SUCCESS</returncode><meetingID>${id}</meetingID><internalMeetingID>0a1b-17312</internalMeetingID><parentMeetingID>bbb-none</parentMeetingID><hasUserJoined>false</hasUserJoined>${message}</response>`

const failed = (key: string, message: string) =>
  `<response><returncode>FAILED</returncode><messageKey>${key}</messageKey><message>${message}</message></response>`

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
