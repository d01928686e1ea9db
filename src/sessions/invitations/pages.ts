import { html, raw } from 'hono/html'
import { regionName, regions } from '../../administrations/regions.ts'
import { formatNumber } from '../../language/numbers.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import { fieldsOf, postButton } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { type ListRequest, listSearch, listTable } from '../../web/lists.ts'
import type { Session } from '../queries.ts'
import type { Candidate, guestSorts, InvitationRow, invitationSorts } from './guests.ts'
import { guestRoles, type InvitationState, invitationStates, mostPlaces, stateOfInvitation, usualLapse } from './rules.ts'
import { words } from './words.ts'

type Context = Pick<WebEnv['Variables'], 'language' | 'dates' | 'now' | 'zone'>

type Listed = {
  session: Session
  list: ListRequest<(typeof invitationSorts)[number]>
  rows: readonly InvitationRow[]
  total: number
  others: number
}

/** Who is invited to a session, and what has become of it. */
export function invitationsPage(context: Context, listed: Listed): Html {
  const { language, dates, now } = context
  const t = words[language]
  const { session, list } = listed
  const open = Temporal.Instant.compare(session.startsAt, now) > 0
  const filters = [{ name: 'state', label: t.state, choices: invitationStates.map((value) => ({ value, label: t.states[value] })) }]
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.intro(session.title, dates.period(session.startsAt, session.endsAt))}</p>
${open ? html`<p class="actions"><a class="btn btn-primary" href="/sessions/${session.id}/invitations/new">${t.inviteTitle}</a></p>` : html`<p>${t.pastHelp}</p>`}
${listSearch(list, { language, target: 'invitations', filters })}
${invitationList(context, listed)}`
}

export function invitationList({ language, dates, now }: Context, { session, list, rows, total, others }: Listed): Html {
  const t = words[language]
  const nameOf = ({ person, administration }: InvitationRow) => person ?? administration
  return html`<div id="invitations">${listTable({
    language,
    caption: t.caption,
    list,
    rows,
    total,
    empty: t.none,
    columns: [
      { label: t.who, cell: (row) => row.person ?? t.wholeAdministration(row.places) },
      { label: t.administration, sort: 'administration', cell: ({ administration }) => administration },
      { label: t.role, sort: 'role', cell: ({ role }) => t.roles[role] },
      { label: t.state, cell: (row) => stateMark(stateOfInvitation(row, now), t.states) },
      { label: t.until, sort: 'until', cell: ({ lapsesAt }) => dates.moment(lapsesAt) },
      {
        label: t.places,
        cell: ({ used, places, placesKept }) =>
          html`${t.placesOf(formatNumber(used, language), formatNumber(places, language))}${placesKept > 0 && html`<br><small>${t.kept}</small>`}`,
      },
      {
        label: t.actions,
        cell: (row) =>
          stateOfInvitation(row, now) === 'waiting'
            ? postButton(`/sessions/${session.id}/invitations/${row.id}/withdraw`, t.withdraw(nameOf(row)), 'outline-danger')
            : null,
      },
    ],
  })}${others > 0 && html`<p>${t.others(others)}</p>`}</div>`
}

const looks: Record<InvitationState, string> = { waiting: 'waiting', accepted: 'good', declined: 'off', withdrawn: 'off', lapsed: 'late' }

const stateMark = (state: InvitationState, names: Record<InvitationState, string>): Html =>
  html`<span class="state ${looks[state]}">${names[state]}</span>`

type Inviting = {
  session: Session
  list: ListRequest<(typeof guestSorts)[number]>
  rows: readonly Candidate[]
  total: number
  problems?: Problems | null
  typed?: Typed
}

/** Whom to invite, and how. */
export function invitePage(context: Context, inviting: Inviting): Html {
  const { language, dates, now, zone } = context
  const t = words[language]
  const { session, list, problems = null, typed = {} } = inviting
  const form = fieldsOf(language, problems, typed)
  const filters = [{ name: 'region', label: t.region, choices: regions.map(({ code, name }) => ({ value: code, label: name })) }]
  const until = usualLapse(session, now).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
  return html`
<h1>${t.inviteTitle}</h1>
<p class="lead">${t.intro(session.title, dates.period(session.startsAt, session.endsAt))}</p>
${form.summary()}
<h2 class="h4">${t.findTitle}</h2>
<p>${t.findLabel}.</p>
${listSearch(list, { language, target: 'guests', filters })}
<form method="post" action="/sessions/${session.id}/invitations" novalidate>
  <h2 class="h4">${t.chooseTitle}</h2>
  ${form.problem('guest')}
  ${candidateList(context, inviting)}
  <details class="mb-3" ${raw(problems?.lines || typed.lines ? 'open' : '')}><summary>${t.paste}</summary>
  <div class="narrow mt-3">${form.area({ name: 'lines', label: t.paste, help: t.pasteHelp, rows: 6, most: 40_000 })}</div></details>
  <h2 class="h4">${t.howTitle}</h2>
  <div class="narrow">
  ${form.choices({
    name: 'role',
    label: t.role,
    required: true,
    values: ['participant'],
    choices: guestRoles.map((value) => ({ value, label: t.roles[value], help: t.rolesHelp[value] })),
  })}
  ${
    session.capacity !== null &&
    form.choices({
      name: 'keeps',
      label: t.keeps,
      required: true,
      values: ['yes'],
      choices: Object.entries(t.keepsChoices).map(([value, label]) => ({ value, label })),
    })
  }
  ${form.input({ name: 'until', label: t.untilField, help: t.untilHelp, type: 'datetime-local', required: true, value: until })}
  ${form.input({ name: 'places', label: t.placesField, help: t.placesHelp, type: 'number', required: true, value: 1 })}
  </div>
  <button class="btn btn-primary">${t.send}</button>
</form>`
}

/** Each administration with its referents, to be ticked. */
export function candidateList({ language }: Context, { list, rows, total, typed = {} }: Inviting): Html {
  const t = words[language]
  const ticked = new Set([typed.guest ?? []].flat())
  const tick = (value: string, label: string, invited: boolean): Html =>
    invited
      ? html`<div><span class="state off">${label}: ${t.invitedAlready}</span></div>`
      : html`<div class="choice"><input type="checkbox" id="guest-${value}" name="guest" value="${value}" ${ticked.has(value) && raw('checked')}><label for="guest-${value}">${label}</label></div>`
  return html`<div id="guests">${listTable({
    language,
    caption: t.administration,
    list,
    rows,
    total,
    empty: t.nothingFound,
    columns: [
      { label: t.administration, sort: 'name', cell: ({ name, region }) => html`${name}<br><small>${regionName(region)}</small>` },
      {
        label: t.who,
        cell: ({ id, name, invited, referents }) =>
          html`${tick(`a${id}`, `${t.chooseWhole}`, invited)}<span class="visually-hidden">${name}</span>${referents.map((each) => tick(`p${each.id}-${id}`, each.name, each.invited))}`,
      },
    ],
  })}</div>`
}

export const placesRange = { least: 1, most: mostPlaces }
