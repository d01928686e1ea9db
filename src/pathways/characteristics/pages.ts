import { html } from 'hono/html'
import { categoryName, kindName } from '../../administrations/kinds.ts'
import { maturityName } from '../../administrations/maturity.ts'
import { regionName } from '../../administrations/regions.ts'
import { sizeName } from '../../administrations/sizes.ts'
import type { SizeClass } from '../../database/schema.ts'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import type { IntakeQuestion } from '../intake/queries.ts'
import { answerField, answerFieldName } from '../orientation/pages.ts'
import type { Oriented } from '../orientation/queries.ts'
import type { Value } from '../rules/condition.ts'
import { type Wording, wordingOf } from '../rules/in-words.ts'
import type { Assessed, DatedAnswer } from './queries.ts'
import type { AnswerChange } from './rules.ts'
import { words } from './words.ts'

type Named = { id: number; title: string }
export type Place = {
  url: string
  administration: { name: string; region: string; category: string; kind: string; sizeClass: SizeClass | null }
  /** What is followed today. */
  pathway: string
  questions: readonly IntakeQuestion[]
}

type Shown = Place & {
  answers: Readonly<Record<string, Value>>
  dated: readonly DatedAnswer[]
  maturity: Assessed | undefined
  mayChange: boolean
  problems?: Problems | null
  typed?: Typed
  notice?: string | null
}

export function characteristicsPage(language: Language, dates: Dates, shown: Shown): Html {
  const t = words[language]
  const { administration, dated, maturity, questions, answers, mayChange, notice, problems = null, typed = {} } = shown
  const { region, category, kind, sizeClass } = administration
  const wording = wordingOf(language, questions)
  const earlier = dated.filter(({ replacedAt }) => replacedAt !== null)
  const fields = fieldsOf(language, problems, typed)
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.lead(administration.name)}</p>
${notice && html`<div class="alert alert-info" role="status">${notice}</div>`}
<h2>${t.facts}</h2>
<dl class="facts">
  <dt>${t.region}</dt><dd>${regionName(region)}</dd>
  <dt>${t.kind}</dt><dd>${kindName(kind, language)}</dd>
  <dt>${t.category}</dt><dd>${category} · ${categoryName(category)}</dd>
  ${sizeClass && html`<dt>${t.size}</dt><dd>${sizeName(sizeClass, language)}</dd>`}
  ${maturity && html`<dt>${t.maturity}</dt><dd>${maturityName(maturity.level, language)}<br><small>${t.assessed(maturity.score, dates.shortDay(maturity.assessedAt))}</small></dd>`}
</dl>
<h2>${t.answers}</h2>
<dl class="facts">${questions.map(({ name, label }) => {
    const given = dated.find((each) => each.name === name && each.replacedAt === null)
    return html`
  <dt>${label}</dt><dd>${wording.value(name, answers[name] ?? null)}${given && html`<br><small>${t.answeredOn(dates.shortDay(given.answeredAt), given.answeredBy)}</small>`}</dd>`
  })}</dl>
${earlier.length > 0 && html`<details><summary>${t.earlier}</summary><ul>${earlier.map((answer) => earlierLine(language, dates, answer, wording))}</ul></details>`}
${
  mayChange &&
  questions.length > 0 &&
  html`
<section class="narrow">
<h2 id="change">${t.change}</h2>
<p>${t.changeHelp}</p>
${fields.summary()}
<form method="post" action="${shown.url}" novalidate>
  ${questions.map((question) => answerField(language, question, answers[question.name], fields))}
  <button class="btn btn-primary">${t.see}</button>
</form>
</section>`
}`
}

function earlierLine(
  language: Language,
  dates: Dates,
  { name, label, value, answeredAt, answeredBy, replacedAt }: DatedAnswer,
  wording: Wording,
): Html {
  const t = words[language]
  const when = t.answeredOn(dates.shortDay(answeredAt), answeredBy)
  return html`<li>${label}: ${wording.value(name, value)} <small>(${when}${replacedAt && html`, ${t.until(dates.shortDay(replacedAt))}`})</small></li>`
}

type Preview = Place & {
  changes: readonly AnswerChange[]
  now: Oriented
  then: Oriented
  pathways: readonly Named[]
  /** What was typed, by the names of the form's fields, to be posted again. */
  typed: Typed
  seen: string
  notice?: string | null
}

export function changePreview(language: Language, preview: Preview): Html {
  const t = words[language]
  const { url, changes, now, then, pathway, questions, typed, seen, notice } = preview
  const wording = wordingOf(language, questions)
  const same = proposedId(now) === proposedId(then)
  return html`
<h1>${t.previewTitle}</h1>
<p class="lead">${t.notSaved}</p>
${notice && html`<div class="alert alert-warning" role="alert" tabindex="-1" data-focus>${notice}</div>`}
<ul>${changes.map(({ name, label, from, to }) => html`<li>${t.fromTo(label, wording.value(name, from), wording.value(name, to))}</li>`)}</ul>
<dl class="facts">
  <dt>${t.proposedNow}</dt><dd>${proposal(language, now, preview, wording)}</dd>
  <dt>${t.proposedThen}</dt><dd>${proposal(language, then, preview, wording)}</dd>
</dl>
<p>${same && html`${t.sameProposal} `}${t.stays(pathway)}</p>
${!same && html`<p>${t.mayAsk}</p>`}
<form method="post" action="${url}">
  <input type="hidden" name="confirm" value="yes"><input type="hidden" name="seen" value="${seen}">
  ${questions.map(({ name }) => asList(typed[answerFieldName(name)]).map((value) => html`<input type="hidden" name="${answerFieldName(name)}" value="${value}">`))}
  <div class="actions"><button class="btn btn-primary">${t.confirm}</button> <a class="btn btn-outline-primary" href="${url}">${t.back}</a></div>
</form>`
}

const asList = (typed: Typed[string]) => (Array.isArray(typed) ? typed : [typed ?? ''])

const proposedId = ({ recommendation }: Oriented) => ('none' in recommendation ? null : recommendation.pathwayId)

function proposal(language: Language, oriented: Oriented, { pathways }: { pathways: readonly Named[] }, wording: Wording): Html {
  const t = words[language]
  const { recommendation } = oriented
  if ('none' in recommendation) return html`${t.nobody}`
  const title = pathways.find(({ id }) => id === recommendation.pathwayId)?.title
  const reasons = recommendation.held.map(wording.check)
  return html`<strong>${title}</strong>${reasons.length > 0 && html`, ${t.because} ${reasons.join('; ')}`}`
}
