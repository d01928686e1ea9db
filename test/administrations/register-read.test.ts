import { expect, test } from 'vitest'
import { type RegisterRow, readRegister } from '#src/administrations/register/read.ts'
import { acireale, bytesOf, castEntries, published, register, registerText, utf16 } from './files.ts'

const read = (bytes: Uint8Array) => {
  const reading = readRegister(bytes)
  if ('refusal' in reading) throw new Error(reading.refusal)
  return reading
}
const first = (bytes: Uint8Array): RegisterRow => {
  const [row] = read(bytes).rows
  if (!row) throw new Error('no row')
  return row
}
const accented = [{ code: 'c_l0', name: 'Comune di Viganò', municipality: '097090' }]

test('a row of the published layout comes out in our words', () => {
  const row = first(
    register([
      {
        ...acireale,
        Codice_fiscale_ente: '81000970871',
        Mail1: 'protocollo@pec.acireale.example',
        Tipo_Mail1: 'Pec',
        Mail2: 'URP@Comune.Acireale.example',
        Tipo_Mail2: 'Altro',
        Sito_istituzionale: 'www.comune.acireale.example',
      },
    ]),
  )
  expect(row).toEqual({
    line: 2,
    code: 'c_a028',
    key: 'c_a028',
    name: 'Comune di Acireale',
    category: 'L6',
    kind: 'municipality',
    region: '19',
    municipalityCode: '087004',
    province: undefined,
    taxCode: '81000970871',
    website: 'www.comune.acireale.example',
    email: 'urp@comune.acireale.example',
  })
})

test.each([
  ['UTF-8 without BOM', bytesOf(registerText(accented))],
  ['UTF-8 with BOM', bytesOf(`\uFEFF${registerText(accented)}`)],
  ['semicolons', register(accented, { delimiter: ';' })],
  ['tabs and CRLF', register(accented, { delimiter: '\t', lineEnd: '\r\n' })],
  ['UTF-16 little endian', utf16(registerText(accented))],
  ['UTF-16 big endian', utf16(registerText(accented), { bigEndian: true })],
  ['UTF-16 without BOM', utf16(registerText(accented), { bom: false })],
  ['latin1', new Uint8Array(Buffer.from(registerText(accented), 'latin1'))],
  ['the hint of spreadsheets', bytesOf(`sep=;\r\n${registerText(accented, { delimiter: ';' })}`)],
  ['columns in another order, with one nobody knows', register(accented, { columns: [...published, 'Novita'].toReversed() })],
])('%s is read right', (_, bytes) => {
  expect(first(bytes)).toMatchObject({ code: 'c_l0', name: 'Comune di Viganò', region: '03' })
})

test('the euro sign and curly quotes of Windows are read', () => {
  const text = Buffer.from(registerText([{ code: 'x', name: 'Fondo § Citta', municipality: '065116' }]), 'latin1')
  expect(first(new Uint8Array(text.map((byte) => (byte === 0xa7 ? 0x80 : byte)))).name).toBe('Fondo € Citta')
})

test('names keep their quotes, and lose their line breaks and doubled spaces', () => {
  const name = 'Consorzio "Le  Valli",\nin liquidazione '
  expect(first(register([{ code: 'c1', name }])).name).toBe('Consorzio "Le Valli", in liquidazione')
})

test('quotes that were never meant as quotes are read as they stand', () => {
  const text = registerText([...castEntries, { code: 'q1', name: 'BACINO BRENTA' }, acireale], { delimiter: '\t' })
  const { rows, rejected } = read(bytesOf(text.replace('BACINO BRENTA', 'CONSIGLIO DI BACINO "BRENTA')))
  expect(rejected).toEqual([])
  expect(rows.find(({ code }) => code === 'q1')?.name).toBe('CONSIGLIO DI BACINO "BRENTA')
  expect(rows).toHaveLength(6)
})

test('a quote that never closes costs its own row, not the ones below', () => {
  const text = registerText([castEntries[0], { code: 'q1', name: 'Bacino' }, ...castEntries.slice(1)] as never)
  const { rows, rejected } = read(bytesOf(text.replace(',Bacino,', ',"Bacino,')))
  expect(rejected).toEqual([{ line: 3, code: 'q1', reason: 'broken_quotes' }])
  expect(rows.map(({ code }) => code)).toEqual(castEntries.map(({ code }) => code))
})

test('a pair of stray quotes in two rows does not make one of all rows between them', () => {
  const text = registerText([...castEntries, acireale])
    .replace(',Comune di Cosenza,', ',"Comune di Cosenza,')
    .replace('Comune di Torino,', 'Comune di Torino",')
  const { rows, rejected } = read(bytesOf(text))
  expect(rejected.map(({ line }) => line)).toEqual([3, 5])
  expect(rows.map(({ code }) => code)).toEqual(['c_h703', 'asl_sa', 'c_a028'])
})

