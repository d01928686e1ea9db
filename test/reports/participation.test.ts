import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import type { Figures } from '#src/reports/definitions.ts'
import type { Grouping } from '#src/reports/groups.ts'
import { participation } from '#src/reports/participation/queries.ts'
import { participationReport } from '#src/reports/participation/report.ts'
import { asl, cosenza, countQueries, luca, nadia, newDatabase, rosa, salerno, torino, zone } from '#test/support.ts'
import { buildOn } from './builder.ts'
import { smallProgramme } from './small-programme.ts'

const campania = '15'
const calabria = '18'

test('every figure of a region is what one counts by hand', async () => {
  const { db, programme } = await opened()
  const { row } = await figuresOf(db, programme)
  expect(row(campania)).toEqual({
    registered: 2,
    enrolled: 1,
    active: 2,
    completed: 1,
    referents: 2,
    participants: 2,
    participants_online: 2,
    participants_territorial: 1,
    hours: 5,
  })
  expect(row(calabria)).toEqual({
    registered: 1,
    enrolled: 1,
    active: 1,
    completed: 0,
    referents: 1,
    participants: 1,
    participants_online: 1,
    participants_territorial: 0,
    hours: 0.8,
  })
})

test('the national total counts everybody, the ROC total the four regions', async () => {
  const { db, programme } = await opened()
  const { total, roc } = await figuresOf(db, programme)
  expect(total).toEqual({
    registered: 4,
    enrolled: 2,
    active: 3,
    completed: 1,
    referents: 4,
    participants: 3,
    participants_online: 3,
    participants_territorial: 1,
    hours: 5.8,
  })
  expect(roc).toEqual({ ...total, registered: 3, referents: 3 })
})

test('all twenty regions have a row, with zeros where nothing happened', async () => {
  const { db, programme } = await opened()
  const { rows, row } = await figuresOf(db, programme)
  expect(rows).toHaveLength(20)
  expect(Object.values(row('02') ?? {})).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0])
})

test('a person who takes part for two regions counts in both, and once in the country', async () => {
  const { db, programme, build, classroom } = await opened()
  await build.attendance(classroom, rosa, cosenza, 30)
  const { row, total, roc } = await figuresOf(db, programme)
  expect([row(campania)?.participants, row(calabria)?.participants, total.participants, roc.participants]).toEqual([2, 2, 3, 3])
})

test('a person who is referent in two regions counts once in the country', async () => {
  const { db, programme, build } = await opened()
  await build.referent(rosa, torino)
  const { row, total } = await figuresOf(db, programme)
  expect([row(campania)?.referents, row('01')?.referents, total.referents]).toEqual([2, 2, 4])
})

test('an administration that moves takes none of its past along', async () => {
  const { db, programme, build } = await opened()
  const before = await figuresOf(db, programme)
  await build.move(salerno, '17')
  const after = await figuresOf(db, programme)
  const ofThePast = ({ registered, referents, ...past }: Figures) => past
  for (const region of [campania, '17']) expect(ofThePast(after.row(region) as Figures)).toEqual(ofThePast(before.row(region) as Figures))
  expect([after.row(campania)?.registered, after.row('17')?.registered]).toEqual([1, 1])
})

test('another programme changes nothing', async () => {
  const { db, programme, build } = await opened()
  const { total } = await figuresOf(db, programme)
  const other = await build.programme('Altro')
  const module = await build.module(other)
  await build.enrolment(await build.pathway(other), torino)
  await build.attendance(await build.session(module, 'webinar', '2026-03-11 12:30'), rosa, torino, 60)
  await build.question(other, rosa, torino, '2026-03-11 12:30')
  expect((await figuresOf(db, programme)).total).toEqual(total)
})

