import { html } from 'hono/html'
import type { Html } from '../../../web/env.ts'
import { type ModulePanel, modulePath, type OpenModule } from '../../modules/panel.ts'
import { isDone } from '../rules.ts'
import { type Coordination, coordinationOf } from './queries.ts'
import { coordinationRefusal } from './rules.ts'
import { words } from './words.ts'

/** On every module's page, locked ones too: what was decided about it, and the way to ask or to decide. */
export const coordinationPanel: ModulePanel = async (c, open) => {
  const { db, language, dates, signedIn } = c.var
  const decisions = await coordinationOf(db, open, signedIn)
  const waiting = decisions.recognitions.some(({ decidedAt }) => decidedAt === null)
  const lines = decisionLines(decisions, { language, dates })
  const coordinates = coordinationRefusal(signedIn, open) === null
  const asks = open.mayWork && !isDone(open.state) && !waiting
  if (lines.length === 0 && !coordinates && !asks) return null
  const t = words[language]
  return html`
<section>
  ${lines.length > 0 && html`<h2>${t.panelTitle}</h2><ul>${lines}</ul>`}
  ${asks && html`<p><a href="${recognitionPath(open)}">${t.panelAsk}</a></p>`}
  ${coordinates && html`<p><a href="${coordinationPath(open)}">${t.panelCoordinate}</a></p>`}
</section>`
}

type Ids = Pick<OpenModule, 'enrolmentId' | 'moduleId'>
export const recognitionPath = (ids: Ids) => `${modulePath(ids)}/recognition`
export const coordinationPath = (ids: Ids) => `${modulePath(ids)}/coordination`

type Viewing = Pick<Parameters<ModulePanel>[0]['var'], 'language' | 'dates'>

/** One line each, the newest first: what, when, by whom, why. */
function decisionLines({ recognitions, extensions, withdrawals }: Coordination, { language, dates }: Viewing): Html[] {
  const t = words[language]
  const lines = [
    ...recognitions.map(({ wanted, verdict, askedAt, askedBy, decidedAt, decidedBy, evidence, comment }) => ({
      what: t.recognitionLine[wanted][verdict ?? 'waiting'],
      at: decidedAt ?? askedAt,
      by: decidedAt ? decidedBy : askedBy,
      why: [evidence, comment],
    })),
    ...extensions.map(({ dueOn, at, by, reason }) => ({ what: t.extensionLine(dates.plainDay(dueOn)), at, by, why: [reason] })),
    ...withdrawals.map(({ at, by, reason }) => ({ what: t.withdrawalLine, at, by, why: [reason] })),
  ]
  return lines
    .toSorted((a, b) => Temporal.Instant.compare(b.at, a.at))
    .map(
      ({ what, at, by, why }) =>
        html`<li><strong>${what}</strong>, ${dates.shortDay(at)}${by && html` (${by})`}${why.filter(Boolean).map((each) => html`<br>${each}`)}</li>`,
    )
}
