import { type Answers, type Row, rowsOf } from '../../pathways/worksheets/fields.ts'
import type { Block } from '../document/blocks.ts'
import type { FormTool, Showing } from '../tool.ts'
import { words } from './words.ts'

export const processMap: FormTool = {
  words,
  fields: (language) => {
    const t = words[language]
    const contacts = Object.entries(t.contacts).map(([value, label]) => ({ value, label }))
    return [
      { name: 'service', label: t.service, help: t.serviceHelp, kind: 'line', required: true },
      {
        name: 'steps',
        label: t.steps,
        help: t.stepsHelp,
        kind: 'table',
        required: true,
        least: 3,
        most: 100,
        columns: [
          { name: 'phase', label: t.phase, kind: 'line', required: true },
          { name: 'activity', label: t.activity, kind: 'line', required: true },
          { name: 'contact', label: t.contact, kind: 'choice', options: contacts, required: true },
          { name: 'who', label: t.who, kind: 'line' },
          { name: 'trouble', label: t.trouble, kind: 'text' },
        ],
      },
      { name: 'shows', label: t.improvements, help: t.improvementsHelp, kind: 'text', required: true },
    ]
  },
  begin: ({ service }) => ({ service: service ?? '' }),
  findings,
}

const isContact = ({ contact }: Row) => contact !== undefined && contact !== '' && contact !== 'none'

function findings(answers: Answers, _feed: unknown, { language }: Showing): Block[] {
  const t = words[language]
  const steps = rowsOf(answers, 'steps')
  if (steps.length === 0) return []
  const touched = steps.filter(isContact)
  const label = (contact = '') => t.contacts[contact as keyof typeof t.contacts] ?? contact
  const phases = [...Map.groupBy(steps, ({ phase = '' }) => phase)]
  const troubles = steps.flatMap(({ phase, activity, trouble }) => (trouble ? [`${phase}, ${activity}: ${trouble}`] : []))
  return [
    { kind: 'result', text: touched.length > 0 ? t.found(touched.length, steps.length) : t.noContact },
    {
      kind: 'table',
      caption: t.byPhase,
      columns: [t.phase, t.count, t.contact, t.who],
      rows: phases.map(([phase, inPhase]) => [
        phase,
        String(inPhase.length),
        [...new Set(inPhase.filter(isContact).map(({ contact }) => label(contact)))].join(', ') || t.none,
        [...new Set(inPhase.flatMap(({ who }) => who || []))].join(', ') || t.none,
      ]),
      numeric: [1],
    },
    ...(troubles.length > 0
      ? [
          { kind: 'heading' as const, text: t.withTrouble },
          { kind: 'list' as const, items: troubles },
        ]
      : []),
  ]
}
