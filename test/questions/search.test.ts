import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { searchFaq } from '#src/questions/search/queries.ts'
import { stems } from '#src/questions/search/stems.ts'
import { searchTerms } from '#src/questions/search/terms.ts'
import { openHelpDesk, sampling, survey } from './support.ts'

for (const [what, one, other] of [
  ['singular and plural', 'il questionario', 'i questionari'],
  ['the forms of a verb', 'comunichiamo i risultati', 'comunicare i risultati'],
  ['verb and noun', 'come mi iscrivo', 'iscrizione'],
  ['participle and noun', 'chi ha risposto', 'le risposte'],
  ['an irregular noun', 'raccogliere', 'raccolta'],
  ['an apostrophe for an accent', "perche' la citta'", 'perché la città'],
  ['either accent', 'perchè un caffé', 'perché un caffè'],
  ['capitals', 'LIMESURVEY E QUALITÀ', 'LimeSurvey e qualità'],
  ['an article with its apostrophe', 'l’indagine dell’ente', 'indagini enti'],
  ['words that say nothing', 'come si fa a scegliere il servizio?', 'scelta servizio'],
] as const) {
  test(`the stems don’t tell apart ${what}`, () => {
    expect(stems(one)).toEqual(stems(other))
  })
}

test('communication is not a municipality', () => {
  expect(stems('comunicazione')).not.toEqual(stems('comune'))
})

test('numbers stay', () => {
  expect(stems('art. 8 del d.lgs. 150/2009')).toEqual(['art', '8', 'lgs', '150', '2009'])
})

test('a word that ends in an accent is found without it too', () => {
  expect(stems('qualità')).toEqual(expect.arrayContaining(stems('qualita')))
})

test('a quoted word is the word', () => {
  expect(stems("il 'campione' casuale")).toEqual(stems('il campione casuale'))
})

test('of any text only plain words are left, that both engines take whole', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => stems(text).every((stem) => /^[a-z0-9]{1,40}$/.test(stem))),
  )
})

test('a search looks at twelve words at most', () => {
  expect(searchTerms(Array.from({ length: 50 }, (_, index) => `parola${index}`).join(' '))).toHaveLength(12)
})

