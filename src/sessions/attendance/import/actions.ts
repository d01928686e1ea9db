import { createHash } from 'node:crypto'
import { asMoment } from '../../../database/moment.ts'
import type { Database, Tx } from '../../../database/schema.ts'
import { inTransaction, lockRow } from '../../../database/transaction.ts'
import { recordHistory } from '../../../history/record.ts'
import { fold } from '../../../language/fold.ts'
import { learnedColumns } from './columns/queries.ts'
import { type Matched, type MatchedBy, matchParticipants } from './matching.ts'
import { findImportSession, findSameImport, inParts, isReferentNow } from './queries.ts'
import type { Ignored } from './read/entries.ts'
import { type ReadAttendance, type ReadRefusal, readAttendance } from './read/read.ts'
import { asTextFile, type WorkbookProblem } from './read/workbook.ts'
import { recomputeAttendance, type Who } from './recompute.ts'

export type ImportRefusal = ReadRefusal | WorkbookProblem | 'no_such_session' | 'cancelled' | 'unknown_person'
export type Refused = { refusal: ImportRefusal; detail?: string }
/** Chosen by hand: the participant's key and the person's id; null leaves somebody unmatched whom we would have matched. */
export type Choices = Readonly<Record<string, number | null>>
export type MatchedPerson = Omit<Matched, 'by'> & { by: MatchedBy | 'hand' | null }
export type Preview = { provider: string; participants: MatchedPerson[]; ignored: Ignored[]; alreadyImported: boolean }
export type Imported = Preview & { importId: number }

type File = { fileName: string; bytes: Uint8Array }

async function readFile(db: Database, bytes: Uint8Array, frame: Parameters<typeof readAttendance>[1]): Promise<ReadAttendance | Refused> {
  const text = await asTextFile(bytes)
  return 'problem' in text ? { refusal: text.problem } : readAttendance(text, frame, await learnedColumns(db))
}

/** What an import would do; writes nothing. */
export async function previewAttendance(
  db: Database,
  sessionId: number,
  bytes: Uint8Array,
  { zone }: { zone: string },
): Promise<Preview | Refused> {
  const session = await findImportSession(db, sessionId)
  if (!session) return { refusal: 'no_such_session' }
  if (session.cancelledAt) return { refusal: 'cancelled' }
  const read = await readFile(db, bytes, { ...session, zone })
  if ('refusal' in read) return read
  const participants = await matchParticipants(db, sessionId, read.participants)
  return { ...read, participants, alreadyImported: (await findSameImport(db, sessionId, hashOf(bytes))) !== undefined }
}

/**
 * Keeps the evidence of a file and makes the session's attendance from it and from the imports before. The same file again
 * changes nothing and says so with `alreadyImported`.
 */
export async function importAttendance(
  db: Database,
  sessionId: number,
  { fileName, bytes, matches = {} }: File & { matches?: Choices },
  { by, at, zone }: Who & { zone: string },
): Promise<Imported | Refused> {
  const planned = await findImportSession(db, sessionId)
  if (!planned) return { refusal: 'no_such_session' }
  const read = await readFile(db, bytes, { ...planned, zone })
  if ('refusal' in read) return read
  const hash = hashOf(bytes)

  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'session', sessionId)
    const session = (await findImportSession(tx, sessionId)) ?? planned
    if (session.cancelledAt) return { refusal: 'cancelled' as const }
    const same = await findSameImport(tx, sessionId, hash)
    const participants = await chosenOrMatched(tx, sessionId, read, matches)
    if (!participants) return { refusal: 'unknown_person' as const }
    const outcome = { ...read, participants }
    if (same) return { ...outcome, importId: same, alreadyImported: true }

    const importId = await keepImport(tx, { sessionId, fileName, hash, provider: read.provider }, { by, at })
    await keepIntervals(tx, { importId, sessionId }, participants)
    await learnNames(tx, participants, { by, at })
    await recomputeAttendance(tx, session, { by, at })
    const matched = participants.filter(({ person }) => person).length
    const details = { importId, fileName, provider: read.provider, participants: participants.length, matched }
    await recordHistory(tx, { happening: 'attendance_imported', subject: 'session', subjectId: sessionId, by, at, details })
    return { ...outcome, importId, alreadyImported: false }
  })
}

