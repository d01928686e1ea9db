import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { importAttendance, previewAttendance } from '#src/sessions/attendance/import/actions.ts'
import { asTextFile } from '#src/sessions/attendance/import/read/workbook.ts'
import { register } from '#src/sessions/registration/actions.ts'
import { byPaolo, idOf, moment, schedule } from '#test/sessions/stage.ts'
import { newDatabase, noon, rosa, salerno, zone } from '#test/support.ts'

/** An archive without compression; `claimed` is the unpacked size that its list claims. */
function zip(files: Record<string, string>, claimed?: number): Uint8Array {
  const [parts, list] = [[] as Buffer[], [] as Buffer[]]
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text)
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt32LE(crc32(data), 10)
    head.writeUInt32LE(data.length, 14)
    head.writeUInt32LE(claimed ?? data.length, 18)
    head.writeUInt16LE(name.length, 22)
    const entry = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), head, Buffer.from(name), data])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    list.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), head, tail, Buffer.from(name)]))
    parts.push(entry)
    at += entry.length
  }
  const end = Buffer.alloc(18)
  end.writeUInt16LE(list.length, 4)
  end.writeUInt16LE(list.length, 6)
  end.writeUInt32LE(
    list.reduce((sum, { length }) => sum + length, 0),
    8,
  )
  end.writeUInt32LE(at, 12)
  return new Uint8Array(Buffer.concat([...parts, ...list, Buffer.from('PK\u0005\u0006', 'latin1'), end]))
}

type Cell = string | number | { date: number }

/** A workbook of one sheet, as Excel writes it; a date is a day number with its share of the day. */
function workbook(rows: Cell[][], claimed?: number): Uint8Array {
  const cell = (value: Cell) =>
    typeof value === 'object'
      ? `<c s="1"><v>${value.date}</v></c>`
      : typeof value === 'number'
        ? `<c><v>${value}</v></c>`
        : `<c t="inlineStr"><is><t>${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</t></is></c>`
  const named = (row: number, xml: string, column: number) => xml.replace('<c', `<c r="${String.fromCharCode(65 + column)}${row + 1}"`)
  const sheet = rows.map(
    (row, index) => `<row r="${index + 1}">${row.map((value, column) => named(index, cell(value), column)).join('')}</row>`,
  )
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const packages = 'http://schemas.openxmlformats.org/package/2006'
  const files = {
    '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="${packages}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': `<?xml version="1.0"?><Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Presenze" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<?xml version="1.0"?><Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<?xml version="1.0"?><styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<?xml version="1.0"?><worksheet xmlns="${main}"><sheetData>${sheet.join('')}</sheetData></worksheet>`,
  }
  return zip(files, claimed)
}

/** 10 March 2026 is day 46091 of Excel. */
const at = (hours: number, minutes: number) => ({ date: 46091 + (hours * 60 + minutes) / 1440 })
const list = [
  ['Nome', 'E-mail', 'Ingresso', 'Uscita'],
  [rosa.name, rosa.email, at(10, 0), at(11, 15)],
]

async function open() {
  const db = await newDatabase()
  const session = await schedule(db, { startsAt: moment('2026-03-10T09:00:00Z'), endsAt: moment('2026-03-10T10:30:00Z') })
  idOf(await register(db, session, { personId: rosa.id, administrationId: salerno.id }, { by: rosa, at: noon }))
  return { db, session }
}

test('a workbook is read like a list: its dates are those that it shows', async () => {
  const { db, session } = await open()
  const after = { ...byPaolo, at: moment('2026-03-10T12:00:00Z'), zone }
  const outcome = await importAttendance(db, session, { fileName: 'presenze.xlsx', bytes: workbook(list) }, after)
  expect('refusal' in outcome ? outcome : outcome.participants.map(({ person }) => person?.id)).toEqual([rosa.id])
  const intervals = await db.selectFrom('attendance_interval').select(['joined_at', 'left_at']).execute()
  expect(intervals).toEqual([{ joined_at: '2026-03-10T09:00:00.000Z', left_at: '2026-03-10T10:15:00.000Z' }])
  expect(await db.selectFrom('attendance').select(['minutes', 'status']).execute()).toEqual([{ minutes: 75, status: 'present' }])
})

test('what is a text file stays as it is, whatever it is called', async () => {
  const bytes = new TextEncoder().encode('Nome;Minuti\nRosa;60\n')
  expect(await asTextFile(bytes)).toBe(bytes)
})

test.each([
  ['cut off in the middle', workbook(list).slice(0, 600)],
  ['an archive of something else', zip({ 'readme.txt': 'ciao' })],
])('a workbook that can’t be opened says so: %s', async (_, bytes) => {
  const { db, session } = await open()
  expect(await previewAttendance(db, session, bytes, { zone })).toEqual({ refusal: 'broken_workbook' })
})

test('an archive that would unpack to more than any list is not unpacked', async () => {
  const { db, session } = await open()
  expect(await previewAttendance(db, session, workbook(list, 500 * 1024 * 1024), { zone })).toEqual({ refusal: 'too_large' })
})
