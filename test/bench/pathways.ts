import type { Database } from '#src/database/schema.ts'
import { assign } from '#src/pathways/assign/actions.ts'
import { movesOfDraft } from '#src/pathways/assign/moves/queries.ts'
import { undoRun } from '#src/pathways/assign/undo.ts'
import { findExceptions } from '#src/pathways/exceptions/queries.ts'
import { removeRule } from '#src/pathways/rules/actions.ts'
import { liveRules } from '#src/pathways/rules/queries.ts'
import { markPreviewed, publishRules } from '#src/pathways/rules/versions/actions.ts'
import { addCoordinator, at, buildNational, fillRegister } from './national.ts'

export type Figure = { what: string; milliseconds: number; limit?: number; note: string }

/** The register of the country previewed, assigned, moved and undone; the first figure is what the others are compared with. */
export async function benchPathways(db: Database): Promise<Figure[]> {
  const figures: Figure[] = []
  async function time<T>(what: string, work: () => Promise<T>, noteOf: (result: T) => string, limit?: number): Promise<T> {
    const begin = performance.now()
    const result = await work()
    figures.push({ what, milliseconds: Math.round(performance.now() - begin), note: noteOf(result), ...(limit && { limit }) })
    return result
  }

  const ids = await fillRegister(db)
  const by = await addCoordinator(db)
  const { programmeId } = await buildNational(db, ids, by)
  const who = { by, at }
  const count = (n: number) => n.toLocaleString('en')

  await time(
    'read the register (the measure)',
    () => db.selectFrom('administration').selectAll().execute(),
    (rows) => `${count(rows.length)} rows`,
  )
  // What differs from the rules in force: the third rule goes.
  const third = (await liveRules(db, programmeId))[2]
  await removeRule(db, programmeId, third?.id ?? 0, who)
  const preview = () => movesOfDraft(db, programmeId, 'national')
  await time('preview of a draft of the rules', preview, (found) => `${count(found?.moves.length ?? 0)} would move`, 2_000)
  const assigned = await time(
    'assign everybody',
    () => assign(db, programmeId, { ...who, scope: 'national' }),
    ({ enrolled }) => `${count(enrolled)} enrolled`,
    10_000,
  )
  await time('preview again, all enrolled', preview, (found) => `${count(found?.moves.length ?? 0)} would move`, 2_000)
  await markPreviewed(db, programmeId, who)
  await publishRules(db, programmeId, who)
  const moved = await time(
    'move those whom the new rules move',
    () => assign(db, programmeId, { ...who, scope: 'national', moving: true }),
    (run) => `${count(run.moved)} moved`,
    10_000,
  )
  await time(
    'find the cases to resolve',
    () => findExceptions(db, { programmeId, scope: 'national', now: at, zone: 'Europe/Rome' }),
    (found) => `${count(found.unmatched.length + found.elsewhere.length + found.due.length + found.closed.length)} found`,
  )
  for (const runId of [moved.runId, assigned.runId])
    await time(
      runId === moved.runId ? 'undo the move' : 'undo the assignment',
      () => undoRun(db, runId ?? 0, who),
      (undone) => JSON.stringify(undone),
      10_000,
    )
  return figures
}
