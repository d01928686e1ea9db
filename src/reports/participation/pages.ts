import { html, raw } from 'hono/html'
import type { Language } from '../../language/language.ts'
import { formatNumber, formatShare } from '../../language/numbers.ts'
import type { Programme } from '../../programmes/queries.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { type ListRequest, listUrl, pager, rowsPerPage } from '../../web/lists.ts'
import { words as common } from '../../web/words.ts'
import { definitions, type Figure, type Figures, figures } from '../definitions.ts'
import { groupings, groupName } from '../groups.ts'
import type { Period } from '../period.ts'
import { periodInWords, type Reading } from '../reading.ts'
import type { Part } from '../rows/queries.ts'
import { participationUrl, rowsUrl, type View } from '../urls.ts'
import { words } from '../words.ts'
import { inOrder, type ParticipationSort } from './order.ts'
import type { Participation } from './queries.ts'

type Shown = { view: View; list: ListRequest<ParticipationSort>; found: Participation; everywhere: boolean }

export function participationPage(reading: Reading, { view, list, found, everywhere }: Shown): Html {
  const { language } = reading
  const t = words[language]
  return html`
${heading(reading, view.programme, view.period)}
${figureTiles(reading, view, found.total)}
<h2>${t.funnelTitle}</h2>
${funnel(language, found.total)}
${howCounted(language)}
${filterForm(language, view)}
<h2 id="table-title">${t.tableTitle(t.grouping[view.by])}</h2>
${view.by === 'administration' && html`<p>${everywhere ? t.onlyInvolved : t.onlyYourRegions}</p>`}
${figureTable(reading, view, list, found)}
<p class="actions"><a class="btn btn-outline-primary" href="${participationUrl(view, '.csv')}" download>${t.csv}</a></p>`
}

/** The filter alone, with what is wrong in it; figures for a period that nobody meant would mislead. */
export const unreadFilterPage = (reading: Reading, programme: Programme, problems: Problems, typed: Typed): Html => html`
<h1>${participationTitle(reading.language, programme)}</h1>
${filterForm(reading.language, { programme, period: { from: null, until: null }, by: 'region' }, problems, typed)}`

export const participationTitle = (language: Language, programme: Programme) => `${words[language].title}: ${programme.title}`

const heading = (reading: Reading, programme: Programme, period: Period): Html => html`
<h1>${participationTitle(reading.language, programme)}</h1>
<p class="lead">${periodInWords(reading, period)}</p>`

function figureTiles({ language }: Reading, view: View, total: Figures): Html {
  return html`
<ul class="figures">
  ${figures.map(
    (figure) =>
      html`<li><a href="${rowsUrl(view, figure, {})}"><strong>${formatNumber(total[figure], language)}</strong> ${definitions[language][figure].label}</a></li>`,
  )}
</ul>`
}

function funnel(language: Language, total: Figures): Html {
  const { funnel: t, tinyShare } = words[language]
  const count = (figure: Figure) => formatNumber(total[figure], language)
  const isTiny = (part: number) => part > 0 && part / total.registered < 0.0005
  const share = (figure: Figure) => (isTiny(total[figure]) ? tinyShare : formatShare(total[figure], total.registered, language))
  return html`
<p class="prose">${t.registered(count('registered'))}
${t.enrolled(count('enrolled'), share('enrolled'))}
${t.active(count('active'), share('active'))}
${t.completed(count('completed'), share('completed'))}
${t.people(count('participants'), count('hours'))}</p>`
}

const howCounted = (language: Language): Html => html`
<details>
  <summary>${words[language].howCounted}</summary>
  <dl class="facts">${figures.map((figure) => html`<dt>${definitions[language][figure].label}</dt><dd class="prose">${definitions[language][figure].meaning}</dd>`)}</dl>
</details>`

function filterForm(language: Language, { programme, period, by }: View, problems: Problems | null = null, typed: Typed = {}): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<section>
  <h2>${t.filter}</h2>
  ${fields.summary()}
  <form method="get" action="/reports/participation" class="tile" novalidate>
    <input type="hidden" name="programme" value="${programme.id}">
    <div class="fields">
    ${fields.input({ name: 'from', label: t.from, type: 'date', value: period.from?.toString() })}
    ${fields.input({ name: 'until', label: t.until, type: 'date', value: period.until?.toString() })}
    ${fields.select({
      name: 'by',
      label: t.by,
      required: true,
      value: by,
      choices: groupings.map((value) => ({ value, label: t.grouping[value] })),
    })}
    </div>
    <button class="btn btn-primary">${t.show}</button>
  </form>
</section>`
}

function figureTable({ language }: Reading, view: View, list: ListRequest<ParticipationSort>, { rows, roc, total }: Participation): Html {
  const t = words[language]
  const { by } = view
  const ordered = inOrder(by, rows, list)
  const page = by === 'administration' ? ordered.slice((list.page - 1) * rowsPerPage, list.page * rowsPerPage) : ordered
  const sums: [string, Part, Figures][] = [
    [t.roc, { region: 'roc' }, roc],
    [t.total, {}, total],
  ]
  return html`
${rows.length === 0 && html`<p class="empty">${t.noAdministrations}</p>`}
<div class="table-responsive" tabindex="0" role="region" aria-labelledby="table-title">
<table class="table table-hover list-table">
  <thead><tr>
    ${head(language, list, 'key', t.grouping[by])}
    ${figures.map((figure) => head(language, list, figure, definitions[language][figure].label))}
  </tr></thead>
  <tbody>
    ${page.map(({ key, name, figures: row }) => {
      const label = groupName(by, key, name, language)
      return figureRow(
        language,
        view,
        label,
        by === 'administration' ? html`<a href="/administrations/${key}">${label}</a>` : label,
        { [by]: key },
        row,
      )
    })}
  </tbody>
  <tfoot class="table-group-divider">${sums.map(([label, part, row]) => figureRow(language, view, label, label, part, row))}</tfoot>
</table>
</div>
${by === 'administration' && pager(list, rows.length, language)}`
}

function figureRow(language: Language, view: View, label: string, title: Html | string, part: Part, row: Figures): Html {
  const t = words[language]
  return html`<tr><th scope="row">${title}</th>${figures.map((figure) => {
    const value = formatNumber(row[figure], language)
    const name = t.openRows(value, definitions[language][figure].label, label)
    return html`<td class="numeric"><a href="${rowsUrl(view, figure, part)}" aria-label="${name}">${value}</a></td>`
  })}</tr>`
}

function head(language: Language, list: ListRequest<ParticipationSort>, sort: ParticipationSort, label: string): Html {
  const here = list.sort === sort
  const direction = here ? (list.descending ? 'descending' : 'ascending') : 'none'
  // Figures are asked for with the greatest first.
  const descending = here ? !list.descending : sort !== 'key'
  const url = listUrl(list, { sort, descending, page: 1 })
  return html`<th scope="col" aria-sort="${direction}" ${sort !== 'key' && raw('class="numeric"')}><a href="${url}" title="${common[language].sortBy(label)}">${label}${here && (list.descending ? ' ▾' : ' ▴')}</a></th>`
}
