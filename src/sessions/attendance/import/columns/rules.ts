import type { Role } from '../read/headers.ts'
import type { LearnedColumns } from '../read/told.ts'

/** What a trainer may say that a column holds. */
export const tellableRoles = [
  'name',
  'firstName',
  'lastName',
  'email',
  'join',
  'leave',
  'date',
  'duration',
  'attended',
] as const satisfies readonly Role[]
export type TellableRole = (typeof tellableRoles)[number]

export type ColumnsRefusal = 'who_missing' | 'time_missing' | 'twice'

/** Why these columns don't make a list of attendance, or null when they do. */
export function columnsRefusal({ roles, whole }: LearnedColumns): ColumnsRefusal | null {
  const told = roles.filter((role) => role !== null)
  const tells = (...wanted: Role[]) => told.some((role) => wanted.includes(role))
  if (new Set(told).size < told.length) return 'twice'
  if (!tells('name', 'firstName', 'lastName', 'email')) return 'who_missing'
  return whole || tells('join', 'duration', 'attended') ? null : 'time_missing'
}
