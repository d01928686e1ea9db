import { expect, test } from 'vitest'
import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { importAttendance, undoAttendanceImport } from '#src/sessions/attendance/import/actions.ts'
import { matchParticipants } from '#src/sessions/attendance/import/matching.ts'
import { readAttendance } from '#src/sessions/attendance/import/read/read.ts'
import { stateOf } from '#test/pathways/builder.ts'
import { asl, cosenza, countQueries, luca, nadia, noon, paolo, rosa, salerno } from '#test/support.ts'
import { addPerson, attendanceOf, byPaolo, listOf, registerFor, staged } from './stage.ts'
import { bytesOf, meeting } from './support.ts'

const morning = { fileName: 'mattina.csv', bytes: listOf([rosa.name, rosa.email, '09:00', '09:30']) }
const later = { fileName: 'seguito.csv', bytes: listOf([rosa.name, rosa.email, '09:20', '09:50']) }

async function matchesIn(db: Database, sessionId: number, bytes: Uint8Array) {
  const read = readAttendance(bytes, meeting)
  if ('refusal' in read) throw new Error(read.refusal)
  return matchParticipants(db, sessionId, read.participants)
}
const idOf = (imported: object) => (imported as { importId: number }).importId

test('an address matches a referent, registered or not', async () => {
  const { db, sessionId } = await staged()
  const [found] = await matchesIn(db, sessionId, listOf(['L.', luca.email.toUpperCase(), '09:00', '09:30']))
  expect(found).toMatchObject({ by: 'email', person: { id: luca.id } })
})

test('the exact name matches among the registered only, however it is written', async () => {
  const { db, sessionId } = await staged()
  const turned = rosa.name.split(' ').toReversed().join(', ').toUpperCase()
  const found = await matchesIn(db, sessionId, listOf([`${turned} (Esterno)`, '', '09:00', '09:30'], [luca.name, '', '09:00', '09:30']))
  expect(found.map(({ by, person }) => [by, person?.id])).toEqual([
    ['name', rosa.id],
    [null, undefined],
  ])
})

test('namesakes are suggested, never matched', async () => {
  const { db, sessionId } = await staged()
  const namesake = await addPerson(db, rosa.name, asl)
  await registerFor(db, sessionId, namesake.id, asl.id)
  const [found] = await matchesIn(db, sessionId, listOf([rosa.name, '', '09:00', '09:30']))
  expect(found?.person).toBeNull()
  expect(found?.suggestions.map(({ personId }) => personId).toSorted()).toEqual([rosa.id, namesake.id].toSorted())
})

test('matching asks the database as often for one participant as for three', async () => {
  const { db, sessionId } = await staged()
  const stay = (name: string): [string, string, string, string] => [name, `${name}@ente.example`, '09:00', '09:30']
  const one = await countQueries(db, (counted) => matchesIn(counted, sessionId, listOf(stay('a'))))
  const three = await countQueries(db, (counted) => matchesIn(counted, sessionId, listOf(stay('a'), stay('b'), stay('c'))))
  expect(three).toBe(one)
})

test('enough minutes are presence, fewer are partial, for the administration of the registration', async () => {
  const { db, sessionId } = await staged()
  const bytes = listOf([rosa.name, rosa.email, '09:00', '09:40'], [nadia.name, nadia.email, '09:00', '09:39'])
  await importAttendance(db, sessionId, { fileName: 'zoom.csv', bytes }, byPaolo)
  const rows = await db
    .selectFrom('attendance')
    .orderBy('person_id')
    .select(['person_id', 'administration_id', 'region_code', 'status', 'minutes', 'source'])
    .execute()
  expect(rows).toEqual([
    { person_id: rosa.id, administration_id: salerno.id, region_code: '15', status: 'present', minutes: 40, source: 'import' },
    { person_id: nadia.id, administration_id: cosenza.id, region_code: '18', status: 'partial', minutes: 39, source: 'import' },
  ])
})

test('whoever did not register counts for the administration they are referent of', async () => {
  const { db, sessionId } = await staged()
  await importAttendance(db, sessionId, { fileName: 'zoom.csv', bytes: listOf(['L.', luca.email, '09:00', '10:00']) }, byPaolo)
  const row = await db.selectFrom('attendance').select(['person_id', 'administration_id']).executeTakeFirst()
  expect(row).toEqual({ person_id: luca.id, administration_id: salerno.id })
})

