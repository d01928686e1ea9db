import { describe, expect, test } from 'vitest'
import { importAnswers, previewAnswers, undoImport } from '#src/tools/surveys/collection/import/actions.ts'
import { readAnswerFile } from '#src/tools/surveys/collection/import/read.ts'
import { carla, rosa } from '#test/support.ts'
import { answersOf, byRosa, openSurvey, today } from './stage.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const header = 'numero;Q1_S;Q1_I;Q2_S;P1;T1'
const own = (...rows: string[]) => bytesOf([header, ...rows].join('\r\n'))
const file = (bytes: Uint8Array) => ({ fileName: 'risposte.csv', bytes, today })

describe('a file of answers', () => {
  test('is read row by row; what can’t be is left out with its line and reason', async () => {
    const { survey, items } = await openSurvey()
    const read = readAnswerFile(own('1;4;5;3;A1;Bene', '2;9;5;;;', '3;4;5;;A7;', ';;;;;', '5;;;;;', '6;4;5', '7;4;;;;'), survey, items)
    if ('refusal' in read) throw new Error(read.refusal)
    expect(read.rows).toEqual([
      { line: 2, number: '1', answers: { Q1: { s: 4, i: 5 }, Q2: { s: 3 }, P1: 'A1', T1: 'Bene' } },
      { line: 8, number: '7', answers: { Q1: { s: 4 } } },
    ])
    expect(read.skipped).toEqual([
      { line: 3, reason: { field: 'Q1_s', problem: 'off_scale' } },
      { line: 4, reason: { field: 'P1', problem: 'no_such_choice' } },
      { line: 6, reason: 'empty' },
      { line: 7, reason: 'wrong_columns' },
    ])
  })

  test('may be written by Excel: Windows-1252, UTF-16 with byte order mark, tabs', async () => {
    const { survey, items } = await openSurvey()
    const text = `${header}\n1;4;5;;;Più sedie, perché no`
    const latin = Uint8Array.from(text, (sign) => sign.charCodeAt(0))
    const wide = new Uint8Array([
      0xff,
      0xfe,
      ...[...text.replaceAll(';', '\t')].flatMap((sign) => [sign.charCodeAt(0) & 0xff, sign.charCodeAt(0) >> 8]),
    ])
    for (const bytes of [latin, wide]) {
      const read = readAnswerFile(bytes, survey, items)
      expect('rows' in read && read.rows[0]?.answers.T1).toBe('Più sedie, perché no')
    }
  })

  test('of LimeSurvey is known by its columns, in new and old spelling; who did not finish is left out', async () => {
    const { survey, items } = await openSurvey()
    const lime = (column: string) =>
      bytesOf(
        `"id","submitdate","SATACCE${column}","IMPACCE${column}","P1"\n"7","2026-03-02 10:00","A4","5","A2"\n"8","","3","3",""\n"9","1980-01-01 00:00:00","N/A","4",""`,
      )
    for (const column of ['[Q1]', '_Q1']) {
      const read = readAnswerFile(lime(column), survey, items)
      expect(read).toMatchObject({ layout: 'limesurvey', rows: [{ number: '7', answers: { Q1: { s: 4, i: 5 }, P1: 'A2' } }] })
      expect('skipped' in read && read.skipped.map(({ reason }) => reason)).toEqual(['not_finished', 'not_finished'])
    }
  })

  test.each([
    ['nothing', '', 'empty'],
    ['a workbook', 'PK\u0003\u0004xxxx', 'binary'],
    ['other columns', 'nome;cognome\nAnna;Neri', 'no_columns'],
    ['a header alone', header, 'no_rows'],
    ['an end in the middle of a row', `${header}\n1;4;5;3;A1;Bene\n2;4`, 'truncated:3'],
  ])('that is %s is refused in words', async (_what, text, refusal) => {
    const { db, survey, as, path } = await openSurvey()
    expect(await previewAnswers(db, survey, bytesOf(text))).toEqual({ refusal })
    const answer = await (await as(rosa)).post(`${path}/imports`, { file: new File([text], 'x.csv') })
    expect([answer.status, answer.text.includes('id="file-error"')]).toEqual([422, true])
  })

  test('of fifty megabytes is refused before it is read', async () => {
    const { as, path } = await openSurvey()
    const answer = await (await as(rosa)).post(`${path}/imports`, {}, { 'content-length': String(50 * 1024 * 1024) })
    expect([answer.status, answer.text.includes('supera la dimensione ammessa')]).toEqual([413, true])
  })

  test('of more rows than may be is refused', async () => {
    const { survey, items } = await openSurvey()
    expect(readAnswerFile(own(...Array.from({ length: 20_001 }, (_, index) => `${index};4;5;;;`)), survey, items)).toEqual({
      refusal: 'too_many_rows',
    })
  })
})