for (const [happening, act] of Object.entries({
  'moves on in a module': ({ build, module, ofCosenza }, at) => build.progress(ofCosenza, module, 'in_progress', at),
  'hands in an assignment': ({ build, module, ofCosenza }, at) => build.submission(ofCosenza, module, nadia, at),
  'saves a worksheet': ({ build, module, ofCosenza }, at) => build.worksheet(ofCosenza, module, nadia, at),
  'registers for a session': ({ build, seminar }, at) => build.registration(seminar, nadia, cosenza, at),
  'asks a question': ({ build, programme }, at) => build.question(programme, nadia, cosenza, at),
} satisfies Record<string, (small: Awaited<ReturnType<typeof smallProgramme>>, at: string) => Promise<unknown>>))
  test(`an administration is active when it ${happening}`, async () => {
    const small = await opened()
    const june = { from: '2026-06-01', until: '2026-06-30' }
    expect((await figuresOf(small.db, small.programme, june)).row(calabria)?.active).toBe(0)
    await act(small, '2026-06-15 10:00')
    const { row, total } = await figuresOf(small.db, small.programme, june)
    expect([row(calabria)?.active, total.active]).toEqual([1, 1])
  })

test('a module that a coordinator recognised or set aside does not make an administration active', async () => {
  const { db, programme, build, module, ofCosenza } = await opened()
  await build.progress(ofCosenza, module, 'recognised', '2026-06-15 10:00')
  expect((await figuresOf(db, programme, { from: '2026-06-01' })).total.active).toBe(0)
})

test('a worksheet that was saved again later still makes its administration active then', async () => {
  const { db, programme, build, module, ofCosenza } = await opened()
  await build.worksheet(ofCosenza, module, nadia, '2026-06-15 10:00', '2026-07-15 10:00')
  expect((await figuresOf(db, programme, { from: '2026-06-01', until: '2026-06-30' })).row(calabria)?.active).toBe(1)
})

test('a session counts on its day in Rome: half past eleven in the evening is still March', async () => {
  const { db, programme, build, module } = await opened()
  await build.attendance(await build.session(module, 'webinar', '2026-03-31 23:30'), nadia, cosenza, 60)
  expect((await figuresOf(db, programme, { from: '2026-03-31', until: '2026-03-31' })).total.hours).toBe(1)
  expect((await figuresOf(db, programme, { from: '2026-04-01', until: '2026-04-01' })).total.hours).toBe(0)
})

test('a session at midnight counts on the day that begins', async () => {
  const { db, programme, build, module } = await opened()
  await build.attendance(await build.session(module, 'webinar', '2026-04-01 00:00'), nadia, cosenza, 60)
  expect((await figuresOf(db, programme, { until: '2026-03-31' })).row(calabria)?.hours).toBe(0)
  expect((await figuresOf(db, programme, { from: '2026-04-01', until: '2026-04-01' })).row(calabria)?.hours).toBe(1)
})

test('the day on which the clocks change has twenty-three hours', async () => {
  const { db, programme, build, module } = await opened()
  await build.attendance(await build.session(module, 'webinar', '2026-03-29 23:30'), nadia, cosenza, 60)
  await build.attendance(await build.session(module, 'webinar', '2026-03-30 00:30'), nadia, cosenza, 60)
  expect((await figuresOf(db, programme, { from: '2026-03-29', until: '2026-03-29' })).total.hours).toBe(1)
})

test('who was enrolled and has ended since is enrolled at a date in between', async () => {
  const { db, programme } = await opened()
  const enrolledOn = async (until: string) => (await figuresOf(db, programme, { until })).row(campania)?.enrolled
  expect([await enrolledOn('2026-02-01'), await enrolledOn('2026-02-28'), await enrolledOn('2026-03-01')]).toEqual([0, 2, 1])
})

test('a pathway counts as completed in the period of its completion, even if the enrolment ended later', async () => {
  const { db, programme, build, pathway } = await opened()
  await build.enrolment(pathway, torino, { at: '2026-02-05 10:00', completed: '2026-04-21 10:00', ended: '2026-05-02 10:00' })
  const completedIn = async (from: string, until: string) => (await figuresOf(db, programme, { from, until })).total.completed
  expect([await completedIn('2026-04-01', '2026-04-20'), await completedIn('2026-04-21', '2026-05-31')]).toEqual([1, 1])
})

