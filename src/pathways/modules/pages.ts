import { html } from 'hono/html'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import { icon } from '../../web/icon.ts'
import { markdown } from '../../web/markdown.ts'
import { dueSentence, joined, lockSentence, stateMarks, type Viewing } from '../progress/marks.ts'
import { isDone } from '../progress/rules.ts'
import { words as progressWords } from '../progress/words.ts'
import { modulePath } from './panel.ts'
import type { AskedOfReferents, FoundModule } from './queries.ts'
import { words } from './words.ts'

type Parts = { panels: readonly (Html | null)[]; problem?: string | null }

export function modulePage(found: FoundModule, viewing: Viewing, { panels, problem = null }: Parts): Html {
  const t = words[viewing.language]
  const { standing, body, link } = found
  return html`
<h1>${standing.title}</h1>
${problem && html`<div class="alert alert-danger" role="alert" tabindex="-1" data-focus>${problem}</div>`}
${standing.summary && html`<p class="lead">${standing.summary}</p>`}
${moduleFacts(found, viewing)}
${standing.state === 'locked' && lockedNotice(found, viewing)}
${(body || link) && html`<section class="prose"><h2>${t.whatToDo}</h2>${markdown(body)}${link && linkButton(link, t.link)}</section>`}
${standing.state !== 'locked' && readingArea(found, viewing)}${panels}`
}

function moduleFacts({ standing, asked }: FoundModule, viewing: Viewing): Html {
  const t = words[viewing.language]
  const t2 = progressWords[viewing.language]
  const due = dueSentence(standing, viewing)
  return html`
<dl class="facts">
  <dt>${t.kind}</dt><dd>${t2.kind[standing.kind]}${standing.optional && ` (${t2.optional})`}</dd>
  <dt>${t.state}</dt><dd>${stateMarks(standing, viewing.language)}</dd>
  ${due && html`<dt>${t.due}</dt><dd>${due}</dd>`}
  <dt>${t.completedBy}</dt><dd>${t.completes[standing.kind](asked.metBy, asked.needed)}${!isDone(standing.state) && missingLine(asked, viewing.language)}</dd>
</dl>`
}

/** "2 di 3 referenti: manca Luca Bianchi" */
function missingLine({ metBy, done, needed, named }: AskedOfReferents, language: Language): Html | '' {
  const t = words[language]
  if (metBy === 'any' || needed < 2) return ''
  return html`<br>${t.soFar(done, needed)}${named.length > 0 && t.missing(joined(named, progressWords[language].and), named.length)}`
}

function lockedNotice({ standing }: FoundModule, viewing: Viewing): Html {
  return html`<div class="alert alert-info"><p><strong>${words[viewing.language].lockedTitle}</strong></p><p>${lockSentence(standing, viewing)}</p></div>`
}

/** Only addresses that came through `optionalLink` are kept with a module. */
const linkButton = (link: string, label: string): Html =>
  html`<p><a href="${link}" rel="noopener">${icon('it-external-link')} ${label}</a></p>`

function readingArea({ open, asked }: FoundModule, { language }: Viewing): Html | '' {
  if (open.kind !== 'reading' || !open.mayWork || isDone(open.state)) return ''
  if (asked.doneByMe) return html`<div class="alert alert-info">${words[language].readByYou}</div>`
  return html`<form method="post" action="${modulePath(open)}/reading" class="actions"><button class="btn btn-primary">${words[language].read}</button></form>`
}
