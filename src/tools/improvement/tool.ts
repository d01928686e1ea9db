import type { Language } from '../../language/language.ts'
import { type Answers, type Field, rowsOf } from '../../pathways/worksheets/fields.ts'
import type { Block } from '../document/blocks.ts'
import type { Feed } from '../feed.ts'
import { cellName } from '../form/read.ts'
import { comparisonBlock } from '../surveys/blocks.ts'
import type { FormTool, Showing } from '../tool.ts'
import { keepActions } from './actions.ts'
import { type Action, actionsOf, isOverdue, measured, statuses } from './plan.ts'
import { words } from './words.ts'

export const improvementPlan: FormTool = {
  words,
  fields,
  begin: ({ weak }) => ({ actions: weak.slice(0, 5).map((weakness) => ({ weakness })) }),
  problems,
  missing,
  findings,
  whenSaved: keepActions,
}

function fields(language: Language, { weak }: Feed): Field[] {
  const t = words[language]
  const value = { kind: 'number' as const, decimals: true, least: -1_000_000_000 }
  return [
    {
      name: 'actions',
      label: t.actions,
      help: [t.actionsHelp, weak.length > 0 && t.weakPoints(weak.slice(0, 5).join('; '))].filter(Boolean).join(' '),
      kind: 'table',
      required: true,
      most: 50,
      columns: [
        { name: 'action', label: t.action, kind: 'line' },
        { name: 'weakness', label: t.weakness, kind: 'line' },
        { name: 'owner', label: t.owner, kind: 'line' },
        { name: 'start', label: t.start, kind: 'date' },
        { name: 'end', label: t.end, kind: 'date' },
        {
          name: 'status',
          label: t.status,
          kind: 'choice',
          options: statuses.map((status) => ({ value: status, label: t.statuses[status] })),
        },
        { name: 'indicator', label: t.indicator, kind: 'line' },
        { name: 'before', label: t.before, ...value },
        { name: 'target', label: t.target, ...value },
        { name: 'after', label: t.after, ...value },
      ],
    },
    { name: 'remeasure', label: t.remeasure, help: t.remeasureHelp, kind: 'text', required: true },
  ]
}

function problems(answers: Answers, language: Language): Record<string, string> {
  const backwards = rowsOf(answers, 'actions').flatMap(({ start, end }, row) => (start && end && end < start ? [row] : []))
  return Object.fromEntries(backwards.map((row) => [cellName('actions', row, 'end'), words[language].endsBeforeStart]))
}

/** An action counts when it says what, who, until when and what shows it. */
function missing(answers: Answers, language: Language): string[] {
  const t = words[language]
  return rowsOf(answers, 'actions').flatMap((row, index) => {
    const without = (['action', 'owner', 'end', 'indicator'] as const).filter((name) => !row[name])
    return without.length > 0 ? [t.incomplete(index + 1, without.map((name) => t[name].toLowerCase()).join(', '))] : []
  })
}

function findings(answers: Answers, { survey }: Feed, showing: Showing): Block[] {
  const t = words[showing.language]
  const actions = actionsOf(answers)
  if (actions.length === 0) return []
  const done = actions.filter(({ status }) => status === 'done').length
  const overdue = actions.filter((action) => isOverdue(action, showing.today))
  return [
    { kind: 'result', text: `${t.summary(done, actions.length)}, ${overdue.length > 0 ? t.late(overdue.length) : t.noneLate}.` },
    ...(overdue.length > 0 ? [overdueTable(overdue, showing)] : []),
    ...(actions.some(({ before }) => before !== null) ? [measuresTable(actions, showing)] : []),
    ...(survey.comparison.length > 0 ? [comparisonBlock(survey.comparison, showing.language)] : []),
  ]
}

function overdueTable(overdue: readonly Action[], { language, dates, today }: Showing): Block {
  const t = words[language]
  const cells = ({ title, owner, endsOn }: Action) =>
    endsOn ? [title, owner, dates.plainDay(endsOn), String(endsOn.until(today, { largestUnit: 'days' }).days)] : [title, owner]
  return { kind: 'table', caption: t.overdue, columns: [t.action, t.owner, t.due, t.days], rows: overdue.map(cells), numeric: [3] }
}

function measuresTable(actions: readonly Action[], { language }: Showing): Block {
  const t = words[language]
  const number = (value: number | null) =>
    value === null ? '–' : new Intl.NumberFormat(language === 'it' ? 'it-IT' : 'en-GB', { maximumFractionDigits: 2 }).format(value)
  return {
    kind: 'table',
    caption: t.measures,
    columns: [t.action, t.indicator, t.before, t.target, t.after, t.verdict],
    rows: actions
      .filter(({ before }) => before !== null)
      .map((action) => [
        action.title,
        action.indicator,
        number(action.before),
        number(action.target),
        number(action.after),
        t.verdicts[measured(action)],
      ]),
    numeric: [2, 3, 4],
  }
}
