import { scaleBand, scaleLinear } from 'd3-scale'
import { symbol, symbolCircle, symbolDiamond, symbolSquare, symbolTriangle } from 'd3-shape'
import { html } from 'hono/html'
import type { Language } from '../../../language/language.ts'
import { formatDecimal } from '../../../language/numbers.ts'
import type { Html } from '../../../web/env.ts'
import { textOf } from '../survey.ts'
import { words as surveyWords } from '../words.ts'
import type { DimensionResult, ItemResult, Matrix, Quadrant } from './results.ts'
import { words } from './words.ts'

const ink = '#17324d'
const faint = '#c5cfd9'
/** Each quadrant has a shape of its own: colour is never the only sign. */
export const quadrantShapes: Record<Quadrant, { shape: typeof symbolCircle; colour: string; sign: string }> = {
  improve: { shape: symbolTriangle, colour: '#b3202c', sign: '▲' },
  keep: { shape: symbolCircle, colour: '#006b45', sign: '●' },
  secondary: { shape: symbolDiamond, colour: '#7a4a00', sign: '◆' },
  ease: { shape: symbolSquare, colour: '#004080', sign: '■' },
}

const matrixSide = 460
const margin = 46

/** Where the points of a matrix go on a square of so many units; the axes span what was answered, with some air around. */
export function matrixScales({ points, centre }: Matrix, side: number, edge: number) {
  const spanOf = (values: number[]): [number, number] => {
    const [low, high] = [Math.min(...values), Math.max(...values)]
    const air = Math.max(0.15, (high - low) * 0.12)
    return [low - air, high + air]
  }
  const x = scaleLinear(spanOf([...points.map(({ satisfaction }) => satisfaction), centre.satisfaction]), [edge, side - 10])
  const y = scaleLinear(spanOf([...points.map(({ importance }) => importance), centre.importance]), [side - edge, 10])
  return { x, y }
}

/** Importance against satisfaction; each question is a numbered mark, as in the table beside it. */
export function matrixChart(matrix: Matrix, language: Language): Html {
  const t = words[language]
  const { x, y } = matrixScales(matrix, matrixSide, margin)
  const [cx, cy] = [x(matrix.centre.satisfaction), y(matrix.centre.importance)]
  const corner = (quadrant: Quadrant, left: number, top: number, anchor: 'start' | 'end') =>
    html`<text x="${left}" y="${top}" text-anchor="${anchor}" font-size="12" font-weight="600" fill="${quadrantShapes[quadrant].colour}">${quadrantShapes[quadrant].sign} ${t.quadrant[quadrant]}</text>`
  return html`
<svg class="chart chart-matrix" viewBox="0 0 ${matrixSide} ${matrixSide}" role="img" aria-label="${t.matrixTitle}. ${t.matrixLead}">
  <rect x="${margin}" y="10" width="${matrixSide - margin - 10}" height="${matrixSide - margin - 10}" fill="#fff" stroke="${faint}"/>
  <line x1="${cx}" x2="${cx}" y1="10" y2="${matrixSide - margin}" stroke="${ink}" stroke-dasharray="5 4"/>
  <line x1="${margin}" x2="${matrixSide - 10}" y1="${cy}" y2="${cy}" stroke="${ink}" stroke-dasharray="5 4"/>
  ${corner('improve', margin + 6, 26, 'start')}${corner('keep', matrixSide - 16, 26, 'end')}
  ${corner('secondary', margin + 6, matrixSide - margin - 8, 'start')}${corner('ease', matrixSide - 16, matrixSide - margin - 8, 'end')}
  ${x.ticks(5).map((tick) => html`<text x="${x(tick)}" y="${matrixSide - margin + 16}" text-anchor="middle" font-size="11" fill="${ink}">${formatDecimal(tick, language, 1)}</text>`)}
  ${y.ticks(5).map((tick) => html`<text x="${margin - 6}" y="${y(tick) + 4}" text-anchor="end" font-size="11" fill="${ink}">${formatDecimal(tick, language, 1)}</text>`)}
  <text x="${matrixSide / 2}" y="${matrixSide - 8}" text-anchor="middle" font-size="12" fill="${ink}">${t.satisfaction} →</text>
  <text transform="translate(12 ${matrixSide / 2}) rotate(-90)" text-anchor="middle" font-size="12" fill="${ink}">${t.importance} →</text>
  ${matrix.points.map((point, index) => {
    const { shape, colour } = quadrantShapes[point.quadrant]
    return html`<g transform="translate(${x(point.satisfaction)} ${y(point.importance)})"><path d="${symbol(shape, 130)() ?? ''}" fill="${colour}"/><text x="10" y="4" font-size="12" font-weight="700" fill="${ink}">${index + 1}</text></g>`
  })}
</svg>`
}

