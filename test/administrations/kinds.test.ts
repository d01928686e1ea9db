import { expect, test } from 'vitest'
import { kindOf } from '#src/administrations/kinds.ts'

test.each([
  'Comune di Salerno',
  'COMUNE DI MORANSENGO-TONENGO',
  'comune di misiliscemi',
  'Comune Alluvioni Piovera',
  'Città di Castello',
  "Citta' di Acireale",
  'ROMA CAPITALE',
  'Gemeinde Martell',
  'Commune de Aymavilles',
  'San Giovanni di Fassa-Sen Jan',
])('%s is a municipality', (name) => {
  expect(kindOf('L6', name)).toBe('municipality')
})

test.each([
  'Consorzio dei Comuni della Valbossa',
  'CONSORZIO STRADALE RIUNITO DEL COMUNE DI SEMPRONIANO',
  'Ali Comunimolisani',
  'Comunita Montana in Liquidazione',
  'Cittadella dei Servizi',
  'Anci Piemonte',
])('%s is not, though its category is that of the comuni', (name) => {
  expect(kindOf('L6', name)).toBe('municipal_association')
})

test('a body of another category is no municipality, whatever its name', () => {
  expect(kindOf('L45', "Citta' Metropolitana di Bari")).toBe('province')
  expect(kindOf('S01G', 'Comune Servizi S.p.A.')).toBe('company')
})
