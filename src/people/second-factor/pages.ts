import { html } from 'hono/html'
import type { Language } from '../../language/language.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import { fieldsOf, postButton } from '../../web/fields.ts'
import type { Problems } from '../../web/forms.ts'
import { qrCode } from '../../web/qr.ts'
import { words } from './words.ts'

/** Asked for after the mailed code. */
export function enterPage(language: Language, next: string, problems: Problems | null = null): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems)
  return html`
<div class="narrow">
<h1>${t.enterTitle}</h1>
<p class="lead">${t.enterIntro}</p>
${fields.summary()}
<form method="post" action="/sign-in/second-factor" novalidate>
  <input type="hidden" name="next" value="${next}">
  ${fields.input({ name: 'code', label: t.codeOrRecovery, help: t.recoveryHelp, required: true, autocomplete: 'one-time-code', most: 20 })}
  <button class="btn btn-primary">${t.enter}</button>
</form>
<p><small>${t.lost}</small></p>
</div>`
}

type SettingUp = { secret: string; address: string; next: string; must: boolean }

export function setUpPage(language: Language, { secret, address, next, must }: SettingUp, problems: Problems | null = null): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems)
  return html`
<div class="narrow">
<h1>${t.title}</h1>
<p class="lead">${t.why} ${must && t.mustSetUp}</p>
${fields.summary()}
<ol class="steps">
  <li><p>${t.scan}</p>
    ${qrCode(address, t.qr)}
    <p>${t.orType}<br><code>${secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p></li>
  <li><p>${t.confirmIntro}</p>
    <form method="post" action="/me/second-factor" novalidate>
      <input type="hidden" name="next" value="${next}">
      ${fields.input({ name: 'code', label: t.code, required: true, autocomplete: 'one-time-code', inputmode: 'numeric', most: 12 })}
      <button class="btn btn-primary">${t.confirm}</button>
    </form></li>
</ol>
</div>`
}

export function codesPage(language: Language, codes: readonly string[], next: string): Html {
  const t = words[language]
  return html`
<div class="narrow">
<h1>${t.codesTitle}</h1>
<p class="lead" role="status">${t.confirmed} ${t.codesIntro}</p>
<ul>${codes.map((code) => html`<li><code>${code}</code></li>`)}</ul>
<p><a class="btn btn-primary" href="${next}">${t.goOn}</a></p>
</div>`
}

type Standing = { since: Temporal.Instant; codesLeft: number; mayRemove: boolean }

export function standingPage(
  { language, dates }: Pick<WebEnv['Variables'], 'language' | 'dates'>,
  { since, codesLeft, mayRemove }: Standing,
  problems: Problems | null = null,
): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems)
  return html`
<div class="narrow">
<h1>${t.title}</h1>
<p class="lead">${t.since(dates.day(since))} ${t.codesLeft(codesLeft)}</p>
${postButton('/me/second-factor/codes', t.renew)}
${
  mayRemove &&
  html`<h2>${t.remove}</h2>
<p>${t.removeConfirm}</p>
${fields.summary()}
<form method="post" action="/me/second-factor/remove" novalidate>
  ${fields.input({ name: 'code', label: t.codeOrRecovery, required: true, autocomplete: 'one-time-code', most: 20 })}
  <button class="btn btn-outline-danger">${t.remove}</button>
</form>`
}
</div>`
}
