import { fold } from '../../../../language/fold.ts'
import type { Columns } from './columns.ts'
import type { Row } from './grid.ts'

/** `name` as it was shown first; `otherNames` under which the same row knows the person. */
export type PersonCells = { name: string; otherNames: string[]; email: string | null }

export function personIn(header: readonly string[], columns: Columns, { cells }: Row): PersonCells {
  const cell = (index: number | undefined) => (index === undefined ? '' : (cells[index] ?? ''))
  const email = addressIn(cell(columns.email)) ?? addressIn(cell(columns.otherEmail))
  const typed = [cell(columns.firstName), cell(columns.lastName)].filter(Boolean).join(' ')
  const shown = cell(columns.name)
  const renamed = /original/.test(fold(header[columns.name ?? -1] ?? '')) ? /^(.+?) \((.+)\)$/.exec(shown) : null
  const name = disarmed(renamed?.[1] ?? (shown || typed)) || email || ''
  const otherNames = [renamed?.[2] ?? '', typed].map(disarmed).filter((other) => other !== '' && other !== name)
  return { name, otherNames, email }
}

/** Without the signs that would make a spreadsheet run it as a formula. */
const disarmed = (name: string) => name.replace(/^[\s=+\-@＝＋－＠]+/, '')

export const isPerson = ({ name }: PersonCells) => name !== ''

/** Masked addresses (`r****@example.com`) are no addresses, nor is a formula. */
const addressIn = (cell: string) =>
  /^(?![=+-])[^\s@*,;]+@[^\s@*,;]+\.[^\s@*,;]+$/.test(cell) && cell.length <= 254 ? cell.toLowerCase() : null

/**
 * The names, folded, under which somebody may be known: as shown, without `(External)` or `[Ente]`, without a leading number,
 * and `Cognome, Nome` turned round.
 */
export function nameKeys(names: readonly string[]): string[] {
  return [...new Set(names.flatMap(variants).map(fold))].filter((name) => name !== '')
}

function variants(name: string): string[] {
  const bare = name
    .replace(/[([][^()[\]]*[)\]]/g, ' ')
    .replace(/^\s*\d+\s*[-_.]\s*/, '')
    .trim()
  const turned = /^([^,]+), ([^,]+)$/.exec(bare)
  return [name, bare, ...(turned ? [`${turned[2]} ${turned[1]}`] : [])]
}
