import { raw } from 'hono/html'
import MarkdownIt from 'markdown-it'
import type { Html } from './env.ts'

// Headings of a text start below those of the page; links get no more trust than their author.
const renderer = new MarkdownIt({ html: false, linkify: true, breaks: true })
renderer.core.ruler.push('lower_headings', (state) => {
  for (const token of state.tokens) if (token.type.startsWith('heading_')) token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 2)}`
})
renderer.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet('rel', 'nofollow noopener')
  return self.renderToken(tokens, index, options)
}
// An image would be fetched from another host, which our policy forbids: show its text.
renderer.disable('image')

/** Markdown as safe HTML: no tags of the author's, no `javascript:` links. */
export const markdown = (text: string): Html => raw(renderer.render(text))
