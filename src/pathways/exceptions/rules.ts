/** What an assignment can't settle by itself. */
export const exceptionKinds = ['unmatched', 'elsewhere', 'due', 'closed'] as const
export type ExceptionKind = (typeof exceptionKinds)[number]

/** What can be done about each kind, the most usual first. */
export const remedies = {
  unmatched: ['assign'],
  elsewhere: ['move', 'keep'],
  due: ['extend'],
  closed: ['end'],
} as const satisfies Record<ExceptionKind, readonly string[]>
export type Remedy = (typeof remedies)[ExceptionKind][number]

export type ResolutionRefusal = 'nobody_chosen' | 'too_many' | 'pathway_missing' | 'reason_missing' | 'day_missing' | 'day_past'

/** Rows that are resolved in one go: what a transaction can hold while others work. */
export const mostAtOnce = 5_000

type Asked = { remedy: Remedy; count: number; pathwayId: number | null; reason: string; day: Temporal.PlainDate | null }

/** Why this can't be carried out, and beside which field; null when it can. */
export function resolutionRefusal({ remedy, count, pathwayId, reason, day }: Asked, today: Temporal.PlainDate) {
  const at = (field: string, refusal: ResolutionRefusal) => ({ field, refusal })
  if (count === 0) return at('chosen', 'nobody_chosen')
  if (count > mostAtOnce) return at('chosen', 'too_many')
  if (remedy === 'assign' && pathwayId === null) return at('pathway', 'pathway_missing')
  if (remedy === 'extend' && day === null) return at('day', 'day_missing')
  if (remedy === 'extend' && day && Temporal.PlainDate.compare(day, today) <= 0) return at('day', 'day_past')
  return remedy !== 'move' && reason === '' ? at('reason', 'reason_missing') : null
}
