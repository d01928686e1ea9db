import { html, raw } from 'hono/html'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { type ListRequest, listSearch, listUrl, pager, rowsPerPage } from '../../web/lists.ts'
import type { Session } from '../queries.ts'
import { minutesOf } from '../rules.ts'
import { minutesName, reasonName, statusName } from './form.ts'
import { shareOf } from './percentages/pages.ts'
import type { Percentages } from './percentages/rules.ts'
import { type Attendee, type attendeeSorts, attendeeStates, type ReferentFound } from './queries.ts'
import { attendanceStatuses } from './rules.ts'
import { words } from './words.ts'

type Viewing = { language: Language; dates: Dates }
type Sort = (typeof attendeeSorts)[number]
type Shown = {
  session: Session
  list: ListRequest<Sort>
  rows: readonly Attendee[]
  total: number
  /** Of the programme's sessions, by person. */
  percentages: ReadonlyMap<number, Percentages>
  /** The session is over; how many went in by our link without more evidence, and whether that counts. */
  entries: { over: boolean; waiting: number; counted: boolean }
  problems: Problems | null
  typed: Typed
  /** The form to add somebody, with the administrations to choose from once they are known. */
  adding?: { problems: Problems | null; typed: Typed; choices: readonly ReferentFound[] }
}

export function attendancePage({ language, dates }: Viewing, shown: Shown): Html {
  const { session, list, total, problems, typed, adding, entries } = shown
  const t = words[language]
  const path = `/sessions/${session.id}/attendance`
  const filters = [
    {
      name: 'status',
      label: t.status,
      choices: attendeeStates.map((value) => ({ value, label: value === 'none' ? t.notYet : t.statuses[value] })),
    },
  ]
  const isEmpty = total === 0 && list.q === '' && Object.keys(list.filters).length === 0
  return html`
<h1>${t.title}</h1>
<p class="lead">${session.title}, ${dates.period(session.startsAt, session.endsAt)}</p>
<p>${t.intro(formatNumber(session.thresholdMinutes, language))}</p>
<p class="actions"><a class="btn btn-outline-primary" href="${path}/import">${t.importLink}</a></p>
${entries.over && (entries.waiting > 0 || entries.counted) && entriesBox(language, path, entries)}
${fieldsOf(language, problems, typed).summary()}
${isEmpty ? html`<p class="empty">${t.none}</p>` : html`${listSearch(list, { language, target: 'attendees', filters })}${attendeesTable({ language, dates }, shown)}${restForm(language, path, entries.over)}`}
${addForm(language, session, adding)}`
}

/** Going into the room by our link is evidence that the trainer may let count. */
function entriesBox(language: Language, path: string, { waiting, counted }: Shown['entries']): Html {
  const t = words[language]
  return html`
<div class="alert alert-info">
  <p>${counted ? t.entriesCounted : t.entriesWaiting(waiting)}</p>
  <form method="post" action="${path}/entries"><input type="hidden" name="counted" value="${counted ? 'no' : 'yes'}">
    <button class="btn btn-outline-primary btn-sm">${counted ? t.uncountEntries : t.countEntries}</button></form>
</div>`
}

const restForm = (language: Language, path: string, over: boolean): Html | false =>
  over &&
  html`
<form method="post" action="${path}/rest" class="mt-3"><button class="btn btn-outline-primary btn-sm">${words[language].rest}</button>
  <small>${words[language].restHelp}</small></form>`

/** A page of the list, in a form of its own: what is marked on it is saved before going on. */
export function attendeesTable({ language, dates }: Viewing, shown: Shown): Html {
  const { session, list, rows, total } = shown
  const t = words[language]
  const pages = Math.ceil(total / rowsPerPage)
  return html`
<div id="attendees">
${
  rows.length === 0
    ? html`<div class="empty">${t.noneFound} <a href="${list.path}">${t.all}</a></div>`
    : html`
<form method="post" action="${listUrl(list)}" novalidate>
  <p class="field-help">${t.minutesHelp(formatNumber(Math.ceil(minutesOf(session)), language))} ${t.reasonHelp}</p>
  <div class="table-responsive" tabindex="0" role="region" aria-label="${t.title}">
  <table class="table stacked list-table">
    <caption>${t.shown(formatNumber(rows.length, language), formatNumber(total, language))}</caption>
    <thead><tr><th scope="col">${t.name}</th><th scope="col">${t.administration}</th><th scope="col">${t.status}</th><th scope="col">${t.minutes}</th><th scope="col">${t.reason}</th></tr></thead>
    <tbody>${rows.map((attendee) => row({ language, dates }, attendee, shown))}</tbody>
  </table>
  </div>
  <div class="actions">
    <button class="btn btn-primary">${t.save}</button>
    ${list.page < pages && html`<button class="btn btn-outline-primary" name="onward" value="next">${t.saveAndNext}</button>`}
  </div>
</form>`
}
${pager(list, total, language)}
</div>`
}

