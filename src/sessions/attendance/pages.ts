import { html, raw } from 'hono/html'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import type { Session } from '../queries.ts'
import { minutesOf } from '../rules.ts'
import { minutesName, reasonName, statusName } from './form.ts'
import type { Attendee, ReferentFound } from './queries.ts'
import { attendanceStatuses } from './rules.ts'
import { words } from './words.ts'

type Viewing = { language: Language; dates: Dates }
type Shown = {
  session: Session
  attendees: readonly Attendee[]
  problems: Problems | null
  typed: Typed
  /** The form to add somebody, with the administrations to choose from once they are known. */
  adding?: { problems: Problems | null; typed: Typed; choices: readonly ReferentFound[] }
}

export function attendancePage({ language, dates }: Viewing, shown: Shown): Html {
  const { session, attendees, problems, typed, adding } = shown
  const t = words[language]
  return html`
<h1>${t.title}</h1>
<p class="lead">${session.title}, ${dates.period(session.startsAt, session.endsAt)}</p>
<p>${t.intro(formatNumber(session.thresholdMinutes, language))}</p>
<p class="actions"><a class="btn btn-outline-primary" href="/sessions/${session.id}/attendance/import">${t.importLink}</a></p>
${fieldsOf(language, problems, typed).summary()}
${attendees.length === 0 ? html`<p class="empty">${t.none}</p>` : table(language, shown)}
${addForm(language, session, adding)}`
}

function table(language: Language, { session, attendees, problems, typed }: Shown): Html {
  const t = words[language]
  return html`
<form method="post" action="/sessions/${session.id}/attendance" novalidate>
  <p class="field-help">${t.minutesHelp(formatNumber(Math.ceil(minutesOf(session)), language))} ${t.reasonHelp}</p>
  <div class="table-responsive" tabindex="0" role="region" aria-label="${t.title}">
  <table class="table stacked">
    <thead><tr><th scope="col">${t.name}</th><th scope="col">${t.administration}</th><th scope="col">${t.status}</th><th scope="col">${t.minutes}</th><th scope="col">${t.reason}</th></tr></thead>
    <tbody>${attendees.map((attendee) => row(language, attendee, problems, typed))}</tbody>
  </table>
  </div>
  <button class="btn btn-primary">${t.save}</button>
</form>`
}

function row(language: Language, { personId, name, administration, recorded }: Attendee, problems: Problems | null, typed: Typed): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  const [status, minutes, reason] = [statusName(personId), minutesName(personId), reasonName(personId)]
  const chosen = typed[status] ?? recorded?.status ?? ''
  const marks = (field: string) => raw(problems?.[field] ? `aria-invalid="true" aria-describedby="${field}-error"` : '')
  return html`
<tr>
  <th scope="row">${name}</th>
  <td>${administration}</td>
  <td class="field" data-label="${t.status}">
    <select class="form-select" id="${status}" name="${status}" aria-label="${t.of(t.status, name)}" ${marks(status)}>
      <option value="">${t.notYet}</option>
      ${attendanceStatuses.map((value) => html`<option value="${value}" ${value === chosen && raw('selected')}>${t.statuses[value]}</option>`)}
    </select>
    ${recorded && html`<small>${t.recordedBy[recorded.source]}</small>`} ${fields.problem(status)}
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
