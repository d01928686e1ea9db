import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { inOfficeHours, mondayBefore, workingDay } from '#src/demo/calendar.ts'
import { loadDemo } from '#src/demo/load.ts'
import { fold } from '#src/language/fold.ts'
import { newDatabase, noon, zone } from '#test/support.ts'

const setting = { now: noon, zone, uploads: '/nowhere', progress: () => {} }

test('the demo is loaded into an empty database only', async () => {
  expect(await loadDemo(await newDatabase(), { ...setting, stage: 'running' })).toHaveProperty('refusal')
})

test('offices open on working days, from nine to five', () => {
  expect(workingDay(Temporal.PlainDate.from('2026-12-05')).toString()).toBe('2026-12-07')
  expect(workingDay(Temporal.PlainDate.from('2026-12-08')).toString()).toBe('2026-12-09')
  expect(mondayBefore(Temporal.PlainDate.from('2026-03-08')).toString()).toBe('2026-03-02')
  expect(inOfficeHours(Temporal.Instant.from('2026-03-07T03:00:00Z'), zone, () => 0.5).toString()).toBe('2026-03-09T12:00:00Z')
})

const register = new URL('../../shared/data/ipa/enti.csv', import.meta.url)

test.skipIf(!existsSync(register))('the demo’s administrations carry the codes and names of the national register', () => {
  const rows = (file: URL): { Codice_IPA: string; Denominazione_ente: string }[] => parse(readFileSync(file), { columns: true, bom: true })
  const published = new Map(rows(register).map((row) => [row.Codice_IPA.toLowerCase(), fold(row.Denominazione_ente)]))
  const wrong = rows(new URL('../src/demo/administrations.csv', import.meta.url)).filter(
    (row) => published.get(row.Codice_IPA) !== fold(row.Denominazione_ente),
  )
  // The register adds the German name of the region, and leaves out two hyphens.
  expect(wrong.map(({ Codice_IPA }) => Codice_IPA)).toEqual(['r_trenti', 'p_fc', 'p_ms'])
})
