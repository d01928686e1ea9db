import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readReferents } from '#src/administrations/referents/read.ts'
import { readRegister } from '#src/administrations/register/read.ts'
import { registerReason } from '#src/administrations/register/words.ts'
import { acireale, bytesOf, castEntries, register, registerText } from './files.ts'

const refusalOf = (bytes: Uint8Array) => {
  const reading = readRegister(bytes)
  return 'refusal' in reading ? reading.refusal : null
}
const whole = register([...castEntries, { ...acireale, name: 'Comune di "Acireale", è città' }])

test('an empty file is refused', () => {
  expect(refusalOf(new Uint8Array())).toBe('empty')
  expect(refusalOf(bytesOf('\uFEFF \r\n\n'))).toBe('empty')
})

test('spreadsheets, archives, PDFs and anything with zero bytes are refused as no text', () => {
  for (const start of ['PK\x03\x04', '%PDF-1.7', '\x1f\x8b\x08', 'abc\x00def\x00\x00'])
    expect(refusalOf(new Uint8Array(Buffer.from(`${start}, and more`, 'latin1')))).toBe('binary')
})

test('a file over 30 MB is refused', () => {
  expect(refusalOf(new Uint8Array(30 * 1024 * 1024 + 1).fill(0x61))).toBe('too_large')
})

test('a file with other columns is refused, and says which are missing', () => {
  const refusal = refusalOf(bytesOf('nome,email\nRosa,rosa@x.example\n'))
  expect(refusal).toBe('not_a_register:Codice_IPA, Denominazione_ente, Codice_comune_ISTAT')
  expect(registerReason(refusal ?? '', 'it')).toContain('mancano le colonne Codice_IPA, Denominazione_ente, Codice_comune_ISTAT.')
})

test('headings without rows are refused: they would close every body', () => {
  expect(refusalOf(register([]))).toBe('no_rows')
})

test('a file that ends in the middle of a row is refused with the line', () => {
  const text = registerText(castEntries)
  const cut = text.slice(0, text.indexOf('Comune di Torino') + 8)
  expect(refusalOf(bytesOf(cut))).toBe('truncated:5')
  expect(registerReason('truncated:1234', 'it')).toBe('Il file finisce a metà della riga 1.234: scaricalo di nuovo.')
})

test('a file that ends inside quotes is refused with the line where they open', () => {
  const text = registerText([...castEntries, { code: 'q', name: 'Consorzio, nuovo' }])
  expect(refusalOf(bytesOf(text.slice(0, text.indexOf('Consorzio, nuovo') + 12)))).toBe('truncated:6')
})

test('a file that ends in the middle of an accented letter is not taken for another encoding', () => {
  const bytes = register(castEntries.map((entry) => ({ ...entry, name: `${entry.name} è`, Data_aggiornamento: 'è' })))
  expect(refusalOf(bytes.slice(0, -2))).toBe('truncated:5')
})

test('wherever the file is cut, the rows above are whole or the file is refused', () => {
  const names = [
    'Comune di Salerno',
    'Comune di Cosenza',
    'Azienda Sanitaria Locale di Salerno',
    'Comune di Torino',
    'Comune di "Acireale", è città',
  ]
  fc.assert(
    fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
      const reading = readRegister(whole.slice(0, length))
      if ('refusal' in reading) return
      expect(reading.rejected).toEqual([])
      expect(reading.rows.map(({ name }) => name)).toEqual(names.slice(0, reading.rows.length))
    }),
    { numRuns: 300 },
  )
})

const anyBytes = fc.uint8Array({ maxLength: 400 })
const almostRegister = fc
  .tuple(fc.integer({ min: 0, max: whole.length }), fc.integer({ min: 0, max: 60 }), anyBytes)
  .map(([at, removed, inserted]) => new Uint8Array([...whole.slice(0, at), ...inserted, ...whole.slice(at + removed)]))
const textual = fc.string({ unit: fc.constantFrom('"', ',', ';', '\t', '\n', '\r', 'a', 'è', ' '), maxLength: 200 })

test('any bytes give a reading or a refusal with a sentence, never an exception', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        anyBytes,
        almostRegister,
        textual.map((text) => bytesOf(`Codice_IPA,Denominazione_ente,Regione\n${text}`)),
      ),
      (bytes) => {
        const reading = readRegister(bytes)
        if ('refusal' in reading) return void expect(registerReason(reading.refusal, 'it')).not.toBe(reading.refusal)
        for (const { line, reason } of reading.rejected) expect([line > 1, registerReason(reason, 'en') !== reason]).toEqual([true, true])
        expect(new Set(reading.rows.map(({ key }) => key)).size).toBe(reading.rows.length)
      },
    ),
    { numRuns: 500 },
  )
})

test('any bytes as a list of referents give a reading or a refusal', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        anyBytes,
        textual.map((text) => bytesOf(`nome;email;codice\n${text}`)),
      ),
      (bytes) => {
        const reading = readReferents(bytes)
        if (!('refusal' in reading)) for (const row of reading.rows) expect(row.email).toContain('@')
      },
    ),
    { numRuns: 300 },
  )
})
