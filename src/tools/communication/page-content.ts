import { type Answers, textOf } from '../../pathways/worksheets/fields.ts'
import type { Feed } from '../feed.ts'
import type { Status } from '../improvement/plan.ts'
import type { PublicSummary } from '../surveys/analysis/summary.ts'

/** What citizens read: nothing that names a person in charge. */
export type ResultsContent = {
  title: string
  administration: string
  service: string | null
  results: string
  /** What the survey says, as it was that day; pages from before surveys have none. */
  survey?: PublicSummary | null
  changes: string
  actions: readonly { title: string; endsOn: string | null; status: Status }[]
}

/** The page as it would be published today; null while its title or results are not written. */
export function resultsContent(answers: Answers, { service, actions, survey }: Feed, administration: string): ResultsContent | null {
  const [title, results] = [textOf(answers, 'heading'), textOf(answers, 'results')]
  if (!title || !results) return null
  return {
    title,
    administration,
    service,
    results,
    survey: survey.summary,
    changes: textOf(answers, 'changes'),
    actions: actions
      .filter(({ status }) => status !== 'dropped')
      .map((action) => ({ title: action.title, endsOn: action.endsOn?.toString() ?? null, status: action.status })),
  }
}

export const sameContent = (a: ResultsContent, b: ResultsContent): boolean => JSON.stringify(a) === JSON.stringify(b)
