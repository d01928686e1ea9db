import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { importRegister } from '#src/administrations/register/actions.ts'
import { readRegister } from '#src/administrations/register/read.ts'
import { newDatabase, noon } from '#test/support.ts'
import { bytesOf } from './files.ts'

const folder = new URL('../../../shared/data/ipa/', import.meta.url)
const absent = !existsSync(new URL('enti.csv', folder))
const file = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)))
const rowsOf = (bytes: Uint8Array) => {
  const reading = readRegister(bytes)
  if ('refusal' in reading) throw new Error(reading.refusal)
  return reading
}

test.skipIf(absent)('all 22,878 bodies of the real register are imported, and the second time all are unchanged', async () => {
  const db = await newDatabase()
  const options = { by: null, at: noon }
  const bytes = file('enti.csv')
  // The four bodies of the cast are in it too, there without a website.
  expect(await importRegister(db, bytes, options)).toMatchObject({
    read: 22878,
    created: 22874,
    updated: 4,
    unchanged: 0,
    closed: 0,
    refused: 0,
  })
  expect(await importRegister(db, bytes, options)).toMatchObject({ read: 22878, created: 0, updated: 0, unchanged: 22878, closed: 0 })
})

test.skipIf(absent)('its comuni are the 7,885 bodies that stand for a municipality each', () => {
  const { rows } = rowsOf(file('enti.csv'))
  const comuni = rows.filter(({ kind }) => kind === 'municipality')
  expect(comuni).toHaveLength(7885)
  expect(new Set(comuni.map(({ municipalityCode }) => municipalityCode)).size).toBe(7885)
  const consortia = rows.filter(({ category, kind }) => category === 'L6' && kind !== 'municipality')
  expect(consortia).toHaveLength(123)
  expect(consortia.filter(({ code }) => /^c_[a-z]\d{3}$/i.test(code))).toEqual([])
})

test.skipIf(absent)('in each region the register has the comuni that ISTAT counts, but for a handful', () => {
  const istat = Buffer.from(file('../istat/istat_elenco_comuni_2024-12_raw_latin1.csv')).toString('latin1')
  const counted = Map.groupBy(istat.matchAll(/^(\d\d);/gm), ([, region]) => region)
  const found = Map.groupBy(
    rowsOf(file('enti.csv')).rows.filter(({ kind }) => kind === 'municipality'),
    ({ region }) => region,
  )
  expect(counted.size).toBe(20)
  for (const [region, comuni] of counted) expect(Math.abs((found.get(region as '01')?.length ?? 0) - comuni.length)).toBeLessThanOrEqual(6)
})

test.skipIf(absent)('the sample with every column filled is read whole', () => {
  const { rows, rejected } = rowsOf(file('enti-raw-sample.csv'))
  expect([rows.length, rejected]).toEqual([12, []])
  expect(rows.find(({ code }) => code === '04UY8I1H')).toMatchObject({
    kind: 'school',
    region: '15',
    taxCode: '95329280630',
    website: 'https://www.titolivionapoli.edu.it/',
    email: 'naic8g400e@istruzione.it',
  })
  expect(rows.find(({ code }) => code === '0N7FO552')?.name).toBe('Fondazione Serics Security and Rights in Cyber Space,')
  expect(rows.find(({ code }) => code === 'cbtene')?.website).toBeNull()
})

test.skipIf(absent)('the sample of the older layout is read whole', () => {
  const text = Buffer.from(file('amministrazioni-old-layout.md')).toString()
  const lines = text.split('\n').filter((line) => line.includes('\t'))
  const { rows, rejected } = rowsOf(bytesOf(lines.join('\n')))
  expect([rows.length, rejected]).toEqual([lines.length - 1, []])
  expect(rows.find(({ code }) => code === 'a1_na')).toMatchObject({ province: 'NA', region: '15', kind: 'health' })
  expect(rows.find(({ code }) => code === 'A690_bpe')).toMatchObject({ name: "Comune di Bascape'", kind: 'municipality', region: '03' })
})
