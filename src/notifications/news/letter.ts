import { html } from 'hono/html'
import type { Html, Mail } from '../../web/env.ts'
import type { Receiver } from './recipients.ts'
import { words } from './words.ts'

/** What a letter says between its greeting and its link: a sentence, or what somebody wrote. */
export type Paragraph = string | { quote: string }

export type Letter = {
  subject: string
  paragraphs: readonly Paragraph[]
  /** The one thing to do next. */
  action: { label: string; url: string }
  /** Why this person gets it. */
  why: string
  calendar?: Mail['calendar']
}

/** A letter to one person, as plain text and as simple HTML that say the same. */
export function letterTo(receiver: Receiver, { subject, paragraphs, action, why, calendar }: Letter): Mail {
  const greeting = words[receiver.language].greeting(receiver.name)
  return {
    to: receiver,
    // A subject is one line, whatever title is in it.
    subject: subject.replace(/\s+/g, ' '),
    text: [greeting, ...paragraphs.map(asText), `${action.label}:\n${action.url}`, `-- \n${why}\n`].join('\n\n'),
    html: String(html`<!doctype html>
<html lang="${receiver.language}"><head><meta charset="utf-8"><title>${subject}</title></head><body>
<p>${greeting}</p>
${paragraphs.map(asHtml)}
<p><a href="${action.url}">${action.label}</a></p>
<hr>
<p><small>${why}</small></p>
</body></html>`),
    ...(calendar && { calendar }),
  }
}

const asText = (paragraph: Paragraph) => (typeof paragraph === 'string' ? paragraph : paragraph.quote.replace(/^/gm, '> '))

const asHtml = (paragraph: Paragraph): Html =>
  typeof paragraph === 'string' ? html`<p>${inLines(paragraph)}</p>` : html`<blockquote><p>${inLines(paragraph.quote)}</p></blockquote>`

const inLines = (text: string) => text.split('\n').map((line, index) => html`${index > 0 && html`<br>`}${line}`)
