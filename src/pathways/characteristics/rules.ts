import type { Typed } from '../../web/forms.ts'
import type { FieldProblem } from '../../web/words.ts'
import type { IntakeQuestion } from '../intake/queries.ts'
import { readAnswer } from '../orientation/rules.ts'
import type { Value } from '../rules/condition.ts'

type Answers = Readonly<Record<string, Value>>
export type AnswerChange = { name: string; label: string; from: Value | null; to: Value | null }
type Read = { problems: Record<string, FieldProblem> } | { answers: Record<string, Value>; changes: AnswerChange[] }

/** What was typed as new answers, by the question's name, and what that changes. */
export function readAnswers(questions: readonly IntakeQuestion[], typed: Typed, now: Answers): Read {
  const read = questions.map((question) => ({ question, outcome: readAnswer(question, typed[question.name]) }))
  const problems = read.flatMap(({ question, outcome }) => ('problem' in outcome ? [[question.name, outcome.problem] as const] : []))
  if (problems.length > 0) return { problems: Object.fromEntries(problems) }

  const values = read.flatMap(({ question, outcome }) => ('value' in outcome ? [{ question, value: outcome.value }] : []))
  const answers = Object.fromEntries(values.flatMap(({ question, value }) => (value === null ? [] : [[question.name, value] as const])))
  const changes = values
    .map(({ question: { name, label }, value }) => ({ name, label, from: now[name] ?? null, to: value }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to))
  return { answers, changes }
}

/** The same text for the same answers: shows whether somebody has changed them since. */
export const answersSeen = (answers: Answers): string => JSON.stringify(Object.entries(answers).toSorted(([a], [b]) => (a < b ? -1 : 1)))
