import { html } from 'hono/html'
import type { Language } from '../../../language/language.ts'
import { formatNumber } from '../../../language/numbers.ts'
import type { Html } from '../../../web/env.ts'
import { fieldsOf } from '../../../web/fields.ts'
import type { Problems, Typed } from '../../../web/forms.ts'
import type { BankItem } from '../bank/items.ts'
import { stillInBank } from '../bank/kits.ts'
import type { ChangeRefusal } from '../rules.ts'
import { type Dimension, dimensions, type Item, type ItemKind, type Survey, surveyPath, textOf } from '../survey.ts'
import { words as surveyWords } from '../words.ts'
import { questionFields } from './form.ts'
import { words } from './words.ts'

type Builder = {
  survey: Survey
  items: readonly Item[]
  language: Language
  /** Why the questions stay as they are, for this person. */
  fixed: ChangeRefusal | 'reading' | null
  problem?: string
}

/** The questions in their order, with what can be added. */
export function builderPage({ survey, items, language, fixed, problem }: Builder): Html {
  const t = words[language]
  const minutes = Math.max(1, Math.round((items.length * 25) / 60))
  return html`
<h1>${t.builderTitle}</h1>
<p class="lead">${t.builderLead}</p>
${problem && html`<div class="alert alert-danger" role="alert" tabindex="-1" data-focus>${problem}</div>`}
${fixed && fixed !== 'reading' && html`<div class="alert alert-info">${surveyWords[language].changeRefusal[fixed]}</div>`}
<p>${t.minutes(formatNumber(items.length, language), formatNumber(minutes, language))} ${items.length > 15 && t.tooLong}</p>
${itemTable({ survey, items, language, fixed })}
<p class="actions"><a class="btn btn-outline-primary" href="${surveyPath(survey)}/preview">${surveyWords[language].preview}</a>
${!fixed && html`<a class="btn btn-outline-primary" href="#bank">${t.fromBank}</a>`}</p>
${!fixed && html`${bankForm(survey, items, language)}${ownLinks(survey, language)}`}`
}

function itemTable({ survey, items, language, fixed }: Builder): Html {
  const t = words[language]
  return html`
<div class="table-responsive" tabindex="0" role="region" aria-label="${t.builderTitle}">
<table class="table list-table stacked">
  <caption>${survey.title}</caption>
  <thead><tr><th scope="col">${t.question}</th><th scope="col">${t.kind}</th><th scope="col">${t.code}</th>${!fixed && html`<th scope="col">${t.order}</th>`}</tr></thead>
  <tbody>${items.map(
    (item, index) => html`
<tr id="item-${item.id}"><th scope="row">${textOf(item, language)}${item.kind === 'choice' && html`<br><small>${item.options.map((option) => textOf(option, language)).join(' · ')}</small>`}</th>
  <td data-label="${t.kind}">${item.dimension ? surveyWords[language].dimension[item.dimension] : surveyWords[language].kind[item.kind]}</td>
  <td data-label="${t.code}">${item.code}</td>
  ${!fixed && html`<td>${itemActions(survey, item, { first: index === 0, last: index === items.length - 1 }, language)}</td>`}</tr>`,
  )}</tbody>
</table>
</div>`
}

function itemActions(survey: Survey, item: Item, place: { first: boolean; last: boolean }, language: Language): Html {
  const t = words[language]
  const path = `${surveyPath(survey)}/items/${item.id}`
  const about = html`<span class="visually-hidden"> (${textOf(item, language)})</span>`
  const button = (verb: string, label: string, kind = 'primary') =>
    html`<form method="post" action="${path}/${verb}" class="inline-form"><button class="btn btn-outline-${kind} btn-sm">${label}${about}</button></form>`
  return html`
${!place.first && button('up', t.moveUp)}${!place.last && button('down', t.moveDown)}
<a class="btn btn-outline-primary btn-sm" href="${path}">${t.change}${about}</a>
${button('remove', t.remove, 'danger')}`
}

