import { html } from 'hono/html'
import { nameOrFormer } from '../../../../administrations/referents/names.ts'
import type { Dates } from '../../../../language/dates.ts'
import type { Language } from '../../../../language/language.ts'
import { formatNumber } from '../../../../language/numbers.ts'
import type { Html } from '../../../../web/env.ts'
import { fieldsOf, postButton } from '../../../../web/fields.ts'
import type { Problems } from '../../../../web/forms.ts'
import { type Survey, surveyPath } from '../../survey.ts'
import type { ImportPreview } from './actions.ts'
import type { PastImport } from './queries.ts'
import { reasonInWords, words } from './words.ts'

type Upload = { survey: Survey; past: readonly PastImport[]; language: Language; dates: Dates; problems?: Problems | null }

export function uploadPage({ survey, past, language, dates, problems = null }: Upload): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems)
  const path = `${surveyPath(survey)}/imports`
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.lead}</p>
<p><a href="${path}/template.csv">${t.template}</a></p>
${fields.summary()}
<form method="post" action="${path}" enctype="multipart/form-data" class="narrow" novalidate>
  ${fields.file({ name: 'file', label: t.file, help: t.fileHelp, accept: '.csv,.txt,.tsv', required: true })}
  <button class="btn btn-primary">${t.check}</button>
</form>
<section>
  <h2>${t.past}</h2>
  ${past.length === 0 ? html`<div class="empty">${t.none}</div>` : pastTable({ survey, past, language, dates })}
</section>`
}

function pastTable({ survey, past, language, dates }: Upload): Html {
  const t = words[language]
  return html`
<div class="table-responsive" tabindex="0" role="region" aria-label="${t.past}">
<table class="table list-table"><caption class="visually-hidden">${t.past}</caption>
<thead><tr><th scope="col">${t.name}</th><th scope="col">${t.when}</th><th scope="col" class="numeric">${t.answers}</th><th scope="col">${t.undo}</th></tr></thead>
<tbody>${past.map(
    (each) => html`
<tr><th scope="row">${each.fileName}</th><td>${dates.moment(each.importedAt)}<br><small>${nameOrFormer(each.importedBy, language)}</small></td>
<td class="numeric">${formatNumber(each.answers, language)}</td>
<td>${each.undoneAt ? t.undone : postButton(`${surveyPath(survey)}/imports/${each.id}/undo`, t.undo, 'outline-danger')}</td></tr>`,
  )}</tbody></table></div>`
}

const mostShown = 50

type Preview = { survey: Survey; preview: ImportPreview; upload: string; fileName: string; language: Language }

export function previewPage({ survey, preview, upload, fileName, language }: Preview): Html {
  const t = words[language]
  const path = `${surveyPath(survey)}/imports`
  const count = (number: number) => formatNumber(number, language)
  const figures = { fresh: preview.fresh.length, known: preview.known, skipped: preview.skipped.length }
  const mayImport = preview.fresh.length > 0 && !preview.alreadyImported
  return html`
<h1>${t.previewTitle}</h1>
<p class="lead">${fileName}</p>
<p>${t.layout[preview.layout]} ${t.nothingYet}</p>
${preview.alreadyImported && html`<div class="alert alert-info">${t.again}</div>`}
<ul class="figures">${(['fresh', 'known', 'skipped'] as const).map((name) => html`<li><strong>${count(figures[name])}</strong> ${t.figures[name]}</li>`)}</ul>
${preview.unknown.length > 0 && html`<p>${t.unknown}: ${preview.unknown.slice(0, mostShown).join(', ')}</p>`}
<form method="post" action="${path}/confirm" class="actions">
  <input type="hidden" name="upload" value="${upload}"><input type="hidden" name="file" value="${fileName}">
  ${mayImport && html`<button class="btn btn-primary">${t.confirm(count(figures.fresh))}</button>`}
  <a class="btn btn-outline-primary" href="${path}">${t.another}</a>
</form>
${preview.skipped.length > 0 && skippedRows(preview, language)}`
}

function skippedRows({ skipped }: ImportPreview, language: Language): Html {
  const t = words[language]
  const shown = skipped.slice(0, mostShown)
  return html`
<h2>${t.skipped}</h2>
<div class="table-responsive" tabindex="0" role="region" aria-label="${t.skipped}">
<table class="table"><caption class="visually-hidden">${t.skipped}</caption>
<thead><tr><th scope="col">${t.line}</th><th scope="col">${t.reason}</th></tr></thead>
<tbody>${shown.map(({ line, reason }) => html`<tr><th scope="row">${formatNumber(line, language)}</th><td>${reasonInWords(reason, language)}</td></tr>`)}</tbody></table></div>
${skipped.length > shown.length && html`<p>${t.more(formatNumber(skipped.length - shown.length, language))}</p>`}`
}