/** Takes an import back: of two who do so at once, one does. What was completed stays completed. */
export async function undoAttendanceImport(
  db: Database,
  importId: number,
  { by, at }: Who,
): Promise<{ sessionId: number } | { refusal: 'no_such_import' | 'already_undone' }> {
  return inTransaction(db, async (tx) => {
    const found = await tx.selectFrom('attendance_import').where('id', '=', importId).select(['session_id', 'file_name']).executeTakeFirst()
    const session = found && (await findImportSession(tx, found.session_id))
    if (!session) return { refusal: 'no_such_import' as const }

    await lockRow(tx, 'session', session.id)
    const undone = await tx
      .updateTable('attendance_import')
      .set({ undone_at: asMoment(at) })
      .where('id', '=', importId)
      .where('undone_at', 'is', null)
      .executeTakeFirst()
    if (undone.numUpdatedRows === 0n) return { refusal: 'already_undone' as const }
    await recomputeAttendance(tx, session, { by, at })
    const details = { importId, fileName: found.file_name }
    await recordHistory(tx, { happening: 'attendance_import_undone', subject: 'session', subjectId: session.id, by, at, details })
    return { sessionId: session.id }
  })
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Choices win over what we find; null when somebody was chosen who is neither registered nor a referent today. */
async function chosenOrMatched(
  tx: Tx,
  sessionId: number,
  { participants }: ReadAttendance,
  matches: Choices,
): Promise<MatchedPerson[] | null> {
  const chosen = [...new Set(Object.values(matches).filter((id) => id !== null))]
  const people = new Map((await peopleToChoose(tx, sessionId, chosen)).map((person) => [person.id, person]))
  if (chosen.some((id) => !people.has(id))) return null

  const matched = await matchParticipants(tx, sessionId, participants)
  return matched.map((each) => {
    const { key } = each.participant
    const choice = Object.hasOwn(matches, key) ? matches[key] : undefined
    if (choice === undefined || choice === each.person?.id) return each
    const person = choice === null ? null : (people.get(choice) ?? null)
    return { ...each, by: person && ('hand' as const), person }
  })
}

async function peopleToChoose(tx: Tx, sessionId: number, ids: readonly number[]) {
  return inParts(ids, (part) =>
    tx
      .selectFrom('person')
      .where('id', 'in', part)
      .where((eb) =>
        eb.or([
          isReferentNow(eb),
          eb.exists(
            eb
              .selectFrom('registration')
              .whereRef('registration.person_id', '=', 'person.id')
              .where('registration.session_id', '=', sessionId)
              .where('registration.cancelled_at', 'is', null)
              .select('registration.id'),
          ),
        ]),
      )
      .select(['id', 'name'])
      .execute(),
  )
}

type NewImport = { sessionId: number; fileName: string; hash: string; provider: string }

async function keepImport(tx: Tx, { sessionId, fileName, hash, provider }: NewImport, { by, at }: Who): Promise<number> {
  const { id } = await tx
    .insertInto('attendance_import')
    .values({
      session_id: sessionId,
      file_name: fileName,
      content_hash: hash,
      provider,
      imported_at: asMoment(at),
      imported_by: by?.id ?? null,
      undone_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function keepIntervals(
  tx: Tx,
  { importId, sessionId }: { importId: number; sessionId: number },
  participants: readonly MatchedPerson[],
) {
  const rows = participants.flatMap(({ participant: { name, email, intervals }, person }) =>
    intervals.map(({ from, until }) => ({
      attendance_import_id: importId,
      session_id: sessionId,
      name,
      email,
      person_id: person?.id ?? null,
      joined_at: asMoment(from),
      left_at: asMoment(until),
    })),
  )
  await inParts(rows, async (part) => {
    await tx.insertInto('attendance_interval').values(part).execute()
    return []
  })
}

/** What somebody decided by hand holds for the next file too; an address needs no learning, a name does. */
async function learnNames(tx: Tx, participants: readonly MatchedPerson[], { by, at }: Who) {
  if (!by) return
  const learned = participants.flatMap(({ participant, person, by: how }) => {
    const key = fold(participant.name)
    return how === 'hand' && person && key ? [{ name_key: key, person_id: person.id, learned_at: asMoment(at), learned_by: by.id }] : []
  })
  await inParts(learned, async (part) => {
    await tx
      .insertInto('attendance_name')
      .values(part)
      .onConflict((conflict) => conflict.columns(['name_key', 'person_id']).doNothing())
      .execute()
    return []
  })
}
