import { expect, test } from 'vitest'
import { importProgramme } from '#src/pathways/exchange/actions.ts'
import { checkDocument, readDocument } from '#src/pathways/exchange/read.ts'
import { problemInWords } from '#src/pathways/exchange/words.ts'
import { byCarla } from '#test/programmes/build.ts'
import { newDatabase } from '#test/support.ts'
import { sample } from './documents.ts'

/** All that is wrong, in Italian. */
function said(read: ReturnType<typeof checkDocument>): string[] {
  return 'problems' in read ? read.problems.map((problem) => problemInWords(problem, 'it')) : []
}

// Spoilt on purpose: what is written here has no type.
// biome-ignore lint/suspicious/noExplicitAny: see above
const spoilt: [string, (document: any) => void, string][] = [
  [
    'an unknown module in a pathway',
    (d) => (d.pathways[0].modules[1].module = 'module-9'),
    'Percorso 1, modulo 2, modulo indicato («module-9»): Nel file non c’è un modulo',
  ],
  [
    'an unknown prerequisite',
    (d) => (d.pathways[0].modules[1].requires = ['module-9']),
    'Percorso 1, modulo 2, precedenza 1 («module-9»): Nel file non c’è',
  ],
  [
    'an unknown module in a due date',
    (d) => (d.pathways[0].modules[1].due = { from: 'module', module: 'x', days: 3 }),
    'Percorso 1, modulo 2, scadenza, modulo indicato («x»): Nel file',
  ],
  [
    'an unknown pathway in a rule',
    (d) => (d.rules[0].pathway = 'pathway-9'),
    'Regola 1, percorso indicato («pathway-9»): Nel file non c’è un percorso',
  ],
  [
    'an unknown module in an addition',
    (d) => (d.additions[0].module = 'module-9'),
    'Aggiunta 1, modulo indicato («module-9»): Nel file non c’è un modulo',
  ],
  ['a module key used twice', (d) => (d.modules[2].key = 'module-1'), 'Modulo 3, chiave («module-1»): Questa chiave è usata due volte.'],
  ['a pathway key used twice', (d) => d.pathways.push(d.pathways[0]), 'Percorso 2, chiave («pathway-1»): Questa chiave'],
  ['a question named twice', (d) => d.intake.push(d.intake[1]), 'Domanda 3, nome breve («staff»): C’è già una domanda'],
  ['a module twice in a pathway', (d) => d.pathways[0].modules.push(d.pathways[0].modules[0]), 'Percorso 1, modulo 3: '],
  ['a prerequisite outside the pathway', (d) => (d.pathways[0].modules[1].requires = ['module-3']), 'Percorso 1, modulo 2: '],
  ['prerequisites in a circle', (d) => (d.pathways[0].modules[0].requires = ['module-2']), 'Percorso 1, modulo '],
  [
    'a prerequisite named twice',
    (d) => (d.pathways[0].modules[1].requires = ['module-1', 'module-1']),
    'Percorso 1, modulo 2, precedenza: Lo stesso modulo',
  ],
  [
    'a section that needs more than it has',
    (d) => (d.pathways[0].sections[0].needed = 3),
    'Percorso 1, fase 1, moduli necessari («Preparare»): La fase non ha così tanti moduli',
  ],
  [
    'a section named twice',
    (d) => d.pathways[0].sections.push(d.pathways[0].sections[0]),
    'Percorso 1, fase 2, titolo («Preparare»): Questa fase è indicata due volte.',
  ],
  [
    'a due date before the programme',
    (d) => Object.assign(d.pathways[0].modules[1], { notBefore: null, due: { from: 'fixed', on: '2028-01-31' } }),
    'La scadenza viene prima dell’inizio',
  ],
  [
    'a due date before the opening',
    (d) => (d.pathways[0].modules[1].notBefore = '2028-04-01'),
    'prima del giorno in cui il modulo si apre',
  ],
  [
    'a due date counted from the module itself',
    (d) => (d.pathways[0].modules[1].due = { from: 'module', module: 'module-2', days: 3 }),
    'non può dipendere dal modulo stesso',
  ],
  [
    'a due date counted from a module elsewhere',
    (d) => (d.pathways[0].modules[1].due = { from: 'session', module: 'module-3', days: 3 }),
    'Questo modulo non è nel percorso',
  ],
  [
    'a due date counted from the sessions of a reading',
    (d) => (d.pathways[0].modules[1].due = { from: 'session', module: 'module-1', days: 3 }),
    'Questo modulo non ha incontri',
  ],
  [
    'a module that opens after the programme',
    (d) => (d.pathways[0].modules[1].notBefore = '2029-01-01'),
    'prima del giorno in cui il modulo si apre',
  ],
  ['an unknown kind of due date', (d) => (d.pathways[0].modules[1].due = { from: 'birth', days: 3 }), 'Non è uno dei valori ammessi.'],
  ['an end before the start', (d) => (d.programme.endsOn = '2028-01-31'), 'Programma, ultimo giorno: La fine deve venire dopo l’inizio.'],
  ['a day that does not exist', (d) => (d.programme.startsOn = '2027-02-29'), 'Programma, primo giorno: Scrivere una data valida.'],
  ['a title too long', (d) => (d.modules[0].title = 'a'.repeat(201)), 'Modulo 1, titolo: Il testo è troppo lungo.'],
  ['a body too long', (d) => (d.modules[0].body = 'a'.repeat(20_001)), 'Modulo 1, testo: Il testo è troppo lungo.'],
  ['no title', (d) => (d.pathways[0].title = ' '), 'Percorso 1, titolo: Questo campo è obbligatorio.'],
  ['a link that runs', (d) => (d.modules[0].link = 'javascript:alert(1)'), 'Modulo 1, collegamento: Il collegamento deve cominciare'],
  ['a worksheet of a reading', (d) => (d.modules[0].worksheet = [{ label: 'A', help: '' }]), 'Modulo 1, campo: Solo gli strumenti'],
  ['a worksheet label over two lines', (d) => (d.modules[2].worksheet[0].label = 'A\nB'), 'Modulo 3, campo: Nelle etichette'],
  [
    'a count of referents where all are needed',
    (d) => Object.assign(d.pathways[0].modules[0], { metBy: 'all', metByCount: 2 }),
    'Il numero di referenti serve',
  ],
  [
    'a condition on an unknown characteristic',
    (d) => (d.rules[0].condition = { characteristic: 'colour', operator: 'is', value: 'red' }),
    'Regola 1, condizione: Questa caratteristica non c’è',
  ],
  ['a condition on an unknown value', (d) => (d.additions[0].condition.value = 'often'), 'Aggiunta 1, condizione: Questo valore non è tra'],
  ['a condition that is none', (d) => (d.rules[0].condition = { some: [] }), 'Regola 1, condizione: Non è scritto'],
  ['a question named like a fact of the register', (d) => (d.intake[1].name = 'region'), 'Domanda 2, nome breve: Questo nome è di un dato'],
  ['a choice of one', (d) => d.intake[0].options.pop(), 'Domanda 1, risposta: Servono almeno due risposte'],
  ['options of a number', (d) => (d.intake[1].options = d.intake[0].options), 'Domanda 2, risposta: Solo le domande a scelta'],
  ['a bar in an option’s name', (d) => (d.intake[0].options[0].value = 'a|b'), 'Domanda 1, risposta: Nelle risposte possibili'],
  ['a part that is missing', (d) => delete d.modules, 'Modulo: Manca.'],
  ['a number where a text goes', (d) => (d.modules[0].title = 5), 'Modulo 1, titolo: Non è scritto come serve'],
  ['a name that is not expected', (d) => (d.programme.owner = 'me'), 'Programma («owner»): Questo nome non è previsto.'],
  ['too many modules', (d) => (d.modules = Array(501).fill(d.modules[0])), 'Modulo: Sono troppi.'],
  ['a key with a blank', (d) => (d.modules[2].key = 'module 3'), 'Modulo 3, chiave: Una chiave ha solo'],
]

