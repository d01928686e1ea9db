import type { Language } from '../../language/language.ts'
import { type Answers, rowsOf, textOf } from '../../pathways/worksheets/fields.ts'
import type { Block } from '../document/blocks.ts'
import { cellName } from '../form/read.ts'
import type { FormTool, Showing } from '../tool.ts'
import { parameters, type Ranked, rankServices, strongest, weightName } from './ranking.ts'
import { words } from './words.ts'

export const serviceChoice: FormTool = {
  words,
  fields: (language) => {
    const t = words[language]
    const judged = { kind: 'number' as const, least: 1, most: 5 }
    return [
      {
        name: 'services',
        label: t.services,
        help: t.servicesHelp,
        kind: 'table',
        required: true,
        least: 2,
        most: 30,
        columns: [
          { name: 'name', label: t.name, kind: 'line', required: true },
          { name: 'users', label: t.parameters.users, kind: 'number', least: 0, most: 100_000_000 },
          { name: 'complaints', label: t.parameters.complaints, kind: 'number', least: 0, most: 100_000_000 },
          { name: 'strategic', label: t.parameters.strategic, ...judged },
          { name: 'feasibility', label: t.parameters.feasibility, ...judged },
        ],
      },
      ...parameters.map((parameter) => ({
        ...{ name: weightName(parameter), label: t.weight[parameter], help: t.weightHelp },
        ...{ kind: 'number' as const, required: true, least: 0, most: 100 },
      })),
      { name: 'chosen', label: t.chosen, help: t.chosenHelp, kind: 'line', required: true },
      { name: 'reason', label: t.reason, help: t.reasonHelp, kind: 'text', required: true },
    ]
  },
  begin: () => ({
    [weightName('users')]: '30',
    [weightName('complaints')]: '30',
    [weightName('strategic')]: '20',
    [weightName('feasibility')]: '20',
  }),
  problems,
  missing: (answers, language) => (rowsOf(answers, 'services').length < 2 ? [words[language].twoServices] : []),
  findings,
}

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase()

function problems(answers: Answers, language: Language): Record<string, string> {
  const t = words[language]
  const names = rowsOf(answers, 'services').map(({ name = '' }) => name)
  const chosen = textOf(answers, 'chosen')
  const found: Record<string, string> = {}
  const repeated = names.findIndex((name, index) => names.findIndex((each) => same(each, name)) < index)
  if (repeated !== -1) found[cellName('services', repeated, 'name')] = t.twice
  const weights = parameters.map((parameter) => textOf(answers, weightName(parameter)))
  if (weights.every((weight) => weight !== '' && Number(weight) === 0)) found[weightName('users')] = t.noWeight
  if (chosen !== '' && !names.some((name) => same(name, chosen))) found.chosen = t.notListed
  return found
}

function findings(answers: Answers, _feed: unknown, showing: Showing): Block[] {
  const t = words[showing.language]
  const ranked = rankServices(answers)
  const [first] = ranked
  if (!first) return []
  const chosen = textOf(answers, 'chosen')
  const leaders = ranked.filter(({ points }) => rounded(points) === rounded(first.points))
  return [
    ...(chosen ? [{ kind: 'result' as const, text: t.chosenIs(chosen) }] : []),
    { kind: 'text', text: leaders.length > 1 ? t.tie(leaders.map(({ service }) => service).join(', ')) : leads(first, showing) },
    ...(chosen && !leaders.some(({ service }) => same(service, chosen)) ? [{ kind: 'text' as const, text: t.chosenOther }] : []),
    ...(chosen ? [] : [{ kind: 'text' as const, text: t.chooseNow }]),
    table(ranked, showing),
    ...unknowns(ranked, showing),
  ]
}

function leads(ranked: Ranked, { language }: Showing): string {
  const t = words[language]
  const why = strongest(ranked).map(({ parameter, points, of }) => t.why(t.short[parameter], shown(points, language), shown(of, language)))
  return t.leads(ranked.service, shown(ranked.points, language), why.join(t.and))
}

function table(ranked: readonly Ranked[], { language }: Showing): Block {
  const t = words[language]
  return {
    kind: 'table',
    caption: t.ranking,
    columns: [t.name, ...parameters.map((parameter) => capital(t.short[parameter])), t.total],
    rows: ranked.map(({ service, scores, points }) => [
      service,
      ...scores.map((score) => (score.missing ? '–' : shown(score.points, language))),
      shown(points, language),
    ]),
    numeric: [1, 2, 3, 4, 5],
  }
}

function unknowns(ranked: readonly Ranked[], { language }: Showing): Block[] {
  const t = words[language]
  const items = ranked.flatMap(({ service, scores }) => {
    const names = scores.filter(({ missing }) => missing).map(({ parameter }) => t.short[parameter])
    return names.length > 0 ? [t.unknown(service, names.join(', '))] : []
  })
  return items.length > 0 ? [{ kind: 'list', items }] : []
}

const rounded = (points: number) => Math.round(points * 10) / 10
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const shown = (points: number, language: Language) =>
  new Intl.NumberFormat(language === 'it' ? 'it-IT' : 'en-GB', { maximumFractionDigits: 1 }).format(points)
