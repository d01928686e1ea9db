import { html } from 'hono/html'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import type { Session } from '../queries.ts'
import { type FeedbackRefusal, fewestAnswers, type Question, ratings, type StandardQuestion } from './rules.ts'
import { words } from './words.ts'

type Viewing = { language: Language; dates: Dates }

/** The survey, to be filled in once. */
export function feedbackPage(
  { language, dates }: Viewing,
  { session, questions, problems, typed }: { session: Session; questions: readonly Question[]; problems: Problems | null; typed: Typed },
): Html {
  const t = words[language]
  const form = fieldsOf(language, problems, typed)
  const choices = ratings.map((value) => ({ value, label: t.ratings[value] }))
  return html`
<div class="narrow">
${heading({ language, dates }, session)}
<p>${t.intro}</p>
<p>${t.anonymous(formatNumber(fewestAnswers, language))}</p>
${form.summary()}
<form method="post" action="/sessions/${session.id}/feedback" novalidate>
  ${questions.map((question) => {
    const { name, kind } = question
    const label = labelOf(question, language)
    if (kind === 'text') return form.area({ name, label, rows: 3, most: 2_000 })
    return form.choices({ name, label, required: question.label === null, choices })
  })}
  <button class="btn btn-primary">${t.send}</button>
</form>
</div>`
}

/** Why there is nothing to fill in, now or any more. */
export const closedFeedbackPage = (viewing: Viewing, session: Session, refusal: FeedbackRefusal): Html => html`
${heading(viewing, session)}
<div class="alert alert-info">${words[viewing.language].refusal[refusal]}</div>
<p><a href="/sessions/${session.id}">${words[viewing.language].back}</a></p>`

const heading = ({ language, dates }: Viewing, { title, startsAt, endsAt }: Session): Html => html`
<h1>${words[language].title}</h1>
<p class="lead">${title}, ${dates.period(startsAt, endsAt)}</p>`

/** A standard question speaks the reader's language, a trainer's own the trainer's. */
export const labelOf = ({ name, label }: Pick<Question, 'name' | 'label'>, language: Language): string =>
  label ?? words[language].questions[name as StandardQuestion]