test('presence completes the module for the administration, with the attendance as evidence', async () => {
  const { db, sessionId, enrolmentId, firstId } = await staged()
  await importAttendance(db, sessionId, { ...morning, bytes: listOf(['R', rosa.email, '09:00', '10:00']) }, byPaolo)
  expect(await stateOf(db, enrolmentId, firstId)).toBe('completed')
  const { id } = await db.selectFrom('attendance').select('id').executeTakeFirstOrThrow()
  const evidence = await db.selectFrom('completion_evidence').select(['kind', 'source_id', 'person_id']).execute()
  expect(evidence).toEqual([{ kind: 'attendance', source_id: id, person_id: rosa.id }])
})

test.each([
  ['too few minutes', 'webinar', '09:39'],
  ['a meeting about an assignment', 'assignment', '10:00'],
] as const)('%s complete no module', async (_, kind, until) => {
  const { db, sessionId, enrolmentId, firstId } = await staged({ kind })
  await importAttendance(db, sessionId, { ...morning, bytes: listOf(['R', rosa.email, '09:00', until]) }, byPaolo)
  expect(await stateOf(db, enrolmentId, firstId)).toBeUndefined()
})

test('several files add up, what overlaps once, and complete the module once', async () => {
  const { db, sessionId } = await staged()
  await importAttendance(db, sessionId, morning, byPaolo)
  expect(await attendanceOf(db, sessionId)).toEqual([{ person_id: rosa.id, status: 'partial', minutes: 30 }])
  await importAttendance(db, sessionId, later, byPaolo)
  await importAttendance(db, sessionId, { fileName: 'fine.csv', bytes: listOf(['R', rosa.email, '09:50', '10:00']) }, byPaolo)
  expect(await attendanceOf(db, sessionId)).toEqual([{ person_id: rosa.id, status: 'present', minutes: 60 }])
  expect(await db.selectFrom('completion_evidence').select('id').execute()).toHaveLength(1)
})

test('the same file again changes nothing and says so, even at the same time', async () => {
  const { db, sessionId } = await staged()
  const both = await Promise.all([importAttendance(db, sessionId, morning, byPaolo), importAttendance(db, sessionId, morning, byPaolo)])
  expect(both.map((each) => 'alreadyImported' in each && each.alreadyImported).toSorted()).toEqual([false, true])
  expect(await db.selectFrom('attendance_interval').select('id').execute()).toHaveLength(1)
  expect(await db.selectFrom('history').where('happening', '=', 'attendance_imported').select('id').execute()).toHaveLength(1)
})

test('what a trainer wrote by hand stays, whatever the file says', async () => {
  const { db, sessionId } = await staged()
  const snapshot = { administration_id: salerno.id, region_code: '15', category: 'L6', kind: 'municipality' }
  const row = { session_id: sessionId, person_id: rosa.id, ...snapshot, status: 'excused' as const, minutes: 0, source: 'manual' as const }
  await db
    .insertInto('attendance')
    .values({ ...row, reason: 'Malattia', recorded_at: asMoment(noon), recorded_by: paolo.id })
    .execute()
  const imported = await importAttendance(db, sessionId, morning, byPaolo)
  await undoAttendanceImport(db, idOf(imported), byPaolo)
  expect(await attendanceOf(db, sessionId)).toEqual([{ person_id: rosa.id, status: 'excused', minutes: 0 }])
})

test('a name matched by hand is known in the next file', async () => {
  const { db, sessionId } = await staged()
  const bytes = listOf(['Ufficio URP', '', '09:00', '10:00'])
  await importAttendance(db, sessionId, { fileName: 'a.csv', bytes, matches: { 'ufficio urp': rosa.id } }, byPaolo)
  expect(await attendanceOf(db, sessionId)).toEqual([{ person_id: rosa.id, status: 'present', minutes: 60 }])
  const [found] = await matchesIn(db, sessionId, listOf(['UFFICIO  URP', '', '09:00', '09:10']))
  expect(found).toMatchObject({ by: 'learned', person: { id: rosa.id } })
})

