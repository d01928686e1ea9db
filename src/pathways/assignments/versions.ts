import { html } from 'hono/html'
import { nameOrFormer } from '../../administrations/referents/names.ts'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import type { Html } from '../../web/env.ts'
import { icon } from '../../web/icon.ts'
import { markdown } from '../../web/markdown.ts'
import type { ToolResult } from './links/queries.ts'
import type { Submission } from './queries.ts'
import { scoreTable } from './rubric/pages.ts'
import type { Verdict } from './rules.ts'
import { words } from './words.ts'

export type Viewing = { language: Language; dates: Dates }

/** One version as it was handed in, with the verdict and the comment it got. */
export function versionArticle(submission: Submission, { language, dates }: Viewing, enrolmentId: number): Html {
  const t = words[language]
  const { id, version, text, files, results, scores, comment, reviewedAt, reviewedBy } = submission
  return html`
<article class="tile mb-3" id="version-${version}">
  <div class="d-flex flex-wrap align-items-center gap-2 mb-2"><h3 class="mb-0">${t.version(version)}</h3> ${verdictMark(submission.verdict, language)}</div>
  <p><small>${t.handedInBy(nameOrFormer(submission.handedInBy, language), dates.moment(submission.handedInAt))}</small></p>
  <div class="prose">${text ? markdown(text) : html`<p>${t.noText}</p>`}</div>
  ${files.length > 0 && html`<ul class="list-unstyled">${files.map((file) => html`<li>${fileLink(id, file, language)}</li>`)}</ul>`}
  ${results.length > 0 && html`<p class="mb-1">${t.refersTo}</p><ul>${results.map((result) => html`<li><a href="${resultPath(enrolmentId, result)}">${result.title}</a></li>`)}</ul>`}
  ${
    reviewedAt &&
    html`
  ${comment && html`<h4 class="h6 mt-3">${t.comment}</h4><div class="prose">${markdown(comment)}</div>`}
  ${scoreTable(scores, language)}
  <p class="mb-0"><small>${t.reviewedBy(reviewedBy ?? '', dates.moment(reviewedAt))}</small></p>`
  }
</article>`
}

/** As the tool stood on the day, where it keeps versions. */
const resultPath = (enrolmentId: number, { moduleId, revision }: ToolResult) =>
  `/tools/${enrolmentId}/${moduleId}/${revision === null ? 'document' : `versions/${revision}`}`

export function verdictMark(verdict: Verdict | null, language: Language): Html {
  const state = verdict ?? 'waiting'
  return html`<span class="state ${looks[state].tone}">${icon(looks[state].icon)} ${words[language].state[state]}</span>`
}

const looks = {
  waiting: { tone: 'waiting', icon: 'it-clock' },
  accepted: { tone: 'good', icon: 'it-check-circle' },
  to_revise: { tone: 'busy', icon: 'it-pencil' },
  refused: { tone: 'late', icon: 'it-close-circle' },
} as const

function fileLink(submissionId: number, { id, name, bytes }: Submission['files'][number], language: Language): Html {
  return html`<a href="/submissions/${submissionId}/files/${id}">${icon('it-download')} ${words[language].download(name)}</a> <small>(${sizeOf(bytes, language)})</small>`
}

const sizeOf = (bytes: number, language: Language) =>
  bytes < 1024 * 1024
    ? `${formatNumber(Math.ceil(bytes / 1024), language)} kB`
    : `${formatNumber(Math.round((10 * bytes) / 1024 / 1024) / 10, language)} MB`