describe('importing', () => {
  test('the same file twice counts once, a longer one brings only what is new, and undoing takes out what it brought', async () => {
    const { db, survey } = await openSurvey()
    const first = own('1;4;5;;;', '2;3;5;;;')
    expect(await importAnswers(db, survey.id, file(first), byRosa)).toEqual({ answers: 2 })
    expect(await importAnswers(db, survey.id, file(first), byRosa)).toEqual({ refusal: 'nothing_new' })
    const longer = own('1;4;5;;;', '2;3;5;;;', '3;1;1;;;')
    expect(await importAnswers(db, survey.id, file(longer), byRosa)).toEqual({ answers: 1 })
    const [one] = await db.selectFrom('survey_import').orderBy('id').select('id').execute()
    expect(await undoImport(db, { surveyId: survey.id, importId: one?.id ?? 0 }, byRosa)).toEqual({ removed: 2 })
    expect(await undoImport(db, { surveyId: survey.id, importId: one?.id ?? 0 }, byRosa)).toBeNull()
    expect(await answersOf(db, survey.id)).toEqual([{ Q1: { s: 1, i: 1 } }])
    expect(await importAnswers(db, survey.id, file(first), byRosa)).toEqual({ answers: 2 })
  })

  test('at the same moment by two colleagues counts once', async () => {
    const { db, survey } = await openSurvey()
    const both = await Promise.all([1, 2].map(() => importAnswers(db, survey.id, file(own('1;4;5;;;')), byRosa)))
    expect(both.filter((outcome) => 'answers' in outcome)).toHaveLength(1)
    expect(await answersOf(db, survey.id)).toHaveLength(1)
  })

  test('shows HTML of a file as text, and another person’s upload is not there', async () => {
    const { as, path } = await openSurvey()
    const browser = await as(rosa)
    const kept = await browser.post(`${path}/imports`, { file: new File([`${header};<script>alert(1)</script>\n1;4;5;;;;x`], '<b>.csv') })
    const page = await browser.get(kept.location ?? '')
    expect([page.status, page.text.includes('<script>alert'), page.text.includes('&lt;script&gt;')]).toEqual([200, false, true])
    expect((await (await as(carla)).get(kept.location ?? '')).status).toBe(403)
  })
})

describe('paper', () => {
  test('goes in sheet by sheet, each number once, and a mistaken one can be taken out', async () => {
    const { db, as, path, survey } = await openSurvey()
    const browser = await as(rosa)
    expect((await browser.post(`${path}/answers`, { sheet: 7, Q1_s: 4 })).status).toBe(303)
    const again = await browser.post(`${path}/answers`, { sheet: 7, Q1_s: 2 })
    expect([again.status, again.text.includes('Questo foglio è già inserito'), again.text.includes('value="2"')]).toEqual([422, true, true])
    expect((await browser.get(`${path}/answers/new`)).text).toContain('name="sheet" inputmode="numeric" maxlength="6" value="8"')
    await browser.post(`${path}/answers/7/remove`)
    expect(await answersOf(db, survey.id)).toEqual([])
  })

  test('with a number off the scale or no number of the sheet keeps what was typed', async () => {
    const { as, path } = await openSurvey()
    const answer = await (await as(rosa)).post(`${path}/answers`, { sheet: '', Q1_s: 44, Q1_i: 3 })
    expect(answer.status).toBe(422)
    for (const part of ['href="#sheet"', 'href="#Q1_s"', 'value="44"', 'value="3"']) expect(answer.text).toContain(part)
  })
})
