import { covers, isReferentOf } from '../../people/rules.ts'
import type { Person } from '../../web/env.ts'
import { optionalText, type Typed } from '../../web/forms.ts'
import type { FieldProblem } from '../../web/words.ts'
import type { IntakeQuestion } from '../intake/queries.ts'
import type { Value } from '../rules/condition.ts'

export type EnrolmentRefusal = 'already_enrolled' | 'closed' | 'unknown_pathway'

/** Its referents choose for an administration, or a coordinator of its region with them. */
export const mayOrient = (person: Person, { id, region }: { id: number; region: string }): boolean =>
  isReferentOf(person, id) || covers(person.coordinator, region)

/** A coordinator may also give a pathway that no rule proposes. */
export const mayChoosePathway = (person: Person, { region }: { region: string }): boolean => covers(person.coordinator, region)

type ReadAnswer = { value: Value | null } | { problem: FieldProblem }

/** What was typed as the answer of a question; null when nothing was. */
export function readAnswer(question: Pick<IntakeQuestion, 'kind' | 'required' | 'options'>, typed: Typed[string]): ReadAnswer {
  const texts = (Array.isArray(typed) ? typed : [typed ?? '']).map((text) => text.trim()).filter((text) => text !== '')
  if (texts.length === 0) return question.required ? { problem: 'required' } : { value: null }
  const [first = ''] = texts

  if (question.kind === 'number') return /^\d{1,9}$/.test(first) ? { value: Number(first) } : { problem: 'number' }
  if (question.kind === 'text') {
    const text = optionalText(2000).safeParse(first)
    return text.success ? { value: text.data } : { problem: 'too_long' }
  }
  const allowed = question.kind === 'yes_no' ? ['yes', 'no'] : question.options.map(({ value }) => value)
  if (!texts.every((text) => allowed.includes(text))) return { problem: 'choice' }
  return { value: question.kind === 'multiple' ? allowed.filter((value) => texts.includes(value)) : first }
}
