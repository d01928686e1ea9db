import { expect, test } from 'vitest'
import { attendanceReport } from '#src/sessions/attendance/import/report.ts'
import { noon, rosa, zone } from '#test/support.ts'
import { attendanceOf, listOf, staged } from './stage.ts'
import { bytesOf } from './support.ts'

const operator = { dryRun: false, by: null, at: noon, zone, language: 'en' as const }
const bytes = listOf([rosa.name, rosa.email, '09:00', '09:45'], ['Boh', '', '09:00', '09:30'], ['Ugo', '', 'ieri', '09:30'])

const told = {
  participants: [
    {
      name: rosa.name,
      email: rosa.email,
      minutes: 45,
      intervals: [{ from: '2026-03-02T08:00:00Z', until: '2026-03-02T08:45:00Z' }],
      match: 'email',
      person_id: rosa.id,
      status: 'present',
    },
    {
      name: 'Boh',
      email: null,
      minutes: 30,
      intervals: [{ from: '2026-03-02T08:00:00Z', until: '2026-03-02T08:30:00Z' }],
      match: null,
      person_id: null,
      status: 'partial',
    },
  ],
  unmatched: ['Boh'],
  ignored: [{ line: 4, reason: 'The time cannot be read.' }],
  already_imported: false,
}

test('the operator’s verb tells who was there and imports those it can match', async () => {
  const { db, sessionId } = await staged()
  expect(await attendanceReport(db, sessionId, 'zoom.csv', bytes, operator)).toEqual(told)
  expect(await attendanceOf(db, sessionId)).toEqual([{ person_id: rosa.id, status: 'present', minutes: 45 }])
  expect(await db.selectFrom('attendance_interval').where('person_id', 'is', null).select('name').execute()).toEqual([{ name: 'Boh' }])
})

test('a dry run tells the same and writes nothing', async () => {
  const { db, sessionId } = await staged()
  expect(await attendanceReport(db, sessionId, 'zoom.csv', bytes, { ...operator, dryRun: true })).toEqual(told)
  expect(await db.selectFrom('attendance_import').select('id').execute()).toEqual([])
  expect(await attendanceOf(db, sessionId)).toEqual([])
})

test('the same file again says that it was imported already', async () => {
  const { db, sessionId } = await staged()
  await attendanceReport(db, sessionId, 'zoom.csv', bytes, operator)
  expect(await attendanceReport(db, sessionId, 'zoom.csv', bytes, operator)).toEqual({ ...told, already_imported: true })
})

test.each([
  ['an unknown session', 999, bytes, 'There is no such session.'],
  ['a file of another day', 0, bytesOf('Name,Join\nRosa,11/14/2022 09:00\n'), 'The file is of another day: 14 November 2022.'],
  [
    'a file cut in a quoted field',
    0,
    bytesOf('Name,Join\nRosa,"02/03'),
    'The file breaks off, or has a quote that is never closed, at row 2: download it again.',
  ],
])('%s is refused with a sentence', async (_, id, content, refusal) => {
  const { db, sessionId } = await staged()
  expect(await attendanceReport(db, id || sessionId, 'x.csv', content, operator)).toEqual({ refusal })
})

test('asked for no language it answers in Italian', async () => {
  const { db, sessionId } = await staged()
  const italian = { dryRun: true, by: null, at: noon, zone }
  expect(await attendanceReport(db, sessionId, 'zoom.csv', bytes, italian)).toMatchObject({
    ignored: [{ line: 4, reason: 'L’orario non è leggibile.' }],
  })
  expect(await attendanceReport(db, 999, 'zoom.csv', bytes, italian)).toEqual({ refusal: 'L’incontro non esiste.' })
})

test('whoever left before the session began has no status', async () => {
  const { db, sessionId } = await staged()
  const early = listOf([rosa.name, rosa.email, '08:00', '08:59'])
  expect(await attendanceReport(db, sessionId, 'zoom.csv', early, operator)).toMatchObject({
    participants: [{ minutes: 0, status: 'absent' }],
  })
})
