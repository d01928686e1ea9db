import type { Language } from '../../language/language.ts'
import type { Answers, Field } from '../../pathways/worksheets/fields.ts'
import type { Block } from '../document/blocks.ts'
import type { Feed } from '../feed.ts'
import type { FormTool, Showing } from '../tool.ts'
import { planOf, type SamplingPlan } from './plan.ts'
import { confidences, exactSize, quantiles } from './size.ts'
import { words } from './words.ts'

const mostPeople = 100_000_000

export const samplingPlan: FormTool = {
  words,
  fields,
  begin: ({ users }) => ({ confidence: '95', margin: '5', proportion: '50', ...(users !== null && { population: String(users) }) }),
  missing: (answers, language) => {
    const plan = planOf(answers)
    return plan && differs(plan) ? [strataDiffer(plan, language)] : []
  },
  findings,
}

function fields(language: Language, { service }: Feed): Field[] {
  const t = words[language]
  const percent = { kind: 'number' as const, decimals: true }
  const modes = Object.entries(t.modes).map(([value, label]) => ({ value, label }))
  const levels = confidences.map((level) => ({ value: level, label: t.percent(level) }))
  const populationHelp = [service && t.service(service), t.populationHelp].filter(Boolean).join(' ')
  return [
    { name: 'population', label: t.population, help: populationHelp, kind: 'number', required: true, least: 1, most: mostPeople },
    { name: 'confidence', label: t.confidence, help: t.confidenceHelp, kind: 'choice', required: true, options: levels },
    { name: 'margin', label: t.margin, help: t.marginHelp, ...percent, required: true, least: 0.1, most: 20 },
    { name: 'proportion', label: t.proportion, help: t.proportionHelp, ...percent, required: true, least: 1, most: 99 },
    { name: 'rate', label: t.rate, help: t.rateHelp, ...percent, required: false, least: 1, most: 100 },
    {
      name: 'strata',
      label: t.strata,
      help: t.strataHelp,
      kind: 'table',
      required: false,
      most: 50,
      columns: [
        { name: 'name', label: t.stratum, kind: 'line', required: true },
        { name: 'population', label: t.people, kind: 'number', required: true, least: 1, most: mostPeople },
      ],
    },
    { name: 'mode', label: t.mode, help: t.modeHelp, kind: 'choice', required: true, options: modes },
    { name: 'when', label: t.when, help: t.whenHelp, kind: 'text', required: true },
  ]
}

function findings(answers: Answers, _feed: Feed, { language }: Showing): Block[] {
  const t = words[language]
  const plan = planOf(answers)
  if (!plan) return []
  const { population, sample, strata } = plan
  const n0 = exactSize({ ...plan, population: null })
  const figures = [quantiles[plan.confidence], plan.proportion / 100, plan.margin / 100, population, n0].map((value) =>
    shown(value, language),
  )
  return [
    { kind: 'result', text: t.result(shown(sample, language)) },
    ...(sample === population ? [{ kind: 'text' as const, text: t.everybody }] : inviteBlocks(plan, language)),
    ...(differs(plan) ? [{ kind: 'text' as const, text: strataDiffer(plan, language) }] : []),
    ...(strata.length > 0 ? [strataTable(plan, language)] : []),
    { kind: 'heading', text: t.formulaTitle },
    { kind: 'list', items: [t.formula, t.figures(...(figures as [string, string, string, string, string])), t.source] },
  ]
}

function inviteBlocks({ population, invited, responseRate }: SamplingPlan, language: Language): Block[] {
  const t = words[language]
  if (invited === null || responseRate === null) return []
  const rate = shown(responseRate, language)
  if (invited <= population) return [{ kind: 'text', text: t.invite(shown(invited, language), rate) }]
  return [{ kind: 'text', text: t.inviteAll(shown(Math.floor((population * responseRate) / 100), language), rate) }]
}

function strataTable({ strata, sample, inStrata }: SamplingPlan, language: Language): Block {
  const t = words[language]
  return {
    kind: 'table',
    caption: t.strataTable,
    columns: [t.stratum, t.people, t.answers],
    rows: [
      ...strata.map(({ name, population, answers }) => [name, shown(population, language), shown(answers, language)]),
      [t.total, shown(inStrata, language), shown(sample, language)],
    ],
    numeric: [1, 2],
  }
}

const differs = ({ strata, inStrata, population }: SamplingPlan) => strata.length > 0 && inStrata !== population
const strataDiffer = ({ inStrata, population }: SamplingPlan, language: Language) =>
  words[language].strataDiffer(shown(inStrata, language), shown(population, language))

const shown = (value: number, language: Language) =>
  new Intl.NumberFormat(language === 'it' ? 'it-IT' : 'en-GB', { useGrouping: 'always', maximumFractionDigits: 4 }).format(value)
