import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { namedIn, questionIn, withoutPersons } from '#src/questions/faq/cleaning/without-persons.ts'

const persons = {
  names: ['Rosa Esposito', 'Luca D’Angelo', 'Paolo Conti', 'Maria Grazia De Luca'],
  emails: ['rosa@comune.salerno.example'],
  administrations: ['COMUNE DI SALERNO'],
}
const clean = (text: string) => withoutPersons(text, persons)

for (const [what, text, expected] of [
  ['a greeting', 'Buongiorno,\nil campione è piccolo.', 'Il campione è piccolo.'],
  ['a greeting with a name', 'Gentile dott.ssa Rosa Esposito, il campione è piccolo.', 'Il campione è piccolo.'],
  ['a greeting to everybody', 'Ciao a tutti! Il campione è piccolo.', 'Il campione è piccolo.'],
  [
    'a greeting without a comma, but not what follows it',
    'Buongiorno vorrei sapere, se si può, la data',
    'Vorrei sapere, se si può, la data',
  ],
  ['thanks and a signature', 'Il campione è piccolo?\n\nGrazie mille,\nRosa', 'Il campione è piccolo?'],
  ['thanks on the same line', 'Il campione è piccolo? Grazie, Rosa', 'Il campione è piccolo?'],
  ['regards with an office and a telephone', 'Va bene.\n\nCordiali saluti\nPaolo Conti\nUfficio X\ntel. 089 661234', 'Va bene.'],
  ['a signature without regards', 'Va bene.\n\nRosa Esposito\nComune di Salerno', 'Va bene.'],
  ['an introduction', 'Sono Rosa Esposito del Comune di Salerno e vorrei una data.', 'Vorrei una data.'],
  ['an introduction with an office', 'Mi chiamo Rosa Esposito, referente dell’ufficio qualità. Quando si comincia?', 'Quando si comincia?'],
  ['an e-mail address', 'Scrivi a rosa@comune.salerno.example oggi', 'Scrivi a […] oggi'],
  ['a telephone number', 'Chiama il 333 1234567, lo 089/66.12.34 o il +39 081 1234567', 'Chiama il […], lo […] o il […]'],
  ['a tax code', 'Il codice SPSRSO80A41H703X non va', 'Il codice […] non va'],
  ['a whole name', 'Ne ho parlato con Rosa Esposito ieri', 'Ne ho parlato con una persona ieri'],
  ['a name with the surname first, in capitals', 'Lo dice ESPOSITO ROSA', 'Lo dice una persona'],
  ['a name in small letters', 'Lo dice rosa esposito', 'Lo dice una persona'],
  ['a name with a title', 'La delega della dott.ssa Rosa Esposito', 'La delega di una persona'],
  ['a first name, a surname, an initial', 'Rosa lo chiede a R. Esposito', 'Una persona lo chiede a una persona'],
  ['a name with an apostrophe', "Secondo Luca D'Angelo no", 'Secondo una persona no'],
  ['the administration', 'Il Comune di Salerno chiude', 'L’amministrazione chiude'],
  [
    'the administration after a preposition',
    'Gli uffici del comune di Salerno, al Comune di Salerno',
    'Gli uffici dell’amministrazione, all’amministrazione',
  ],
  ['the administration as ours', 'Nel nostro Comune di Salerno', 'Nel nostro ente'],
  [
    'the place alone',
    'Gli uffici di Salerno chiudono. A Salerno piove. Salerno è grande.',
    'Gli uffici chiudono. All’amministrazione piove. L’amministrazione è grande.',
  ],
] as const) {
  test(`takes out ${what}`, () => {
    expect(clean(text)).toBe(expected)
  })
}

