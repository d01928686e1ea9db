import { html, raw } from 'hono/html'
import { formatNumber } from '../../../language/numbers.ts'
import type { Html } from '../../../web/env.ts'
import type { Typed } from '../../../web/forms.ts'
import type { Registered } from '../../registration/queries.ts'
import type { MatchedPerson, Preview } from './actions.ts'
import { checked, numeric, type PreviewFrame, presence, tableOf } from './pages.ts'
import { ignoredReason, words } from './words.ts'

type Shown = PreviewFrame & {
  preview: Preview
  upload: string
  fileName: string
  /** Registered people whose names may be shown. */
  registered: readonly Registered[]
  /** Ids of people whose names may be shown. */
  seen: ReadonlySet<number>
  /** Problems by field, whole sentences. */
  problems: Record<string, string>
  typed: Typed
}
type Numbered = MatchedPerson & { index: number }

export function previewPage(shown: Shown): Html {
  const { language, session, preview, upload, fileName, problems, registered } = shown
  const t = words[language]
  const numbered = preview.participants.map((each, index) => ({ ...each, index }))
  const [matched, unmatched] = [numbered.filter(({ person }) => person), numbered.filter(({ person }) => !person)]
  const suggested = unmatched.filter(({ suggestions }) => suggestions.length > 0).length
  const counts = { matched: matched.length, suggested, unmatched: unmatched.length - suggested, ignored: preview.ignored.length }
  return html`
<h1>${t.previewTitle}</h1>
<p class="lead">${session.title}</p>
<p>${t.readAs(t.provider[preview.provider] ?? preview.provider, fileName)} ${t.previewLead}
  <a href="/sessions/${session.id}/attendance/import/${upload}/columns?${new URLSearchParams({ file: fileName })}">${t.tellColumns}</a></p>
${preview.alreadyImported && html`<div class="alert alert-info">${t.again}</div>`}
${Object.values(problems).length > 0 && html`<div class="alert alert-danger" role="alert" tabindex="-1" data-focus><ul>${links(problems)}</ul></div>`}
<ul class="figures">${(['matched', 'suggested', 'unmatched', 'ignored'] as const).map(
    (name) => html`<li><strong>${formatNumber(counts[name], language)}</strong> ${t.figures[name](counts[name])}</li>`,
  )}</ul>
<form method="post" action="/sessions/${session.id}/attendance/import/confirm">
  <input type="hidden" name="upload" value="${upload}">
  <input type="hidden" name="file" value="${fileName}">
  ${unmatched.length > 0 && toMatch(shown, unmatched)}
  ${unmatched.length > 0 && registered.length > mostListed && peopleToType(registered)}
  ${matched.length > 0 && recognised(shown, matched)}
  <div class="actions">
    <button class="btn btn-primary">${t.confirm}</button>
    <a class="btn btn-outline-primary" href="/sessions/${session.id}/attendance/import">${t.another}</a>
  </div>
</form>
${preview.ignored.length > 0 && ignoredRows(shown)}`
}

const links = (problems: Record<string, string>) =>
  Object.entries(problems).map(([name, problem]) => html`<li><a href="#${name}">${problem}</a></li>`)

function toMatch(shown: Shown, unmatched: readonly Numbered[]): Html {
  const t = words[shown.language]
  const rows = unmatched.map(
    ({ participant, suggestions, because, index }) => html`
<tr><th scope="row">${participant.name}${participant.email && html`<br><small>${participant.email}</small>`}</th>${presence(shown, index)}
  <td>${because && t.because[because]}</td><td>${choice(shown, { index, name: participant.name, suggestions })}</td></tr>`,
  )
  return html`<h2>${t.toMatch}</h2><p>${t.toMatchHelp}</p>${tableOf(t.toMatch, [t.nameInFile, numeric(t.minutes), t.status, t.why, t.person], rows)}`
}

/** More people than that are found by typing, in one list for all fields. */
const mostListed = 60

const peopleToType = (registered: Shown['registered']): Html =>
  html`<datalist id="registered-people">${registered.map(({ email, name, administration }) => html`<option value="${email}">${name}, ${administration}</option>`)}</datalist>`

type Choice = { index: number; name: string; suggestions: readonly Registered[] }

function choice({ language, registered, problems, typed }: Shown, { index, name, suggestions }: Choice): Html {
  const t = words[language]
  const seen = new Map(registered.map((each) => [each.personId, each]))
  const similar = suggestions.flatMap(({ personId }) => seen.get(personId) ?? [])
  const others = registered.length > mostListed ? [] : registered.filter((each) => !similar.includes(each))
  const [select, email] = [`match-${index}`, `email-${index}`]
  const options = (people: readonly Registered[]) =>
    people.map(
      ({ personId, name, administration }) =>
        html`<option value="${personId}" ${String(typed[select]) === String(personId) && raw('selected')}>${name}, ${administration}</option>`,
    )
  return html`
<div class="field">
  <label for="${select}">${t.registered}<span class="visually-hidden"> ${t.thatIs(name)}</span></label>
<select class="form-select" id="${select}" name="${select}">
  <option value="">${t.nobody}</option>
  ${similar.length > 0 && html`<optgroup label="${t.similar}">${options(similar)}</optgroup>`}
  ${others.length > 0 && html`<optgroup label="${t.others}">${options(others)}</optgroup>`}
</select>
</div>
<div class="field">
  <label for="${email}">${t.orEmail}<span class="visually-hidden"> ${t.thatIs(name)}</span></label>
  <input class="form-control" type="email" id="${email}" name="${email}" maxlength="254" autocomplete="off" ${registered.length > mostListed && raw('list="registered-people"')} value="${typed[email] ?? ''}"
    ${problems[email] && raw(`aria-invalid="true" aria-describedby="${email}-error"`)}>
  ${problems[email] && html`<p class="field-error" id="${email}-error">${problems[email]}</p>`}
</div>`
}

function recognised(shown: Shown, matched: readonly Numbered[]): Html {
  const { language, seen, typed } = shown
  const t = words[language]
  const rows = matched.map(
    ({ participant, person, by, index }) => html`
<tr><th scope="row">${participant.name}${participant.email && html`<br><small>${participant.email}</small>`}</th>${presence(shown, index)}
  <td>${person && seen.has(person.id) ? person.name : t.elsewhere}</td><td>${by && by !== 'hand' && t.by[by]}</td>
  <td><div class="choice"><input type="checkbox" id="skip-${index}" name="skip-${index}" value="yes" ${checked(typed[`skip-${index}`] === 'yes')}>
    <label for="skip-${index}">${t.notThisOne}<span class="visually-hidden"> (${participant.name})</span></label></div></td></tr>`,
  )
  return html`<h2>${t.matched}</h2>${tableOf(t.matched, [t.nameInFile, numeric(t.minutes), t.status, t.person, t.how, t.correct], rows)}`
}

function ignoredRows({ language, preview }: Shown): Html {
  const t = words[language]
  const rows = preview.ignored.map(
    ({ line, reason }) => html`<tr><th scope="row">${formatNumber(line, language)}</th><td>${ignoredReason(reason, language)}</td></tr>`,
  )
  return html`<h2>${t.ignored}</h2>${tableOf(t.ignored, [t.line, t.reason], rows)}`
}
