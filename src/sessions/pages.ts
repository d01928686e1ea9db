import { html, raw } from 'hono/html'
import { regionName } from '../administrations/regions.ts'
import type { Dates } from '../language/dates.ts'
import type { Language } from '../language/language.ts'
import { formatNumber } from '../language/numbers.ts'
import type { Html, WebEnv } from '../web/env.ts'
import { fieldsOf, postButton } from '../web/fields.ts'
import type { Problems, Typed } from '../web/forms.ts'
import { type ListRequest, listSearch, listTable } from '../web/lists.ts'
import { markdown } from '../web/markdown.ts'
import type { Conflicts } from './conflicts/queries.ts'
import { type Choices, type Start, sessionFields, whereOf } from './form.ts'
import type { Session, SessionRow, sessionSorts } from './queries.ts'
import type { WaitingPerson } from './registration/queries.ts'
import { isChangeable, type SessionState, sessionKinds, sessionStates, stateOf } from './rules.ts'
import type { SeriesPlace } from './series/queries.ts'
import { words } from './words.ts'

export type Viewing = { language: Language; dates: Dates; now: Temporal.Instant; asStaff: boolean }

type Sort = (typeof sessionSorts)[number]
type Listed = { list: ListRequest<Sort>; rows: SessionRow[]; total: number }

export function sessionsPage(viewing: Viewing, listed: Listed): Html {
  const t = words[viewing.language]
  const states = viewing.asStaff ? sessionStates : sessionStates.filter((state) => state !== 'draft')
  const filters = [
    { name: 'kind', label: t.kind, choices: sessionKinds.map((value) => ({ value, label: t.kinds[value] })) },
    { name: 'state', label: t.state, choices: states.map((value) => ({ value, label: t.states[value] })) },
  ]
  return html`
<h1>${t.title}</h1>
<p class="lead">${viewing.asStaff ? t.introStaff : t.introReferent}</p>
${viewing.asStaff && html`<p class="actions"><a class="btn btn-primary" href="/sessions/new">${t.new}</a></p>`}
${listSearch(listed.list, { language: viewing.language, target: 'sessions', filters })}
${sessionList(viewing, listed)}`
}

export function sessionList({ language, dates, now, asStaff }: Viewing, { list, rows, total }: Listed): Html {
  const t = words[language]
  return html`<div id="sessions">${listTable<SessionRow, Sort>({
    language,
    caption: t.title,
    list,
    rows,
    total,
    empty: asStaff ? t.noneStaff : t.none,
    columns: [
      { label: t.what, sort: 'title', cell: (row) => html`<a href="/sessions/${row.id}">${row.title}</a>` },
      { label: t.when, sort: 'starts', cell: (row) => dates.period(row.startsAt, row.endsAt) },
      { label: t.kind, sort: 'kind', cell: (row) => t.kinds[row.kind] },
      {
        label: t.state,
        cell: (row) =>
          html`${stateMark(stateOf(row, now), language)}${row.admission === 'invitation' && html`<br><small>${t.byInvitation}</small>`}`,
      },
      { label: t.module, cell: (row) => row.module },
      { label: t.where, cell: (row) => whereOf(row, t.online) },
      { label: t.registered, numeric: true, cell: (row) => placesTaken(row, language) },
    ],
  })}</div>`
}

const placesTaken = ({ registered, capacity }: { registered: number; capacity: number | null }, language: Language): string =>
  capacity === null
    ? formatNumber(registered, language)
    : words[language].places(formatNumber(registered, language), formatNumber(capacity, language))

const looks: Record<SessionState, string> = { draft: 'waiting', coming: 'busy', over: 'off', cancelled: 'late' }

export const stateMark = (state: SessionState, language: Language): Html =>
  html`<span class="state ${looks[state]}">${words[language].states[state]}</span>`

type Shown = {
  session: Session
  registered: number
  /** Who may be named to whoever is in charge; null for others. */
  people: Html | null
  waiting: readonly WaitingPerson[]
  inSeries: SeriesPlace | null
  conflicts: Conflicts
  signedIn: boolean
  box: Html | ''
  /** The reader's own attendance. */
  presence: Html | ''
  /** What there is to do once it is over. */
  after: Html | ''
  /** What whoever is in charge must know of the room. */
  room: Html | ''
  /** The reader's invitation, and who speaks. */
  invitation: Html | ''
  materials: Html | ''
  notice?: string
}

