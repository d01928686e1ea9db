import { html, raw } from 'hono/html'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import { isReferent, isStaff } from '../../people/rules.ts'
import type { Html, Person } from '../../web/env.ts'
import { type ListRequest, listSearch, pager } from '../../web/lists.ts'
import { markdown } from '../../web/markdown.ts'
import type { FaqEntry } from './queries.ts'
import type { Votes } from './votes/queries.ts'
import { words } from './words.ts'

export type Viewing = { language: Language; dates: Dates; person: Person | null }

type Listed = { list: ListRequest; rows: FaqEntry[]; total: number }

export function faqPage(viewing: Viewing, listed: Listed, modules: readonly { id: number; title: string }[]): Html {
  const { language, person } = viewing
  const t = words[language]
  const choices = [
    { value: 'proposed', label: t.proposed },
    { value: 'review', label: t.toReview },
    { value: 'withdrawn', label: t.withdrawn },
  ]
  const topics = { name: 'module', label: t.topic, choices: modules.map(({ id, title }) => ({ value: String(id), label: title })) }
  const forStaff = [
    topics,
    { name: 'state', label: t.state, choices },
    { name: 'owner', label: t.owner, choices: [{ value: 'me', label: t.mine }] },
  ]
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.intro}</p>
${listSearch(listed.list, { language, target: 'faq', filters: isStaff(person) ? forStaff : [topics] })}
${faqList(viewing, listed)}
${isStaff(person) && html`<p class="actions"><a class="btn btn-primary" href="/faq/new">${t.add}</a></p>`}
<p><small>${t.elsewhere}: <a href="/faq.atom">Atom</a> · <a href="/faq.json">JSON</a> · <a href="/faq/embed">${t.embedding}</a></small></p>`
}

export function faqList(viewing: Viewing, { list, rows, total }: Listed): Html {
  const { language } = viewing
  const t = words[language]
  if (rows.length === 0) return html`<div id="faq">${nothing(viewing, list)}</div>`
  return html`
<div id="faq" class="prose" itemscope itemtype="https://schema.org/FAQPage">
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

/** In the reader's language where it is there; otherwise in Italian, marked as such. */
export function wordingIn({ question, answer, questionEn, answerEn }: FaqEntry, language: Language) {
  return language === 'en' && questionEn !== '' && answerEn !== ''
    ? { question: questionEn, answer: answerEn, lang: raw('') }
    : { question, answer, lang: raw(language === 'it' ? '' : 'lang="it"') }
}

/** A question that opens onto its answer, in the list and on a module's page; search engines read it as schema.org has it. */
export function faqDetails(entry: FaqEntry, language: Language): Html {
  const t = words[language]
  const { question, answer, lang } = wordingIn(entry, language)
  return html`
<details class="tile mb-3" id="faq-${entry.id}" itemprop="mainEntity" itemscope itemtype="https://schema.org/Question">
  <summary><strong itemprop="name" ${lang}>${question}</strong></summary>
  <div itemprop="acceptedAnswer" itemscope itemtype="https://schema.org/Answer"><div itemprop="text" ${lang}>${markdown(answer)}</div></div>
  <p>${entry.module && html`<small>${entry.module}</small> · `}<a href="/faq/${entry.id}" itemprop="url" aria-label="${t.permanent}: ${question}">${t.permanent}</a></p>
</details>`
}

/** `curation` only for staff. */
export function entryPage(
  { language, dates, person }: Viewing,
  entry: FaqEntry,
  { votes, related, curation }: { votes: Votes; related: readonly FaqEntry[]; curation: Html | null },
): Html {
  const t = words[language]
  const { question, answer, lang } = wordingIn(entry, language)
  const note = { proposed: t.proposedNote, published: '', withdrawn: t.withdrawnNote }[entry.state]
  return html`
<article class="prose" itemscope itemtype="https://schema.org/FAQPage">
<div itemprop="mainEntity" itemscope itemtype="https://schema.org/Question">
<h1 itemprop="name" ${lang}>${question}</h1>
${note && html`<p class="alert alert-warning">${note}</p>`}
<div itemprop="acceptedAnswer" itemscope itemtype="https://schema.org/Answer"><div itemprop="text" ${lang}>${markdown(answer)}</div></div>
</div>
<p><small>${entry.module && html`${entry.module} · `}${entry.publishedAt && t.publishedOn(dates.shortDay(entry.publishedAt))}</small></p>
</article>
${entry.state === 'published' && helpfulness(language, entry, votes, person)}
${related.length > 0 && html`<section class="prose"><h2 class="h4">${t.related}</h2><ul>${related.map((each) => html`<li><a href="/faq/${each.id}">${wordingIn(each, language).question}</a></li>`)}</ul></section>`}
${curation}`
}

function helpfulness(language: Language, { id }: FaqEntry, { yes, no, mine }: Votes, person: Person | null): Html {
  const t = words[language]
  const button = (vote: 'yes' | 'no', label: string) =>
    html`<button class="btn btn-outline-primary btn-sm" name="vote" value="${vote}" aria-pressed="${mine === vote}">${label}</button>`
  return html`
<section class="prose" id="helpful">
${person && html`<form method="post" action="/faq/${id}/votes" class="actions"><span>${t.didItHelp}</span> ${button('yes', t.yes)} ${button('no', t.no)}</form>`}
${yes + no > 0 && html`<p><small>${t.votes(formatNumber(yes, language), formatNumber(no, language))}</small></p>`}
</section>`
}
