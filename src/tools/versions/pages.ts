import { html } from 'hono/html'
import { nameOrFormer } from '../../administrations/referents/names.ts'
import type { Answers } from '../../pathways/worksheets/fields.ts'
import type { Html } from '../../web/env.ts'
import { type ListRequest, listTable } from '../../web/lists.ts'
import { blocksHtml } from '../document/blocks.ts'
import { differences } from '../form/conflict.ts'
import type { Work } from '../form/page.ts'
import { answerBlocks } from '../form/show.ts'
import { versionsPath } from '../paths.ts'
import { sameAnswers } from '../rules.ts'
import type { Showing } from '../tool.ts'
import type { Version, versionSorts } from './queries.ts'
import { words } from './words.ts'

type Listed = { list: ListRequest<(typeof versionSorts)[number]>; rows: readonly Version[]; total: number }

export function versionsPage({ open }: Pick<Work, 'open'>, { list, rows, total }: Listed, { language, dates }: Showing): Html {
  const t = words[language]
  const columns = [
    {
      label: t.version,
      sort: 'revision' as const,
      cell: ({ revision }: Version) => html`<a href="${versionsPath(open)}/${revision}">${t.numbered(revision)}</a>`,
    },
    { label: t.saved, cell: ({ savedAt }: Version) => dates.moment(savedAt) },
    { label: t.by, cell: ({ savedBy }: Version) => nameOrFormer(savedBy, language) },
    { label: t.how, cell: ({ saving }: Version) => t.saving[saving] },
  ]
  return html`
<h1>${t.title}</h1>
<p class="lead">${open.title}. ${t.intro}</p>
${listTable({ language, caption: t.title, list, columns, rows, total, empty: t.none })}`
}

export function versionPage(
  { open, form, worksheet }: Work,
  version: Version & { answers: Answers },
  { problem, ...showing }: Showing & { problem?: string | null },
): Html {
  const t = words[showing.language]
  const today = worksheet?.answers ?? {}
  const same = sameAnswers(form.fields, version.answers, today)
  const title = t.dated(version.revision, showing.dates.moment(version.savedAt))
  return html`
<h1>${t.page(version.revision)}</h1>
<p class="lead">${open.title}. ${showing.dates.moment(version.savedAt)}, ${nameOrFormer(version.savedBy, showing.language)}.</p>
${problem && html`<div class="alert alert-danger" role="alert" tabindex="-1" data-focus>${problem}</div>`}
<section>
  <h2>${t.differences}</h2>
  ${same ? html`<p>${t.same}</p>` : differences(form.fields, { from: version.answers, to: today, titles: [title, t.now] }, showing)}
  ${
    !same &&
    open.mayWork &&
    html`<form method="post" action="${versionsPath(open)}/${version.revision}/restore" class="actions">
    <input type="hidden" name="revision" value="${worksheet?.revision ?? 0}">
    <button class="btn btn-primary">${t.restore}</button> <span>${t.restoreHelp}</span>
  </form>`
  }
</section>
<section>
  <h2>${t.written}</h2>
  ${blocksHtml(answerBlocks(form.fields, version.answers, showing))}
</section>`
}
