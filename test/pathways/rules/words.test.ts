import { expect, test } from 'vitest'
import { type Characteristics, type Condition, evaluate } from '#src/pathways/rules/condition.ts'
import { checkInWords, wordingOf } from '#src/pathways/rules/in-words.ts'

const questions = [
  {
    name: 'experience',
    kind: 'single' as const,
    label: 'Avete già fatto indagini?',
    options: [
      { value: 'none', label: 'No, mai' },
      { value: 'one', label: 'Sì, una' },
      { value: 'many', label: 'Sì, spesso' },
    ],
  },
  { name: 'survey', kind: 'yes_no' as const, label: 'Avete già fatto almeno un’indagine', options: [] },
  { name: 'users', kind: 'number' as const, label: 'Utenti in un anno', options: [] },
  { name: 'goals', kind: 'multiple' as const, label: 'Obiettivi', options: [{ value: 'listen', label: 'Ascoltare' }] },
]

const said = (condition: Condition, facts: Characteristics, language: 'it' | 'en' = 'it') => {
  const [check] = evaluate(condition, facts).because
  return check && checkInWords(check, language, questions)
}

const leaf = (
  characteristic: string,
  operator: 'is' | 'one_of' | 'at_least' | 'at_most' | 'unknown',
  value?: string | number | string[],
) => ({
  characteristic,
  operator,
  ...(value !== undefined && { value }),
})

test.each<[string, Condition, Characteristics]>([
  ['Regione: Campania', leaf('region', 'is', '15'), { region: '15' }],
  ['Regione: Campania', leaf('region', 'one_of', ['15', '16']), { region: '15' }],
  ['Regione: serve «Campania» o «Puglia», risulta «Piemonte»', leaf('region', 'one_of', ['15', '16']), { region: '01' }],
  ['Avete già fatto almeno un’indagine: Sì', leaf('survey', 'is', 'yes'), { survey: 'yes' }],
  ['Avete già fatto indagini: Sì, una', leaf('experience', 'one_of', ['one', 'many']), { experience: 'one' }],
  ['Avete già fatto indagini: serve «Sì, spesso», ma la risposta manca', leaf('experience', 'is', 'many'), {}],
  ['Utenti in un anno: 12.000 (almeno 1.000)', leaf('users', 'at_least', 1000), { users: 12_000 }],
  ['Utenti in un anno: serve al massimo 500, risulta «12.000»', leaf('users', 'at_most', 500), { users: 12_000 }],
  ['Obiettivi: nessuna risposta', leaf('goals', 'unknown'), {}],
  ['Obiettivi: la regola vale solo per chi non ha risposto; risulta «Ascoltare»', leaf('goals', 'unknown'), { goals: ['listen'] }],
  ['Obiettivi: manca la risposta', { none: [leaf('goals', 'unknown')] }, {}],
  ['Regione: Campania, e non «Piemonte»', { none: [leaf('region', 'is', '01')] }, { region: '15' }],
  ['Regione: risulta «Piemonte», che questa regola esclude', { none: [leaf('region', 'is', '01')] }, { region: '01' }],
  ['Tipo di amministrazione: Comune', leaf('kind', 'is', 'municipality'), { kind: 'municipality' }],
  ['tolta: x', leaf('tolta', 'is', 'x'), { tolta: 'x' }],
])('%s', (sentence, condition, facts) => {
  expect(said(condition, facts)).toBe(sentence)
})

test('the same is said in English', () => {
  expect(said(leaf('region', 'is', '16'), { region: '15' }, 'en')).toBe('Region: needs “Puglia”, it is “Campania”')
})

test('what a rule wants is said without an answer', () => {
  const { leaf: wanted } = wordingOf('it', questions)
  expect(wanted({ characteristic: 'region', operator: 'one_of', value: ['15', '16', '18'] })).toBe(
    'Regione: «Campania», «Puglia» o «Calabria»',
  )
  expect(wanted({ characteristic: 'users', operator: 'at_least', value: 3 })).toBe('Utenti in un anno: almeno 3')
})