function bankForm(survey: Survey, items: readonly Item[], language: Language): Html {
  const t = words[language]
  const offered = stillInBank(survey.family, new Set(items.map(({ bankKey }) => bankKey)))
  const groups: { title: string; entries: BankItem[] }[] = [
    ...dimensions.map((dimension) => ({
      title: surveyWords[language].dimension[dimension],
      entries: offered.filter((each) => each.dimension === dimension),
    })),
    { title: t.profile, entries: offered.filter(({ kind }) => kind === 'choice') },
    { title: t.inYourWords, entries: offered.filter(({ kind }) => kind === 'text') },
  ].filter(({ entries }) => entries.length > 0)
  return html`
<section id="bank">
  <h2>${t.fromBank}</h2>
  ${
    groups.length === 0
      ? html`<div class="empty">${t.bankEmpty}</div>`
      : html`
  <p>${t.fromBankHelp}</p>
  <form method="post" action="${surveyPath(survey)}/items">
    <div class="fields">${groups.map(
      ({ title, entries }) =>
        html`<fieldset class="field"><legend>${title}</legend>${entries.map(
          (entry) =>
            html`<div class="choice"><input type="checkbox" id="bank-${entry.key}" name="keys" value="${entry.key}"><label for="bank-${entry.key}">${textOf(entry, language)}</label></div>`,
        )}</fieldset>`,
    )}</div>
    <button class="btn btn-primary">${t.addChosen}</button>
  </form>`
  }
</section>`
}

function ownLinks(survey: Survey, language: Language): Html {
  const t = words[language]
  return html`
<section>
  <h2>${t.own}</h2>
  <p class="actions">${(['scale', 'choice', 'text'] as const).map(
    (kind) =>
      html`<a class="btn btn-outline-primary" href="${surveyPath(survey)}/items/new?kind=${kind}">${surveyWords[language].kind[kind]}</a>`,
  )}</p>
</section>`
}

type ItemForm = {
  survey: Survey
  kind: ItemKind
  item?: Item
  /** What the writer saw, to notice a colleague's change. */
  before?: string
  conflict?: Item
  language: Language
  problems?: Problems | null
  typed?: Typed
}

/** A question of the administration's own, new or to change. */
export function itemPage({ survey, kind, item, before = '', conflict, language, problems = null, typed = {} }: ItemForm): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  const path = item ? `${surveyPath(survey)}/items/${item.id}` : `${surveyPath(survey)}/items/own`
  return html`
<h1>${item ? t.editTitle : t.ownTitle}</h1>
<p class="lead">${surveyWords[language].kind[kind]}</p>
${conflict && theirVersion(conflict, language)}
${fields.summary()}
<form method="post" action="${path}" class="narrow" novalidate>
  <input type="hidden" name="kind" value="${kind}"><input type="hidden" name="before" value="${before}">
  ${kind === 'scale' && fields.select({ name: 'dimension', label: t.dimension, required: true, value: item?.dimension ?? '', choices: dimensions.map((value: Dimension) => ({ value, label: surveyWords[language].dimension[value] })) })}
  ${fields.area({ name: 'it', label: t.textIt, help: kind === 'scale' ? t.textItHelp : '', required: true, rows: 2, most: 300, value: item?.it ?? '' })}
  ${fields.area({ name: 'en', label: t.textEn, rows: 2, most: 300, value: item?.en ?? '' })}
  ${kind === 'choice' && fields.area({ name: 'options', label: t.options, help: t.optionsHelp, required: true, rows: 6, most: 2000, value: optionLines(item) })}
  <button class="btn btn-primary">${item ? t.save : t.addOwn}</button>
</form>`
}

const optionLines = (item: Item | undefined) => item?.options.map(({ it, en }) => (en ? `${it} | ${en}` : it)).join('\n') ?? ''

function theirVersion(item: Item, language: Language): Html {
  const t = words[language]
  return html`
<div class="alert alert-warning" role="alert" tabindex="-1" data-focus>
  <p>${t.itemConflict}</p>
  <h2 class="h5">${t.theirs}</h2>
  <p>${item.it}${item.en && html`<br>${item.en}`}${item.dimension && html`<br>${surveyWords[language].dimension[item.dimension]}`}</p>
  ${item.options.length > 0 && html`<p>${item.options.map(({ it }) => it).join(' · ')}</p>`}
</div>`
}

export function previewPage({ survey, items, language }: Pick<Builder, 'survey' | 'items' | 'language'>): Html {
  const t = words[language]
  const introduction = language === 'en' && survey.introductionEn ? survey.introductionEn : survey.introduction
  return html`
<h1>${t.previewTitle}</h1>
<div class="alert alert-info">${t.previewNote}</div>
<div class="questionnaire">
  <h2>${survey.title}</h2>
  ${introduction && html`<p>${introduction}</p>`}
  <p>${t.anonymous} ${t.freeToSkip}</p>
  ${questionFields({ survey, items, language })}
</div>`
}
