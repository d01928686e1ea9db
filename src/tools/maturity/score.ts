import { maturityLevels } from '../../administrations/maturity.ts'
import type { MaturityLevel } from '../../database/schema.ts'
import { type Answers, textOf } from '../../pathways/worksheets/fields.ts'

/** Two statements for each phase of a customer-satisfaction pathway. */
export const areas = ['choice', 'preparation', 'survey', 'analysis', 'improvement', 'communication'] as const
export type Area = (typeof areas)[number]

/** How often a statement is true; worth 0 to 3. */
export const degrees = ['never', 'sometimes', 'often', 'always'] as const
export type Degree = (typeof degrees)[number]

export const statementNames = (area: Area) => [`${area}-a`, `${area}-b`] as const

/** From 0 to 100, of the whole and of each area; null while a statement has no answer. */
export type Maturity = { score: number; level: MaturityLevel; byArea: Record<Area, number> }

export function maturityOf(answers: Answers): Maturity | null {
  const worth = (name: string) => degrees.indexOf(textOf(answers, name) as Degree)
  const points = areas.map((area) => statementNames(area).map(worth))
  if (points.flat().includes(-1)) return null
  const share = (each: readonly number[]) =>
    Math.round((100 * each.reduce((sum, one) => sum + one, 0)) / (each.length * (degrees.length - 1)))
  const score = share(points.flat())
  const byArea = Object.fromEntries(areas.map((area, index) => [area, share(points[index] ?? [])])) as Record<Area, number>
  return { score, byArea, level: levelOf(score) }
}

/** Four levels, each a quarter of the way; 100 belongs to the last. */
const levelOf = (score: number): MaturityLevel => maturityLevels[Math.min(3, Math.floor(score / 25))] ?? 'starting'
