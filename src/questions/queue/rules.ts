import { isStaff } from '../../people/rules.ts'
import type { Person } from '../../web/env.ts'
import { looksAfter } from '../rules.ts'

export const longestNote = 5_000
export const longestTitle = 120

export type QueueRefusal = 'not_found' | 'not_staff' | 'closed' | 'not_theirs'

type InQueue = { region: string; state: string }

/** Only staff of the region move a question in the queue, while it is open. */
export function queueRefusal(question: InQueue, person: Person): QueueRefusal | null {
  if (!looksAfter(question, person)) return 'not_staff'
  return question.state === 'solved' || question.state === 'merged' ? 'closed' : null
}

/** Notes may be written on closed questions too. */
export const noteRefusal = (question: InQueue, person: Person): QueueRefusal | null => (looksAfter(question, person) ? null : 'not_staff')

/** A question is given to staff who look after its region, or to nobody. */
export const assigneeRefusal = (question: InQueue, assignee: Person | null): QueueRefusal | null =>
  assignee === null || (isStaff(assignee) && looksAfter(question, assignee)) ? null : 'not_theirs'
