import { html } from 'hono/html'
import { maturityName } from '../../administrations/maturity.ts'
import type { Language } from '../../language/language.ts'
import { pathwayPath } from '../../pathways/modules/panel.ts'
import type { Answers, Field } from '../../pathways/worksheets/fields.ts'
import type { Block } from '../document/blocks.ts'
import type { FormTool, Showing } from '../tool.ts'
import { keepMaturity } from './actions.ts'
import { areas, degrees, maturityOf, statementNames } from './score.ts'
import { words } from './words.ts'

export const selfAssessment: FormTool = {
  words,
  fields,
  findings,
  whenSaved: keepMaturity,
  more: async (c, { open }) => {
    const t = words[c.var.language]
    return html`<p>${t.used} <a href="${pathwayPath(open.enrolmentId)}/characteristics">${t.open}</a></p>`
  },
}

function fields(language: Language): Field[] {
  const t = words[language]
  const options = degrees.map((degree) => ({ value: degree, label: t.degrees[degree] }))
  return [
    ...areas.flatMap((area) =>
      statementNames(area).map((name, index) => ({
        ...{ name, label: t.statements[area][index] ?? '', help: t.areas[area] },
        ...{ kind: 'choice' as const, required: true, options },
      })),
    ),
    { name: 'note', label: t.note, help: t.noteHelp, kind: 'text', required: false },
  ]
}

function findings(answers: Answers, _feed: unknown, { language }: Showing): Block[] {
  const t = words[language]
  const maturity = maturityOf(answers)
  if (!maturity) return []
  const lowest = Math.min(...Object.values(maturity.byArea))
  const weakest = areas.filter((area) => maturity.byArea[area] === lowest)
  return [
    { kind: 'result', text: t.result(maturityName(maturity.level, language), maturity.score) },
    ...(weakest.length < areas.length ? [{ kind: 'text' as const, text: t.weakest(weakest.map((area) => t.areas[area]).join(', ')) }] : []),
    {
      kind: 'table',
      caption: t.byArea,
      columns: [t.area, t.points],
      rows: areas.map((area) => [t.areas[area], String(maturity.byArea[area])]),
      numeric: [1],
    },
  ]
}
