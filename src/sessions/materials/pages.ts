import { html } from 'hono/html'
import { formatNumber } from '../../language/numbers.ts'
import { acceptedEndings } from '../../pathways/assignments/media-types.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import { fieldsOf, postButton } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import type { Session } from '../queries.ts'
import { hasPassed } from '../rules.ts'
import type { Material } from './queries.ts'
import { audiences, type Phase, phases } from './rules.ts'
import { words } from './words.ts'

type Context = Pick<WebEnv['Variables'], 'language' | 'dates' | 'now'>

/** On the page of a session: what the reader finds, and that there is more where there is. */
export function materialsSection(
  { language }: Context,
  { session, shown, hidden, inCharge }: { session: Session; shown: readonly Material[]; hidden: number; inCharge: boolean },
): Html | '' {
  const t = words[language]
  if (shown.length + hidden === 0) return ''
  const ofPhase = (phase: Phase) => shown.filter((each) => each.phase === phase)
  return html`
<section class="mb-3" id="materials">
  <h2 class="h4">${t.title}</h2>
  ${phases
    .filter((phase) => ofPhase(phase).length > 0)
    .map(
      (phase) =>
        html`<h3 class="h6">${t.phaseTitles[phase]}</h3><ul>${ofPhase(phase).map((each) => html`<li>${materialLink(session, each, language)}</li>`)}</ul>`,
    )}
  ${hidden > 0 && html`<p><small>${t.hidden(hidden)}</small></p>`}
  ${inCharge && html`<p><a href="/sessions/${session.id}/materials">${t.manage}</a></p>`}
</section>`
}

function materialLink(session: Session, { id, title, file }: Material, language: Context['language']): Html {
  const t = words[language]
  const size = file ? sizeOf(file.bytes, language) : t.opens
  return html`<a href="/sessions/${session.id}/materials/${id}">${title}</a> <small>(${size})</small>`
}

const sizeOf = (bytes: number, language: Context['language']) =>
  bytes < 1024 * 1024
    ? `${formatNumber(Math.ceil(bytes / 1024), language)} kB`
    : `${formatNumber(Math.round((10 * bytes) / 1024 / 1024) / 10, language)} MB`

type Managed = { session: Session; materials: readonly Material[]; written: number; problems?: Problems | null; typed?: Typed }

/** Where whoever is in charge adds and removes them, and has those who attended written to. */
export function materialsPage(context: Context, { session, materials, written, problems = null, typed = {} }: Managed): Html {
  const { language, dates } = context
  const t = words[language]
  const form = fieldsOf(language, problems, typed)
  const path = `/sessions/${session.id}/materials`
  return html`
<h1>${t.title}</h1>
<p class="lead">${session.title}, ${dates.period(session.startsAt, session.endsAt)}</p>
<p>${t.intro}</p>
${form.summary()}
${materials.length === 0 ? html`<div class="empty">${t.none}</div>` : materialTable(context, session, materials)}
<h2>${t.addTitle}</h2>
<form method="post" action="${path}" enctype="multipart/form-data" class="narrow" novalidate>
  ${form.file({ name: 'files', label: t.files, help: t.filesHelp, accept: acceptedEndings, multiple: true })}
  ${form.input({ name: 'link', label: t.link, help: t.linkHelp, type: 'url', most: 2000 })}
  ${form.input({ name: 'title', label: t.titleField, help: t.titleHelp, most: 200 })}
  ${form.choices({
    name: 'phase',
    label: t.phase,
    required: true,
    values: [hasPassed(session.endsAt, context.now) ? 'after' : 'before'],
    choices: phases.map((value) => ({ value, label: t.phases[value] })),
  })}
  ${form.choices({
    name: 'audience',
    label: t.audience,
    required: true,
    values: ['registered'],
    choices: audiences.map((value) => ({ value, label: t.audiences[value] })),
  })}
  <button class="btn btn-primary">${t.add}</button>
</form>
${session.publishedAt && !session.cancelledAt && followUp(context, { session, written, form })}`
}

function materialTable({ language }: Context, session: Session, materials: readonly Material[]): Html {
  const t = words[language]
  return html`
<div class="table-responsive" tabindex="0" role="region" aria-label="${t.title}"><table class="table">
  <caption class="visually-hidden">${t.title}</caption>
  <thead><tr><th scope="col">${t.what}</th><th scope="col">${t.phase}</th><th scope="col">${t.audience}</th><th scope="col">${t.actions}</th></tr></thead>
  <tbody>${materials.map(
    (each) => html`<tr>
    <th scope="row">${materialLink(session, each, language)}</th><td>${t.phases[each.phase]}</td><td>${t.audiences[each.audience]}</td>
    <td>${postButton(`/sessions/${session.id}/materials/${each.id}/remove`, t.remove(each.title), 'outline-danger')}</td></tr>`,
  )}</tbody>
</table></div>`
}

type FollowUp = { session: Session; written: number; form: ReturnType<typeof fieldsOf> }

function followUp({ language, dates, now }: Context, { session, written, form }: FollowUp): Html {
  const t = words[language]
  const over = hasPassed(session.endsAt, now)
  const when =
    session.followUpAskedAt !== null
      ? t.followUpAsked(dates.moment(session.followUpAskedAt))
      : session.followUpHours === null
        ? t.followUpNever
        : t.followUpAt(dates.moment(session.endsAt.add({ hours: session.followUpHours })))
  return html`
<section class="mt-4"><h2>${t.followUpTitle}</h2>
<p>${t.followUpIntro}</p>
<p>${when} ${written > 0 && t.followUpWritten(formatNumber(written, language))}</p>
${
  over
    ? session.followUpAskedAt === null &&
      html`<form method="post" action="/sessions/${session.id}/follow-up" class="narrow" novalidate>
  ${form.area({ name: 'note', label: t.note, help: t.noteHelp, rows: 4, most: 2000, value: session.followUpNote })}
  <button class="btn btn-outline-primary">${t.sendNow}</button></form>`
    : html`<p>${t.followUpLater}</p>`
}
</section>`
}
