import { html } from 'hono/html'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { inPhases } from '../definition/pathways/phases.ts'
import type { IntakeQuestion } from '../intake/queries.ts'
import type { PathwayOutline } from '../queries.ts'
import { optionsOf } from '../rules/characteristics.ts'
import type { Value } from '../rules/condition.ts'
import { type Wording, wordingOf } from '../rules/in-words.ts'
import type { NotFollowed } from '../rules/recommend.ts'
import type { Oriented, ToOrient } from './queries.ts'
import { words } from './words.ts'

type Named = { id: number; title: string }

/** For those with several administrations, or none left to choose for. */
export function chooseAdministrationPage(language: Language, choices: readonly ToOrient<Named>[], isReferent: boolean): Html {
  const t = words[language]
  if (choices.length === 0) {
    const [sentence, href, label] = isReferent ? [t.nothing, '/pathway', t.toPathway] : [t.notReferent, '/programmes', t.toProgrammes]
    return html`<h1>${t.title}</h1><div class="empty"><p>${sentence}</p><p><a href="${href}">${label}</a></p></div>`
  }
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.listIntro}</p>
<ul class="cards">
  ${choices.map(
    ({ programme, administration }) => html`
  <li class="tile">
    <h2><a href="/orientation/${programme.id}/${administration.id}">${administration.name}</a></h2>
    <p>${t.inProgramme(programme.title)}</p>
  </li>`,
  )}
</ul>`
}

type Place = { programme: Named; administration: { id: number; name: string } }
type Intake = Place & { questions: readonly IntakeQuestion[]; answers: Readonly<Record<string, Value>> }

export function intakeForm(
  language: Language,
  { programme, administration, questions, answers }: Intake,
  problems: Problems | null = null,
  typed: Typed = {},
): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<div class="narrow">
<h1>${t.title}</h1>
<p class="lead">${t.formIntro(administration.name)}</p>
${fields.summary()}
<form method="post" action="/orientation/${programme.id}/${administration.id}" novalidate>
  ${questions.map((question) => answerField(language, question, answers[question.name], fields))}
  <button class="btn btn-primary">${t.submit}</button>
</form>
</div>`
}

/** Field names of answers don't clash with ids of the page. */
export const answerFieldName = (question: string) => `answer-${question}`

export function answerField(
  language: Language,
  question: IntakeQuestion,
  answer: Value | undefined,
  fields: ReturnType<typeof fieldsOf>,
): Html {
  const { label, help, required, kind } = question
  const field = { name: answerFieldName(question.name), label, help, required }
  const values = answer === undefined ? [] : typeof answer === 'object' ? [...answer] : [String(answer)]
  if (kind === 'number') return fields.input({ ...field, value: values[0], inputmode: 'numeric', most: 9 })
  if (kind === 'text') return fields.area({ ...field, value: values[0], most: 2000 })
  return fields.choices({ ...field, values, many: kind === 'multiple', choices: optionsOf(question, language) })
}

type Proposal = Place & {
  oriented: Oriented
  /** The pathway proposed; undefined when no rule holds. */
  proposed: PathwayOutline | undefined
  pathways: readonly Named[]
  modules: readonly Named[]
  mayChoose: boolean
  incomplete: boolean
  notice?: string
  problems?: Problems | null
}

export function proposalPage(language: Language, proposal: Proposal): Html {
  const t = words[language]
  const { programme, administration, proposed, mayChoose, incomplete, notice } = proposal
  return html`
<h1>${proposed ? t.proposal : t.noneTitle}</h1>
<p class="lead">${t.proposalFor(administration.name, programme.title)}</p>
${notice && html`<div class="alert alert-warning" role="alert" tabindex="-1" data-focus>${notice}</div>`}
${incomplete && html`<p><span class="state waiting">${t.unanswered}</span></p>`}
${proposed ? proposedTile(language, proposal, proposed) : html`<div class="empty"><p>${mayChoose ? t.noneForCoordinator : t.none}</p>${changeLink(language, proposal)}</div>`}
${whyNot(language, proposal)}
${mayChoose && choiceByHand(language, proposal)}`
}

const changeLink = (language: Language, { programme, administration }: Place): Html =>
  html`<a class="btn btn-outline-primary" href="/orientation/${programme.id}/${administration.id}">${words[language].change}</a>`

