import { html, raw } from 'hono/html'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { words as webWords } from '../../web/words.ts'
import type { ListedSurvey } from './queries.ts'
import { type State, stateOf } from './rules.ts'
import { families, type Survey, scales, surveyPath, surveysPath } from './survey.ts'
import { words } from './words.ts'

const marks: Record<State, string> = { draft: 'waiting', open: 'busy', closed: 'good' }
export const stateMark = (state: State, language: Language): Html =>
  html`<span class="state ${marks[state]}">${words[language].state[state]}</span>`

type List = {
  enrolmentId: number
  administration: string
  surveys: readonly ListedSurvey[]
  /** The service that the administration chose to work on, where it did. */
  chosen: string | null
  mayWork: boolean
  language: Language
  today: Temporal.PlainDate
  problems?: Problems | null
  typed?: Typed
}

/** The surveys of an administration, and the form that begins one. */
export function listPage(list: List): Html {
  const { administration, surveys, mayWork, language } = list
  const t = words[language]
  return html`
<h1>${t.surveysOf(administration)}</h1>
<p class="lead">${t.lead}</p>
${surveys.length === 0 ? html`<div class="empty">${mayWork ? t.none : t.noneToRead}</div>` : surveyCards(list)}
${mayWork && newSurveyForm(list)}`
}

type Cards = Pick<List, 'surveys' | 'language' | 'today'> & { heading?: 'h2' | 'h3'; to?: (survey: ListedSurvey) => string }

export function surveyCards({ surveys, language, today, heading = 'h2', to = surveyPath }: Cards): Html {
  const t = words[language]
  return html`<ul class="cards">${surveys.map(
    (survey) => html`
<li class="tile"><${raw(heading)} class="h5"><a href="${to(survey)}">${survey.title}</a></${raw(heading)}>
  <p>${survey.service}<br>${stateMark(stateOf(survey, { today, received: survey.received }), language)}
  <strong>${formatNumber(survey.received, language)}</strong> ${t.answersCount(survey.received)}</p></li>`,
  )}</ul>`
}

type New = Pick<List, 'enrolmentId' | 'chosen' | 'language' | 'problems' | 'typed'>

export function newSurveyForm({ enrolmentId, chosen, language, problems = null, typed = {} }: New): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<section class="narrow">
  <h2>${t.begin}</h2>
  ${fields.summary()}
  <form method="post" action="${surveysPath(enrolmentId)}" novalidate>
    ${fields.input({ name: 'service', label: t.service, help: chosen ? t.serviceFrom : t.serviceHelp, required: true, most: 120, value: chosen })}
    ${fields.select({ name: 'family', label: t.family, help: t.familyHelp, required: true, choices: families.map((value) => ({ value, label: t.families[value] })) })}
    ${fields.input({ name: 'title', label: t.title, help: t.titleHelp, required: true, most: 120 })}
    ${fields.choices({ name: 'points', label: t.points, required: true, values: ['5'], choices: scales.map((value) => ({ value, label: t.pointsOf(value) })) })}
    <button class="btn btn-primary">${t.create}</button>
  </form>
</section>`
}

export type Overview = {
  survey: Survey
  state: State
  /** Why the collection is not open, in words; null while it is. */
  why: string | null
  counts: Record<'online' | 'paper' | 'import', number>
  mayWork: boolean
  isReferent: boolean
  first: { id: number; title: string } | null
  repetitions: readonly { id: number; title: string }[]
  baseUrl: string
  language: Language
  dates: Dates
  problem?: string
}

/** Where the survey stands, what comes next, and the way to everything that belongs to it. */
export function overviewPage(overview: Overview): Html {
  const { survey, state, counts, language, problem } = overview
  const t = words[language]
  const received = counts.online + counts.paper + counts.import
  return html`
<h1>${survey.title}</h1>
<p class="lead">${survey.service} · ${t.families[survey.family]}</p>
${problem && html`<div class="alert alert-danger" role="alert" tabindex="-1" data-focus>${problem}</div>`}
<section class="tile next mb-4">
  <h2 class="h4">${t.overview} ${stateMark(state, language)}</h2>
  <p>${nextSentence(overview)}</p>
  ${state !== 'draft' && publicAddress(overview)}
  ${nextStep(overview)}
</section>
<ul class="figures">
  <li><strong>${formatNumber(received, language)}</strong> ${t.answersCount(received)}</li>
  ${(['online', 'paper', 'import'] as const).map((source) => html`<li><strong>${formatNumber(counts[source], language)}</strong> ${t.source[source]}</li>`)}
</ul>
${ways(overview)}
${repetition(overview)}`
}

function nextSentence({ survey, state, why, language, dates }: Overview): string {
  const t = words[language]
  if (state === 'draft') return t.nextDraft
  if (state === 'closed') return `${why ?? ''} ${t.nextClosed}`
  const until = survey.closesOn ? t.untilDay(dates.plainDay(survey.closesOn)) : ''
  return t.nextOpen(until + (survey.mostAnswers ? t.untilNumber(formatNumber(survey.mostAnswers, language)) : ''))
}

const publicAddress = ({ survey, baseUrl, language }: Overview): Html =>
  html`<p>${words[language].address}: <a href="/s/${survey.code}"><strong>${baseUrl}/s/${survey.code}</strong></a></p>`

function nextStep({ survey, state, mayWork, language }: Overview): Html {
  const t = words[language]
  const path = surveyPath(survey)
  const post = (verb: string, label: string, kind: string) =>
    html`<form method="post" action="${path}/${verb}" class="inline-form"><button class="btn btn-${kind}">${label}</button></form>`
  if (state === 'draft')
    return html`
