import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { asMoment, fromMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { importRegister, type RegisterPreview } from '../register/actions.ts'
import { findImport, type ImportOutcome, type ImportRun } from './queries.ts'
import { type StartRefusal, startRefusal } from './rules.ts'

type Who = { by: { id: number }; at: Temporal.Instant }

/** Keeps an uploaded register with its preview, until somebody starts the import. */
export async function keepImport(
  db: Database,
  { fileName, storedName, preview }: { fileName: string; storedName: string; preview: RegisterPreview },
  { by, at }: Who,
): Promise<{ id: number }> {
  return db
    .insertInto('register_import')
    .values({
      file_name: fileName,
      stored_name: storedName,
      state: 'previewed',
      outcome: JSON.stringify({ preview } satisfies ImportOutcome),
      total: preview.read,
      created_at: asMoment(at),
      created_by: by.id,
      finished_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** A process that has not finished by then has died: another one may take over. An import takes seconds. */
const claim = Temporal.Duration.from({ minutes: 5 })

/** Starts the import in the background. Of two people who press the button at once, one starts it. */
export async function startImport(
  db: Database,
  uploads: string,
  id: number,
  { by, at, allowManyClosures }: Who & { allowManyClosures: boolean },
): Promise<StartRefusal | 'not_found' | null> {
  const run = { at: asMoment(at), by: by.id, allowManyClosures, claimedUntil: asMoment(at.add(claim)) }
  const refusal = await inTransaction(db, async (tx) => {
    await lockImports(tx)
    const found = await findImport(tx, id)
    if (!found) return 'not_found'
    const refusal = startRefusal(found, { anotherRunning: await isAnotherRunning(tx, id), allowManyClosures })
    if (refusal) return refusal
    await saveRun(tx, id, { preview: found.outcome.preview, run })
    return null
  })
  if (!refusal) inBackground(runImport(db, uploads, id, run, { resumed: false }))
  return refusal
}

/** Whoever wants to start an import waits here: the first row stands for all. */
async function lockImports(tx: Tx) {
  const first = await tx.selectFrom('register_import').select('id').orderBy('id').limit(1).executeTakeFirst()
  if (first) await lockRow(tx, 'register_import', first.id)
}

async function isAnotherRunning(tx: Tx, id: number) {
  const other = await tx
    .selectFrom('register_import')
    .where('state', '=', 'running')
    .where('id', '!=', id)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return other !== undefined
}

async function saveRun(tx: Tx, id: number, outcome: ImportOutcome) {
  await tx
    .updateTable('register_import')
    .set({ state: 'running', processed: 0, finished_at: null, outcome: JSON.stringify(outcome) })
    .where('id', '=', id)
    .execute()
}

/**
 * Takes up imports whose process died before it was done; several processes may call it, each import goes to one of them.
 * Returns how many it brought to their end.
 */
export async function resumeImports(db: Database, uploads: string, now: Temporal.Instant): Promise<number> {
  const running = await db.selectFrom('register_import').where('state', '=', 'running').select('id').execute()
  let resumed = 0
  for (const { id } of running) {
    const run = await takeOver(db, id, now)
    if (!run) continue
    await runImport(db, uploads, id, run, { resumed: true })
    resumed += 1
  }
  return resumed
}

async function takeOver(db: Database, id: number, now: Temporal.Instant): Promise<ImportRun | null> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'register_import', id)
    const found = await findImport(tx, id)
    const run = found?.outcome.run
    if (!run || found.state !== 'running' || Temporal.Instant.compare(fromMoment(run.claimedUntil), now) > 0) return null
    const renewed = { ...run, claimedUntil: asMoment(now.add(claim)) }
    await saveRun(tx, id, { preview: found.outcome.preview, run: renewed })
    return renewed
  })
}

const underWay = new Set<Promise<void>>()

function inBackground(work: Promise<void>) {
  underWay.add(work)
  void work.finally(() => underWay.delete(work))
}

/** Waits for the imports that this process is working on: before it stops, and in tests. */
export const importsUnderWay = async (): Promise<void> => void (await Promise.all(underWay))

/** Never throws: what goes wrong is told on the import's page. */
async function runImport(db: Database, uploads: string, id: number, run: ImportRun, { resumed }: { resumed: boolean }) {
  try {
    const { stored_name } = await db.selectFrom('register_import').where('id', '=', id).select('stored_name').executeTakeFirstOrThrow()
    const file = join(uploads, stored_name)
    const bytes = await readFile(file).catch(() => null)
    if (!bytes) return await end(db, id, { failure: 'file_gone' })

    const outcome = await importRegister(db, bytes, {
      by: { id: run.by },
      at: fromMoment(run.at),
      onProgress: (processed, total) => saveProgress(db, id, processed, total),
      allowManyClosures: run.allowManyClosures,
      importId: id,
      resumed,
    })
    if ('refusal' in outcome) return await end(db, id, { failure: outcome.refusal })
    const { rejected: _, ...result } = outcome
    await end(db, id, { result })
    await rm(file, { force: true })
  } catch (error) {
    console.error('register import', id, error)
    await end(db, id, { failure: 'interrupted' }).catch(() => {})
  }
}

async function saveProgress(db: Database, id: number, processed: number, total: number) {
  await db.updateTable('register_import').set({ processed, total }).where('id', '=', id).where('state', '=', 'running').execute()
}

async function end(db: Database, id: number, ending: Pick<ImportOutcome, 'result' | 'failure'>) {
  await inTransaction(db, async (tx) => {
    await lockRow(tx, 'register_import', id)
    const found = await findImport(tx, id)
    const run = found?.outcome.run
    if (!run || found.state !== 'running') return
    await tx
      .updateTable('register_import')
      .set({
        state: ending.result ? 'finished' : 'failed',
        finished_at: ending.result ? run.at : null,
        outcome: JSON.stringify({ preview: found.outcome.preview, run, ...ending } satisfies ImportOutcome),
      })
      .where('id', '=', id)
      .execute()
  })
}
