import { html } from 'hono/html'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { type ListRequest, listSearch, listTable } from '../../web/lists.ts'
import { type Grant, type Listed, type peopleSorts, roleFilters } from './queries.ts'
import { words } from './words.ts'

/** The regions come from the register, which people know nothing of. */
export type Regions = readonly { code: string; name: string }[]
export type PeopleList = ListRequest<(typeof peopleSorts)[number]>
type Rows = { rows: readonly Listed[]; total: number }

/** How the whole country is called in forms, where an empty choice means that none was made. */
export const wholeCountry = 'national'

export function peoplePage(language: Language, regions: Regions, list: PeopleList, found: Rows): Html {
  const t = words[language]
  return html`
<h1>${t.title}</h1>
<div class="actions"><a class="btn btn-primary" href="/people/new">${t.add}</a></div>
${listSearch(list, {
  language,
  target: 'people',
  filters: [{ name: 'role', label: t.role, choices: roleFilters.map((value) => ({ value, label: t.roleName[value] })) }],
})}
${peoplePart(language, regions, list, found)}`
}

export function peoplePart(language: Language, regions: Regions, list: PeopleList, { rows, total }: Rows): Html {
  const t = words[language]
  return html`<div id="people">${listTable({
    language,
    caption: t.title,
    list,
    columns: [
      { label: t.name, sort: 'name', cell: ({ id, name }) => html`<a href="/people/${id}">${name}</a>` },
      { label: t.email, sort: 'email', cell: ({ email }) => email },
      { label: t.roles, cell: ({ grants }) => html`${grants.map((grant) => html`<div>${grantName(language, regions, grant)}</div>`)}` },
      { label: t.administrations, cell: ({ administrations }) => someNames(language, administrations) },
    ],
    rows,
    total,
    empty: t.empty,
  })}</div>`
}

function someNames(language: Language, administrations: Listed['administrations']): Html {
  const shown = administrations.slice(0, 3)
  const more = administrations.length - shown.length
  return html`${shown.map(({ id, name }) => html`<div><a href="/administrations/${id}">${name}</a></div>`)}${more > 0 && html`<div>${words[language].andMore(more)}</div>`}`
}

const grantName = (language: Language, regions: Regions, { role, region }: Grant) =>
  `${words[language].roleName[role]}, ${region === null ? words[language].wholeCountry : (regions.find(({ code }) => code === region)?.name ?? region)}`

export function newPersonPage(language: Language, regions: Regions, problems: Problems | null = null, typed: Typed = {}): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<div class="narrow">
<h1>${t.add}</h1>
${fields.summary()}
<form method="post" action="/people/new" novalidate>
  ${fields.input({ name: 'name', label: t.fullName, required: true, most: 120, autocomplete: 'off' })}
  ${fields.input({ name: 'email', label: t.email, help: t.emailHelp, type: 'email', required: true, most: 254, autocomplete: 'off' })}
  ${roleFields(language, regions, fields)}
  <button class="btn btn-primary">${t.save}</button>
</form>
</div>`
}

function roleFields(language: Language, regions: Regions, fields: ReturnType<typeof fieldsOf>): Html {
  const t = words[language]
  const roles = (['coordinator', 'trainer'] as const).map((value) => ({ value, label: t.roleName[value] }))
  const places = [{ value: wholeCountry, label: t.wholeCountry }, ...regions.map(({ code, name }) => ({ value: code, label: name }))]
  return html`
<div class="fields">
  ${fields.select({ name: 'role', label: t.role, required: true, choices: roles })}
  ${fields.select({ name: 'region', label: t.region, required: true, choices: places })}
</div>`
}

type Shown = { person: Listed; secondFactor: boolean; problem: string | null; problems: Problems | null; typed: Typed }

export function personPage(language: Language, regions: Regions, { person, secondFactor, problem, problems, typed }: Shown): Html {
  const t = words[language]
  const { id, name, email, grants, administrations } = person
  const fields = fieldsOf(language, problems, typed)
  return html`
<h1>${name}</h1>
<p><a href="mailto:${email}">${email}</a></p>
${problem && html`<div class="alert alert-danger" role="alert" tabindex="-1" data-focus>${problem}</div>`}
<h2>${t.roles}</h2>
${grants.length === 0 ? html`<div class="empty">${t.noRole}</div>` : html`<ul class="cards">${grants.map((grant) => grantCard(language, regions, id, grant))}</ul>`}
${
  administrations.length > 0 &&
  html`<h2>${t.administrations}</h2>
<ul>${administrations.map((administration) => html`<li><a href="/administrations/${administration.id}">${administration.name}</a></li>`)}</ul>`
}
${
  secondFactor &&
  html`<h2>${t.secondFactor}</h2>
<p>${t.secondFactorIntro}</p>
<form method="post" action="/people/${id}/second-factor/remove"><button class="btn btn-outline-danger btn-sm">${t.removeSecondFactor}</button></form>`
}
<h2>${t.grant}</h2>
${fields.summary()}
<form method="post" action="/people/${id}/roles" class="narrow" novalidate>
  ${roleFields(language, regions, fields)}
  <button class="btn btn-primary">${t.grantButton}</button>
</form>`
}

function grantCard(language: Language, regions: Regions, personId: number, grant: Grant): Html {
  const t = words[language]
  const name = grantName(language, regions, grant)
  return html`
<li class="tile">
  <h3>${name}</h3>
  <form method="post" action="/people/${personId}/roles/${grant.id}/revoke"><button class="btn btn-outline-danger btn-sm" aria-label="${t.revokeOf(name)}">${t.revoke}</button></form>
</li>`
}