function row({ language, dates }: Viewing, attendee: Attendee, { problems, typed, percentages }: Shown): Html {
  const { personId, name, administration, recorded, checkedInAt, enteredAt } = attendee
  const t = words[language]
  const share = shareOf(language, percentages.get(personId))
  const fields = fieldsOf(language, problems, typed)
  const [status, minutes, reason] = [statusName(personId), minutesName(personId), reasonName(personId)]
  const chosen = typed[status] ?? recorded?.status ?? ''
  const marks = (field: string) => raw(problems?.[field] ? `aria-invalid="true" aria-describedby="${field}-error"` : '')
  return html`
<tr>
  <th scope="row">${name}${share && html`<br><small>${share}</small>`}</th>
  <td>${administration}</td>
  <td class="field" data-label="${t.status}">
    <select class="form-select" id="${status}" name="${status}" aria-label="${t.of(t.status, name)}" ${marks(status)}>
      <option value="">${t.notYet}</option>
      ${attendanceStatuses.map((value) => html`<option value="${value}" ${value === chosen && raw('selected')}>${t.statuses[value]}</option>`)}
    </select>
    ${recorded && html`<small>${t.recordedBy[recorded.source]}</small>`} ${fields.problem(status)}
    ${checkedInAt && html`<small>${t.checkedIn(dates.time(checkedInAt))}</small>`} ${enteredAt && html`<small>${t.entered(dates.time(enteredAt))}</small>`}
  </td>
  <td class="field" data-label="${t.minutes}">
    <input class="form-control" type="number" min="0" id="${minutes}" name="${minutes}" value="${typed[minutes] ?? minutesOnceThere(recorded)}" aria-label="${t.of(t.minutes, name)}" ${marks(minutes)}>
    ${fields.problem(minutes)}
  </td>
  <td class="field" ${recorded && html`data-label="${t.reason}"`}>
    ${
      recorded &&
      html`<input class="form-control" id="${reason}" name="${reason}" value="${typed[reason] ?? ''}" maxlength="500" aria-label="${t.of(t.reason, name)}" ${marks(reason)}>
    ${recorded.reason && html`<small>${recorded.reason}</small>`} ${fields.problem(reason)}`
    }
  </td>
</tr>`
}

/** Whoever was absent has no minutes to keep when they turn out to have been there. */
const minutesOnceThere = (recorded: Attendee['recorded']): number | '' =>
  recorded && (recorded.status === 'present' || recorded.status === 'partial') ? recorded.minutes : ''

function addForm(language: Language, session: Session, adding: Shown['adding']): Html {
  const t = words[language]
  const fields = fieldsOf(language, adding?.problems ?? null, adding?.typed ?? {})
  const choices = adding?.choices ?? []
  return html`
<h2>${t.addTitle}</h2>
<p>${t.addHelp}</p>
${fields.summary()}
<form method="post" action="/sessions/${session.id}/attendance/people" class="narrow" novalidate>
  ${fields.input({ name: 'email', label: t.email, type: 'email', required: true, most: 254 })}
  ${
    choices.length > 1 &&
    fields.select({
      name: 'administration',
      label: t.pickAdministration,
      required: true,
      choices: choices.map(({ administrationId, administration }) => ({ value: administrationId, label: administration })),
    })
  }
  <div class="fields">
    ${fields.select({ name: 'status', label: t.status, required: true, value: 'present', choices: attendanceStatuses.map((value) => ({ value, label: t.statuses[value] })) })}
    ${fields.input({ name: 'minutes', label: t.minutes, type: 'number' })}
  </div>
  <button class="btn btn-outline-primary">${t.add}</button>
</form>`
}
