import { parse } from 'csv-parse/sync'
import { extractText } from 'unpdf'
import { describe, expect, test } from 'vitest'
import { publishSurvey } from '#src/tools/surveys/actions.ts'
import { bank } from '#src/tools/surveys/bank/items.ts'
import { kitOf } from '#src/tools/surveys/bank/kits.ts'
import { itemsOf } from '#src/tools/surveys/queries.ts'
import { addOwn, moveItem } from '#src/tools/surveys/questionnaire/actions.ts'
import { limesurveyColumns, limesurveyStructure } from '#src/tools/surveys/questionnaire/limesurvey.ts'
import { families } from '#src/tools/surveys/survey.ts'
import { carla, engine, luca, rosa } from '#test/support.ts'
import { byRosa, openSurvey, theSurvey, today } from './stage.ts'

describe('the bank', () => {
  test('has both languages for everything, and no key twice', () => {
    expect(bank.filter(({ it, en }) => !it || !en)).toEqual([])
    expect(bank.flatMap(({ options = [] }) => options).filter(({ it, en, code }) => !it || !en || !/^[A-Z]\d$/.test(code))).toEqual([])
    expect(new Set(bank.map(({ key }) => key)).size).toBe(bank.length)
  })
  test.each(families)('has a kit for %s that fits it, asks about the whole, and stays short', (family) => {
    const kit = kitOf(family)
    expect(kit.filter(({ families: fits }) => !fits.includes(family)).map(({ key }) => key)).toEqual([])
    expect([kit.some(({ dimension }) => dimension === 'overall'), kit.length >= 10 && kit.length <= 15]).toEqual([true, true])
  })
})

const draft = () => openSurvey({ published: false })

