import { type Answers, numberOf, type Row, rowsOf } from '../../pathways/worksheets/fields.ts'

export const statuses = ['to_start', 'under_way', 'done', 'dropped'] as const
export type Status = (typeof statuses)[number]

/** An action of a plan; what isn't written is null. */
export type Action = {
  title: string
  weakness: string
  owner: string
  startsOn: Temporal.PlainDate | null
  endsOn: Temporal.PlainDate | null
  indicator: string
  before: number | null
  target: number | null
  after: number | null
  status: Status
}

export const actionsOf = (answers: Answers): Action[] =>
  rowsOf(answers, 'actions')
    .filter(({ action }) => action)
    .map((row) => ({
      title: row.action ?? '',
      weakness: row.weakness ?? '',
      owner: row.owner ?? '',
      startsOn: day(row, 'start'),
      endsOn: day(row, 'end'),
      indicator: row.indicator ?? '',
      before: numberOf(row.before),
      target: numberOf(row.target),
      after: numberOf(row.after),
      status: statuses.find((status) => status === row.status) ?? 'to_start',
    }))

const day = (row: Row, name: string) => (row[name] ? Temporal.PlainDate.from(row[name]) : null)

export const isOpen = ({ status }: Pick<Action, 'status'>): boolean => status === 'to_start' || status === 'under_way'

/** Its day has passed and it is neither done nor dropped. */
export const isOverdue = (action: Pick<Action, 'status' | 'endsOn'>, today: Temporal.PlainDate): boolean =>
  isOpen(action) && action.endsOn !== null && Temporal.PlainDate.compare(action.endsOn, today) < 0

export type Measured = 'reached' | 'better' | 'same' | 'worse' | 'unknown'

/** What measuring again says, compared with the first time: a target below the first value asks for less of something. */
export function measured({ before, target, after }: Pick<Action, 'before' | 'target' | 'after'>): Measured {
  if (before === null || target === null || after === null) return 'unknown'
  const wanted = Math.sign(target - before) || 1
  if ((after - target) * wanted >= 0) return 'reached'
  const moved = (after - before) * wanted
  return moved > 0 ? 'better' : moved === 0 ? 'same' : 'worse'
}