function proposedTile(language: Language, proposal: Proposal, pathway: PathwayOutline): Html {
  const t = words[language]
  const { programme, administration, oriented } = proposal
  return html`
<section class="tile next">
  <h2>${pathway.title}</h2>
  ${pathway.summary && html`<p>${pathway.summary}</p>`}
  ${reasons(language, oriented)}
  <h3>${t.modules(pathway.modules.length)}</h3>
  ${inPhases(pathway.modules).map(
    ({ section, steps }) => html`
  ${section && html`<h4>${section}</h4>`}
  <ul>${steps.map(({ title, optional }) => html`<li>${title}${optional && html` <small>(${t.optional})</small>`}</li>`)}</ul>`,
  )}
  ${addedList(language, proposal)}
  <form method="post" action="/orientation/${programme.id}/${administration.id}/accept">
    <input type="hidden" name="rule" value="${'none' in oriented.recommendation ? '' : oriented.recommendation.ruleId}">
    <div class="actions"><button class="btn btn-primary">${t.accept}</button> ${changeLink(language, proposal)}</div>
  </form>
</section>`
}

/** What rules add on top, each with why. */
function addedList(language: Language, { oriented, modules }: Proposal): Html {
  const t = words[language]
  if (oriented.added.length === 0) return html``
  const wording = wordingOf(language, oriented.questions)
  return html`
<h3>${t.addedForYou}</h3>
<ul>${oriented.added.map(
    ({ moduleId, title, held }) => html`
  <li>${modules.find(({ id }) => id === moduleId)?.title} <small>(${[title, ...held.map(wording.check)].join(' · ')})</small></li>`,
  )}</ul>`
}

function reasons(language: Language, { recommendation, rules, questions }: Oriented): Html {
  const t = words[language]
  if ('none' in recommendation) return html``
  const rule = rules.find(({ id }) => id === recommendation.ruleId)
  const wording = wordingOf(language, questions)
  return html`
<h3>${t.why}</h3>
<p>${rule && t.byRule(rule.title)}</p>
${
  recommendation.held.length === 0
    ? html`<p>${t.forEverybody}</p>`
    : html`<ul>${recommendation.held.map((check) => html`<li>${wording.check(check)}</li>`)}</ul>`
}`
}

/** Each other pathway, with the first condition that failed in every rule that proposes it and the one answer that would lead there. */
function whyNot(language: Language, { programme, administration, oriented, proposed, pathways, mayChoose }: Proposal): Html {
  const t = words[language]
  const others = pathways.filter(({ id }) => id !== proposed?.id)
  if (others.length === 0) return html``
  const wording = wordingOf(language, oriented.questions)
  return html`
<h2>${t.whyNot}</h2>
<ul>${others.map(({ id, title }) => {
    const change = oriented.changes.get(id)
    return html`
  <li><strong>${title}</strong>: ${reasonsAgainst(language, oriented, id, wording).join('; ')}
    ${change && html`<br><small>${t.wouldLead(wording.change(change))}</small>`}
  </li>`
  })}</ul>
${!mayChoose && html`<p><a href="/orientation/${programme.id}/${administration.id}/request">${t.askForAnother}</a></p>`}`
}

function reasonsAgainst(language: Language, { recommendation, rules }: Oriented, pathwayId: number, wording: Wording): string[] {
  const t = words[language]
  if (!rules.some((rule) => rule.pathwayId === pathwayId)) return [t.noRule]
  const reasonOf = ({ failed }: NotFollowed) => (failed ? wording.check(failed) : 'none' in recommendation ? t.neverHolds : t.comesLater)
  return [...new Set(recommendation.others.filter((other) => other.pathwayId === pathwayId).map(reasonOf))]
}

function choiceByHand(language: Language, { programme, administration, pathways, problems = null }: Proposal): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems)
  return html`
<h2>${t.choose}</h2>
<form method="post" action="/orientation/${programme.id}/${administration.id}/choose" class="narrow" novalidate>
  ${fields.select({
    name: 'pathway',
    label: t.pathway,
    help: t.chooseHelp,
    required: true,
    choices: pathways.map(({ id, title }) => ({ value: id, label: title })),
  })}
  <button class="btn btn-outline-primary">${t.assign}</button>
</form>`
}