describe('the builder', () => {
  test('begins with the kit of the family, in its order', async () => {
    const { as, path, items } = await draft()
    expect(items.slice(0, 3).map(({ code, bankKey }) => [code, bankKey])).toEqual([
      ['Q1', 'hours'],
      ['Q2', 'booking'],
      ['Q3', 'waiting'],
    ])
    const { text } = await (await as(rosa)).get(`${path}/questionnaire`)
    expect(text).toContain('13 domande, circa 5 minuti')
    expect(text).toContain('name="keys" value="barriers"')
    expect(text).not.toContain('name="keys" value="finding"')
  })

  test('takes questions over from the bank once, and adds own ones under the next code', async () => {
    const { db, as, path, survey } = await draft()
    const browser = await as(rosa)
    await browser.post(`${path}/items`, { keys: ['barriers', 'privacy', 'barriers', 'hours', 'no-such-key'] })
    await browser.post(`${path}/items/own`, {
      kind: 'choice',
      it: 'Da quale quartiere viene?',
      options: 'Centro | Centre\nMare\n\nCollina',
    })
    const added = (await itemsOf(db, survey.id)).slice(13)
    expect(added.map(({ code, kind }) => [code, kind])).toEqual([
      ['Q11', 'scale'],
      ['Q12', 'scale'],
      ['P3', 'choice'],
    ])
    expect(added[2]?.options).toEqual([
      { code: 'A1', it: 'Centro', en: 'Centre' },
      { code: 'A2', it: 'Mare', en: '' },
      { code: 'A3', it: 'Collina', en: '' },
    ])
  })

  test('says what is missing in an own question, and keeps what was typed', async () => {
    const { as, path } = await draft()
    const answer = await (await as(rosa)).post(`${path}/items/own`, { kind: 'choice', it: '<b>Quartiere</b>', options: 'Centro' })
    expect([answer.status, answer.text.includes('id="options-error"'), answer.text.includes('&lt;b&gt;Quartiere')]).toEqual([
      422,
      true,
      true,
    ])
    const scale = await (await as(rosa)).post(`${path}/items/own`, { kind: 'scale', it: 'Il saluto' })
    expect([scale.status, scale.text.includes('id="dimension-error"')]).toEqual([422, true])
  })

  test('moves a question up and down, and leaves the ends where they are', async () => {
    const { db, survey, items } = await draft()
    const order = async () => (await itemsOf(db, survey.id)).slice(0, 3).map(({ code }) => code)
    const move = (index: number, direction: 'up' | 'down') =>
      moveItem(db, { surveyId: survey.id, itemId: items[index]?.id ?? 0, direction }, byRosa)
    await move(0, 'up')
    expect(await order()).toEqual(['Q1', 'Q2', 'Q3'])
    await move(0, 'down')
    expect(await order()).toEqual(['Q2', 'Q1', 'Q3'])
  })

  test('shows both versions when a colleague changed the question in between, and writes nothing over', async () => {
    const { db, as, path, items, survey } = await draft()
    const item = items[0]
    const form = /name="before" value="([^"]*)"/.exec((await (await as(rosa)).get(`${path}/items/${item?.id}`)).text)?.[1] ?? ''
    const before = form.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
    const change = (it: string) => ({ dimension: 'accessibility', it, en: '', before })
    expect((await (await as(luca)).post(`${path}/items/${item?.id}`, change('Gli orari del sabato'))).status).toBe(303)
    const answer = await (await as(rosa)).post(`${path}/items/${item?.id}`, change('Gli orari della sera'))
    expect(answer.status).toBe(409)
    for (const part of ['Gli orari del sabato', 'Gli orari della sera</textarea>']) expect(answer.text).toContain(part)
    expect((await itemsOf(db, survey.id))[0]?.it).toBe('Gli orari del sabato')
  })

  test('changes nothing once the questionnaire is published, whoever still has the form open', async () => {
    const { db, as, path, items, survey } = await draft()
    await publishSurvey(db, survey.id, { ...byRosa, today })
    const browser = await as(rosa)
    for (const [to, form] of [
      [`${path}/items`, { keys: 'barriers' }],
      [`${path}/items/${items[0]?.id}/remove`, {}],
      [`${path}/items/${items[0]?.id}/up`, {}],
    ] as const)
      expect([to, (await browser.post(to, form)).status]).toEqual([to, 422])
    expect(await itemsOf(db, survey.id)).toHaveLength(13)
    expect((await browser.get(`${path}/questionnaire`)).text).toContain('Il questionario è pubblicato')
  })

  test('takes no more than sixty questions', async () => {
    const { db, survey } = await draft()
    const own = { kind: 'text' as const, dimension: null, it: 'E poi?', en: '', options: [] }
    for (let count = 13; count < 60; count += 1) await addOwn(db, survey.id, own, byRosa)
    expect(await addOwn(db, survey.id, own, byRosa)).toEqual({ refusal: 'too_many' })
  })

  test('is only read by staff', async () => {
    const { as, path } = await draft()
    const { text } = await (await as(carla)).get(`${path}/questionnaire`)
    expect(text.slice(text.indexOf('<main'))).not.toContain('<form')
  })
})

describe('on paper', () => {
  test('the PDF is tagged and holds every question and both scales', async () => {
    const { as, path, app } = await openSurvey()
    const { text: page } = await (await as(rosa)).get(`${path}/paper`)
    expect(page).toContain('Il tempo di attesa prima di essere serviti')
    expect(page).toContain('class="circles"')
    expect(app).toBeDefined()
    const { drawQuestionnaire } = await import('#src/tools/surveys/questionnaire/print.ts')
    const { survey, items } = await openSurvey({ points: 10 })
    const bytes = await drawQuestionnaire({ survey, items, baseUrl: 'https://percorsi.example', now: byRosa.at })
    const source = bytes.toString('latin1')
    for (const part of ['/S /Table', '/S /TH', '/Lang (it-IT)', '<pdfuaid:part>1</pdfuaid:part>'])
      expect([part, source.includes(part)]).toEqual([part, true])
    const text = (await extractText(new Uint8Array(bytes), { mergePages: true })).text.replace(/\s+/g, ' ')
    for (const { it } of items) expect([it, text.includes(it)]).toEqual([it, true])
    expect(text).toContain('1 2 3 4 5 6 7 8 9 10')
    expect(text).toContain(`https://percorsi.example/s/${survey.code}`)
  })
})

