import type { Database } from '../../../database/schema.ts'
import { fold } from '../../../language/fold.ts'
import type { Scope } from '../../../web/env.ts'
import type { ListRequest } from '../../../web/lists.ts'
import { draftOf, inFull, liveOf, type RuleSet, ruleSets } from '../../rules/versions/queries.ts'
import { candidates } from '../queries.ts'
import { type Move, movesBetween } from '../rules.ts'

export type DraftMoves = { draft: RuleSet; moves: Move[]; looked: number }

/** Who would come onto another pathway if the draft were in force, by name; undefined without a draft. Queries don't grow with the register. */
export async function movesOfDraft(db: Database, programmeId: number, scope: Scope): Promise<DraftMoves | undefined> {
  const sets = await ruleSets(db, programmeId)
  const draft = draftOf(sets)
  if (!draft) return undefined
  const before = (await inFull(db, liveOf(sets))).rules
  const after = (await inFull(db, draft)).rules
  const all = await candidates(db, programmeId, scope)
  return { draft, moves: movesBetween(all, before, after), looked: all.filter(({ closed }) => !closed).length }
}

/** What the list's search and filters leave, in its order. */
export function listedMoves(moves: readonly Move[], { q, filters, sort, descending }: ListRequest<'name' | 'region'>): Move[] {
  const words = fold(q).split(' ').filter(Boolean)
  const is = (wanted: string | undefined, id: number | null) => !wanted || (wanted === 'none' ? id === null : String(id) === wanted)
  const left = moves.filter(
    ({ candidate, from, to }) =>
      is(filters.from, from) &&
      is(filters.to, to) &&
      (!filters.region || candidate.region === filters.region) &&
      (!filters.category || candidate.category === filters.category) &&
      words.every((word) => fold(candidate.name).includes(word)),
  )
  const sorted = sort === 'region' ? left.toSorted((a, b) => a.candidate.region.localeCompare(b.candidate.region)) : left
  return descending ? sorted.toReversed() : sorted
}
