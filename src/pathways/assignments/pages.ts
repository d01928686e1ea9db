import { html } from 'hono/html'
import { nameOrFormer } from '../../administrations/referents/names.ts'
import { regionName, regions } from '../../administrations/regions.ts'
import type { Dates } from '../../language/dates.ts'
import { dayOf } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import { fieldsOf, postButton } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { type ListRequest, listSearch, listTable } from '../../web/lists.ts'
import { markdown } from '../../web/markdown.ts'
import { modulePath, type OpenModule, pathwayPath } from '../modules/panel.ts'
import type { Draft } from './drafts/queries.ts'
import type { ToolResult } from './links/queries.ts'
import { acceptedEndings } from './media-types.ts'
import { type QueuedSubmission, type Submission, type SubmissionContext, submissionStates } from './queries.ts'
import { rubricNote, scoreFields } from './rubric/pages.ts'
import type { Criterion } from './rubric/rules.ts'
import { isClaimedByOther, type ReviewRefusal, verdicts } from './rules.ts'
import { type Viewing, verdictMark, versionArticle } from './versions.ts'
import { words } from './words.ts'

export const mostCharacters = 20_000

/** The form again, alone, with what is wrong in it. */
export function handInPage(open: OpenModule, form: Form): Html {
  return html`<h1>${open.title}</h1>${handInForm(open, form)}`
}

/** A colleague's draft, and the form with one's own text. */
export function draftConflictPage(open: OpenModule, theirs: Draft, form: Form): Html {
  const { language, dates } = form
  return html`
<h1>${open.title}</h1>
<div class="alert alert-warning" role="alert" tabindex="-1" data-focus>${words[language].draftConflict(nameOrFormer(theirs.savedBy, language), dates.moment(theirs.savedAt))}</div>
<div class="tile prose">${markdown(theirs.text)}</div>
${handInForm(open, form)}`
}

type Form = {
  /** The version that came back, if one: its text is where the next begins. */
  last?: Submission
  draft?: Draft | undefined
  /** Tools whose results the work can refer to. */
  results?: readonly ToolResult[]
  criteria?: readonly Criterion[]
  language: Language
  dates: Dates
  problems?: Problems | null
  typed?: Typed
}

/** Text and files to hand in. */
export function handInForm(
  open: OpenModule,
  { last, draft, results = [], criteria = [], language, dates, problems = null, typed = {} }: Form,
): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<section class="narrow">
  <h2>${last ? t.handInAgain : t.handInTitle}</h2>
  ${fields.summary()}
  ${problems && html`<p>${t.chooseAgain}</p>`}
  ${draft && html`<p><small>${t.draftBy(nameOrFormer(draft.savedBy, language), dates.moment(draft.savedAt))}</small></p>`}
  ${rubricNote(criteria, language)}
  <form method="post" action="${modulePath(open)}/submission" enctype="multipart/form-data" novalidate>
    ${fields.area({ name: 'text', label: t.text, help: t.textHelp, rows: 10, most: mostCharacters, value: draft?.text ?? last?.text })}
    <input type="hidden" name="draftRevision" value="${typed.draftRevision ?? draft?.revision ?? 0}">
    ${fields.file({ name: 'files', label: t.files, help: t.filesHelp, accept: acceptedEndings, multiple: true })}
    ${results.length > 0 && fields.choices({ name: 'tools', label: t.tools, help: t.toolsHelp, many: true, choices: results.map(({ moduleId, title }) => ({ value: moduleId, label: title })) })}
    <div class="actions">
      <button class="btn btn-primary">${t.handIn}</button>
      <button class="btn btn-outline-primary" name="do" value="draft">${t.saveDraft}</button>
    </div>
  </form>
</section>`
}

type Queue = {
  list: ListRequest
  rows: readonly QueuedSubmission[]
  total: number
  /** The regions that the person may look at. */
  regionCodes: readonly string[]
}
type Variables = Pick<WebEnv['Variables'], 'language' | 'dates' | 'now' | 'zone'>

export function queuePage(queue: Queue, variables: Variables): Html {
  const t = words[variables.language]
  const shown = regions.filter(({ code }) => queue.regionCodes.includes(code))
  const filters = [
    { name: 'state', label: t.stateLabel, choices: submissionStates.map((value) => ({ value, label: t.state[value] })) },
    { name: 'region', label: t.region, choices: shown.map(({ code, name }) => ({ value: code, label: name })) },
  ]
  return html`