describe(`the file for LimeSurvey (${engine})`, () => {
  /** Read as its importer reads: byte order mark off, tabs, quotes only where a text has some. */
  async function rows() {
    const { db, survey } = await openSurvey({ published: false })
    await addOwn(
      db,
      survey.id,
      { kind: 'text', dimension: null, it: 'Che cosa pensa del "nuovo" {sportello} <b>?\tDica', en: '', options: [] },
      byRosa,
    )
    const { items } = await theSurvey(db, survey.id)
    const text = limesurveyStructure(survey, items)
    expect(text.startsWith('\uFEFFclass\t')).toBe(true)
    const read: Record<string, string>[] = parse(text, { bom: true, delimiter: '\t', quote: '"', columns: true, record_delimiter: '\r\n' })
    return {
      read,
      items,
      of: (kind: string, language?: string) => read.filter((row) => row.class === kind && (!language || row.language === language)),
    }
  }

  test('has the columns that the importer looks for, by their names', () => {
    expect(limesurveyColumns.slice(0, 7)).toEqual(['class', 'type/scale', 'name', 'relevance', 'text', 'help', 'language'])
    for (const name of ['validation', 'mandatory', 'other', 'default', 'same_default']) expect(limesurveyColumns).toContain(name)
  })

  test('sets the languages first, and titles for each of them', async () => {
    const { of, read } = await rows()
    const settings = Object.fromEntries(of('S').map((row) => [row.name, row.text]))
    expect([settings.language, settings.additional_languages, settings.anonymized]).toEqual(['it', 'en', 'Y'])
    for (const language of ['it', 'en'])
      for (const name of ['surveyls_title', 'surveyls_description', 'surveyls_welcometext', 'surveyls_urldescription', 'surveyls_language'])
        expect([language, name, of('SL', language).some((row) => row.name === name)]).toEqual([language, name, true])
    const order = read.map((row) => row.class)
    expect(order.indexOf('SL')).toBeGreaterThan(order.lastIndexOf('S'))
    expect(order.indexOf('G')).toBeGreaterThan(order.lastIndexOf('SL'))
  })

  test('repeats each language whole, with the same rows, types and codes in the same order', async () => {
    const { read } = await rows()
    const shape = (language: string) =>
      read
        .filter((row) => row.language === language && row.class !== 'SL')
        .map((row) => [row.class, row['type/scale'], row.class === 'G' ? '' : row.name])
    expect(shape('en')).toEqual(shape('it'))
    expect(shape('it').length).toBeGreaterThan(50)
  })

  test('gives every group its number, every question a code of letters and figures, every subquestion and answer a short one', async () => {
    const { of } = await rows()
    expect(of('G', 'it').map((row) => row['type/scale'])).toEqual(of('G', 'it').map((_, index) => `G${index + 1}`))
    const codes = of('Q', 'it').map(({ name }) => name ?? '')
    expect([codes.filter((code) => !/^[A-Za-z][A-Za-z0-9]{0,19}$/.test(code)), new Set(codes).size]).toEqual([[], codes.length])
    expect([...of('SQ'), ...of('A')].filter(({ name }) => !/^[A-Za-z0-9]{1,5}$/.test(name ?? ''))).toEqual([])
  })

  test('asks both scales of each question as rows of arrays, with the points as answers', async () => {
    const { of, items, read } = await rows()
    const scales = items.filter(({ kind }) => kind === 'scale')
    const asked = of('SQ', 'it').map(({ name }) => name)
    for (const { code, dimension } of scales)
      expect([code, asked.filter((name) => name === code).length]).toEqual([code, dimension === 'overall' ? 1 : 2])
    const array = read.findIndex((row) => row.class === 'Q' && row.name === 'SATTIME')
    expect(
      read
        .slice(array, array + 8)
        .map((row) => [row.class, row['type/scale'], row.name])
        .slice(0, 7),
    ).toEqual([
      ['Q', 'F', 'SATTIME'],
      ['SQ', '0', 'Q3'],
      ['A', '0', '1'],
      ['A', '0', '2'],
      ['A', '0', '3'],
      ['A', '0', '4'],
      ['A', '0', '5'],
    ])
  })

  test('keeps quotes, tags, braces and tabs of a text from meaning anything', async () => {
    const { of } = await rows()
    const text = of('Q', 'it').find((row) => row['type/scale'] === 'T' && row.name === 'T2')?.text
    expect(text).toBe('Che cosa pensa del "nuovo" { sportello} &lt;b&gt;? Dica')
  })
})
