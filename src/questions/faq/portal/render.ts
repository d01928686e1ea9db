import { html, raw } from 'hono/html'
import type { Html } from '../../../web/env.ts'
import { markdown } from '../../../web/markdown.ts'
import type { FaqEntry } from '../queries.ts'
import { words } from '../words.ts'

type Setting = { baseUrl: string }

/** The published answers for a portal that shows them in its own way; texts are Markdown without HTML. */
export const asJson = (entries: readonly FaqEntry[], { baseUrl, next }: Setting & { next: string | null }) => ({
  title: words.it.publicName,
  url: `${baseUrl}/faq`,
  next,
  entries: entries.map(({ id, question, answer, questionEn, answerEn, module, moduleId, publishedAt, readAt }) => ({
    id,
    url: `${baseUrl}/faq/${id}`,
    question: { it: question, ...(questionEn && { en: questionEn }) },
    answer: { it: answer, ...(answerEn && { en: answerEn }) },
    module: moduleId === null ? null : { id: moduleId, title: module },
    published_at: publishedAt?.toString() ?? null,
    updated_at: (readAt ?? publishedAt)?.toString() ?? null,
  })),
})

/** The same for feed readers (Atom, RFC 4287); an entry keeps its id over all changes. */
export function asAtom(entries: readonly FaqEntry[], { baseUrl }: Setting): Html {
  const moments = entries.map(updatedAt).toSorted()
  return html`${raw('<?xml version="1.0" encoding="utf-8"?>')}
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="it">
<id>${baseUrl}/faq.atom</id>
<title>${words.it.publicName}</title>
<updated>${moments.at(-1) ?? '1970-01-01T00:00:00Z'}</updated>
<author><name>Percorsi</name></author>
<link rel="self" href="${baseUrl}/faq.atom"/>
<link href="${baseUrl}/faq"/>
${entries.map(
  (entry) => html`<entry>
<id>${baseUrl}/faq/${entry.id}</id>
<title>${readable(entry.question)}</title>
<published>${entry.publishedAt?.toString()}</published>
<updated>${updatedAt(entry)}</updated>
<link href="${baseUrl}/faq/${entry.id}"/>
${entry.module && html`<category term="${readable(entry.module)}"/>`}
<content type="html">${String(markdown(readable(entry.answer)))}</content>
</entry>
`,
)}</feed>
`
}

const updatedAt = ({ readAt, publishedAt }: FaqEntry) => (readAt ?? publishedAt)?.toString() ?? '1970-01-01T00:00:00Z'

/** Characters that XML doesn't know, not even escaped. */
const readable = (text: string) => text.toWellFormed().replace(/(?![\n\t])\p{Cc}/gu, '')

/** A list without our frame, for a page of another site; its links open there on top. */
export const asFragment = (entries: readonly FaqEntry[], { baseUrl }: Setting): Html => html`<!doctype html>
<html lang="it"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.it.publicName}</title><base href="${baseUrl}/" target="_top"></head><body>
${entries.length === 0 && html`<p>${words.it.none}</p>`}
${entries.map(
  ({ id, question, answer }) => html`
<details><summary>${question}</summary>
${markdown(answer)}
<p><a href="${baseUrl}/faq/${id}">${words.it.permanent}</a></p></details>`,
)}
</body></html>`
