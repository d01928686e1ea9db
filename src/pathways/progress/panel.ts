import type { Context } from 'hono'
import { html } from 'hono/html'
import { isReferentOf } from '../../people/rules.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import { enrolmentCards } from './cards.ts'
import { currentEnrolments, type EnrolmentWithReasons } from './queries.ts'
import type { PathwayStanding } from './standing.ts'
import { words } from './words.ts'

/** A part of the page of a followed pathway that another feature brings, a section with its h2; null where it has nothing to say. */
export type PathwayPanel = (
  c: Context<WebEnv>,
  followed: { enrolment: EnrolmentWithReasons; standing: PathwayStanding },
) => Promise<Html | null>

/** On the administration's page: the pathways it follows today and how far it is; null for visitors. */
export async function enrolmentPanel(c: Context<WebEnv>, administration: { id: number }): Promise<Html | null> {
  const { db, language, person } = c.var
  if (!person) return null
  const t = words[language]
  const enrolments = await currentEnrolments(db, [administration.id], person)
  return html`
<section>
  <h2>${t.pathways}</h2>
  ${enrolments.length > 0 ? enrolmentCards(enrolments, language, 'h3') : html`<div class="empty">${t.noPathway}${isReferentOf(person, administration.id) && html` <a href="/orientation">${t.toOrientation}</a>`}</div>`}
</section>`
}