export function sessionPage(
  { language, dates, now }: Viewing,
  { session, registered, people, waiting, inSeries, conflicts, signedIn, box, presence, after, room, invitation, materials, notice }: Shown,
): Html {
  const t = words[language]
  const state = stateOf(session, now)
  const { registrationOpensAt: opens, registrationClosesAt: closes, administrationCap: cap } = session
  const limits = [
    ...(session.admission === 'invitation' ? [t.byInvitation.toLowerCase()] : []),
    ...(opens ? [t.opensOn(dates.moment(opens))] : []),
    ...(closes ? [t.closesOn(dates.moment(closes))] : []),
    ...(cap === null ? [] : [t.capOf(formatNumber(cap, language))]),
  ]
  return html`
<h1>${session.title}</h1>
<p>${stateMark(state, language)}</p>
${notice && html`<div class="alert alert-danger" role="alert" tabindex="-1" data-focus>${notice}</div>`}
${conflictNotice(conflicts, { language, dates })}
${room}
${session.cancelledAt && html`<div class="alert alert-warning">${t.cancelledBecause(session.cancellationReason ?? '')}</div>`}
${state === 'draft' && html`<div class="alert alert-info">${t.draftNote}</div>`}
<dl class="facts">
  <dt>${t.when}</dt><dd>${dates.period(session.startsAt, session.endsAt)}</dd>
  <dt>${t.kind}</dt><dd>${t.kinds[session.kind]}</dd>
  <dt>${t.where}</dt><dd>${whereOf(session, t.online)}${session.mapUrl && html` · <a href="${session.mapUrl}" rel="noreferrer">${t.openMap}</a>`}${session.roomCapacity !== null && people && html`<br><small>${t.roomHolds(formatNumber(session.roomCapacity, language))}</small>`}</dd>
  <dt>${t.module}</dt><dd>${session.module}</dd>
  <dt>${t.programme}</dt><dd>${session.programme}</dd>
  ${inSeries && inSeries.of > 1 && html`<dt>${t.series}</dt><dd>${seriesLine(inSeries, language)}</dd>`}
  ${session.regionCode && html`<dt>${t.region}</dt><dd>${regionName(session.regionCode)}</dd>`}
  ${signedIn && session.trainers.length > 0 && html`<dt>${t.trainers}</dt><dd>${session.trainers.map(({ name }) => name).join(', ')}</dd>`}
  <dt>${t.threshold}</dt><dd>${t.minutes(formatNumber(session.thresholdMinutes, language))}${session.thresholdPercent !== null && html` (${t.ofDuration(formatNumber(session.thresholdPercent, language))})`}</dd>
  ${limits.length > 0 && html`<dt>${t.registrationWindow}</dt><dd>${limits.join(', ')}</dd>`}
  ${people && html`<dt>${t.registered}</dt><dd>${placesTaken({ registered, capacity: session.capacity }, language)}</dd>`}
</dl>
${session.description && html`<div class="prose">${markdown(session.description)}</div>`}
${invitation}
${box}
${presence}
${after}
${materials}
${people && managing(session, { now, language, inSeries })}
${session.publishedAt && html`<p><a href="/sessions/${session.id}.ics">${t.addToCalendar}</a></p>`}
${people}
${waiting.length > 0 && waitingTable(waiting, { language, dates })}`
}

/** Other sessions at the same time with the same trainer or in the same room; nothing where there are none. */
function conflictNotice({ seen, others }: Conflicts, { language, dates }: Pick<Viewing, 'language' | 'dates'>): Html | '' {
  const t = words[language]
  if (seen.length === 0 && others === 0) return ''
  return html`
<div class="alert alert-warning">
  <p><strong>${t.conflicts}</strong></p>
  <ul>
    ${seen.map(
      ({ id, title, startsAt, endsAt, trainers, sameRoom }) =>
        html`<li><a href="/sessions/${id}">${title}</a>, ${dates.period(startsAt, endsAt)}: ${[...trainers, ...(sameRoom ? [t.sameRoom] : [])].join(', ')}</li>`,
    )}
    ${others > 0 && html`<li>${t.otherConflicts(others)}</li>`}
  </ul>
</div>`
}

function seriesLine({ number, of, previous, next }: SeriesPlace, language: Language): Html {
  const t = words[language]
  return html`${t.placeInSeries(formatNumber(number, language), formatNumber(of, language))}${previous !== null && html` · <a href="/sessions/${previous}">${t.previousInSeries}</a>`}${next !== null && html` · <a href="/sessions/${next}">${t.nextInSeries}</a>`}`
}

