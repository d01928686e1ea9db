import { html } from 'hono/html'
import type { Html } from '../../web/env.ts'
import type { ModulePanel, OpenModule } from '../modules/panel.ts'
import { type Draft, findDraft } from './drafts/queries.ts'
import { type ToolResult, toolResultsOf } from './links/queries.ts'
import { handInForm } from './pages.ts'
import { type Submission, submissionsFor } from './queries.ts'
import { rubricOf } from './rubric/queries.ts'
import type { Criterion } from './rubric/rules.ts'
import { handInRefusal } from './rules.ts'
import { type Viewing, versionArticle } from './versions.ts'
import { words } from './words.ts'

/** On an assignment's page: what was handed in and what became of it, and the form for the next version. */
export const assignmentPanel: ModulePanel = async (c, open) => {
  if (open.kind !== 'assignment') return null
  const { db, signedIn } = c.var
  const work = {
    versions: await submissionsFor(db, open, signedIn),
    draft: await findDraft(db, open, signedIn),
    results: await toolResultsOf(db, open.enrolmentId),
    criteria: await rubricOf(db, open.moduleId),
  }
  return area(open, work, c.var)
}

type Work = {
  versions: readonly Submission[]
  draft: Draft | undefined
  results: readonly ToolResult[]
  criteria: readonly Criterion[]
}

function area(open: OpenModule, { versions, ...work }: Work, viewing: Viewing): Html {
  const t = words[viewing.language]
  const waiting = versions[0]?.verdict === null
  // Who may not work is told nothing: for them there is only the record.
  const refusal = open.mayWork && handInRefusal({ ...open, ended: false, waiting })
  // Whoever has to revise reads the comment first.
  return html`
${refusal && html`<div class="alert alert-info">${t.refusal[refusal]}</div>`}
${
  versions.length > 0
    ? html`<section><h2>${t.versions}</h2>${versions.map((version) => versionArticle(version, viewing, open.enrolmentId))}</section>`
    : !open.mayWork && html`<div class="empty">${t.noVersions}</div>`
}
${open.mayWork && !refusal && handInForm(open, { last: versions[0], ...work, ...viewing })}`
}