for (const [what, spoil, sentence] of spoilt)
  test(`${what} is refused in words`, () => {
    const document = sample()
    spoil(document)
    expect(said(checkDocument(document)).join('\n')).toContain(sentence)
  })

test('the sample itself is not refused', () => expect(said(checkDocument(sample()))).toEqual([]))

test('every problem is said, not only the first', () => {
  const document = sample()
  document.programme.endsOn = '2000-01-01'
  document.rules[0] = { title: 'Nessuno', pathway: 'x', condition: { any: [] } }
  // It ends before it begins and before a module opens; no such pathway, and an empty condition.
  expect(said(checkDocument(document))).toHaveLength(4)
})

test('a refused document leaves nothing behind', async () => {
  const db = await newDatabase()
  await importProgramme(db, { ...sample(), rules: [{ title: 'X', pathway: 'x', condition: { all: [] } }] }, byCarla)
  expect(await db.selectFrom('programme').select('id').execute()).toEqual([])
})

const utf8 = (text: string) => new TextEncoder().encode(text)
const written = JSON.stringify(sample())
const nested = (levels: number) => `${'{"all":['.repeat(levels)}${']}'.repeat(levels)}`
const hostile: [string, Uint8Array, string][] = [
  ['an empty file', utf8(''), 'Il file è vuoto.'],
  ['a text', utf8('ciao'), 'Il file non è in formato JSON'],
  ['half a file', utf8(written.slice(0, 500)), 'Il file non è in formato JSON'],
  ['UTF-16 with a mark', Buffer.from(`\uFEFF${written}`, 'utf16le'), 'non è scritto in UTF-8'],
  ['UTF-16 without one', Buffer.from(written, 'utf16le'), 'non è scritto in UTF-8'],
  ['Windows-1252', Buffer.from(written.replace('MiglioraPA', 'Qualit\u00e0'), 'latin1'), 'non è scritto in UTF-8'],
  ['a list', utf8('[]'), 'non contiene un programma esportato'],
  ['null', utf8('null'), 'non contiene un programma esportato'],
  ['another format', utf8('{"format":"x","version":1}'), 'non contiene un programma esportato'],
  ['a later version', utf8('{"format":"percorsi-programme","version":2,"new":true}'), 'viene da una versione più recente'],
  ['a __proto__', utf8(written.replace('"programme":{', '"programme":{"__proto__":{"title":"x"},')), 'contiene il nome «__proto__»'],
  [
    'a constructor',
    utf8(written.replace('"programme":{', '"programme":{"constructor":{},')),
    '(«constructor»): Questo nome non è previsto',
  ],
  ['10,000 levels of conditions', utf8(written.replace('{"all":[]}', nested(10_000))), 'troppi livelli'],
  ['a million brackets', utf8('['.repeat(1_000_000) + ']'.repeat(1_000_000)), 'Tutto il file: '],
  ['a file beyond 5 MB', new Uint8Array(5 * 1024 * 1024 + 1).fill(32), 'supera 5 MB'],
]
for (const [what, bytes, sentence] of hostile)
  test(`${what} is refused in words`, () => expect(said(readDocument(bytes)).join('\n')).toContain(sentence))

test('a byte order mark of UTF-8 is no problem', () => expect(said(readDocument(utf8(`\uFEFF${written}`)))).toEqual([]))

test('conditions inside each other are taken as deep as people write them', () => {
  const deep = written.replace(
    '{"all":[]}',
    `{"any":[${'{"none":['.repeat(20)}{"characteristic":"roc","operator":"is","value":"yes"}${']}'.repeat(20)}]}`,
  )
  expect(said(readDocument(utf8(deep)))).toEqual([])
})

test('control characters in a text are left out', async () => {
  const db = await newDatabase()
  const document = sample()
  document.modules[0] = { ...sample().modules[0], title: 'Gui\u0000da\u202e' } as never
  await importProgramme(db, document, byCarla)
  expect((await db.selectFrom('module').where('id', '=', 1).select('title').executeTakeFirst())?.title).toBe('Guida')
})