/** From dark red over grey to dark green; the figures stand in the segments. */
function markColours(points: number): string[] {
  const ramp = scaleLinear<string>([0, 0.5, 1], ['#a3242e', '#d9dde2', '#00593a']).clamp(true)
  return Array.from({ length: points }, (_, index) => ramp(index / (points - 1)))
}

/** One bar a question, cut into shares of the marks from 1 on the left to the best on the right. */
export function distributionChart(results: readonly ItemResult[], language: Language): Html {
  const t = words[language]
  const [width, row, label] = [720, 34, 270]
  const x = scaleLinear([0, 1], [label, width - 4])
  const bands = scaleBand(
    results.map(({ item }) => item.code),
    [0, results.length * row],
  ).padding(0.2)
  return html`
<svg class="chart" viewBox="0 0 ${width} ${results.length * row + 4}" role="img" aria-label="${t.distribution}. ${t.distributionLead}">
${results.map(({ item, distribution }) => {
  const total = distribution.reduce((sum, count) => sum + count, 0)
  const colours = markColours(distribution.length)
  const top = bands(item.code) ?? 0
  let before = 0
  return html`<text x="${label - 8}" y="${top + bands.bandwidth() / 2 + 4}" text-anchor="end" font-size="12" fill="${ink}">${shortened(textOf(item, language), 42)}</text>
${distribution.map((count, index) => {
  const [from, share] = [before, total === 0 ? 0 : count / total]
  before += share
  const wide = x(from + share) - x(from)
  const light = index / (distribution.length - 1)
  return html`<rect x="${x(from)}" y="${top}" width="${wide}" height="${bands.bandwidth()}" fill="${colours[index]}" stroke="#fff"/>${wide > 34 && html`<text x="${x(from) + wide / 2}" y="${top + bands.bandwidth() / 2 + 4}" text-anchor="middle" font-size="11" fill="${light > 0.2 && light < 0.8 ? ink : '#fff'}">${index + 1}: ${Math.round(share * 100)}%</text>`}`
})}`
})}
</svg>`
}

/** Satisfaction (circle) and importance (diamond) of each dimension with their intervals, joined by the gap. */
export function dimensionChart(results: readonly DimensionResult[], points: number, language: Language): Html {
  const t = words[language]
  const [width, row, label] = [720, 40, 190]
  const x = scaleLinear([1, points], [label, width - 20])
  return html`
<svg class="chart" viewBox="0 0 ${width} ${results.length * row + 26}" role="img" aria-label="${t.dimensions}. ${t.dimensionsLead}">
${Array.from({ length: points }, (_, index) => index + 1).map(
  (tick) =>
    html`<line x1="${x(tick)}" x2="${x(tick)}" y1="0" y2="${results.length * row}" stroke="${faint}"/><text x="${x(tick)}" y="${results.length * row + 16}" text-anchor="middle" font-size="11" fill="${ink}">${tick}</text>`,
)}
${results.map(({ dimension, satisfaction, importance }, index) => {
  const middle = index * row + row / 2
  const mark = (estimate: typeof satisfaction, shape: typeof symbolCircle, colour: string) =>
    estimate &&
    html`<line x1="${x(Math.max(1, estimate.low))}" x2="${x(Math.min(points, estimate.high))}" y1="${middle}" y2="${middle}" stroke="${colour}" stroke-width="3"/><path transform="translate(${x(estimate.mean)} ${middle})" d="${symbol(shape, 110)() ?? ''}" fill="${colour}"/>`
  return html`<text x="${label - 12}" y="${middle + 4}" text-anchor="end" font-size="12" fill="${ink}">${surveyWords[language].dimension[dimension]}</text>${mark(satisfaction, symbolCircle, '#004080')}${mark(importance, symbolDiamond, '#7a4a00')}`
})}
</svg>
<p><small>● ${t.satisfaction} · ◆ ${t.importance}</small></p>`
}

const shortened = (text: string, most: number) => (text.length <= most ? text : `${text.slice(0, most - 1)}…`)
