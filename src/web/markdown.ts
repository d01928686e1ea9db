import { raw } from 'hono/html'
import MarkdownIt from 'markdown-it'
import type { Html } from './env.ts'

// Links get no more trust than their author.
const renderer = new MarkdownIt({ html: false, linkify: true, breaks: true })

// A text stands under an h2 of its page: its highest heading becomes h3, whatever the author began with.
renderer.core.ruler.push('lower_headings', (state) => {
  const { top = 3 } = state.env as { top?: number }
  const headings = state.tokens.filter(({ type }) => type.startsWith('heading_'))
  const highest = Math.min(...headings.map(({ tag }) => Number(tag.slice(1))))
  for (const token of headings) token.tag = `h${Math.min(6, Number(token.tag.slice(1)) - highest + top)}`
})
renderer.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet('rel', 'nofollow noopener')
  return self.renderToken(tokens, index, options)
}
// An image would be fetched from another host, which our policy forbids: show its text.
renderer.disable('image')

/** Markdown as safe HTML: no tags of the author's, no `javascript:` links. `top` is the level of its highest heading. */
export const markdown = (text: string, { top = 3 } = {}): Html => raw(renderer.render(text, { top }))
