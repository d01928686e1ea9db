import { html, raw } from 'hono/html'
import { kindName } from '../../administrations/kinds.ts'
import { regionName, regions } from '../../administrations/regions.ts'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { type ListRequest, listSearch, listTable, listUrl, rowsPerPage } from '../../web/lists.ts'
import { type Exception, keyOf } from './queries.ts'
import { type ExceptionKind, exceptionKinds, remedies } from './rules.ts'
import { words } from './words.ts'

type Shown = {
  programmeId: number
  kind: ExceptionKind
  counts: Record<ExceptionKind, number>
  /** What search and filter leave. */
  listed: readonly Exception[]
  list: ListRequest<'name' | 'region'>
  pathways: readonly { id: number; title: string }[]
  problems: Problems | null
  typed: Typed
  chosen: ReadonlySet<string>
}

export function exceptionsPage(language: Language, dates: Dates, shown: Shown): Html {
  const t = words[language]
  const { programmeId, kind, counts, list } = shown
  const fields = fieldsOf(language, shown.problems, shown.typed)
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.intro}</p>
<ul class="figures">${exceptionKinds.map(
    (each) => html`
  <li><a href="/programmes/${programmeId}/exceptions/${each}" ${each === kind && raw('aria-current="page"')}><strong>${formatNumber(counts[each], language)}</strong> ${t.kinds[each]}</a></li>`,
  )}</ul>
<h2>${t.kinds[kind]}</h2>
<p>${t.explained[kind]}</p>
${counts[kind] === 0 ? html`<div class="empty">${t.nothing[kind]}</div>` : html`${search(language, list)}${exceptionList(language, dates, shown, fields)}`}`
}

function search(language: Language, list: Shown['list']): Html {
  const choices = regions.map(({ code, name }) => ({ value: code, label: name }))
  return listSearch(list, { language, target: 'exception-list', filters: [{ name: 'region', label: words[language].region, choices }] })
}

type Fields = ReturnType<typeof fieldsOf>

/** The rows with a box each, and below them what to do with those chosen. The form's address keeps search and filter. */
export function exceptionList(language: Language, dates: Dates, shown: Shown, fields: Fields = fieldsOf(language)): Html {
  const t = words[language]
  const { kind, list, listed, pathways } = shown
  const url = listUrl(list)
  return html`
<form method="post" action="${url}" id="exception-list" novalidate>
  ${fields.summary()}
  ${rowsTable(language, dates, shown)}
  ${
    listed.length > rowsPerPage &&
    html`
  <div class="choice"><input type="checkbox" id="every" name="every" value="yes"><label for="every">${t.every(formatNumber(listed.length, language))}</label></div>`
  }
  ${fields.problem('chosen')}
  <section class="narrow">
  <h2>${t.whatToDo}</h2>
  ${kind === 'unmatched' && fields.select({ name: 'pathway', label: t.pathway, choices: pathways.map(({ id, title }) => ({ value: id, label: title })) })}
  ${kind === 'due' && fields.input({ name: 'day', label: t.day, type: 'date' })}
  ${fields.input({ name: 'reason', label: t.reason, help: t.reasonHelp, most: 300 })}
  <div class="actions">${remedies[kind].map(
    (remedy, index) =>
      html`<button class="btn ${index === 0 ? 'btn-primary' : 'btn-outline-primary'}" name="remedy" value="${remedy}">${t.remedies[remedy]}</button> `,
  )}</div>
  </section>
</form>`
}

function rowsTable(language: Language, dates: Dates, shown: Shown): Html {
  const { list, listed, kind } = shown
  const from = (list.page - 1) * rowsPerPage
  const rows = listed.slice(from, from + rowsPerPage)
  return listTable({
    language,
    caption: words[language].kinds[kind],
    list,
    columns: columnsOf(language, dates, shown),
    rows,
    total: listed.length,
  })
}

function columnsOf(language: Language, dates: Dates, { kind, pathways, chosen, programmeId }: Shown) {
  const t = words[language]
  const titleOf = (id: number | null) => pathways.find((pathway) => pathway.id === id)?.title ?? null
  const name = (row: Exception) => html`
<span class="choice"><input type="checkbox" id="chosen-${keyOf(row)}" name="chosen" value="${keyOf(row)}" ${chosen.has(keyOf(row)) && raw('checked')}>
<label for="chosen-${keyOf(row)}"><span class="visually-hidden">${t.choose}</span> ${row.name}</label></span>`
  const plain = [
    { label: t.administration, sort: 'name' as const, cell: name },
    { label: t.region, sort: 'region' as const, cell: ({ region }: Exception) => regionName(region) },
    { label: t.kind, cell: (row: Exception) => kindName(row.kind, language) },
  ]
  const follows = { label: t.follows, cell: ({ from }: Exception) => titleOf(from) }
  const proposed = { label: t.proposed, cell: ({ to }: Exception) => titleOf(to) }
  const module = {
    label: t.module,
    cell: ({ module: found, enrolmentId }: Exception) =>
      found && html`<a href="/pathway/${enrolmentId}/modules/${found.id}">${found.title}</a>`,
  }
  const due = { label: t.due, cell: ({ module: found }: Exception) => found && dates.plainDay(found.due) }
  const open = {
    label: t.open,
    cell: ({ administrationId, enrolmentId, name: of }: Exception) => {
      const href = enrolmentId === null ? `/orientation/${programmeId}/${administrationId}/recommendation` : `/pathway/${enrolmentId}`
      return html`<a href="${href}">${enrolmentId === null ? t.openProposal : t.openPathway}<span class="visually-hidden">: ${of}</span></a>`
    },
  }
  const own = { unmatched: [], elsewhere: [follows, proposed], due: [module, due], closed: [follows] }[kind]
  return [...plain, ...own, open]
}
