import { extractText } from 'unpdf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveSettings } from '#src/tools/surveys/actions.ts'
import { weakItems } from '#src/tools/surveys/analysis/findings.ts'
import { asksImportance } from '#src/tools/surveys/questionnaire/form.ts'
import { arrayCode } from '#src/tools/surveys/questionnaire/limesurvey.ts'
import type { Dimension } from '#src/tools/surveys/survey.ts'
import { carla, nadia, type OpenedApp, openKeptApp, rosa } from '#test/support.ts'
import { aForm, answersOf, buildSurvey, byRosa } from './stage.ts'

/** The same numbers in every run. */
function repeatable(seed: number) {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

const codes = ['Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6', 'Q7', 'Q8', 'Q9', 'Q10']
/** How each question leans on the two scales. */
const leaning: Record<string, [number, number]> = {
  Q1: [3.4, 4.0],
  Q2: [3.0, 3.2],
  Q3: [2.6, 4.6],
  Q4: [3.9, 4.3],
  Q5: [3.3, 3.6],
  Q6: [4.2, 4.5],
  Q7: [4.5, 4.1],
  Q8: [4.4, 4.6],
  Q9: [4.1, 3.1],
  Q10: [3.9, 0],
}

type Sheet = Record<string, string>
/** 400 people: everybody answers the first question, each of the others is left out by one in ten. */
function people(): Sheet[] {
  const chance = repeatable(1848)
  const point = (mean: number) => String(Math.min(5, Math.max(1, Math.round(mean + (chance() + chance() + chance() - 1.5) * 1.6))))
  return Array.from({ length: 400 }, (_, index) => {
    const sheet: Sheet = {}
    for (const code of codes) {
      const [s, i] = leaning[code] ?? [3, 3]
      if (code === 'Q1' || chance() > 0.1) sheet[`${code}_s`] = point(s)
      if (code !== 'Q10' && (code === 'Q1' || chance() > 0.1)) sheet[`${code}_i`] = point(i)
    }
    // Nine over seventy: too few to be shown, and the next smallest goes with them.
    sheet.P1 = index < 9 ? 'A4' : index < 60 ? 'A3' : index < 220 ? 'A2' : 'A1'
    if (index % 20 === 0) sheet.T1 = `Più sportelli, grazie (${index})`
    return sheet
  })
}

const sheets = people()
let app: OpenedApp & { close: () => Promise<void> }
let built: Awaited<ReturnType<typeof buildSurvey>>

beforeAll(async () => {
  app = (await openKeptApp()) as typeof app
  built = await buildSurvey(app.db)
  const { survey } = built
  await saveSettings(app.db, survey.id, { settings: { ...survey, reached: 1600 }, revision: survey.revision }, byRosa)
  await overHttp(sheets.slice(0, 230))
  await byLimeSurvey(sheets.slice(230, 350))
  await onPaper(sheets.slice(350))
}, 120_000)
afterAll(async () => app.close())

async function overHttp(some: Sheet[]) {
  for (const [index, sheet] of some.entries()) {
    const body = new URLSearchParams(aForm(built, sheet) as Record<string, string>)
    const env = { incoming: { socket: { remoteAddress: `203.0.113.${index % 200}`, remotePort: 1, remoteFamily: 'IPv4' } } }
    const answer = await app.app.request(built.url, { method: 'POST', body, headers: { origin: 'http://localhost' } }, env)
    if (answer.status !== 303) throw new Error(`answer ${index}: ${answer.status}`)
  }
}

/** As LimeSurvey exports by question code: one column a subquestion, its own columns before. */
async function byLimeSurvey(some: Sheet[]) {
  const fields = built.items.flatMap((item) => {
    if (item.kind !== 'scale') return [{ column: item.code, name: item.code }]
    const of = (scale: 's' | 'i') => ({
      column: `${arrayCode(scale, item.dimension as Dimension)}[${item.code}]`,
      name: `${item.code}_${scale}`,
    })
    return asksImportance(item) ? [of('s'), of('i')] : [of('s')]
  })
  const quoted = (cells: readonly string[]) => cells.map((cell) => `"${cell}"`).join(',')
  const lines = [
    quoted(['id', 'submitdate', 'lastpage', 'startlanguage', 'seed', ...fields.map(({ column }) => column)]),
    ...some.map((sheet, index) =>
      quoted([String(index + 1), '2026-03-02 10:00:00', '3', 'it', '1', ...fields.map(({ name }) => sheet[name] ?? '')]),
    ),
    quoted(['9999', '', '1', 'it', '1', ...fields.map(() => '1')]),
  ]
  await importFile(new File([`\uFEFF${lines.join('\r\n')}\r\n`], 'results-survey.csv'))
}

async function importFile(file: File) {
  const browser = await app.as(rosa)
  const preview = await browser.post(`${built.path}/imports`, { file })
  const page = await browser.get(preview.location ?? '')
  expect(page.text).toContain('Letto come esportazione di LimeSurvey')
  const upload = /name="upload" value="([^"]+)"/.exec(page.text)?.[1]
  const confirmed = await browser.post(`${built.path}/imports/confirm`, { upload, file: 'results-survey.csv' })
  expect(confirmed.status).toBe(303)
}

