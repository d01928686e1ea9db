import { html } from 'hono/html'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import { isReferent, isStaff } from '../../people/rules.ts'
import type { Html, Person } from '../../web/env.ts'
import { postButton } from '../../web/fields.ts'
import { type ListRequest, listSearch, pager } from '../../web/lists.ts'
import { markdown } from '../../web/markdown.ts'
import type { FaqEntry, FaqOrigin } from './queries.ts'
import { words } from './words.ts'

export type Viewing = { language: Language; dates: Dates; person: Person | null }

type Listed = { list: ListRequest; rows: FaqEntry[]; total: number }

export function faqPage(viewing: Viewing, listed: Listed, modules: readonly { id: number; title: string }[]): Html {
  const { language, person } = viewing
  const t = words[language]
  const states = { name: 'state', label: t.state, choices: [{ value: 'withdrawn', label: t.withdrawn }] }
  const topics = { name: 'module', label: t.topic, choices: modules.map(({ id, title }) => ({ value: String(id), label: title })) }
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.intro}</p>
${listSearch(listed.list, { language, target: 'faq', filters: isStaff(person) ? [topics, states] : [topics] })}
${faqList(viewing, listed)}
${isStaff(person) && html`<p class="actions"><a class="btn btn-primary" href="/faq/new">${t.add}</a></p>`}`
}

export function faqList(viewing: Viewing, { list, rows, total }: Listed): Html {
  const { language } = viewing
  const t = words[language]
  if (rows.length === 0) return html`<div id="faq">${nothing(viewing, list)}</div>`
  return html`
<div id="faq" class="prose">
  <p><small>${t.found(formatNumber(rows.length, language), formatNumber(total, language))}</small></p>
  ${rows.map((entry) => faqDetails(entry, language))}
  ${pager(list, total, language)}
</div>`
}

function nothing({ language, person }: Viewing, list: ListRequest): Html {
  const t = words[language]
  const searched = list.q !== '' || Object.keys(list.filters).length > 0
  const ask = isReferent(person)
    ? html`<p><a href="/questions/new">${t.askInstead}</a></p>`
    : person === null && html`<p><a href="/sign-in?next=/questions/new">${t.signInToAsk}</a></p>`
  return html`<div class="empty"><p>${searched ? t.nothingFound : t.none}</p>${ask}</div>`
}

/** A question that opens onto its answer, in the list and on a module's page. */
export function faqDetails(entry: FaqEntry, language: Language): Html {
  const t = words[language]
  return html`
<details class="tile mb-3" id="faq-${entry.id}">
  <summary><strong>${entry.question}</strong></summary>
  ${markdown(entry.answer)}
  <p>${entry.module && html`<small>${entry.module}</small> · `}<a href="/faq/${entry.id}" aria-label="${t.permanent}: ${entry.question}">${t.permanent}</a></p>
</details>`
}

/** `origin` only for staff. */
export function entryPage({ language, dates }: Viewing, entry: FaqEntry, origin: FaqOrigin | null): Html {
  const t = words[language]
  return html`
<article class="prose">
<h1>${entry.question}</h1>
${!entry.publishedAt && html`<p class="alert alert-warning">${t.withdrawnNote}</p>`}
${markdown(entry.answer)}
<p><small>${entry.module && html`${entry.module} · `}${entry.publishedAt && t.publishedOn(dates.shortDay(entry.publishedAt))}</small></p>
</article>
${origin && curation({ language, dates }, entry, origin)}`
}

function curation({ language, dates }: Pick<Viewing, 'language' | 'dates'>, entry: FaqEntry, origin: FaqOrigin): Html {
  const t = words[language]
  return html`
<section class="tile prose">
<h2>${t.forStaff}</h2>
<dl class="facts">
  <dt>${t.owner}</dt><dd>${origin.owner}</dd>
  <dt>${t.reviewOn}</dt><dd>${dates.plainDay(entry.reviewOn)}</dd>
  <dt>${t.source}</dt><dd>${sourceLink(language, entry, origin)}</dd>
</dl>
<div class="actions">
  <a class="btn btn-primary btn-sm" href="/faq/${entry.id}/edit">${t.edit}</a>
  ${entry.publishedAt ? postButton(`/faq/${entry.id}/withdraw`, t.withdraw, 'outline-danger') : postButton(`/faq/${entry.id}/publish`, t.republish)}
</div>
</section>`
}

function sourceLink(language: Language, entry: FaqEntry, { questionId, subject }: FaqOrigin): Html | string {
  const t = words[language]
  if (questionId) return html`<a href="/questions/${questionId}">${subject}</a>`
  return entry.answerId ? t.hiddenSource : t.noSource
}
