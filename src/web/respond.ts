import type { Context } from 'hono'
import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Html, WebEnv } from './env.ts'
import { takeFlash, writeFlash } from './flash.ts'
import { type Crumb, layout } from './layout.ts'
import { words } from './words.ts'

type Page = {
  title: string
  content: Html
  /** The pages above this one, outermost first; home is added. */
  breadcrumb?: readonly Crumb[]
  status?: ContentfulStatusCode
  /** The page hears from the server while it is open. */
  live?: boolean
}

/** A whole page in the site's frame. */
export function page(c: Context<WebEnv>, { title, content, breadcrumb = [], status = 200, live = false }: Page) {
  c.header('Vary', 'HX-Request', { append: true })
  c.header('Cache-Control', 'private, no-cache')
  const frame = {
    language: c.var.language,
    person: c.var.person,
    navigation: c.var.navigation,
    path: c.req.path,
    here: hereOf(c),
    flash: takeFlash(c),
  }
  return c.html(layout(frame, { title, content, breadcrumb, refused: status === 422, live }), status)
}

/** The page that the person sees in the address bar or came from: what a form answers with has no address of its own. */
function hereOf(c: Context<WebEnv>): string {
  if (c.req.method === 'GET') {
    const { pathname, search } = new URL(c.req.url)
    return pathname + search
  }
  const from = c.req.header('Referer') ?? ''
  return URL.canParse(from) && new URL(from).origin === new URL(c.var.baseUrl).origin ? new URL(from).pathname + new URL(from).search : '/'
}

/** A piece of a page, for htmx. */
export function fragment(c: Context<WebEnv>, content: Html, status: ContentfulStatusCode = 200) {
  c.header('Vary', 'HX-Request', { append: true })
  c.header('Cache-Control', 'private, no-cache')
  return c.html(content, status)
}

export const wantsFragment = (c: Context<WebEnv>) => c.req.header('HX-Request') === 'true'

/** After a change: on to `url` with a sentence that says what happened, with htmx and without. */
export function done(c: Context<WebEnv>, url: string, message?: string) {
  if (message) writeFlash(c, message)
  if (!wantsFragment(c)) return c.redirect(url, 303)
  c.header('HX-Redirect', url)
  return c.body(null, 204)
}

/** The person may see this but not do it: a page with the reason in words. */
export function refused(c: Context<WebEnv>, reason?: string) {
  const t = words[c.var.language]
  return errorPage(c, 403, t.forbiddenTitle, reason ?? t.forbidden)
}

export function errorPage(c: Context<WebEnv>, status: 400 | 403 | 404 | 413 | 500, title: string, sentence: string) {
  return page(c, { title, content: message(title, sentence, words[c.var.language].startAgain), status })
}

const message = (title: string, sentence: string, startAgain: string): Html => html`
<h1>${title}</h1>
<p class="lead">${sentence}</p>
<p><a class="btn btn-outline-primary" href="/">${startAgain}</a></p>`