<div class="actions"><a class="btn btn-outline-primary" href="${path}/questionnaire">${t.questionnaire}</a>
<a class="btn btn-outline-primary" href="${path}/preview">${t.preview}</a>
${mayWork && post('publish', t.publish, 'primary')}</div>${mayWork && html`<p><small>${t.publishHelp}</small></p>`}`
  return html`
<div class="actions"><a class="btn btn-primary" href="${path}/analysis">${t.analysis}</a>
${mayWork && state === 'open' && post('close', t.close, 'outline-primary')}
${mayWork && survey.closedAt !== null && post('reopen', t.reopen, 'outline-primary')}</div>`
}

function ways({ survey, state, mayWork, isReferent, language }: Overview): Html {
  const t = words[language]
  const path = surveyPath(survey)
  const group = (title: string, links: readonly (readonly [string, string] | false)[]) => {
    const shown = links.filter((link) => link !== false)
    return (
      shown.length > 0 &&
      html`<li class="tile"><h2 class="h5">${title}</h2><ul>${shown.map(([href, label]) => html`<li><a href="${path}/${href}">${label}</a></li>`)}</ul></li>`
    )
  }
  return html`
<ul class="cards">
${group(t.questionnaire, [
  ['questionnaire', t.questionnaire],
  ['preview', t.preview],
  ['paper', t.paper],
  ['questionnaire.pdf', t.paperPdf],
  ['limesurvey.txt', t.lime],
  mayWork && ['settings', t.settings],
])}
${
  state !== 'draft' &&
  mayWork &&
  group(t.collect, [
    ['answers/new', t.keyIn],
    ['imports', t.importFile],
  ])
}
${state !== 'draft' && group(t.read, [['analysis', t.analysis], ['texts', t.openAnswers], ['report.pdf', t.report], isReferent && ['answers.csv', t.csv], isReferent && ['answers.xlsx', t.xlsx]])}
</ul>`
}

function repetition({ survey, state, mayWork, first, repetitions, language }: Overview): Html {
  const t = words[language]
  const path = surveyPath(survey)
  return html`
${first && html`<p>${t.repeats}: <a href="${surveyPath(first)}">${first.title}</a>${state !== 'draft' && html` · <a href="${path}/comparison">${t.comparison}</a>`}</p>`}
${repetitions.length > 0 && html`<ul>${repetitions.map((each) => html`<li><a href="${surveyPath(each)}">${each.title}</a></li>`)}</ul>`}
${state !== 'draft' && mayWork && html`<form method="post" action="${path}/repeat" class="actions"><button class="btn btn-outline-primary">${t.repeat}</button> <small>${t.repeatHelp}</small></form>`}`
}

type SettingsForm = { survey: Survey; conflict?: Survey; language: Language; dates: Dates; problems?: Problems | null; typed?: Typed }

export function settingsPage({ survey, conflict, language, dates, problems = null, typed = {} }: SettingsForm): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<h1>${t.settings}</h1>
<p class="lead">${survey.title}</p>
${conflict && theirSettings(conflict, language, dates)}
${fields.summary()}
<form method="post" action="${surveyPath(survey)}/settings" class="narrow" novalidate>
  <input type="hidden" name="revision" value="${conflict?.revision ?? typed.revision ?? survey.revision}">
  ${fields.input({ name: 'title', label: t.title, help: t.titleHelp, required: true, most: 120, value: survey.title })}
  ${fields.input({ name: 'service', label: t.service, help: t.serviceHelp, required: true, most: 120, value: survey.service })}
  ${fields.area({ name: 'introduction', label: t.introduction, help: t.introductionHelp, most: 1000, rows: 4, value: survey.introduction })}
  ${fields.area({ name: 'introductionEn', label: t.introductionEn, most: 1000, rows: 3, value: survey.introductionEn })}
  ${fields.input({ name: 'reached', label: t.reached, help: t.reachedHelp, inputmode: 'numeric', value: survey.reached })}
  ${fields.input({ name: 'closesOn', label: t.closesOn, help: t.closesOnHelp, type: 'date', value: survey.closesOn?.toString() ?? null })}
  ${fields.input({ name: 'mostAnswers', label: t.mostAnswers, inputmode: 'numeric', value: survey.mostAnswers })}
  ${fields.input({ name: 'minimumCell', label: t.minimumCell, help: t.minimumCellHelp, required: true, inputmode: 'numeric', value: survey.minimumCell })}
  <button class="btn btn-primary">${webWords[language].save}</button>
</form>`
}

function theirSettings(survey: Survey, language: Language, dates: Dates): Html {
  const t = words[language]
  const shown: [string, string | number | null][] = [
    [t.title, survey.title],
    [t.service, survey.service],
    [t.introduction, survey.introduction],
    [t.introductionEn, survey.introductionEn],
    [t.reached, survey.reached],
    [t.closesOn, survey.closesOn && dates.plainDay(survey.closesOn)],
    [t.mostAnswers, survey.mostAnswers],
    [t.minimumCell, survey.minimumCell],
  ]
  return html`
<div class="alert alert-warning" role="alert" tabindex="-1" data-focus>
  <p>${t.conflict}</p>
  <h2 class="h5">${t.theirs}</h2>
  <dl class="facts">${shown.map(([label, value]) => html`<dt>${label}</dt><dd>${value ?? '–'}</dd>`)}</dl>
</div>`
}