describe('among a dozen entries', () => {
  const entries = [
    [
      'Quante risposte servono per un servizio con circa 1.000 utenti?',
      'Per un margine di errore del 5% servono 278 questionari compilati.',
    ],
    ['Si può scegliere un servizio interno, rivolto ai dipendenti?', 'Sì: i servizi interni sono una delle famiglie previste.'],
    ['Per il questionario online serve un server proprio?', 'No. Si può usare un’installazione di LimeSurvey già pronta.'],
    ['Alla relazione vanno allegati i moduli di carta?', 'No. Basta il foglio dei dati senza nomi.'],
    ['Quante azioni deve avere il piano di miglioramento?', 'Da tre a cinque, ognuna con responsabile e indicatore.'],
    ['Si pubblicano anche i risultati negativi?', 'Sì, insieme a ciò che si farà e alla data della nuova misura.'],
    ['Come ci si iscrive a un webinar?', 'Dalla pagina dell’incontro, con il pulsante. Il collegamento arriva per posta.'],
    ['Come si garantisce l’anonimato di chi compila?', 'Non si chiedono nome e indirizzo; i gruppi piccoli non si pubblicano.'],
    ['Entro quando si consegna l’elaborato?', 'La scadenza è scritta nel modulo; chi è in ritardo può consegnare lo stesso.'],
    ['Chi riceve l’attestato di partecipazione?', 'L’amministrazione che completa il percorso, non la singola persona.'],
    ['Come si estrae un campione casuale?', 'Si numerano gli utenti e si sorteggia; in alternativa un utente ogni dieci.'],
    ['La città metropolitana può aderire insieme ai comuni?', 'Sì, ma ognuno ha il proprio percorso e i propri referenti.'],
  ] as const
  const [answers, internal, server, paper, actions, results, webinar, anonymity, deadline, certificate, sample, city] = entries.map(
    ([question]) => question,
  )

  let db: Database
  const atEnd: (() => void | Promise<void>)[] = []
  beforeAll(async () => {
    const desk = await openHelpDesk({ atEnd: (work) => atEnd.unshift(work) })
    db = desk.db
    for (const [index, [question, answer]] of entries.entries())
      await desk.publish({ question, answer, moduleId: index % 2 === 0 ? sampling.id : survey.id })
  })
  afterAll(async () => {
    for (const work of atEnd) await work()
  })

  const find = async (text: string) => (await searchFaq(db, text, { limit: 25, offset: 0 })).rows.map((row) => row.question)

  for (const [paraphrase, wanted] of [
    ['quanti questionari compilati per un servizio piccolo', answers],
    ['quanti utenti devono rispondere', answers],
    ['vogliamo valutare i servizi interni', internal],
    ['scelta di un ufficio per i dipendenti', internal],
    ['dobbiamo installare LimeSurvey su un nostro server', server],
    ['allegare alle relazioni il modulo cartaceo o la carta', paper],
    ['AZIONI DEI PIANI DI MIGLIORAMENTO', actions],
    ["perche' pubblicare un risultato negativo", results],
    ['mi vorrei iscrivere ai webinar', webinar],
    ['iscrizione webinar', webinar],
    ['questionari anonimi, e’ garantito l’anonimato?', anonymity],
    ['quando scade la consegna degli elaborati', deadline],
    ['siamo in ritardo con la consegna', deadline],
    ['partecipanti e attestati', certificate],
    ['estrazione dei campioni casuali', sample],
    ["adesione della citta' metropolitana", city],
    ['adesione della citta metropolitana', city],
  ] as const) {
    test(`“${paraphrase}” finds “${wanted}” first`, async () => {
      expect((await find(paraphrase))[0]).toBe(wanted)
    })
  }

  test('at every letter typed of “pubblicazione dei risultati” the entry is among the first three', async () => {
    const whole = 'pubblicazione dei risultati'
    for (let length = 4; length <= whole.length; length += 1)
      expect([whole.slice(0, length), (await find(whole.slice(0, length))).slice(0, 3)]).toEqual([
        whole.slice(0, length),
        expect.arrayContaining([results]),
      ])
  })

  test('entries with more of the words come before those with fewer', async () => {
    const found = await find('servizio interno utenti')
    expect(found[0]).toBe(internal)
    expect(found).toContain(answers)
  })

  test('either engine finds just the entries that have one of the words', async () => {
    expect((await find('servizi')).toSorted()).toEqual([answers, internal].toSorted())
    expect((await find('comuni')).toSorted()).toEqual([city])
    expect((await find('comuni o referenti indicatori')).toSorted()).toEqual([actions, city].toSorted())
    expect((await find('278')).toSorted()).toEqual([answers])
  })

  test('a word that is nowhere finds nothing; no word finds all', async () => {
    expect(await find('zanzibar')).toEqual([])
    for (const text of ['', '  ', '?', 'come si fa']) expect(await find(text)).toHaveLength(entries.length)
  })

  test('module and programme narrow the search, and the total counts what the pages don’t show', async () => {
    const search = (more: object) => searchFaq(db, 'servizi utenti', { limit: 1, offset: 0, ...more })
    const all = await search({})
    expect([all.rows.length, all.total > 1]).toEqual([1, true])
    expect((await search({ moduleId: sampling.id })).total).toBeLessThan(all.total)
    expect((await search({ programmeId: 2 })).total).toBe(0)
    expect((await search({ offset: 1 })).rows[0]?.id).not.toBe(all.rows[0]?.id)
  })

  test.each([
    `"`,
    `'`,
    `a" OR "b`,
    'NEAR(a b)',
    'stems:risposte',
    '* ^ + - ( ) { } :',
    'a & | ! <-> b:*',
    '\0',
    '\\',
    '%',
    'a AND',
    'é'.repeat(400),
  ])('a search for %j is a search like others', async (text) => {
    expect(await find(text)).toBeInstanceOf(Array)
  })

  test('no text makes the search fail', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: 'binary', maxLength: 80 })), async (text) => {
        await find(text)
      }),
      { numRuns: 100 },
    )
  })
})
