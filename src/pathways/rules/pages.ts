import { html } from 'hono/html'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import type { Characteristic } from './characteristics.ts'
import { type Condition, childrenOf, type Leaf } from './condition.ts'
import { type Group, groups } from './form.ts'
import { type Wording, wordingOf } from './in-words.ts'
import type { Addition, Rule } from './recommend.ts'
import { neverReached } from './rules.ts'
import type { RuleSet } from './versions/queries.ts'
import { words } from './words.ts'

type Named = { id: number; title: string }

export type Shown = {
  programmeId: number
  rules: readonly Rule[]
  additions: readonly Addition[]
  pathways: readonly Named[]
  modules: readonly Named[]
  characteristics: readonly Characteristic[]
  questions: readonly Characteristic[]
}
type Editable = Shown & { draft: RuleSet | undefined; live: RuleSet | undefined; mayDefine: boolean }

export function rulesPage(language: Language, dates: Dates, shown: Editable): Html {
  const t = words[language]
  const { programmeId, pathways, mayDefine } = shown
  const create = html`<p class="actions"><a class="btn ${shown.draft ? 'btn-outline-primary' : 'btn-primary'}" href="/programmes/${programmeId}/rules/new">${t.create}</a></p>`
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.intro}</p>
${versionNote(language, dates, shown)}
${mayDefine && (pathways.length > 0 ? create : html`<p>${t.noPathways} <a href="/pathways?programme=${programmeId}">${t.toPathways}</a></p>`)}
${shown.rules.length === 0 && html`<div class="empty">${t.empty}</div>`}
${ruleTiles(language, shown, mayDefine)}
<h2>${t.additions}</h2>
<p>${t.additionsHelp}</p>
${mayDefine && shown.modules.length > 0 && html`<p class="actions"><a class="btn btn-outline-primary" href="/programmes/${programmeId}/rules/additions/new">${t.createAddition}</a></p>`}
${shown.additions.length === 0 && html`<p>${t.noAdditions}</p>`}
${additionTiles(language, shown, mayDefine)}`
}

/** One version as it was, to read only. */
export function rulesOfVersion(language: Language, shown: Shown): Html {
  const t = words[language]
  return html`
${ruleTiles(language, shown, false)}
<h2>${t.additions}</h2>
${shown.additions.length === 0 ? html`<p>${t.noAdditions}</p>` : additionTiles(language, shown, false)}`
}

function versionNote(language: Language, dates: Dates, { programmeId, draft, live, mayDefine }: Editable): Html {
  const t = words[language]
  const url = `/programmes/${programmeId}/rules`
  const history = html`<a href="${url}/versions">${t.versions}</a>`
  if (!draft)
    return live?.liveAt
      ? html`<p>${t.live(live.version, dates.shortDay(live.liveAt))} ${mayDefine && t.liveHelp} ${history}</p>`
      : html`<p>${t.noneLive}</p>`
  return html`
<div class="alert alert-warning">
  <p><strong>${t.draft(draft.version)}</strong> ${t.draftChangedOn(dates.shortDay(draft.changedAt))} ${live?.liveAt ? html`<a href="${url}/versions/${live.version}">${t.live(live.version, dates.shortDay(live.liveAt))}</a>` : t.noneLive}</p>
  ${
    mayDefine &&
    html`<p>${t.draftHelp}</p>
  <div class="actions">
    <form method="post" action="${url}/preview" class="inline-form"><button class="btn btn-primary btn-sm">${t.preview}</button></form>
    <form method="post" action="${url}/discard" class="inline-form"><button class="btn btn-outline-danger btn-sm">${t.discard}</button></form>
    ${live && history}
  </div>`
  }
</div>`
}

function ruleTiles(language: Language, { programmeId, rules, pathways, characteristics, questions }: Shown, mayDefine: boolean): Html {
  const t = words[language]
  const hidden = neverReached(rules, characteristics)
  const wording = wordingOf(language, questions)
  return html`${rules.map(
    (rule, index) => html`
<section class="tile field" id="rule-${rule.id}">
  <h2>${index + 1}. ${rule.title}</h2>
  ${hidden.has(rule.id) && html`<p><span class="state waiting">${t.neverReached}</span></p>`}
  <p>${t.proposes}: <a href="/pathways/${rule.pathwayId}">${pathways.find(({ id }) => id === rule.pathwayId)?.title}</a></p>
  ${conditionTree(language, rule.condition, wording)}
  ${mayDefine && ruleActions(language, { url: `/programmes/${programmeId}/rules/${rule.id}`, title: rule.title, first: index === 0, last: index === rules.length - 1 })}
</section>`,
  )}`
}

function additionTiles(language: Language, { programmeId, additions, modules, questions }: Shown, mayDefine: boolean): Html {
  const t = words[language]
  const wording = wordingOf(language, questions)
  return html`${additions.map(
    ({ id, title, moduleId, condition }) => html`
<section class="tile field" id="addition-${id}">
  <h3>${title}</h3>
  <p>${t.adds}: <a href="/programmes/${programmeId}/modules/${moduleId}">${modules.find((module) => module.id === moduleId)?.title}</a></p>
  ${conditionTree(language, condition, wording)}
  ${mayDefine && ruleActions(language, { url: `/programmes/${programmeId}/rules/additions/${id}`, title, first: true, last: true })}
</section>`,
  )}`
}

type Place = { url: string; title: string; first: boolean; last: boolean }

function ruleActions(language: Language, { url, title, first, last }: Place): Html {
  const t = words[language]
  const button = (verb: string, label: string, of: string, look = 'outline-primary') => html`
    <form method="post" action="${url}/${verb}" class="inline-form"><button class="btn btn-${look} btn-sm" aria-label="${of}">${label}</button></form>`
  return html`
<div class="actions">
  <a class="btn btn-outline-primary btn-sm" href="${url}/edit" aria-label="${t.editOf(title)}">${t.edit}</a>
  ${!first && button('up', t.up, t.upOf(title))}
  ${!last && button('down', t.down, t.downOf(title))}
  ${button('remove', t.remove, t.removeOf(title), 'outline-danger')}
</div>`
}

/** A condition in plain words, groups inside groups as lists inside lists. */
export function conditionTree(language: Language, condition: Condition, wording: Wording): Html {
  const t = words[language]
  const children = childrenOf(condition)
  if (!children) return html`<p>${t.when}: ${wording.leaf(condition as Leaf)}</p>`
  if (children.length === 0) return html`<p>${t.always}</p>`
  return html`<p>${t.group[groupOf(condition)]}:</p>${branch(language, children, wording)}`
}

function branch(language: Language, conditions: readonly Condition[], wording: Wording): Html {
  const t = words[language]
  return html`<ul>${conditions.map((condition) => {
    const children = childrenOf(condition)
    return children
      ? html`<li>${t.group[groupOf(condition)]}:${branch(language, children, wording)}</li>`
      : html`<li>${wording.leaf(condition as Leaf)}</li>`
  })}</ul>`
}

const groupOf = (condition: Condition): Group => groups.find((group) => group in condition) ?? 'all'
