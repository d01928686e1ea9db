import { datesIn, dayOf } from '../../../language/dates.ts'
import { formatDecimal, formatNumber, formatShare } from '../../../language/numbers.ts'
import { matrixScales, quadrantShapes } from '../analysis/charts.ts'
import { type Comparison, weakIn } from '../analysis/findings.ts'
import { estimateInWords } from '../analysis/pages.ts'
import type { Collected } from '../analysis/queries.ts'
import { type Reading, readingOf } from '../analysis/reading.ts'
import type { Matrix, Quadrant } from '../analysis/results.ts'
import { words as analysisWords } from '../analysis/words.ts'
import { type Box, openPaper, type Paper, type Pen } from '../paper.ts'
import { textOf } from '../survey.ts'
import { words as surveyWords } from '../words.ts'
import { words } from './words.ts'

type Reported = {
  collected: Collected
  counts: Record<'online' | 'paper' | 'import', number>
  comparison: Comparison | null
  zone: string
  now: Temporal.Instant
}

/** The report on a survey, in Italian: how it was done, what it says, what to improve first. No single answer and no group stands in it. */
export async function drawReport({ collected, counts, comparison, zone, now }: Reported): Promise<Buffer> {
  const { survey } = collected
  const reading = readingOf(collected)
  const t = words.it
  const paper = await openPaper({ title: `${t.title}: ${survey.title}`, author: survey.administration, at: now })
  paper.paragraph(survey.administration)
  paper.title(t.title)
  paper.paragraph(`${survey.title} · ${survey.service}`, { strong: true })

  paper.heading(t.how)
  for (const sentence of howSentences(reading, counts, { zone, now })) paper.paragraph(sentence)
  if (!reading.readable) {
    paper.paragraph(t.tooFew(formatNumber(survey.minimumCell, 'it')))
    return paper.close()
  }
  priorities(paper, reading, collected)
  itemsPart(paper, reading)
  dimensionsPart(paper, reading)
  if (comparison) comparisonPart(paper, comparison)
  paper.heading(analysisWords.it.method)
  paper.paragraph(analysisWords.it.methodText(survey.points), { small: true })
  return paper.close()
}

function howSentences(
  { survey, received, overall }: Reading,
  counts: Reported['counts'],
  { zone, now }: { zone: string; now: Temporal.Instant },
): string[] {
  const t = words.it
  const dates = datesIn('it', zone)
  const number = (value: number) => formatNumber(value, 'it')
  const ways = (['online', 'paper', 'import'] as const).filter((source) => counts[source] > 0)
  return [
    survey.publishedAt ? t.since(dates.plainDay(dayOf(survey.publishedAt, zone)), dates.plainDay(dayOf(survey.closedAt ?? now, zone))) : '',
    t.received(number(received), ways.map((source) => `${number(counts[source])} ${surveyWords.it.source[source]}`).join(', ')),
    survey.reached ? t.rate(formatShare(received, survey.reached, 'it'), number(survey.reached)) : t.rateUnknown,
    overall
      ? t.overall(formatDecimal(overall.mean, 'it'), survey.points, formatDecimal(overall.low, 'it'), formatDecimal(overall.high, 'it'))
      : '',
  ].filter(Boolean)
}

function priorities(paper: Paper, { matrix }: Reading, collected: Collected) {
  const [t, a] = [words.it, analysisWords.it]
  paper.heading(a.matrixTitle)
  if (!matrix) return paper.paragraph(a.matrixNone)
  paper.paragraph(a.matrixLead)
  const weak = weakIn(collected)
  if (weak.length > 0) {
    paper.paragraph(t.weakest, { strong: true })
    paper.list(
      weak.map(({ item, satisfaction, importance }) =>
        t.weakItem(textOf(item, 'it'), formatDecimal(satisfaction, 'it'), formatDecimal(importance, 'it')),
      ),
    )
  } else paper.paragraph(t.noWeak)
  const spoken = matrix.points.map(({ item, quadrant }, index) => `${index + 1}. ${item.it}: ${a.quadrant[quadrant]}`).join('. ')
  paper.figure(`${a.matrixTitle}. ${spoken}.`, 300, (pen, box) => drawMatrix(pen, box, matrix))
  paper.table({
    head: [a.number, a.question, a.satisfaction, a.importance, a.where],
    widths: [28, '*', 70, 70, 120],
    rows: matrix.points.map(({ item, satisfaction, importance, quadrant }, index) => [
      String(index + 1),
      item.it,
      { text: formatDecimal(satisfaction, 'it'), right: true },
      { text: formatDecimal(importance, 'it'), right: true },
      a.quadrant[quadrant],
    ]),
  })
}

