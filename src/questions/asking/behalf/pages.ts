import { html } from 'hono/html'
import type { Language } from '../../../language/language.ts'
import type { Html } from '../../../web/env.ts'
import { fieldsOf } from '../../../web/fields.ts'
import type { Problems, Typed } from '../../../web/forms.ts'
import { longestSubject, visibilities } from '../../rules.ts'
import { words as questionWords } from '../../words.ts'
import type { Caller } from './queries.ts'
import { spokenChannels } from './rules.ts'
import { words } from './words.ts'

/** First: who asked? */
export function callerPage(language: Language, q: string, callers: readonly Caller[]): Html {
  const t = words[language]
  return html`
<div class="narrow">
<h1>${t.title}</h1>
<p class="lead">${t.intro}</p>
<form method="get" action="/questions/behalf" role="search">
  ${fieldsOf(language).input({ name: 'q', label: t.who, help: t.whoHelp, required: true, type: 'search', most: 100, value: q })}
  <button class="btn btn-primary">${t.search}</button>
</form>
${q !== '' && callers.length === 0 && html`<p class="empty">${t.noneFound}</p>`}
<ul>${callers.map(({ referentId, name, administration }) => html`<li><a href="/questions/behalf?referent=${referentId}">${t.choose(name, administration)}</a></li>`)}</ul>
</div>`
}

type Form = { caller: Caller; modules: readonly { id: number; title: string }[] }

/** Then: what did they ask? */
export function behalfPage(language: Language, { caller, modules }: Form, problems: Problems | null = null, typed: Typed = {}): Html {
  const t = words[language]
  const q = questionWords[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<div class="narrow">
<h1>${t.title}</h1>
${fields.summary()}
<dl class="facts"><dt>${t.asker}</dt><dd>${t.choose(caller.name, caller.administration)} <a href="/questions/behalf">${t.change}</a></dd></dl>
<form method="post" action="/questions/behalf" novalidate>
  <input type="hidden" name="referent" value="${caller.referentId}">
  ${fields.choices({ name: 'channel', label: t.channel, required: true, values: ['call'], choices: spokenChannels.map((value) => ({ value, label: t.channels[value] })) })}
  ${fields.select({ name: 'module', label: q.modulePick, help: q.modulePickHelp, choices: modules.map(({ id, title }) => ({ value: id, label: title })) })}
  ${fields.input({ name: 'subject', label: q.subjectField, required: true, most: longestSubject })}
  ${fields.area({ name: 'body', label: q.bodyField, required: true, rows: 6 })}
  ${fields.choices({ name: 'visibility', label: q.visibilityLabel, required: true, values: ['private'], choices: visibilities.map((value) => ({ value, label: q.visibilityShown[value] })) })}
  <button class="btn btn-primary">${t.save}</button>
</form>
</div>`
}
