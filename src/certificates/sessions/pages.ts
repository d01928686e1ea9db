import { html } from 'hono/html'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import { hoursInWords } from '../hours.ts'
import type { AttendedSession } from './queries.ts'
import { type AttestationRefusal, percentOf } from './rules.ts'
import { words } from './words.ts'

type Shown = { found: AttendedSession; refusal: AttestationRefusal | null; standing: { id: number; code: string } | undefined }

export function attestationPage(language: Language, dates: Dates, { found, refusal, standing }: Shown): Html {
  const t = words[language]
  const { sessionId, session, startsAt, endsAt, offered, attended, threshold } = found
  const inWords = (minutes: number) => t.withPercent(hoursInWords(minutes, language), percentOf(minutes, offered))
  return html`
<h1>${t.title}</h1>
<p class="lead">${session}, ${dates.period(startsAt, endsAt)}</p>
<dl class="facts">
  <dt>${t.duration}</dt><dd>${hoursInWords(offered, language)}</dd>
  <dt>${t.attended}</dt><dd>${inWords(attended)}</dd>
  <dt>${t.needed}</dt><dd>${inWords(threshold)}</dd>
</dl>
${standing ? issued(language, standing) : refusal ? html`<div class="alert alert-info">${t.refusal[refusal]}</div>` : toIssue(language, sessionId)}
<p><a href="/sessions/${sessionId}">${t.back}</a></p>`
}

function issued(language: Language, { id, code }: { id: number; code: string }): Html {
  const t = words[language]
  return html`
<p>${t.issued(code)}</p>
<p class="actions"><a class="btn btn-primary" href="/certificates/${id}/pdf">${t.download}</a> <a class="btn btn-outline-primary" href="/verify/${code}">${t.verify}</a></p>`
}

const toIssue = (language: Language, sessionId: number): Html => html`
<p>${words[language].may}</p>
<form method="post" action="/sessions/${sessionId}/certificate" class="actions"><button class="btn btn-primary">${words[language].issue}</button></form>`
