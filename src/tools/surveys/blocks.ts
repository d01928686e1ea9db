import type { Database } from '../../database/schema.ts'
import type { Language } from '../../language/language.ts'
import { formatDecimal, formatNumber, formatShare } from '../../language/numbers.ts'
import type { Block } from '../document/blocks.ts'
import type { Showing } from '../tool.ts'
import { type Compared, weakIn } from './analysis/findings.ts'
import { estimateInWords } from './analysis/pages.ts'
import { collectedBy } from './analysis/queries.ts'
import { readingOf } from './analysis/reading.ts'
import { words as analysisWords } from './analysis/words.ts'
import { countBySource, itemsOf, type ListedSurvey } from './queries.ts'
import { words as formWords } from './questionnaire/words.ts'
import { stateOf } from './rules.ts'
import { type Item, textOf } from './survey.ts'
import { words } from './words.ts'

/** The questions, for print and dossier. */
export async function questionnaireBlocks(db: Database, survey: ListedSurvey, { language }: Showing): Promise<Block[]> {
  const [t, f] = [words[language], formWords[language]]
  const about = (item: Item) => (item.dimension ? t.dimension[item.dimension] : t.kind[item.kind])
  const rows = (await itemsOf(db, survey.id)).map((item) => [textOf(item, language), about(item), item.code])
  return [facts(survey, language), { kind: 'table', caption: f.builderTitle, columns: [f.question, f.kind, f.code], rows }]
}

const facts = ({ service, family, points }: ListedSurvey, language: Language): Block => {
  const t = words[language]
  return {
    kind: 'facts',
    rows: [
      [t.service, service],
      [t.family, t.families[family]],
      [t.points, t.pointsOf(points)],
    ],
  }
}

/** How the answers came. */
export async function collectionBlocks(db: Database, survey: ListedSurvey, { language, dates, today }: Showing): Promise<Block[]> {
  const t = words[language]
  const counts = await countBySource(db, survey.id)
  const rows: [string, string][] = [
    [t.service, survey.service],
    [t.stateLabel, t.state[stateOf(survey, { today, received: survey.received })]],
    [t.answers, formatNumber(survey.received, language)],
    ...(['online', 'paper', 'import'] as const).map((source): [string, string] => [
      t.source[source],
      formatNumber(counts[source], language),
    ]),
  ]
  if (survey.reached) rows.push([analysisWords[language].rate, formatShare(survey.received, survey.reached, language)])
  if (survey.closesOn) rows.push([t.closesOn, dates.plainDay(survey.closesOn)])
  return [{ kind: 'facts', rows }]
}

/** What the answers say. */
export async function analysisBlocks(db: Database, survey: ListedSurvey, { language }: Showing): Promise<Block[]> {
  const a = analysisWords[language]
  const collected = await collectedBy(db, survey.id)
  const reading = collected && readingOf(collected)
  if (!collected || !reading?.readable)
    return [{ kind: 'text', text: a.tooFew(formatNumber(survey.received, language), formatNumber(survey.minimumCell, language)) }]
  const weak = weakIn(collected).map(({ item }) => textOf(item, language))
  const overall = reading.overall && `${a.overall(survey.points)}: ${estimateInWords(reading.overall, language)}`
  return [
    ...(overall ? [{ kind: 'result' as const, text: overall }] : []),
    ...(weak.length > 0
      ? [
          { kind: 'text' as const, text: a.quadrant.improve },
          { kind: 'list' as const, items: weak },
        ]
      : []),
    {
      kind: 'table',
      caption: a.items,
      columns: [a.question, a.satisfaction, a.importance, a.where],
      numeric: [1, 2],
      rows: reading.items.map(({ item, satisfaction, importance }) => {
        const point = reading.matrix?.points.find((each) => each.item.code === item.code)
        return [
          textOf(item, language),
          satisfaction ? formatDecimal(satisfaction.mean, language) : '–',
          importance ? formatDecimal(importance.mean, language) : '–',
          point ? a.quadrant[point.quadrant] : '–',
        ]
      }),
    },
  ]
}

/** A re-measurement against the first survey, for the improvement plan. */
export function comparisonBlock(rows: readonly Compared[], language: Language): Block {
  const a = analysisWords[language]
  const mean = (estimate: Compared['first']) => (estimate ? formatDecimal(estimate.mean, language) : '–')
  return {
    kind: 'table',
    caption: a.comparisonTitle,
    columns: [a.question, a.first, a.second, `${a.change} (${a.interval})`, a.verdictLabel],
    numeric: [1, 2, 3],
    rows: rows.map(({ item, first, second, change, verdict }) => [
      textOf(item, language),
      mean(first),
      mean(second),
      change
        ? `${formatDecimal(change.difference, language)} (${formatDecimal(change.low, language)} – ${formatDecimal(change.high, language)})`
        : '–',
      a.verdict[verdict],
    ]),
  }
}