test('the line of a refused row is the one an editor shows', () => {
  const text = registerText([{ code: 'c1', name: 'In due\r\nrighe' }, acireale, { code: 'c2', name: '' }])
  expect(read(bytesOf(text.replace('\n1', '\n\n1'))).rejected).toEqual([{ line: 5, code: 'c2', reason: 'no_name' }])
})

test.each([
  ['no_code', { code: '', name: 'Comune senza codice' }],
  ['no_name', { code: 'c1', name: ' ' }],
  ['unknown_region', { code: 'c1', name: 'Comune altrove', municipality: '' }],
  ['unknown_region', { code: 'c1', name: 'Comune altrove', municipality: '999001' }],
  ['duplicate_code', { code: 'C_A028', name: 'Comune di Acireale, di nuovo' }],
])('a row is refused with its reason: %s', (reason, entry) => {
  const { rows, rejected } = read(register([acireale, entry]))
  expect(rows).toHaveLength(1)
  expect(rejected).toEqual([{ line: 3, code: entry.code, reason }])
})

test('a row with too few or too many columns is refused, unless the surplus is empty', () => {
  const [head, one = '', two = ''] = registerText([acireale, ...castEntries]).split('\n')
  const text = [head, one.slice(0, -5), `${one.replace('c_a028', 'x1')},surplus`, `${one.replace('c_a028', 'x2')},,`, two].join('\n')
  const { rows, rejected } = read(bytesOf(text))
  expect(rejected).toEqual([
    { line: 2, code: 'c_a028', reason: 'wrong_columns' },
    { line: 3, code: 'x1', reason: 'wrong_columns' },
  ])
  expect(rows.map(({ code }) => code)).toEqual(['x2', 'c_h703'])
})

test('the zeros that spreadsheets drop from the municipality are put back', () => {
  expect(first(register([{ code: 'c1', name: 'Comune di Torino', municipality: '1272' }]))).toMatchObject({
    municipalityCode: '001272',
    region: '01',
  })
})

test('the new provinces of Sardinia belong to Sardinia', () => {
  expect(first(register([{ code: 'c1', name: 'Comune di Arzachena', municipality: '113004' }])).region).toBe('20')
})

test('a category that nobody knows is no reason to refuse', () => {
  expect(first(register([{ code: 'c1', name: 'Ente nuovo', category: 'Z9' }]))).toMatchObject({ category: 'Z9', kind: 'other' })
})

test('columns that are not there are not known; columns that are empty say there is none', () => {
  const without = first(register([acireale], { columns: ['Codice_IPA', 'Denominazione_ente', 'Codice_comune_ISTAT'] }))
  expect(without).toMatchObject({ taxCode: undefined, website: undefined, email: undefined, category: undefined, kind: undefined })
  expect(first(register([acireale]))).toMatchObject({ taxCode: null, website: null, email: null })
})

test('a dash or a mail address is no website', () => {
  for (const Sito_istituzionale of ['---', 'teverenera@teverenera.example', 'non disponibile'])
    expect(first(register([{ ...acireale, Sito_istituzionale }])).website).toBeNull()
})

// The older layout -----------------------------------------------------------------------------------------------

const old = (fields: Record<string, string>) => {
  const columns = 'cod_amm des_amm Comune Provincia Regione sito_istituzionale tipologia_istat Cf mail1 tipo_mail1 mail2 tipo_mail2'.split(
    ' ',
  )
  return bytesOf(`${columns.join('\t')}\n${columns.map((column) => fields[column] ?? 'null').join('\t')}\n`)
}

test('the older layout is read: region and category by name, `null` and blank as empty', () => {
  const row = first(
    old({
      cod_amm: 'aaba_001',
      des_amm: 'Accademia di Belle Arti',
      Provincia: 'TS',
      Regione: 'Friuli Venezia Giulia',
      tipologia_istat: "Istituzioni per l'Alta Formazione Artistica, Musicale e Coreutica - AFAM",
      mail1: 'accademia@pec.example',
      tipo_mail1: 'pec',
      Cf: ' ',
    }),
  )
  expect(row).toMatchObject({
    code: 'aaba_001',
    region: '06',
    category: 'L43',
    kind: 'school',
    province: 'TS',
    taxCode: null,
    website: null,
    email: 'accademia@pec.example',
    municipalityCode: undefined,
  })
})

test('NA is the province of Napoli, not nothing', () => {
  expect(first(old({ cod_amm: 'a1_na', des_amm: 'ASL Napoli 1', Provincia: 'NA', Regione: 'Campania' })).province).toBe('NA')
})

test.each([
  ["Valle d'Aosta", '02'],
  ['Trentino Alto Adige', '04'],
  ['EMILIA ROMAGNA', '08'],
  ['Valle d’Aosta/Vallée d’Aoste', '02'],
])('the region %s is found by its name', (Regione, region) => {
  expect(first(old({ cod_amm: 'x', des_amm: 'Ente', Regione })).region).toBe(region)
})