test('the register is that of the closing date: not yet those imported later, no longer those closed', async () => {
  const { db, programme, build } = await opened()
  await build.administration('Comune di Prato', { region: '09', since: '2026-03-15 09:00', closed: '2026-04-15 09:00' })
  const registeredOn = async (until?: string) => (await figuresOf(db, programme, { until })).row('09')?.registered
  expect([
    await registeredOn('2026-03-14'),
    await registeredOn('2026-03-15'),
    await registeredOn('2026-04-15'),
    await registeredOn(),
  ]).toEqual([0, 1, 0, 0])
})

test('a referent who has handed over counts until then', async () => {
  const { db, programme, build } = await opened()
  await build.referent(await build.person('Elio Bruno'), cosenza, { since: '2026-02-10 09:00', until: '2026-03-10 09:00' })
  const referentsOn = async (until?: string) => (await figuresOf(db, programme, { until })).row(calabria)?.referents
  expect([await referentsOn('2026-03-09'), await referentsOn('2026-03-10'), await referentsOn()]).toEqual([2, 1, 1])
})

test('by category and kind only those that occur have a row, and they add up to the same totals', async () => {
  const { db, programme } = await opened()
  const byRegion = await figuresOf(db, programme)
  const byKind = await figuresOf(db, programme, { by: 'kind' })
  const byCategory = await figuresOf(db, programme, { by: 'category' })
  expect(byKind.rows.map(({ key }) => key).sort()).toEqual(['health', 'municipality'])
  expect([byKind.row('health')?.hours, byCategory.row('L7')?.active, byCategory.row('L6')?.registered]).toEqual([2, 1, 3])
  expect([byKind.total, byCategory.total]).toEqual([byRegion.total, byRegion.total])
})

test('by administration there is a row for each that has to do with the programme, by name', async () => {
  const { db, programme, build } = await opened()
  await build.administration('Comune di Prato', { region: '09' })
  const { rows, row, total } = await figuresOf(db, programme, { by: 'administration' })
  expect(rows.map(({ name }) => name)).toEqual([asl.name, cosenza.name, salerno.name, torino.name])
  expect([row(String(salerno.id))?.hours, row(String(salerno.id))?.registered, total.registered]).toEqual([3, 1, 5])
})

for (const by of ['region', 'administration'] as const)
  test(`the figures by ${by} take as many queries for three administrations as for one`, async () => {
    const db = await newDatabase()
    const build = buildOn(db)
    const programme = await build.programme()
    const session = await build.session(await build.module(programme), 'webinar', '2026-03-10 12:30')
    const queries = () => countQueries(db, (counted) => figuresOf(counted, programme, { by }))

    await build.attendance(session, rosa, salerno, 60)
    const withOne = await queries()
    await build.attendance(session, nadia, cosenza, 60)
    await build.attendance(session, luca, asl, 60)
    expect(await queries()).toBe(withOne)
  })

test('the report for the command line is plain JSON with filter, definitions, rows and totals', async () => {
  const { db, programme } = await opened()
  const report = await participationReport(db, programme.id, { from: null, until: day('2026-04-30'), by: 'region', zone })
  const read = JSON.parse(JSON.stringify(report))
  expect(read).toEqual(report)
  expect(read).toMatchObject({
    programme: { id: programme.id, title: 'MiglioraPA, seconda fase' },
    from: null,
    until: '2026-04-30',
    by: 'region',
    total: { participants: 3, participants_territorial: 1, hours: 3.8 },
  })
  expect(read.rows[14]).toMatchObject({ key: '15', label: 'Campania', participants: 2, hours: 3 })
  expect(read.definitions.completed).toContain('concluso')
})

async function opened() {
  const db = await newDatabase()
  return { db, ...(await smallProgramme(db)) }
}

const day = (text: string | undefined) => (text ? Temporal.PlainDate.from(text) : null)

async function figuresOf(
  db: Database,
  programme: { id: number },
  { from, until, by = 'region' }: { from?: string; until?: string; by?: Grouping } = {},
) {
  const found = await participation(db, { programmeId: programme.id, from: day(from), until: day(until), by, zone, person: 'operator' })
  return { ...found, row: (key: string) => found.rows.find((row) => row.key === key)?.figures }
}