/** What whoever is in charge can do now; the next thing is the primary one. */
function managing(
  session: Session,
  { now, language, inSeries }: { now: Temporal.Instant; language: Language; inSeries: SeriesPlace | null },
): Html {
  const t = words[language]
  const path = `/sessions/${session.id}`
  const held = session.publishedAt && !session.cancelledAt
  const begun = Temporal.Instant.compare(session.startsAt, now) <= 0
  const over = Temporal.Instant.compare(session.endsAt, now) <= 0
  return html`<div class="actions">
  ${!session.publishedAt && !session.cancelledAt && postButton(`${path}/publish`, t.publish, 'primary')}
  ${!session.publishedAt && !session.cancelledAt && inSeries?.following.some(({ draft }) => draft) && postButton(`${path}/publish-following`, t.publishFollowing)}
  ${held && !over && html`<a class="btn btn-primary btn-sm" href="${path}/live">${t.live}</a>`}
  ${held && begun && html`<a class="btn btn-${raw(over ? 'primary' : 'outline-primary')} btn-sm" href="${path}/attendance">${t.attendance}</a>`}
  ${held && !begun && html`<a class="btn btn-outline-primary btn-sm" href="${path}/invitations">${t.invitations}</a>`}
  ${!session.cancelledAt && html`<a class="btn btn-outline-primary btn-sm" href="${path}/materials">${t.materials}</a>`}
  ${isChangeable(session, now) && html`<a class="btn btn-outline-primary btn-sm" href="${path}/edit">${t.edit}</a>`}
  ${!session.cancelledAt && !over && html`<a class="btn btn-outline-danger btn-sm" href="${path}/cancel">${t.callOff}</a>`}
</div>`
}

function waitingTable(waiting: readonly WaitingPerson[], { language, dates }: Pick<Viewing, 'language' | 'dates'>): Html {
  const t = words[language]
  return html`
<h2>${t.waitingList}</h2>
<ol>${waiting.map(({ name, administration, askedAt }) => html`<li>${name}, ${administration} <small>(${t.since.toLowerCase()} ${dates.moment(askedAt)})</small></li>`)}</ol>`
}

type FormContext = Pick<WebEnv['Variables'], 'language' | 'zone' | 'roomServer'>
export function newSessionPage(context: FormContext, choices: Choices, start: Start, problems: Problems | null, typed: Typed): Html {
  const t = words[context.language]
  if (choices.modules.length === 0) return html`<h1>${t.newTitle}</h1><div class="empty">${t.noModules}</div>`
  return html`
<div class="narrow">
<h1>${t.newTitle}</h1>
<p class="lead">${t.newIntro}</p>
<form method="post" action="/sessions" novalidate>
  ${sessionFields(context, choices, start, problems, typed)}
  <div class="actions"><button class="btn btn-primary">${t.create}</button> <button class="btn btn-outline-primary" name="next" value="publish">${t.createAndPublish}</button></div>
</form>
</div>`
}

type Managed = { session: Session; inSeries: SeriesPlace | null }

export function editSessionPage(
  context: FormContext,
  choices: Choices,
  { session, inSeries }: Managed,
  problems: Problems | null,
  typed: Typed,
): Html {
  const t = words[context.language]
  const start = { moduleId: session.moduleId, trainerIds: session.trainers.map(({ id }) => id), session }
  return html`
<div class="narrow">
<h1>${t.editTitle}</h1>
${session.publishedAt && html`<p class="lead">${t.editNote}</p>`}
<form method="post" action="/sessions/${session.id}/edit" novalidate>
  ${sessionFields(context, choices, start, problems, typed)}
  ${inSeries && reachChoice(fieldsOf(context.language, problems, typed), t.reach, t.reaches, inSeries)}
  <div class="actions"><button class="btn btn-primary">${t.save}</button> <a href="/sessions/${session.id}">${t.keep}</a></div>
</form>
</div>`
}

/** Only where something follows. */
const reachChoice = (
  form: ReturnType<typeof fieldsOf>,
  label: string,
  reaches: Record<'one' | 'following', string>,
  { following }: SeriesPlace,
) =>
  following.length > 0 &&
  form.choices({
    name: 'reach',
    label,
    required: true,
    values: ['one'],
    choices: Object.entries(reaches).map(([value, label]) => ({ value, label })),
  })

export function cancelSessionPage(
  { language, dates }: Viewing,
  { session, inSeries }: Managed,
  problems: Problems | null,
  typed: Typed,
): Html {
  const t = words[language]
  const form = fieldsOf(language, problems, typed)
  return html`
<div class="narrow">
<h1>${t.cancelTitle}</h1>
<p class="lead">${session.title}, ${dates.period(session.startsAt, session.endsAt)}</p>
<p>${t.cancelIntro}</p>
${form.summary()}
<form method="post" action="/sessions/${session.id}/cancel" novalidate>
  ${form.area({ name: 'reason', label: t.reason, help: t.reasonHelp, required: true, rows: 3, most: 500 })}
  ${inSeries && reachChoice(form, t.reachCancel, t.reachesCancel, inSeries)}
  <div class="actions"><button class="btn btn-danger">${t.callOff}</button> <a href="/sessions/${session.id}">${t.keep}</a></div>
</form>
</div>`
}
