import type { Context } from 'hono'
import { html } from 'hono/html'
import { isReferentOf } from '../../people/rules.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Question } from '../queries.ts'
import { deliveryTo } from './queries.ts'
import { deliveries } from './rules.ts'
import { words } from './words.ts'

/** On a question's page: how the reader hears of what is new. Whoever asked hears at once unless they say otherwise. */
export async function followingPart(c: Context<WebEnv>, question: Question): Promise<Html> {
  const { db, signedIn, language } = c.var
  const asker = question.askedBy.id === signedIn.id && isReferentOf(signedIn, question.administrationId)
  const delivery = (await deliveryTo(db, question.id, signedIn.id)) ?? (asker ? 'at_once' : 'none')
  const t = words[language]
  return html`
<details class="prose mb-3">
  <summary>${t.title}: ${t.delivery[delivery].toLowerCase()}</summary>
  <form method="post" action="/questions/${question.id}/following">
    ${fieldsOf(language).choices({
      name: 'delivery',
      label: t.label,
      required: true,
      values: [delivery],
      choices: deliveries.map((value) => ({ value, label: t.delivery[value] })),
    })}
    <button class="btn btn-outline-primary">${t.save}</button>
  </form>
</details>`
}
