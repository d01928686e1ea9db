import type { Language } from '../../language/language.ts'
import { type Answers, type Field, rowsOf } from '../../pathways/worksheets/fields.ts'
import type { Block } from '../document/blocks.ts'
import type { FormTool, Showing } from '../tool.ts'
import { publicationPanel } from './panel.ts'
import { words } from './words.ts'

export const communicationPlan: FormTool = { words, fields, findings, more: publicationPanel }

function fields(language: Language): Field[] {
  const t = words[language]
  const options = (labels: Record<string, string>) => Object.entries(labels).map(([value, label]) => ({ value, label }))
  return [
    {
      name: 'steps',
      label: t.steps,
      help: t.stepsHelp,
      kind: 'table',
      required: true,
      most: 60,
      columns: [
        { name: 'audience', label: t.audience, kind: 'line', required: true },
        { name: 'message', label: t.message, kind: 'text', required: true },
        { name: 'channel', label: t.channel, kind: 'choice', options: options(t.channels), required: true },
        { name: 'date', label: t.date, kind: 'date' },
        { name: 'who', label: t.who, kind: 'line' },
        { name: 'status', label: t.status, kind: 'choice', options: options(t.statuses) },
      ],
    },
    { name: 'heading', label: t.heading, help: t.headingHelp, kind: 'line', required: false },
    { name: 'results', label: t.results, help: t.resultsHelp, kind: 'text', required: false },
    { name: 'changes', label: t.changes, help: t.changesHelp, kind: 'text', required: false },
  ]
}

function findings(answers: Answers, _feed: unknown, { language, dates, today }: Showing): Block[] {
  const t = words[language]
  const steps = rowsOf(answers, 'steps')
  const dated = steps.filter(({ date }) => date).toSorted((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : 1))
  if (dated.length === 0) return []
  const isLate = ({ date = '', status }: (typeof steps)[number]) => status !== 'done' && date < today.toString()
  return [
    { kind: 'result', text: t.found(steps.filter(({ status }) => status === 'done').length, steps.length) },
    {
      kind: 'table',
      caption: t.calendar,
      columns: [t.date, t.audience, t.channel, t.status],
      rows: dated.map((step) => [
        dates.plainDay(Temporal.PlainDate.from(step.date ?? '')),
        step.audience ?? '',
        t.channels[step.channel as keyof typeof t.channels] ?? '',
        `${step.status === 'done' ? t.statuses.done : t.statuses.planned}${isLate(step) ? ` (${t.late})` : ''}`,
      ]),
    },
  ]
}