<h1>${t.queue}</h1>
<p class="lead">${t.queueIntro}</p>
${listSearch(queue.list, { language: variables.language, target: 'submissions', filters: shown.length > 1 ? filters : filters.slice(0, 1) })}
${queueList(queue, variables)}`
}

export function queueList({ list, rows, total }: Queue, { language, dates, now, zone }: Variables): Html {
  const t = words[language]
  const age = ({ handedInAt }: QueuedSubmission) => dayOf(handedInAt, zone).until(dayOf(now, zone)).days
  return html`<div id="submissions">${listTable({
    language,
    caption: t.queue,
    list,
    rows,
    total,
    empty: t.queueEmpty,
    columns: [
      {
        label: t.administration,
        sort: 'administration',
        cell: (row) => html`<a href="/submissions/${row.id}">${row.administration}</a><br><small>${regionName(row.region)}</small>`,
      },
      { label: t.module, sort: 'module', cell: ({ module }) => module },
      { label: t.stateLabel, cell: ({ verdict }) => verdictMark(verdict, language) },
      {
        label: t.handedInOn,
        sort: 'age',
        cell: (row) => html`${dates.shortDay(row.handedInAt)}${row.verdict === null && html` <small>(${t.daysAgo(age(row))})</small>`}`,
      },
      {
        label: t.reviewer,
        cell: (row) =>
          row.verdict !== null
            ? ''
            : row.claim && isClaimedByOther(row.claim, { id: 0 }, now)
              ? row.claimer
              : html`<small>${t.nobodyYet}</small>`,
      },
      { label: t.versionShort, numeric: true, cell: ({ version }) => version },
    ],
  })}</div>`
}

type Review = {
  context: SubmissionContext
  versions: readonly Submission[]
  /** Why this person can give no verdict. */
  refusal: ReviewRefusal | null
  /** This person has taken it on. */
  mine: boolean
  criteria: readonly Criterion[]
  problems?: Problems | null
  typed?: Typed
}

export function submissionPage(
  { context, versions, refusal, mine, criteria, problems = null, typed = {} }: Review,
  viewing: Viewing,
): Html {
  const t = words[viewing.language]
  const shown = versions.find(({ id }) => id === context.id)
  const earlier = versions.filter(({ version }) => version < (shown?.version ?? 0))
  return html`
<h1>${context.module}</h1>
<p class="lead">${context.administration}</p>
<p><a href="${pathwayPath(context.enrolmentId)}">${t.pathway}</a></p>
${refusal && html`<div class="alert alert-warning" role="alert" tabindex="-1" data-focus>${t.reviewRefusal[refusal]}${unsaved(typed, t.yourComment)}</div>`}
${context.instructions && html`<details class="mb-3"><summary>${t.instructions}</summary><div class="prose">${markdown(context.instructions)}</div></details>`}
<section><h2>${t.work}</h2>${shown && versionArticle(shown, viewing, context.enrolmentId)}</section>
${shown?.verdict === null && claimLine(context, viewing, refusal, mine)}
${shown?.verdict === null && !refusal && reviewForm(context.id, viewing, { criteria, problems, typed })}
${earlier.length > 0 && html`<section><h2>${t.earlierVersions}</h2>${earlier.map((version) => versionArticle(version, viewing, context.enrolmentId))}</section>`}`
}

/** Who reviews it, and the way to take it on or leave it. */
function claimLine(
  { id, claim, claimer }: SubmissionContext,
  { language, dates }: Viewing,
  refusal: ReviewRefusal | null,
  mine: boolean,
): Html | '' {
  const t = words[language]
  if (mine && claim) return html`<p>${t.claimedByMe(dates.moment(claim.at))} ${postButton(`/submissions/${id}/release`, t.release)}</p>`
  if (refusal === 'claimed' && claim) return html`<p>${t.claimedBy(claimer ?? '', dates.moment(claim.at))}</p>`
  return refusal ? '' : html`<p>${postButton(`/submissions/${id}/claim`, t.claim)} <small>${t.claimHelp}</small></p>`
}

const unsaved = ({ comment }: Typed, label: string) => comment && html`<p>${label}</p><blockquote>${comment}</blockquote>`

type ReviewForm = { criteria: readonly Criterion[]; problems: Problems | null; typed: Typed }

function reviewForm(id: number, { language }: Viewing, { criteria, problems, typed }: ReviewForm): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<section class="narrow">
  <h2>${t.review}</h2>
  ${fields.summary()}
  <form method="post" action="/submissions/${id}" novalidate>
    ${fields.choices({
      name: 'verdict',
      label: t.verdict,
      required: true,
      choices: verdicts.map((value) => ({ value, ...t.verdictChoice[value] })),
    })}
    ${scoreFields(fields, criteria, language)}
    ${fields.area({ name: 'comment', label: t.commentLabel, help: t.commentHelp, most: 5000 })}
    <button class="btn btn-primary">${t.saveReview}</button>
  </form>
</section>`
}