async function onPaper(some: Sheet[]) {
  const browser = await app.as(rosa)
  for (const [index, sheet] of some.entries()) {
    const answer = await browser.post(`${built.path}/answers`, { sheet: index + 1, ...sheet })
    if (answer.status !== 303) throw new Error(`sheet ${index}: ${answer.status}`)
  }
}

// Worked out here from the sheets alone, another way than the product does: sums of squares, and t from a table. -------------

const values = (name: string) => sheets.flatMap((sheet) => (sheet[name] === undefined ? [] : [Number(sheet[name])]))
const mean = (all: number[]) => all.reduce((a, b) => a + b, 0) / all.length
/** s² = (Σx² − (Σx)²/n) / (n−1) */
const variance = (all: number[]) =>
  (all.reduce((sum, x) => sum + x * x, 0) - all.reduce((a, b) => a + b, 0) ** 2 / all.length) / (all.length - 1)
const italian = (value: number) => value.toFixed(2).replace('.', ',')
/** t(0.975) for 399 degrees of freedom, as tables have it. */
const t399 = 1.965927

describe('400 answers over the web, from LimeSurvey and on paper', () => {
  test('are all there, each once, and mean what was answered', async () => {
    const kept = await answersOf(app.db, built.survey.id)
    expect(kept).toHaveLength(400)
    const wanted = sheets.map((sheet) => sheet.Q1_s).toSorted()
    expect(kept.map((answers) => String((answers.Q1 as { s: number }).s)).toSorted()).toEqual(wanted)
  })

  test('give the means, intervals and counts that an independent computation gives', async () => {
    const { text } = await (await app.as(rosa)).get(`${built.path}/analysis`)
    const q1 = values('Q1_s')
    const half = t399 * Math.sqrt(variance(q1) / 400)
    expect(text).toContain(`${italian(mean(q1))} (${italian(mean(q1) - half)} – ${italian(mean(q1) + half)})`)
    for (const code of codes) expect([code, text.includes(`${italian(mean(values(`${code}_s`)))} (`)]).toEqual([code, true])
    expect(text).toContain('25%</strong> tasso di risposta')
    const distribution = [1, 2, 3, 4, 5].map((point) => q1.filter((value) => value === point).length)
    expect(text).toContain(distribution.map((count) => `<td class="numeric">${count}</td>`).join(''))
  })

  test('put each question in the quadrant where it belongs', async () => {
    const rated = codes.filter((code) => code !== 'Q10')
    const [s, i] = [mean(rated.map((code) => mean(values(`${code}_s`)))), mean(rated.map((code) => mean(values(`${code}_i`))))]
    const weak = rated.filter((code) => mean(values(`${code}_s`)) < s && mean(values(`${code}_i`)) >= i)
    expect(weak.length).toBeGreaterThan(0)
    const found = await weakItems(app.db, built.survey.id)
    expect(found.map(({ item }) => item.code).toSorted()).toEqual(weak.toSorted())
    const { text } = await (await app.as(rosa)).get(`${built.path}/analysis`)
    expect(text.split('▲ Da migliorare per primo<br>').length - 1).toBe(weak.length)
  })

  test('give each dimension its gap, person by person', async () => {
    // Courtesy is one question in this kit: the gap is over those who answered both scales.
    const courtesy = built.items.find(({ dimension }) => dimension === 'courtesy')?.code ?? ''
    const gaps = sheets.flatMap((sheet) => {
      const [s, i] = [sheet[`${courtesy}_s`], sheet[`${courtesy}_i`]]
      return s && i ? [Number(i) - Number(s)] : []
    })
    const { text } = await (await app.as(rosa)).get(`${built.path}/analysis`)
    const row = text.slice(text.lastIndexOf('<th scope="row">Cortesia</th>'))
    expect(row.slice(0, row.indexOf('</tr>'))).toContain(`${italian(mean(gaps))} (`)
  })

  test('hide the nine over seventy, and the next smallest group with them', async () => {
    const { text } = await (await app.as(rosa)).get(`${built.path}/analysis?by=P1`)
    const section = text.slice(text.indexOf('id="groups"'))
    const row = (name: string) => section.slice(section.indexOf(`<th scope="row">${name}`)).split('</tr>')[0] ?? ''
    expect(row('70 anni o più')).toContain('non mostrato')
    expect(row('Da 55 a 69 anni')).toContain('non mostrato')
    const young = sheets
      .filter(({ P1 }) => P1 === 'A1')
      .map((sheet) => mean(codes.flatMap((code) => (sheet[`${code}_s`] ? [Number(sheet[`${code}_s`])] : []))))
    expect(row('Fino a 34 anni')).toContain(`<td class="numeric">180</td>`)
    expect(row('Fino a 34 anni')).toContain(`${italian(mean(young))} (`)
  })

  test('are reported in a PDF whose figures a reader finds', async () => {
    const answer = await app.app.request(`${built.path}/report.pdf`, { headers: await cookieOf(rosa) })
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    const bytes = new Uint8Array(await answer.arrayBuffer())
    // The reader takes the bytes it is given away.
    const text = (await extractText(bytes.slice(), { mergePages: true })).text.replace(/\s+/g, ' ')
    const q3 = values('Q3_s')
    for (const part of [
      'Relazione sull’indagine',
      'Comune di Salerno',
      'Risposte: 400 (230 online, 50 su carta, 120 da file).',
      'Tasso di risposta: 25% delle 1.600 persone',
      'Il tempo di attesa prima di essere serviti',
      italian(mean(q3)),
      'Martilla e James',
    ])
      expect([part, text.includes(part)]).toEqual([part, true])
    const source = Buffer.from(bytes).toString('latin1')
    for (const part of ['/StructTreeRoot', '/Lang (it-IT)', '/S /Table', '/S /TH', '/S /Figure', '<pdfuaid:part>1</pdfuaid:part>'])
      expect([part, source.includes(part)]).toEqual([part, true])
  })

  test('come out again as CSV and as a workbook, for the administration alone', async () => {
    const browser = await app.as(rosa)
    const { text } = await browser.get(`${built.path}/answers.csv`)
    const lines = text.trim().split('\r\n')
    expect(lines).toHaveLength(401)
    expect(lines[0]).toMatch(/^numero;data;provenienza;Q1_S;Q1_I;/)
    const { readSheet } = await import('read-excel-file/node')
    const answer = await app.app.request(`${built.path}/answers.xlsx`, { headers: await cookieOf(rosa) })
    const rows = await readSheet(Buffer.from(await answer.arrayBuffer()))
    expect([rows.length, rows[0]?.slice(0, 4), rows[1]?.[3]]).toEqual([
      401,
      ['numero', 'data', 'provenienza', 'Q1_S'],
      Number(sheets[0]?.Q1_s),
    ])
    expect([
      (await (await app.as(carla)).get(`${built.path}/answers.csv`)).status,
      (await (await app.as(nadia)).get(`${built.path}/answers.csv`)).status,
    ]).toEqual([403, 404])
  })
})

async function cookieOf(person: { id: number }) {
  const { startSignIn } = await import('#src/people/sign-in/actions.ts')
  const { inTransaction } = await import('#src/database/transaction.ts')
  return { cookie: `percorsi_sign_in=${await inTransaction(app.db, (tx) => startSignIn(tx, person.id, app.clock.now))}` }
}
