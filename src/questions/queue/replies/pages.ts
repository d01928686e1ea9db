import { html } from 'hono/html'
import type { Language } from '../../../language/language.ts'
import type { Html } from '../../../web/env.ts'
import { fieldsOf, postButton } from '../../../web/fields.ts'
import type { Problems, Typed } from '../../../web/forms.ts'
import { markdown } from '../../../web/markdown.ts'
import type { SavedReply } from '../queries.ts'
import { longestTitle } from '../rules.ts'
import { words } from '../words.ts'

type Form = { editing: SavedReply | null; problems: Problems | null; typed: Typed }

/** All saved replies and, below them, the form for a new one or for the one being changed. */
export function repliesPage(language: Language, replies: readonly SavedReply[], { editing, problems, typed }: Form): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<div class="prose">
<h1>${t.repliesTitle}</h1>
<p class="lead">${t.repliesIntro}</p>
${fields.summary()}
${replies.length === 0 && html`<p class="empty">${t.repliesNone}</p>`}
${replies.map(
  ({ id, title, body }) => html`
<details class="tile mb-3" id="reply-${id}">
  <summary><strong>${title}</strong></summary>
  ${markdown(body)}
  <div class="actions"><a class="btn btn-outline-primary btn-sm" href="/questions/replies/${id}">${t.edit}</a> ${postButton(`/questions/replies/${id}/remove`, t.remove, 'outline-danger')}</div>
</details>`,
)}
<h2>${editing ? t.editReply : t.newReply}</h2>
<form method="post" action="${editing ? `/questions/replies/${editing.id}` : '/questions/replies'}" novalidate>
  ${fields.input({ name: 'title', label: t.replyTitle, help: t.replyTitleHelp, required: true, most: longestTitle, value: editing?.title })}
  ${fields.area({ name: 'body', label: t.replyBody, required: true, rows: 6, value: editing?.body })}
  <button class="btn btn-primary">${t.saveReply}</button>
</form>
</div>`
}