for (const [what, text] of [
  ['words that are names elsewhere', 'Una rosa di servizi, i conti e la luce'],
  ['thanks to something', 'Grazie alla promozione rispondono in molti. È la strada giusta'],
  ['thanks that still ask', 'Va bene così? Grazie se mi dite anche questo: entro quando?'],
  ['dates, norms and amounts', 'Entro il 03/05/2013, d.lgs. 150/2009, delibera 0123/2012, 300.000.000 di euro, 12.345 utenti'],
  ['a public line', 'Il numero verde 800 123456'],
  ['lists and bold', 'Così:\n\n1. uno\n   - due\n   - **tre**'],
  ['other places', 'Il Comune di Torino e la Regione Campania'],
  ['nothing', ''],
] as const) {
  test(`leaves ${what}`, () => {
    expect(clean(text)).toBe(text)
  })
}

test('without names to look for, only courtesies and contacts go', () => {
  expect(withoutPersons('Ciao, scrivi ad a@b.it. Rosa Esposito', { names: [], emails: [], administrations: [] })).toBe(
    'Scrivi ad […]. Rosa Esposito',
  )
})

test('a name that looks like a pattern is only a name', () => {
  const odd = { names: ['Ugo (.*) Rossi', '[a-z]+ $'], emails: [], administrations: ['Ente +? di X'] }
  expect(withoutPersons('Lo dice Ugo (.*) Rossi oggi', odd)).toBe('Lo dice una persona oggi')
  expect(withoutPersons('Una frase qualsiasi', odd)).toBe('Una frase qualsiasi')
})

test('nothing that is looked for is left, whatever stands around it', () => {
  const around = fc.string({ unit: fc.constantFrom(...'abc ,.;\n'), maxLength: 30 })
  const named = fc.constantFrom('Rosa Esposito', 'esposito rosa', 'LUCA D’ANGELO', 'Comune di Salerno', 'rosa@comune.salerno.example')
  fc.assert(
    fc.property(around, named, around, (before, name, after) => {
      expect(namedIn(clean(`${before} ${name} ${after}`), persons)).toEqual([])
    }),
  )
})

test('no text or name makes it fail', () => {
  const any = fc.string({ unit: 'grapheme', maxLength: 60 })
  fc.assert(
    fc.property(any, fc.array(any, { maxLength: 3 }), (text, names) => {
      withoutPersons(text, { names, emails: names, administrations: names })
      namedIn(text, { names, emails: names, administrations: names })
    }),
  )
})

test.each([' ', 'Ciao ', 'sono ', 'Rosa ', 'a@', '0 ', '3.', '\n', 'il ', "dell'", 'grazie '])(
  '20,000 characters of %j take no time',
  (piece) => {
    const started = performance.now()
    clean(piece.repeat(20_000 / piece.length))
    expect(performance.now() - started).toBeLessThan(500)
  },
)

test('what still names somebody is told: whole names, addresses, administrations', () => {
  expect(namedIn('ESPOSITO Rosa e il comune di salerno, ROSA@comune.salerno.example', persons)).toEqual([
    'Rosa Esposito',
    'COMUNE DI SALERNO',
    'rosa@comune.salerno.example',
  ])
  expect(namedIn('Una rosa, i conti, Salernitano', persons)).toEqual([])
})

test('the question is what the text asks, or else the subject', () => {
  expect(questionIn('campione', 'Siamo in pochi. Quante risposte ci servono? E poi?')).toBe('Quante risposte ci servono?')
  expect(questionIn('numero minimo di risposte', 'Vorrei saperlo.')).toBe('Numero minimo di risposte')
  expect(questionIn('Il campione', 'Ok?')).toBe('Il campione')
})

test('texts are cleaned the same when the process no longer optimises its patterns', async () => {
  const text = 'A Salerno piove, DI Salerno si parla, dell’Azienda Sanitaria Locale anche.'
  const code = `
    const { withoutPersons } = await import(${JSON.stringify(new URL('../../src/questions/faq/cleaning/without-persons.ts', import.meta.url).href)})
    process.stdout.write(withoutPersons(${JSON.stringify(text)}, ${JSON.stringify(persons)}))`
  const run = promisify(execFile)(process.execPath, ['--no-warnings', '--no-regexp-optimization', '--input-type=module', '-e', code])
  expect((await run).stdout).toBe('All’amministrazione piove, dell’amministrazione si parla, dell’Azienda Sanitaria Locale anche.')
})