function drawMatrix(pen: Pen, box: Box, matrix: Matrix) {
  const side = box.height
  const left = box.left + (box.width - side) / 2
  const { x, y } = matrixScales(matrix, side, 28)
  const a = analysisWords.it
  pen
    .lineWidth(0.7)
    .rect(left + 28, box.top + 10, side - 38, side - 38)
    .stroke('#8a9bab')
  const [cx, cy] = [left + x(matrix.centre.satisfaction), box.top + y(matrix.centre.importance)]
  pen
    .dash(4, { space: 3 })
    .moveTo(cx, box.top + 10)
    .lineTo(cx, box.top + side - 28)
    .stroke('#17324d')
  pen
    .moveTo(left + 28, cy)
    .lineTo(left + side - 10, cy)
    .stroke('#17324d')
    .undash()
  const corner = (quadrant: Quadrant, atLeft: number, top: number, align: 'left' | 'right') =>
    pen
      .fontSize(8)
      .fillColor(quadrantShapes[quadrant].colour)
      .text(a.quadrant[quadrant], atLeft, top, { width: 110, align, lineBreak: false })
  corner('improve', left + 32, box.top + 14, 'left')
  corner('keep', left + side - 124, box.top + 14, 'right')
  corner('secondary', left + 32, box.top + side - 40, 'left')
  corner('ease', left + side - 124, box.top + side - 40, 'right')
  pen
    .fontSize(8)
    .fillColor('#17324d')
    .text(`${a.satisfaction} (da sinistra a destra), ${a.importance.toLowerCase()} (dal basso in alto)`, left, box.top + side - 14, {
      width: side,
      align: 'center',
      lineBreak: false,
    })
  for (const [index, { satisfaction, importance, quadrant }] of matrix.points.entries()) {
    const [px, py] = [left + x(satisfaction), box.top + y(importance)]
    pen.circle(px, py, 3.5).fill(quadrantShapes[quadrant].colour)
    pen
      .fontSize(8)
      .fillColor('#17324d')
      .text(String(index + 1), px + 5, py - 5, { lineBreak: false })
  }
}

function itemsPart(paper: Paper, { items }: Reading) {
  const a = analysisWords.it
  paper.heading(a.items)
  paper.table({
    head: [a.question, `${a.satisfaction} (${a.interval})`, a.count, `${a.importance} (${a.interval})`],
    widths: ['*', 110, 50, 110],
    rows: items.map(({ item, satisfaction, importance }) => [
      item.it,
      { text: estimateInWords(satisfaction, 'it'), right: true },
      { text: formatNumber(satisfaction?.n ?? 0, 'it'), right: true },
      { text: estimateInWords(importance, 'it'), right: true },
    ]),
  })
  paper.heading(a.distribution)
  paper.paragraph(a.distributionLead)
  const marks = items[0]?.distribution.map((_, index) => String(index + 1)) ?? []
  paper.table({
    head: [a.question, ...marks],
    widths: ['*', ...marks.map(() => (marks.length > 5 ? 28 : 42))],
    rows: items.map(({ item, distribution }) => [
      item.it,
      ...distribution.map((count) => ({ text: formatNumber(count, 'it'), right: true })),
    ]),
  })
}

function dimensionsPart(paper: Paper, { dimensions }: Reading) {
  const a = analysisWords.it
  paper.heading(a.dimensions)
  paper.paragraph(a.dimensionsLead)
  paper.table({
    head: [a.dimension, a.satisfaction, a.importance, a.gap],
    widths: ['*', 115, 115, 115],
    rows: dimensions.map(({ dimension, satisfaction, importance, gap }) => [
      surveyWords.it.dimension[dimension],
      ...[satisfaction, importance, gap].map((each) => ({ text: estimateInWords(each, 'it'), right: true })),
    ]),
  })
}

function comparisonPart(paper: Paper, { rows, first }: Comparison) {
  const a = analysisWords.it
  paper.heading(a.comparisonTitle)
  paper.paragraph(`${words.it.before(first.survey.title)} ${a.comparisonLead}`)
  paper.table({
    head: [a.question, a.first, a.second, a.change, a.verdictLabel],
    widths: ['*', 50, 50, 115, 90],
    rows: rows.map(({ item, first: before, second, change, verdict }) => [
      item.it,
      { text: before ? formatDecimal(before.mean, 'it') : '–', right: true },
      { text: second ? formatDecimal(second.mean, 'it') : '–', right: true },
      {
        text: change
          ? `${formatDecimal(change.difference, 'it')} (${formatDecimal(change.low, 'it')} – ${formatDecimal(change.high, 'it')})`
          : '–',
        right: true,
      },
      a.verdict[verdict],
    ]),
  })
}
