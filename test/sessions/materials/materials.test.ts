import { expect, test } from 'vitest'
import { cancelSession } from '#src/sessions/actions.ts'
import { recordAttendance } from '#src/sessions/attendance/actions.ts'
import { isShown } from '#src/sessions/materials/rules.ts'
import { register } from '#src/sessions/registration/actions.ts'
import { carla, countQueries, luca, nadia, noon, openApp, paolo, rosa, salerno, tina } from '#test/support.ts'
import { byPaolo, idOf, moment, openSession } from '../stage.ts'

const ended = moment('2026-03-10T10:30:00Z')
const pdf = (name = 'guida.pdf') => new File(['%PDF-1.7 guida'], name, { type: 'application/pdf' })

/** Rosa is registered and was there, Luca is registered and was not; the trainer's browser adds. */
async function open() {
  const opened = await openSession()
  const { db, id, as, path } = opened
  for (const person of [rosa, luca])
    idOf(await register(db, id, { personId: person.id, administrationId: salerno.id }, { by: person, at: noon }))
  const trainer = await as(paolo)
  const add = (form: Record<string, string | File | File[]>) =>
    trainer.post(`${path}/materials`, { title: '', link: '', phase: 'before', audience: 'registered', files: new File([], ''), ...form })
  const attended = async () => {
    opened.clock.now = ended
    const row = { administrationId: salerno.id, minutes: 90 }
    await recordAttendance(
      db,
      id,
      [
        { ...row, personId: rosa.id, status: 'present' },
        { ...row, personId: luca.id, minutes: 0, status: 'absent' },
      ],
      { by: paolo, at: ended },
    )
  }
  const find = async (person: { id: number } | null, material = 1) => (await (await as(person)).get(`${path}/materials/${material}`)).status
  return { ...opened, trainer, add, attended, find }
}

test('a file for the registered is a download for them, and isn’t there for others', async () => {
  const { add, find, as, path } = await open()
  expect((await add({ files: pdf() })).status).toBe(303)
  expect([await find(rosa), await find(nadia), await find(null), await find(tina), await find(paolo), await find(carla)]).toEqual([
    200, 404, 404, 404, 200, 200,
  ])
  const { headers, text } = await (await as(rosa)).get(`${path}/materials/1`)
  expect([headers.get('content-type'), headers.get('content-disposition'), headers.get('x-content-type-options'), text]).toEqual([
    'application/pdf',
    `attachment; filename="guida.pdf"; filename*=UTF-8''guida.pdf`,
    'nosniff',
    '%PDF-1.7 guida',
  ])
})

test('what is for everybody is there without signing in, before and after', async () => {
  const { add, find, clock } = await open()
  await add({ link: 'https://video.example/1', title: 'Da guardare', audience: 'everybody' })
  await add({ files: pdf(), phase: 'after', audience: 'everybody' })
  expect([await find(null, 1), await find(null, 2)]).toEqual([302, 404])
  clock.now = ended
  expect([await find(null, 1), await find(null, 2)]).toEqual([302, 200])
})

test('the recording for those who attended appears at the end, for them alone', async () => {
  const { add, find, attended, as, path } = await open()
  await add({ link: 'https://video.example/secret', title: 'La registrazione', phase: 'recording', audience: 'attended' })
  expect([await find(rosa), await find(paolo)]).toEqual([404, 302])
  expect((await (await as(rosa)).get(path)).text).toContain('C’è un altro materiale')
  await attended()
  expect([await find(rosa), await find(luca), await find(null)]).toEqual([302, 404, 404])
  const pages = await Promise.all([rosa, luca, null].map(async (person) => (await (await as(person)).get(path)).text))
  expect(pages.map((text) => text.includes('La registrazione'))).toEqual([true, false, false])
  expect(pages.some((text) => text.includes('video.example'))).toBe(false)
})

