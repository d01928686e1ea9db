import { html } from 'hono/html'
import type { Dates } from '../../../language/dates.ts'
import type { Language } from '../../../language/language.ts'
import { formatNumber } from '../../../language/numbers.ts'
import type { Html } from '../../../web/env.ts'
import { fieldsOf } from '../../../web/fields.ts'
import type { Problems, Typed } from '../../../web/forms.ts'
import { type ListRequest, listSearch, listTable } from '../../../web/lists.ts'
import type { Session } from '../../queries.ts'
import { labelOf } from '../pages.ts'
import type { OwnQuestion } from '../queries.ts'
import { countOf, type Distribution, fewestAnswers, meanOf, mostOwnQuestions, questionKinds, ratings } from '../rules.ts'
import { words } from '../words.ts'
import type { Overview, OverviewRow, overviewSorts, Rated, Results, Written } from './queries.ts'

type Viewing = { language: Language; dates: Dates }
type Shown = { session: Session; results: Results; own: readonly OwnQuestion[]; problems: Problems | null; typed: Typed }

export function resultsPage({ language, dates }: Viewing, { session, results, own, problems, typed }: Shown): Html {
  const t = words[language]
  const count = (number: number) => formatNumber(number, language)
  const shown = results.answers >= fewestAnswers
  return html`
<h1>${t.results}</h1>
<p class="lead">${session.title}, ${dates.period(session.startsAt, session.endsAt)}</p>
<p>${t.answered(count(results.answers), count(results.attended))}</p>
${
  shown
    ? html`<p class="actions"><a class="btn btn-outline-primary btn-sm" href="/sessions/${session.id}/feedback/results.csv">${t.download}</a> <a class="btn btn-outline-primary btn-sm" href="/sessions/feedback">${t.toOverview}</a></p>
${ratingsTable(results.rated, language)}
${textsOf(results.written, language)}`
    : html`<div class="empty">${t.tooFew(count(fewestAnswers))}</div>`
}
${ownPart(language, { session, own, problems, typed })}`
}

function ratingsTable(rated: readonly Rated[], language: Language): Html {
  const t = words[language]
  return html`
<div class="table-responsive" tabindex="0" role="region" aria-label="${t.results}">
<table class="table">
  <caption>${t.results}</caption>
  <thead><tr><th scope="col">${t.question}</th><th scope="col" class="numeric">${t.mean}</th><th scope="col" class="numeric">${t.answers}</th>${ratings.map((rating) => html`<th scope="col" class="numeric">${t.ratings[rating]}</th>`)}</tr></thead>
  <tbody>${rated.map(({ distribution, ...question }) => html`<tr><th scope="row">${labelOf(question, language)}</th>${figures(distribution, language)}</tr>`)}</tbody>
</table>
</div>`
}

/** Of a question that too few answered, not even how they did. */
function figures(distribution: Distribution, language: Language): Html {
  const mean = meanOf(distribution)
  const count = (number: number) => html`<td class="numeric">${formatNumber(number, language)}</td>`
  if (mean === null)
    return html`<td>${words[language].noMean}</td>${count(countOf(distribution))}${ratings.map(() => html`<td class="numeric">–</td>`)}`
  return html`<td class="numeric"><strong>${oneDecimal(mean, language)}</strong></td>${count(countOf(distribution))}${distribution.map(count)}`
}

const textsShown = 50

function textsOf(written: readonly Written[], language: Language): Html {
  const t = words[language]
  return html`<h2>${t.texts}</h2>
${written
  .filter(({ texts }) => texts.length > 0)
  .map(
    ({ texts, ...question }) => html`
<h3 class="h5">${labelOf(question, language)}</h3>
<ul>${texts.slice(0, textsShown).map((text) => html`<li class="as-written">${text}</li>`)}</ul>
${texts.length > textsShown && html`<p>${t.moreTexts(formatNumber(texts.length - textsShown, language))}</p>`}`,
  )}`
}

function ownPart(language: Language, { session, own, problems, typed }: Omit<Shown, 'results'>): Html | '' {
  const t = words[language]
  if (session.cancelledAt) return ''
  const form = fieldsOf(language, problems, typed)
  const path = `/sessions/${session.id}/feedback/questions`
  return html`
<section class="narrow">
<h2>${t.own}</h2>
<p>${t.ownHelp(formatNumber(mostOwnQuestions, language))}</p>
${
  own.length === 0
    ? html`<p class="empty">${t.ownNone}</p>`
    : html`<ul>${own.map(({ id, kind, label }) => html`<li>${label} <small>(${t.kinds[kind]})</small> <form method="post" action="${path}/${id}/remove" class="inline-form"><button class="btn btn-outline-danger btn-sm" aria-label="${t.removeOf(label)}">${t.remove}</button></form></li>`)}</ul>`
}
${form.summary()}
${
  own.length < mostOwnQuestions &&
  html`
<form method="post" action="${path}" novalidate>
  ${form.input({ name: 'label', label: t.ownLabel, required: true, most: 200 })}
  ${form.choices({ name: 'kind', label: t.ownKind, required: true, values: ['rating'], choices: questionKinds.map((value) => ({ value, label: t.kinds[value] })) })}
  <button class="btn btn-outline-primary">${t.add}</button>
</form>`
}
</section>`
}

type Sort = (typeof overviewSorts)[number]
type Choices = { programmes: readonly { id: number; name: string }[]; trainers: readonly { id: number; name: string }[] }
type Listed = { list: ListRequest<Sort>; overview: Overview }

export function overviewPage(viewing: Viewing, listed: Listed, { programmes, trainers }: Choices): Html {
  const t = words[viewing.language]
  const asChoices = (rows: readonly { id: number; name: string }[]) => rows.map(({ id, name }) => ({ value: String(id), label: name }))
  const filters = [
    { name: 'programme', label: t.programme, choices: asChoices(programmes) },
    { name: 'trainer', label: t.trainer, choices: asChoices(trainers) },
  ]
  return html`
<h1>${t.overview}</h1>
<p class="lead">${t.overviewIntro}</p>
${listSearch(listed.list, { language: viewing.language, target: 'feedback-overview', filters })}
${overviewList(viewing, listed)}`
}

export function overviewList({ language, dates }: Viewing, { list, overview }: Listed): Html {
  const t = words[language]
  const { rows, total, means, sessions, answers } = overview
  return html`<div id="feedback-overview">
${
  means.length > 0 &&
  html`<section class="tile mb-3"><h2 class="h4">${t.allSessions(sessions, formatNumber(answers, language))}</h2>
<dl class="facts">${means.map(({ name, mean }) => html`<dt>${labelOf({ name, label: null }, language)}</dt><dd>${t.outOfFive(oneDecimal(mean, language))}</dd>`)}</dl></section>`
}
${listTable<OverviewRow, Sort>({
  language,
  caption: t.overview,
  list,
  rows,
  total,
  empty: t.overviewNone,
  columns: [
    { label: t.session, sort: 'title', cell: ({ id, title }) => html`<a href="/sessions/${id}/feedback/results">${title}</a>` },
    { label: t.when, sort: 'held', cell: ({ startsAt }) => dates.shortDay(startsAt) },
    { label: t.answers, sort: 'answers', numeric: true, cell: (row) => formatNumber(row.answers, language) },
    { label: t.overall, numeric: true, cell: ({ overall }) => (overall === null ? t.noMean : t.outOfFive(oneDecimal(overall, language))) },
  ],
})}</div>`
}

const oneDecimal = (number: number, language: Language): string =>
  new Intl.NumberFormat(language === 'it' ? 'it-IT' : 'en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(number)
