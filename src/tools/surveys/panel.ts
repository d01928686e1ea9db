import { html } from 'hono/html'
import { dayOf } from '../../language/dates.ts'
import type { PathwayPanel } from '../../pathways/progress/panel.ts'
import { isReferentOf } from '../../people/rules.ts'
import { surveyCards } from './pages.ts'
import { surveysOf } from './queries.ts'
import { surveysPath } from './survey.ts'
import { words } from './words.ts'

/** On the page of a pathway: the surveys of the administration, and the way to begin one. */
export const surveyPanel: PathwayPanel = async (c, { enrolment }) => {
  const { db, now, zone, language, person } = c.var
  const surveys = await surveysOf(db, enrolment.id)
  const mayWork = isReferentOf(person, enrolment.administrationId) && enrolment.endedAt === null
  if (!person || (surveys.length === 0 && !mayWork)) return null
  const t = words[language]
  return html`
<section>
  <h2>${t.surveys}</h2>
  ${surveys.length > 0 ? surveyCards({ surveys, language, today: dayOf(now, zone), heading: 'h3' }) : html`<p>${t.lead}</p>`}
  <p><a class="btn btn-outline-primary" href="${surveysPath(enrolment.id)}">${t.toSurveys}</a></p>
</section>`
}
