import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { undoRun } from '#src/pathways/assign/undo.ts'
import { resolveExceptions } from '#src/pathways/exceptions/actions.ts'
import { cannotBeMet } from '#src/pathways/exceptions/due.ts'
import { findExceptions } from '#src/pathways/exceptions/queries.ts'
import { answerIntake, enrol } from '#src/pathways/orientation/actions.ts'
import { chosenByHand } from '#src/pathways/orientation/trace.ts'
import { buildMiglioraPa, byCarla, made } from '#test/programmes/build.ts'
import { asl, carla, cosenza, countQueries, enzo, newDatabase, noon, openApp, rosa, salerno, torino, zone } from '#test/support.ts'

const national = { by: carla, at: noon, scope: 'national' as const, zone }

/** Salerno follows Standard though the rules would propose Avanzato; nobody reaches the others. */
async function open(given?: Database) {
  const db = given ?? (await newDatabase())
  const built = await buildMiglioraPa(db, { rest: false })
  const { programmeId } = built
  await answerIntake(db, { programmeId, administrationId: salerno.id, answers: { experience: 'many', staff: '4' } }, { by: rosa, at: noon })
  const place = { programmeId, administrationId: salerno.id }
  const enrolmentId = made(await enrol(db, { ...place, pathwayId: built.standard, ruleId: null, trace: chosenByHand }, byCarla))
  const cases = (scope: 'national' | string[] = 'national') => findExceptions(db, { programmeId, scope, now: noon, zone })
  const asked = { programmeId, pathwayId: null, reason: 'Deciso in riunione', day: null }
  return { db, ...built, enrolmentId, cases, asked }
}

const pathwayOf = async (db: Database, administrationId: number) =>
  (
    await db
      .selectFrom('enrolment')
      .where('administration_id', '=', administrationId)
      .where('ended_at', 'is', null)
      .select('pathway_id')
      .executeTakeFirst()
  )?.pathway_id
const names = (rows: readonly { administrationId: number }[]) =>
  rows.map(({ administrationId }) => administrationId).toSorted((a, b) => a - b)
const sorted = (...several: { id: number }[]) => several.map(({ id }) => id).toSorted((a, b) => a - b)

test('whom no rule reaches, and who follows another pathway than proposed, are each on their list', async () => {
  const { cases } = await open()
  const found = await cases()
  expect(names(found.unmatched)).toEqual(sorted(cosenza, asl, torino))
  expect(names(found.elsewhere)).toEqual(sorted(salerno))
  expect(found.closed).toEqual([])
})

test('a regional scope sees its own cases only', async () => {
  const { cases } = await open()
  expect(names((await cases(['18'])).unmatched)).toEqual(sorted(cosenza))
})

test('a pathway given to several by hand is one run that can be undone', async () => {
  const { db, cases, asked, standard } = await open()
  const chosen = new Set([String(cosenza.id), String(torino.id)])
  expect(await resolveExceptions(db, { ...asked, kind: 'unmatched', remedy: 'assign', chosen, pathwayId: standard }, national)).toBe(2)
  expect(await pathwayOf(db, cosenza.id)).toBe(standard)
  expect(names((await cases()).unmatched)).toEqual(sorted(asl))
  const run = await db.selectFrom('assignment_run').selectAll().executeTakeFirstOrThrow()
  expect(run).toMatchObject({ enrolled: 2, moved: 0 })
  await undoRun(db, run.id, byCarla)
  expect(names((await cases()).unmatched)).toEqual(sorted(cosenza, asl, torino))
})

test('moving to the pathway proposed settles it, and undoing brings it back', async () => {
  const { db, cases, asked, standard, advanced } = await open()
  await resolveExceptions(db, { ...asked, kind: 'elsewhere', remedy: 'move', chosen: new Set([String(salerno.id)]) }, national)
  expect(await pathwayOf(db, salerno.id)).toBe(advanced)
  expect((await cases()).elsewhere).toEqual([])
  const { id } = await db.selectFrom('assignment_run').select('id').executeTakeFirstOrThrow()
  await undoRun(db, id, byCarla)
  expect(await pathwayOf(db, salerno.id)).toBe(standard)
})

test('who is left where they are is not asked about again', async () => {
  const { db, cases, asked, standard } = await open()
  await resolveExceptions(db, { ...asked, kind: 'elsewhere', remedy: 'keep', chosen: new Set([String(salerno.id)]) }, national)
  expect(await pathwayOf(db, salerno.id)).toBe(standard)
  expect((await cases()).elsewhere).toEqual([])
})

test('a body that left the register while following a pathway is listed until the pathway is closed with a reason', async () => {
  const { db, cases, asked, enrolmentId } = await open()
  await db.updateTable('administration').set({ closed_at: '2026-03-01T00:00:00.000Z' }).where('id', '=', salerno.id).execute()
  expect(names((await cases()).closed)).toEqual(sorted(salerno))
  await resolveExceptions(db, { ...asked, kind: 'closed', remedy: 'end', chosen: new Set([String(salerno.id)]) }, national)
  expect((await cases()).closed).toEqual([])
  const entry = await db.selectFrom('history').where('happening', '=', 'enrolment_ended').selectAll().executeTakeFirstOrThrow()
  expect(entry).toMatchObject({ subject_id: enrolmentId, reason: 'Deciso in riunione', person_id: carla.id })
})

