import { html } from 'hono/html'
import type { Language } from '../../../language/language.ts'
import { asset } from '../../../web/assets.ts'
import type { Html } from '../../../web/env.ts'
import type { Typed } from '../../../web/forms.ts'
import { questionFields } from '../questionnaire/form.ts'
import { words as formWords } from '../questionnaire/words.ts'
import { type Item, publicPath, type Survey } from '../survey.ts'
import { words } from './words.ts'

type Frame = { survey: Survey; language: Language }

/** A page for citizens: the administration's name, the survey, and nothing that looks after them: no script, no cookie, no menu. */
function publicDocument({ survey, language }: Frame, title: string, content: Html): Html {
  const t = words[language]
  const other = language === 'it' ? 'en' : 'it'
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · ${survey.administration}</title>
<link rel="stylesheet" href="${asset('bootstrap-italia.css')}">
<link rel="stylesheet" href="${asset('app.css')}">
<link rel="icon" href="${asset('icon.svg')}" type="image/svg+xml">
</head>
<body>
<a class="skip-link" href="#content">${t.skip}</a>
<header class="site-header"><div class="site-title"><div class="container survey-head">
  <p class="survey-owner">${survey.administration}</p>
  <nav aria-label="${t.languages}"><a href="${publicPath(survey)}?lang=${other}" lang="${other}" hreflang="${other}">${t.otherLanguage}</a></nav>
</div></div></header>
<main id="content" class="container page questionnaire" tabindex="-1">${content}</main>
</body>
</html>`
}

type Form = Frame & { items: readonly Item[]; token: string; typed?: Typed; problems?: Readonly<Record<string, string>>; notice?: string }

export function answerPage({ survey, items, language, token, typed = {}, problems = {}, notice }: Form): Html {
  const t = words[language]
  const f = formWords[language]
  const introduction = language === 'en' && survey.introductionEn ? survey.introductionEn : survey.introduction
  const found = Object.entries(problems)
  const content = html`
<h1>${survey.title}</h1>
<p class="lead">${survey.service}</p>
${introduction && html`<p>${introduction}</p>`}
<p>${f.anonymous} ${f.freeToSkip}</p>
${notice && html`<div class="alert alert-warning" role="alert">${notice}</div>`}
${
  found.length > 0 &&
  html`<div class="alert alert-danger" role="alert"><p><strong>${t.problems(found.length)}</strong></p>
  <ul>${found.map(([name, sentence]) => html`<li><a href="#${name}">${sentence}</a></li>`)}</ul></div>`
}
<form method="post" action="${publicPath(survey)}?lang=${language}" autocomplete="off">
  <input type="hidden" name="form" value="${token}">
  ${questionFields({ survey, items, language, typed, problems })}
  <button class="btn btn-primary btn-lg">${t.send}</button>
</form>`
  return publicDocument({ survey, language }, survey.title, content)
}

export function thanksPage(frame: Frame): Html {
  const t = words[frame.language]
  const content = html`
<h1>${t.thanksTitle}</h1>
<p class="lead">${t.thanks}</p>
<p><a href="${publicPath(frame.survey)}?lang=${frame.language}">${t.another}</a></p>`
  return publicDocument(frame, t.thanksTitle, content)
}

export function messagePage(frame: Frame, title: string, sentence: string): Html {
  return publicDocument(frame, title, html`<h1>${title}</h1><p class="lead">${sentence}</p>`)
}

/** Too many at once: the answers stay in the page, one button sends them again. */
export function busyPage(frame: Frame, { seconds, typed }: { seconds: number; typed: Typed }): Html {
  const t = words[frame.language]
  const kept = Object.entries(typed).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value ?? '']).map((each) => [name, each] as const),
  )
  const content = html`
<h1>${t.busyTitle}</h1>
<p class="lead" role="alert">${t.busy(seconds)}</p>
<form method="post" action="${publicPath(frame.survey)}?lang=${frame.language}">
  ${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
  <button class="btn btn-primary btn-lg">${t.sendAgain}</button>
</form>`
  return publicDocument(frame, t.busyTitle, content)
}