test.each<[string, Record<string, string | File | File[]>, string]>([
  ['nothing', {}, 'Scegli un file'],
  ['a script as a link', { link: 'javascript:alert(1)' }, 'deve cominciare con https'],
  ['a page that calls itself a PDF', { files: new File(['<!doctype html><script>'], 'x.pdf') }, 'non è di un tipo accettato'],
  ['a program', { files: new File(['MZ'], 'setup.exe') }, 'non è di un tipo accettato'],
  ['an empty file', { files: new File([], 'vuoto.pdf') }, 'è vuoto'],
  ['eleven megabytes', { files: new File([`%PDF-${'a'.repeat(11 * 1024 * 1024)}`], 'grande.pdf') }, 'supera 10 MB'],
  ['six files', { files: Array.from({ length: 6 }, () => pdf()) }, 'Al massimo 5 file'],
  ['for those who attended, beforehand', { files: pdf(), audience: 'attended' }, 'nessuno ha ancora partecipato'],
  ['an audience of one’s own', { files: pdf(), audience: 'nobody' }, 'Scegliere una delle voci proposte'],
])('%s is refused beside the field, and nothing is kept', async (_, form, sentence) => {
  const { add, db } = await open()
  const { status, text } = await add(form)
  expect([status, text.includes(sentence)]).toEqual([422, true])
  expect(await db.selectFrom('session_material').selectAll().execute()).toEqual([])
})

test('what was taken away is there no more, and the history says who did it', async () => {
  const { add, find, trainer, path, db } = await open()
  await add({ files: [pdf(), pdf('scheda.pdf')] })
  expect((await trainer.post(`${path}/materials/1/remove`)).status).toBe(303)
  expect([await find(rosa, 1), await find(rosa, 2), (await trainer.post(`${path}/materials/1/remove`)).status]).toEqual([404, 200, 404])
  const { person_id } = await db
    .selectFrom('history')
    .where('happening', '=', 'session_material_removed')
    .select('person_id')
    .executeTakeFirstOrThrow()
  expect(person_id).toBe(paolo.id)
})

test('a material of one session isn’t found under another', async () => {
  const { add, as } = await open()
  await add({ files: pdf(), audience: 'everybody' })
  expect((await (await as(paolo)).get('/sessions/999/materials/1')).status).toBe(404)
})

test('titles are text, whatever they look like', async () => {
  const { add, as, path } = await open()
  await add({ link: 'https://video.example/1', title: '<img src=x onerror=alert(1)>', audience: 'everybody' })
  expect((await (await as(null)).get(path)).text).toContain('&lt;img src=x onerror=alert(1)&gt;')
})

test('a session that was called off gets no more materials', async () => {
  const { add, db, id } = await open()
  idOf(await cancelSession(db, id, 'Docente malato', byPaolo))
  expect((await add({ files: pdf() })).status).toBe(422)
})

test('the page of a session takes as many queries with three materials as with one', async () => {
  const { add, db, path } = await open()
  const count = () => countQueries(db, async (counted) => void (await (await (await openApp({ db: counted })).as(null)).get(path)))
  await add({ files: pdf(), audience: 'everybody' })
  const one = await count()
  await add({ files: [pdf(), pdf('due.pdf')], audience: 'everybody' })
  expect(await count()).toBe(one)
})

test.each([
  ['before', 'everybody', {}, true],
  ['before', 'registered', {}, false],
  ['before', 'registered', { registered: true }, true],
  ['after', 'everybody', {}, false],
  ['after', 'registered', { registered: true }, false],
  ['after', 'registered', { registered: true }, true, ended],
  ['after', 'attended', { registered: true }, false, ended],
  ['recording', 'attended', { attended: true }, true, ended],
  ['recording', 'registered', { attended: true }, true, ended],
  ['recording', 'attended', { inCharge: true }, true],
] as const)('%s for %s, %o: %s', (phase, audience, reader, shown, now: Temporal.Instant = noon) => {
  const nobody = { inCharge: false, registered: false, attended: false }
  expect(isShown({ phase, audience }, { endsAt: ended }, { reader: { ...nobody, ...reader }, now })).toBe(shown)
})

test('a coordinator of another region manages no materials', async () => {
  const { as, path } = await open()
  expect((await (await as(tina)).post(`${path}/materials`, { phase: 'before' })).status).toBe(403)
  expect((await (await as(nadia)).get(`${path}/materials`)).status).toBe(403)
})
