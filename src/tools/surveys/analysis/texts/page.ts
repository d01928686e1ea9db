import { html } from 'hono/html'
import type { Language } from '../../../../language/language.ts'
import type { Html } from '../../../../web/env.ts'
import { type ListRequest, listSearch, listTable } from '../../../../web/lists.ts'
import { type Item, type Survey, surveyPath, textOf } from '../../survey.ts'
import { words } from '../words.ts'
import { hideReasons } from './actions.ts'
import type { OpenText } from './queries.ts'

type Texts = {
  survey: Survey
  items: readonly Item[]
  list: ListRequest
  rows: readonly OpenText[]
  total: number
  mayWork: boolean
  language: Language
}

/** The free answers, question by question; the administration can hide some. */
export function textsPage(texts: Texts): Html {
  const { items, list, language } = texts
  const t = words[language]
  const filters = [
    { name: 'item', label: t.textQuestion, choices: items.map((item) => ({ value: item.code, label: textOf(item, language) })) },
  ]
  return html`
<h1>${t.textsTitle}</h1>
${
  items.length === 0
    ? html`<div class="empty">${t.noTextItem}</div>`
    : html`
<p class="lead">${t.textsLead}</p>
${listSearch(list, { language, target: 'texts', filters: items.length > 1 ? filters : [] })}
${textsList(texts)}`
}`
}

export function textsList({ survey, items, list, rows, total, mayWork, language }: Texts): Html {
  const t = words[language]
  const item = items.find(({ code }) => code === list.filters.item) ?? items[0]
  const text = {
    label: t.text,
    cell: (row: OpenText) =>
      html`<span class="said">${row.text}</span>${row.hidden && html`<br><span class="state off">${t.hiddenText}: ${t.reasons[row.hidden]}</span>`}`,
  }
  const action = { label: t.action, cell: (row: OpenText) => actionOf({ survey, item, row, language }) }
  return html`<div id="texts">${listTable({
    language,
    caption: item ? textOf(item, language) : t.textsTitle,
    list,
    rows,
    total,
    empty: t.textsNone,
    columns: mayWork ? [text, action] : [text],
  })}</div>`
}

function actionOf({ survey, item, row, language }: { survey: Survey; item: Item | undefined; row: OpenText; language: Language }): Html {
  const t = words[language]
  const path = `${surveyPath(survey)}/texts/${row.responseId}/${item?.code ?? ''}`
  if (row.hidden)
    return html`<form method="post" action="${path}/show" class="inline-form"><button class="btn btn-outline-primary btn-sm">${t.showAgain}</button></form>`
  const select = `reason-${row.responseId}`
  return html`
<form method="post" action="${path}/hide" class="inline-form"><label class="visually-hidden" for="${select}">${t.hideReason}</label>
<select class="form-select" id="${select}" name="reason">${hideReasons.map((reason) => html`<option value="${reason}">${t.reasons[reason]}</option>`)}</select>
<button class="btn btn-outline-primary btn-sm">${t.hide}</button></form>`
}
