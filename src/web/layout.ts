import { html, raw } from 'hono/html'
import type { Language } from '../language/language.ts'
import { asset } from './assets.ts'
import type { Html, NavigationLink, Person } from './env.ts'
import { icon } from './icon.ts'
import { words } from './words.ts'

export type Crumb = { href: string; label: string }

export type Frame = {
  language: Language
  person: Person | null
  navigation: readonly NavigationLink[]
  path: string
  /** Where to come back to after changing the language. */
  here: string
  flash: string | null
}

/** The whole document: skip link, header with navigation, breadcrumb, content, footer. */
export function layout(
  frame: Frame,
  {
    title,
    content,
    breadcrumb,
    refused,
    live,
  }: { title: string; content: Html; breadcrumb: readonly Crumb[]; refused: boolean; live: boolean },
): Html {
  const t = words[frame.language]
  return html`<!doctype html>
<html lang="${frame.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="htmx-config" content='{"includeIndicatorCSS":false,"history":"reload"}'>
<title>${refused && `${t.problem}: `}${title} · ${t.product}</title>
<link rel="stylesheet" href="${asset('bootstrap-italia.css')}">
<link rel="stylesheet" href="${asset('app.css')}">
<link rel="icon" href="${asset('icon.svg')}" type="image/svg+xml">
<link rel="alternate" type="text/calendar" href="/calendar.ics" title="${t.calendar}">
<script src="${asset('htmx.js')}" defer></script>
${live && html`<script src="${asset('htmx-sse.js')}" defer></script>`}
<script src="${asset('app.js')}" defer></script>
</head>
<body>
<a class="skip-link" href="#content">${t.skip}</a>
${header(frame)}
<div class="container page">
${frame.path !== '/' && crumbs(frame, title, breadcrumb)}
${frame.flash && html`<div class="alert alert-success" role="status">${frame.flash}</div>`}
<main id="content" tabindex="-1">${content}</main>
</div>
${footer(frame)}
</body>
</html>`
}

function header({ language, person, navigation, path, here }: Frame): Html {
  const t = words[language]
  return html`
<header class="site-header">
  <div class="site-strip">
    <div class="container">
      <span class="site-owner">${t.department}</span>
      <div class="site-tools">
        <form method="post" action="/language">
          <input type="hidden" name="language" value="${language === 'it' ? 'en' : 'it'}">
          <input type="hidden" name="next" value="${here}">
          <button class="link-button" lang="${language === 'it' ? 'en' : 'it'}">${t.otherLanguage}</button>
        </form>
        ${person ? signedIn(person, t.signOut) : html`<a href="/sign-in">${t.signIn}</a>`}
      </div>
    </div>
  </div>
  <div class="site-title">
    <div class="container">
      <a href="/" class="site-name">${raw(mark)}<span><strong>${t.product}</strong><small>${t.tagline}</small></span></a>
    </div>
  </div>
  ${
    navigation.length > 0 &&
    html`
  <nav class="site-navigation" aria-label="${t.mainNavigation}">
    <div class="container">
      <details class="site-menu">
        <summary>${icon('it-burger')} ${t.menu}</summary>
        <ul>${navigation.map(({ href, label }) => html`<li><a href="${href}" ${isHere(path, href) && raw('aria-current="page"')}>${label}</a></li>`)}</ul>
      </details>
    </div>
  </nav>`
  }
</header>`
}

const signedIn = (person: Person, signOut: string): Html => html`
  <a class="site-person" href="/me">${person.name}</a>
  <form method="post" action="/sign-out"><button class="link-button">${signOut}</button></form>`

const isHere = (path: string, href: string) => path === href || path.startsWith(`${href}/`)

function crumbs({ language }: Frame, title: string, breadcrumb: readonly Crumb[]): Html {
  const t = words[language]
  return html`
<nav class="breadcrumb-nav" aria-label="${t.youAreHere}">
  <ol class="breadcrumb">
    <li class="breadcrumb-item"><a href="/">${t.home}</a></li>
    ${breadcrumb.map(({ href, label }) => html`<li class="breadcrumb-item"><a href="${href}">${label}</a></li>`)}
    <li class="breadcrumb-item active" aria-current="page">${title}</li>
  </ol>
</nav>`
}

function footer({ language }: Frame): Html {
  const t = words[language]
  return html`
<footer class="site-footer">
  <div class="container">
    <p><strong>${t.product}</strong> ${t.tagline}</p>
    <ul aria-label="${t.footer}">
      <li><a href="/accessibility">${t.accessibility}</a></li>
      <li><a href="/privacy">${t.privacy}</a></li>
      <li><a href="/feedback">${t.feedback}</a></li>
      <li><a href="/calendar.ics">${t.calendar}</a></li>
    </ul>
  </div>
</footer>`
}

const mark = `<svg class="site-mark" viewBox="0 0 48 48" aria-hidden="true" focusable="false"><path d="M10 38c0-14 28-8 28-22" fill="none" stroke="currentColor" stroke-width="4" stroke-linecap="round"/><circle cx="10" cy="38" r="5" fill="currentColor"/><circle cx="24" cy="27" r="4" fill="currentColor"/><circle cx="38" cy="12" r="6" fill="currentColor"/></svg>`
