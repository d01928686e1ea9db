import type { Context } from 'hono'
import { html } from 'hono/html'
import { dayOf } from '../../../language/dates.ts'
import { isCoordinator } from '../../../people/rules.ts'
import type { Html, Person, WebEnv } from '../../../web/env.ts'
import { fieldsOf, postButton } from '../../../web/fields.ts'
import { markdown } from '../../../web/markdown.ts'
import { type FaqEntry, type FaqOrigin, type FaqVersion, originOf, versionsOf } from '../queries.ts'
import { curationRefusal, longestReason } from '../rules.ts'
import { words } from '../words.ts'

/** Below an entry, for staff: who looks after it, where it comes from, and what there is to do. */
export async function curationPart(c: Context<WebEnv>, entry: FaqEntry, person: Person): Promise<Html | null> {
  const origin = await originOf(c.var.db, entry.id, person)
  if (!origin) return null
  const { dates, language, now, zone } = c.var
  const t = words[language]
  const isDue = Temporal.PlainDate.compare(entry.reviewOn, dayOf(now, zone)) <= 0
  const mayCurate = curationRefusal(person, { ownerId: origin.owner.id }) === null
  return html`
<section class="tile prose" id="curation">
<h2>${t.forStaff}</h2>
${entry.state === 'published' && origin.moduleChanged && html`<p class="alert alert-warning">${t.moduleChanged}</p>`}
${entry.state === 'published' && isDue && html`<p class="alert alert-warning">${t.reviewPast}</p>`}
<dl class="facts">
  <dt>${t.state}</dt><dd>${t.stateOf[entry.state]}</dd>
  <dt>${t.owner}</dt><dd>${origin.owner.name}</dd>
  <dt>${t.reviewOn}</dt><dd>${dates.plainDay(entry.reviewOn)}</dd>
  <dt>${t.source}</dt><dd>${sourceLink(c, entry, origin)}</dd>
</dl>
${entry.state === 'proposed' ? proposal(c, entry, person) : mayCurate && curation(c, entry, person, isDue || origin.moduleChanged)}
${earlier(c, await versionsOf(c.var.db, entry.id))}
</section>`
}

function curation(c: Context<WebEnv>, entry: FaqEntry, person: Person, toReview: boolean): Html {
  const t = words[c.var.language]
  return html`
<div class="actions">
  <a class="btn btn-primary btn-sm" href="/faq/${entry.id}/edit">${t.edit}</a>
  ${entry.state === 'published' && toReview && postButton(`/faq/${entry.id}/confirm`, t.confirm)}
  ${entry.state === 'published' && postButton(`/faq/${entry.id}/withdraw`, t.withdraw, 'outline-danger')}
  ${entry.state === 'withdrawn' && isCoordinator(person) && postButton(`/faq/${entry.id}/publish`, t.republish)}
</div>`
}

function proposal(c: Context<WebEnv>, { id }: FaqEntry, person: Person): Html | '' {
  if (!isCoordinator(person)) return ''
  const t = words[c.var.language]
  return html`
<p class="actions"><a class="btn btn-primary btn-sm" href="/faq/${id}/edit">${t.accept}</a></p>
<form method="post" action="/faq/${id}/decline">
  ${fieldsOf(c.var.language).area({ name: 'reason', label: t.declineReason, help: t.declineHelp, required: true, rows: 2, most: longestReason })}
  <button class="btn btn-outline-danger btn-sm">${t.decline}</button>
</form>`
}

function earlier(c: Context<WebEnv>, versions: readonly FaqVersion[]): Html | '' {
  if (versions.length < 2) return ''
  const t = words[c.var.language]
  return html`
<details>
  <summary>${t.versions}</summary>
  ${versions.slice(1).map(({ version, question, answer, writtenAt, author }) => html`<h3 class="h5">${t.version(version, c.var.dates.moment(writtenAt), author)}</h3><p><strong>${question}</strong></p>${markdown(answer, { top: 4 })}`)}
</details>`
}

function sourceLink(c: Context<WebEnv>, entry: FaqEntry, { questionId, subject }: FaqOrigin): Html | string {
  const t = words[c.var.language]
  if (questionId) return html`<a href="/questions/${questionId}">${subject}</a>`
  return entry.answerId ? t.hiddenSource : t.noSource
}
