import type { Typed } from '../../web/forms.ts'

const buttonPattern = /^([a-z][a-z0-9-]*)-(\d{1,3})$/

export const moveButton = (field: string, row: number) => `${field}-${row}`

/** Which field's row somebody asked to move up, from what the pressed button sent. */
export function askedToMove(typed: Typed): { field: string; row: number } | null {
  const [, field, row] = buttonPattern.exec(typeof typed.up === 'string' ? typed.up : '') ?? []
  return field && Number(row) > 0 ? { field, row: Number(row) } : null
}

/** The form as if the row and the one above it had been typed the other way round. */
export function movedUp(typed: Typed, { field, row }: { field: string; row: number }): Typed {
  const [from, to] = [`${field}-${row}-`, `${field}-${row - 1}-`]
  const swapped = (name: string) =>
    name.startsWith(from) ? to + name.slice(from.length) : name.startsWith(to) ? from + name.slice(to.length) : name
  return Object.fromEntries(Object.entries(typed).map(([name, value]) => [swapped(name), value]))
}
