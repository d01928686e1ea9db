import { html } from 'hono/html'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import { type Condition, childrenOf, type Leaf } from './condition.ts'
import { type Group, groups } from './form.ts'
import type { Wording } from './in-words.ts'
import type { Rule } from './recommend.ts'
import { neverReached } from './rules.ts'
import { words } from './words.ts'

type Shown = {
  programmeId: number
  rules: readonly Rule[]
  pathways: readonly { id: number; title: string }[]
  wording: Wording
  mayDefine: boolean
}

export function rulesPage(language: Language, { programmeId, rules, pathways, wording, mayDefine }: Shown): Html {
  const t = words[language]
  const hidden = neverReached(rules)
  const create = html`<p class="actions"><a class="btn btn-primary" href="/programmes/${programmeId}/rules/new">${t.create}</a></p>`
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.intro}</p>
${mayDefine && (pathways.length > 0 ? create : html`<p>${t.noPathways} <a href="/pathways?programme=${programmeId}">${t.toPathways}</a></p>`)}
${rules.length === 0 && html`<div class="empty">${t.empty}</div>`}
${rules.map(
  (rule, index) => html`
<section class="tile field" id="rule-${rule.id}">
  <h2>${index + 1}. ${rule.title}</h2>
  ${hidden.has(rule.id) && html`<p><span class="state waiting">${t.neverReached}</span></p>`}
  <p>${t.proposes}: <a href="/pathways/${rule.pathwayId}">${pathways.find(({ id }) => id === rule.pathwayId)?.title}</a></p>
  ${conditionTree(language, rule.condition, wording)}
  ${mayDefine && ruleActions(language, { programmeId, rule, first: index === 0, last: index === rules.length - 1 })}
</section>`,
)}`
}

type Place = { programmeId: number; rule: Rule; first: boolean; last: boolean }

function ruleActions(language: Language, { programmeId, rule, first, last }: Place): Html {
  const t = words[language]
  const url = `/programmes/${programmeId}/rules/${rule.id}`
  const button = (verb: string, label: string, of: string, look = 'outline-primary') => html`
    <form method="post" action="${url}/${verb}" class="inline-form"><button class="btn btn-${look} btn-sm" aria-label="${of}">${label}</button></form>`
  return html`
<div class="actions">
  <a class="btn btn-outline-primary btn-sm" href="${url}/edit" aria-label="${t.editOf(rule.title)}">${t.edit}</a>
  ${!first && button('up', t.up, t.upOf(rule.title))}
  ${!last && button('down', t.down, t.downOf(rule.title))}
  ${button('remove', t.remove, t.removeOf(rule.title), 'outline-danger')}
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