test('what is no longer a case is left alone', async () => {
  const { db, asked, standard } = await open()
  const chosen = new Set([String(salerno.id), '999999'])
  expect(await resolveExceptions(db, { ...asked, kind: 'unmatched', remedy: 'assign', chosen, pathwayId: standard }, national)).toBe(0)
})

test('finding the cases takes as many queries for one that follows a pathway as for all', async () => {
  const { db, programmeId, standard, asked } = await open()
  const count = () => countQueries(db, (counted) => findExceptions(counted, { programmeId, scope: 'national', now: noon, zone }))
  const few = await count()
  const chosen = new Set([cosenza, asl, torino].map(({ id }) => String(id)))
  await resolveExceptions(db, { ...asked, kind: 'unmatched', remedy: 'assign', chosen, pathwayId: standard }, national)
  expect(await count()).toBe(few)
})

// Pages --------------------------------------------------------------------------------------------------------------

async function openPages() {
  const { db, as } = await openApp()
  const built = await open(db)
  return { ...built, as, url: `/programmes/${built.programmeId}/exceptions` }
}

test('a coordinator resolves all rows of a list at once', async () => {
  const { db, as, url, standard } = await openPages()
  const browser = await as(carla)
  expect((await browser.get(url)).text).toContain('Comune di Torino')
  const form = { every: 'yes', pathway: standard, reason: 'Nessuna regola', remedy: 'assign' }
  expect((await browser.post(`${url}/unmatched`, form)).location).toBe(`${url}/unmatched`)
  expect(await pathwayOf(db, torino.id)).toBe(standard)
  expect((await browser.get(`${url}/unmatched`)).text).toContain('Nessuna: le regole raggiungono tutte')
})

test.each([
  ['nobody chosen', { pathway: 1, reason: 'x' }, 'Scegliere almeno una riga.'],
  ['no pathway', { chosen: cosenza.id, reason: 'x' }, 'Scegliere il percorso da assegnare.'],
  ['a pathway that isn’t there', { chosen: cosenza.id, pathway: 999, reason: 'x' }, 'Scegliere il percorso da assegnare.'],
  ['no reason', { chosen: cosenza.id, pathway: 1, reason: '' }, 'Scrivere il motivo.'],
])('%s is refused beside its field, and the choice stays', async (_name, form, sentence) => {
  const { as, url } = await openPages()
  const { status, text } = await (await as(carla)).post(`${url}/unmatched`, { ...form, remedy: 'assign' })
  expect(status).toBe(422)
  expect(text).toContain(sentence)
  if ('chosen' in form) expect(text).toMatch(new RegExp(`value="${cosenza.id}" checked`))
})

test('a regional coordinator cannot resolve another region’s case', async () => {
  const { db, as, url, standard } = await openPages()
  await (await as(enzo)).post(`${url}/unmatched`, { chosen: [torino.id, cosenza.id], pathway: standard, reason: 'x', remedy: 'assign' })
  expect([await pathwayOf(db, torino.id), await pathwayOf(db, cosenza.id)]).toEqual([undefined, standard])
})

// Due dates ----------------------------------------------------------------------------------------------------------

const day = Temporal.PlainDate.from
const days = { enrolledOn: day('2026-03-02'), endsOn: day('2026-12-31'), today: day('2026-03-10') }
const module = { optional: false, state: 'available', due: day('2026-04-01'), notBefore: null, kind: 'reading' } as const

test.each<[string, Parameters<typeof cannotBeMet>, boolean]>([
  ['a day within the programme', [module, days, []], false],
  ['a day after the programme', [{ ...module, due: day('2027-01-01') }, days, []], true],
  ['a day before the pathway began', [{ ...module, due: day('2026-03-01') }, days, []], true],
  ['a day before the module opens', [{ ...module, notBefore: day('2026-04-02') }, days, []], true],
  ['a day that is past could have been met', [{ ...module, due: day('2026-03-05') }, days, []], false],
  ['a webinar with a session before it', [{ ...module, kind: 'webinar' }, days, [day('2026-03-20')]], false],
  ['a webinar whose sessions are all over', [{ ...module, kind: 'webinar' }, days, [day('2026-03-05')]], true],
  ['a webinar whose next session comes after it', [{ ...module, kind: 'webinar' }, days, [day('2026-04-02')]], true],
  ['a webinar that has no sessions yet', [{ ...module, kind: 'webinar' }, days, []], false],
  ['what is optional', [{ ...module, optional: true, due: day('2027-01-01') }, days, []], false],
  ['what is done', [{ ...module, state: 'completed', due: day('2027-01-01') }, days, []], false],
])('can a due date not be met: %s', (_name, asked, expected) => {
  expect(cannotBeMet(...asked)).toBe(expected)
})

test('a due date that cannot be met is listed until more time is given to several at once', async () => {
  const { db, cases, asked, standard, enrolmentId, webinar } = await open()
  await db.updateTable('programme').set({ ends_on: '2026-03-15' }).execute()
  const found = (await cases()).due
  expect(found).toMatchObject([{ enrolmentId, module: { id: webinar, due: day('2026-04-01') } }])
  await db.updateTable('programme').set({ ends_on: '2026-12-31' }).execute()
  await db
    .updateTable('pathway_module')
    .set({ not_before: '2026-05-01' })
    .where('pathway_id', '=', standard)
    .where('module_id', '=', webinar)
    .execute()
  const chosen = new Set([`${salerno.id}-${webinar}`])
  expect(await resolveExceptions(db, { ...asked, kind: 'due', remedy: 'extend', chosen, day: day('2026-06-01') }, national)).toBe(1)
  expect((await cases()).due).toEqual([])
})
