import { html } from 'hono/html'
import type { Language } from '../../../language/language.ts'
import type { Html } from '../../../web/env.ts'
import { postButton } from '../../../web/fields.ts'
import { listSearch, listTable } from '../../../web/lists.ts'
import { words } from '../../words.ts'
import type { RegisteredHere } from '../queries.ts'
import type { RegisteredList, registeredSorts } from './queries.ts'

type Sort = (typeof registeredSorts)[number]
type Shown = {
  sessionId: number
  list: RegisteredList
  rows: readonly RegisteredHere[]
  total: number
  /** Whom the reader may see, and how many there are in all. */
  seen: number
  registered: number
  /** Their places may still be given to others. */
  open: boolean
}

/** On the page of a session, for whoever is in charge of it: who is registered. */
export function registeredSection(language: Language, shown: Shown): Html {
  const t = words[language]
  const others = shown.registered - shown.seen
  return html`
<h2>${t.whoIsRegistered}</h2>
${shown.registered === 0 && html`<p class="empty">${t.nobody}</p>`}
${shown.seen > 0 && html`${listSearch(shown.list, { language, target: 'registered' })}${registeredTable(language, shown)}`}
${others > 0 && html`<p>${t.others(others)}</p>`}`
}

export function registeredTable(language: Language, { sessionId, list, rows, total, open }: Shown): Html {
  const t = words[language]
  const cancel = ({ registrationId, name }: RegisteredHere) =>
    postButton(`/sessions/${sessionId}/registrations/${registrationId}/cancel`, t.cancelRegistration(name), 'outline-danger')
  return html`<div id="registered">${listTable<RegisteredHere, Sort>({
    language,
    caption: t.whoIsRegistered,
    list,
    rows,
    total,
    columns: [
      {
        label: t.name,
        sort: 'name',
        cell: ({ name, discussant }) => html`${name}${discussant && html`<br><small>${t.discussant}</small>`}`,
      },
      { label: t.administration, sort: 'administration', cell: ({ administration }) => administration },
      { label: t.email, cell: ({ email }) => email },
      ...(open ? [{ label: t.actions, cell: cancel }] : []),
    ],
  })}</div>`
}
