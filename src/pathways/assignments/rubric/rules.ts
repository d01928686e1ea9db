/** What reviewers judge, each with the most points that it can earn. */
export type Criterion = { label: string; points: number }
export type Score = { label: string; points: number; of: number }

export const mostCriteria = 20
export const mostPoints = 100

export type RubricRefusal = 'too_many' | 'no_points' | 'label_twice' | 'label_too_long'

/** A rubric as it is typed, one criterion a line: `Criterion | points`. */
export function readRubric(text: string): { criteria: Criterion[] } | { refusal: RubricRefusal; line: string } {
  const lines = text.split('\n').flatMap((line) => line.trim() || [])
  if (lines.length > mostCriteria) return { refusal: 'too_many', line: String(lines.length) }
  const criteria: Criterion[] = []
  for (const line of lines) {
    const [, label = '', written = ''] = /^(.*?)\s*\|\s*(\d{1,3})$/.exec(line) ?? []
    const points = Number(written)
    if (label === '' || points < 1 || points > mostPoints) return { refusal: 'no_points', line }
    if (label.length > 300) return { refusal: 'label_too_long', line: label.slice(0, 40) }
    if (criteria.some((each) => each.label === label)) return { refusal: 'label_twice', line: label }
    criteria.push({ label, points })
  }
  return { criteria }
}

export const writeRubric = (criteria: readonly Criterion[]): string =>
  criteria.map(({ label, points }) => `${label} | ${points}`).join('\n')

export const scoreName = (index: number) => `score-${index}`

/** The scores as they were typed: whole numbers within what each criterion can earn; what is left empty isn't scored. */
export function readScores(
  criteria: readonly Criterion[],
  typed: Readonly<Record<string, string | string[] | undefined>>,
): { scores: Score[] } | { problems: Record<string, number> } {
  const scores: Score[] = []
  const problems: Record<string, number> = {}
  for (const [index, { label, points: of }] of criteria.entries()) {
    const value = typed[scoreName(index)]
    const text = typeof value === 'string' ? value.trim() : ''
    if (text === '') continue
    if (/^\d{1,3}$/.test(text) && Number(text) <= of) scores.push({ label, points: Number(text), of })
    else problems[scoreName(index)] = of
  }
  return Object.keys(problems).length > 0 ? { problems } : { scores }
}

/** Whether every criterion has its score, as whoever accepts must give. */
export const allScored = (criteria: readonly Criterion[], scores: readonly Score[]): boolean =>
  criteria.every(({ label, points }) => scores.some((score) => score.label === label && score.of === points))
