import type { MetBy, ModuleKind, Schema } from '../../database/schema.ts'

/** Kinds that persons do, each for themselves; a tool and an assignment are done once for the administration. */
export const isPersonBound = (kind: ModuleKind): boolean => kind !== 'tool' && kind !== 'assignment'

export type Requirement = { metBy: MetBy; metByCount: number | null }

/** How many referents have done it of how many that are needed; `missing` are those of today who haven't. */
export type Met = { enough: boolean; done: number; needed: number; missing: readonly number[] }

/**
 * Whether the persons with evidence are enough. Whoever has left since still counts, except where all are asked: those are
 * the referents of today. Where more are asked than there are, all of today are enough.
 */
export function metBy({ metBy, metByCount }: Requirement, persons: readonly (number | null)[], present: readonly number[]): Met {
  const who = new Set(persons.filter((person) => person !== null))
  const missing = present.filter((person) => !who.has(person))
  if (metBy === 'any') return { enough: persons.length > 0, done: Math.min(1, persons.length), needed: 1, missing }

  const asked = metBy === 'all' ? present.length : Math.max(1, metByCount ?? 1)
  const allOfToday = present.length > 0 && missing.length === 0
  const enough = allOfToday || (metBy === 'at_least' && who.size >= asked)
  if (present.length > 0 && present.length <= asked)
    return { enough, done: present.length - missing.length, needed: present.length, missing }
  return { enough, done: Math.min(who.size, asked), needed: asked, missing }
}

export type EvidenceRow = {
  kind: Schema['completion_evidence']['kind']
  sourceId: number | null
  personId: number | null
  recordedAt: string
  /** Of an attendance: it is still there, and when its session began. */
  sessionStartsAt: string | null
}

/**
 * What counts of all evidence that is kept: after the module was taken back only what came later, and not the same
 * attendance written down again, not even as a new row where the old one was removed.
 */
export function countingEvidence<E extends EvidenceRow>(rows: readonly E[], withdrawnAt: string | null): E[] {
  if (withdrawnAt === null) return [...rows]
  const earlier = rows.filter(({ kind, recordedAt }) => kind === 'attendance' && recordedAt <= withdrawnAt)
  const isOld = ({ kind, personId, sourceId, sessionStartsAt }: E) =>
    kind === 'attendance' &&
    earlier.some(
      (before) =>
        before.personId === personId &&
        (before.sourceId === sourceId || (before.sessionStartsAt === null && sessionStartsAt !== null && sessionStartsAt <= withdrawnAt)),
    )
  return rows.filter((row) => row.recordedAt > withdrawnAt && !isOld(row))
}
