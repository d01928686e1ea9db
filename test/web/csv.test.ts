import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csv } from '#src/web/csv.ts'

test('Italian Excel opens it with a double click: byte order mark, semicolons, decimal commas', () => {
  expect(
    csv([
      ['Regione', 'Ore'],
      ['Campania', 12.5],
    ]),
  ).toBe('\uFEFFRegione;Ore\r\nCampania;12,5\r\n')
})

test('text that a spreadsheet would run as a formula is disarmed', () => {
  const dangerous = ['=1+1', '+39 06', '-2', '@SUM(A1)', '\t=1', '\r=1', ' =1']
  for (const text of dangerous) expect(read(csv([[text]]))).toEqual([[`'${text}`]])
})

test('numbers stay numbers, also below zero', () => {
  expect(csv([[-2, 0, 1234567.5]])).toBe('\uFEFF-2;0;1234567,5\r\n')
})

test('an empty cell is empty', () => {
  expect(csv([['a', null, 'b']])).toBe('\uFEFFa;;b\r\n')
})

test('what is written is read back, whatever is in it', () => {
  const harmless = fc.string({ unit: 'grapheme' }).filter((text) => !/^\s*[=+\-@\t\r]/.test(text))
  fc.assert(
    fc.property(fc.array(fc.tuple(harmless, harmless), { minLength: 1 }), (rows) => {
      expect(read(csv(rows))).toEqual(rows)
    }),
  )
})

const read = (text: string) => parse(text, { bom: true, delimiter: ';', record_delimiter: '\r\n' })