test('a match that somebody takes back is not written', async () => {
  const { db, sessionId } = await staged()
  await importAttendance(db, sessionId, { ...morning, matches: { [rosa.email]: null } }, byPaolo)
  expect(await attendanceOf(db, sessionId)).toEqual([])
})

test('whoever is neither registered nor a referent cannot be chosen', async () => {
  const { db, sessionId } = await staged()
  const stranger = await addPerson(db, 'Ugo Neri')
  const bytes = listOf(['Ugo', '', '09:00', '10:00'])
  const outcome = await importAttendance(db, sessionId, { fileName: 'a.csv', bytes, matches: { ugo: stranger.id } }, byPaolo)
  expect(outcome).toEqual({ refusal: 'unknown_person' })
  expect(await db.selectFrom('attendance_import').select('id').execute()).toEqual([])
})

test('evidence of people nobody matched is kept', async () => {
  const { db, sessionId } = await staged()
  await importAttendance(db, sessionId, { fileName: 'a.csv', bytes: listOf(['Boh', '', '09:00', '10:00']) }, byPaolo)
  const rows = await db.selectFrom('attendance_interval').select(['name', 'person_id', 'joined_at', 'left_at']).execute()
  expect(rows).toEqual([{ name: 'Boh', person_id: null, joined_at: '2026-03-02T08:00:00.000Z', left_at: '2026-03-02T09:00:00.000Z' }])
})

test('undone, an import takes its minutes and the rows it alone made, but no completed module', async () => {
  const { db, sessionId, enrolmentId, firstId } = await staged()
  await importAttendance(db, sessionId, morning, byPaolo)
  const bytes = listOf([rosa.name, rosa.email, '09:00', '10:00'], [nadia.name, nadia.email, '09:00', '10:00'])
  const imported = await importAttendance(db, sessionId, { fileName: 'b.csv', bytes }, byPaolo)
  await undoAttendanceImport(db, idOf(imported), byPaolo)
  expect(await attendanceOf(db, sessionId)).toEqual([{ person_id: rosa.id, status: 'partial', minutes: 30 }])
  expect(await stateOf(db, enrolmentId, firstId)).toBe('completed')
})

test('undone by two at once, it is undone once, and can be imported again', async () => {
  const { db, sessionId } = await staged()
  const imported = await importAttendance(db, sessionId, morning, byPaolo)
  const both = await Promise.all([undoAttendanceImport(db, idOf(imported), byPaolo), undoAttendanceImport(db, idOf(imported), byPaolo)])
  expect(both.filter((each) => 'refusal' in each)).toEqual([{ refusal: 'already_undone' }])
  expect(await db.selectFrom('history').where('happening', '=', 'attendance_import_undone').select('id').execute()).toHaveLength(1)
  await importAttendance(db, sessionId, morning, byPaolo)
  expect(await attendanceOf(db, sessionId)).toEqual([{ person_id: rosa.id, status: 'partial', minutes: 30 }])
})

test.each([
  ['an unknown session', 999, morning.bytes, { refusal: 'no_such_session' }],
  ['a file without attendance', 1, bytesOf('ciao'), { refusal: 'unknown_shape' }],
])('%s is refused and nothing is written', async (_, wanted, bytes, refusal) => {
  const { db, sessionId } = await staged()
  expect(await importAttendance(db, wanted === 1 ? sessionId : wanted, { fileName: 'x.csv', bytes }, byPaolo)).toEqual(refusal)
  expect(await db.selectFrom('attendance_import').select('id').execute()).toEqual([])
})

test('a session that was cancelled has no attendance', async () => {
  const { db, sessionId } = await staged()
  await db
    .updateTable('session')
    .set({ cancelled_at: asMoment(noon) })
    .where('id', '=', sessionId)
    .execute()
  expect(await importAttendance(db, sessionId, morning, byPaolo)).toEqual({ refusal: 'cancelled' })
})

test('whoever was there no minute of the session has no attendance', async () => {
  const { db, sessionId } = await staged()
  const bytes = listOf([rosa.name, rosa.email, '08:00', '08:59'], [nadia.name, nadia.email, '09:00', '09:30'])
  await importAttendance(db, sessionId, { fileName: 'a.csv', bytes }, byPaolo)
  expect(await attendanceOf(db, sessionId)).toEqual([{ person_id: nadia.id, status: 'partial', minutes: 30 }])
})
