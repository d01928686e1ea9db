import { html, raw } from 'hono/html'
import { regionName } from '../../administrations/regions.ts'
import { datesIn } from '../../language/dates.ts'
import { words as sessionWords } from '../../sessions/words.ts'
import type { Html } from '../../web/env.ts'
import type { CalendarSession } from '../queries.ts'
import { words } from '../words.ts'

type Setting = { baseUrl: string; zone: string }

/** The programme for a portal that shows it in its own way; times are UTC. */
export const asJson = (sessions: readonly CalendarSession[], { baseUrl }: Setting) => ({
  title: words.it.publicName,
  url: `${baseUrl}/programme`,
  sessions: sessions.map(({ id, uid, kind, title, startsAt, endsAt, place, region, cancelledAt, revisedAt }) => ({
    id: uid,
    title,
    kind,
    starts_at: startsAt.toString(),
    ends_at: endsAt.toString(),
    place,
    region,
    status: cancelledAt ? 'cancelled' : 'confirmed',
    updated_at: revisedAt.toString(),
    url: `${baseUrl}/sessions/${id}`,
  })),
})

/** The same for feed readers (Atom, RFC 4287); an entry keeps its id over all changes. */
export function asAtom(sessions: readonly CalendarSession[], { baseUrl, zone }: Setting): Html {
  const dates = datesIn('it', zone)
  const revised = sessions.map(({ revisedAt }) => revisedAt.toString()).toSorted()
  return html`${raw('<?xml version="1.0" encoding="utf-8"?>')}
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="it">
<id>${baseUrl}/programme.atom</id>
<title>${words.it.publicName}</title>
<updated>${revised.at(-1) ?? '1970-01-01T00:00:00Z'}</updated>
<author><name>Percorsi</name></author>
<link rel="self" href="${baseUrl}/programme.atom"/>
<link href="${baseUrl}/programme"/>
${sessions.map(
  (session) => html`<entry>
<id>urn:percorsi:${session.uid}</id>
<title>${session.cancelledAt ? words.it.cancelledTitle(readable(session.title)) : readable(session.title)}</title>
<updated>${session.revisedAt.toString()}</updated>
<link href="${baseUrl}/sessions/${session.id}"/>
<summary>${dates.period(session.startsAt, session.endsAt)}. ${readable(session.place ?? words.it.online)}</summary>
</entry>
`,
)}</feed>
`
}

/** Characters that XML doesn't know, not even escaped. */
const readable = (text: string) => text.toWellFormed().replace(/(?![\n\t])\p{Cc}/gu, '')

/** A list without our frame, for a page of another site; its links open there on top. */
export function asFragment(sessions: readonly CalendarSession[], { baseUrl, zone }: Setting): Html {
  const dates = datesIn('it', zone)
  const t = sessionWords.it
  return html`<!doctype html>
<html lang="it"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.it.publicName}</title><base target="_top"></head><body>
${sessions.length === 0 && html`<p>${words.it.portalNone}</p>`}
<ul>${sessions.map(
    ({ id, title, kind, startsAt, endsAt, place, region, cancelledAt }) => html`
<li><a href="${baseUrl}/sessions/${id}">${title}</a>${cancelledAt && html` <strong>(${t.states.cancelled.toLowerCase()})</strong>`}<br>
<time datetime="${startsAt.toString()}">${dates.period(startsAt, endsAt)}</time><br>
${t.kinds[kind]}, ${place ?? t.online}${region && html`, ${regionName(region)}`}</li>`,
  )}</ul>
</body></html>`
}
