import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { addPathway, removePathway, setPathwayModules } from '#src/pathways/definition/actions.ts'
import { pathwaysOf } from '#src/pathways/definition/queries.ts'
import { discardVersion, moveToToday, publishVersion, savePlan } from '#src/pathways/definition/versions/actions.ts'
import { draftOf, followersOf, pathwayVersions } from '#src/pathways/definition/versions/queries.ts'
import { pathwayOutline } from '#src/pathways/queries.ts'
import { enrol } from '#test/pathways/builder.ts'
import { byCarla, newModule, newProgramme, refusalOf, step } from '#test/programmes/build.ts'
import { carla, cosenza, newDatabase, openApp, paolo, salerno } from '#test/support.ts'

/** A pathway with a guide and a sheet, followed by Salerno; `third` is another module of the programme. */
async function open(given?: Database) {
  const db = given ?? (await newDatabase())
  const programmeId = await newProgramme(db)
  const guide = await newModule(db, programmeId, { title: 'Guida' })
  const sheet = await newModule(db, programmeId, { title: 'Scheda' })
  const third = await newModule(db, programmeId, { title: 'Relazione' })
  const pathwayId = await addPathway(db, programmeId, { title: 'Percorso Standard', summary: '' }, byCarla)
  await setPathwayModules(db, pathwayId, [step(guide), step(sheet)], byCarla)
  const enrolmentId = await enrol(db, { programmeId, pathwayId, administration: salerno })
  const change = (modules: number[], seen = [guide, sheet]) =>
    savePlan(db, pathwayId, { steps: modules.map((id) => step(id)), sections: [] }, byCarla, seen)
  const publish = async (move: boolean) => {
    const draft = await draftOf(db, pathwayId)
    const seen = draft?.modules.map(({ moduleId }) => moduleId) ?? []
    return publishVersion(db, pathwayId, { draftId: draft?.id ?? 0, seen, move }, byCarla)
  }
  /** The titles that Salerno's pathway has now. */
  const followed = async () => {
    const { pathway_id } = await db.selectFrom('enrolment').where('id', '=', enrolmentId).select('pathway_id').executeTakeFirstOrThrow()
    return (await pathwayOutline(db, pathway_id))?.modules.map(({ title }) => title)
  }
  const today = async () => (await pathwayOutline(db, pathwayId))?.modules.map(({ title }) => title)
  return { db, programmeId, pathwayId, enrolmentId, guide, sheet, third, change, publish, followed, today }
}

test('while somebody follows it a change becomes a draft, and nobody sees it', async () => {
  const { guide, third, change, followed, today, db, pathwayId } = await open()
  expect(await change([guide, third])).toEqual({ draft: true })
  expect(await today()).toEqual(['Guida', 'Scheda'])
  expect(await followed()).toEqual(['Guida', 'Scheda'])
  expect((await draftOf(db, pathwayId))?.version).toBe(2)
})

test('while nobody follows it a change counts at once', async () => {
  const { db, enrolmentId, guide, third, change, today } = await open()
  await db.updateTable('enrolment').set({ ended_at: '2026-03-02T12:00:00.000Z' }).where('id', '=', enrolmentId).execute()
  expect(await change([guide, third])).toEqual({ draft: false })
  expect(await today()).toEqual(['Guida', 'Relazione'])
})

test('saving without a change makes no draft', async () => {
  const { db, pathwayId, guide, sheet, change } = await open()
  expect(await change([guide, sheet])).toEqual({ draft: false })
  expect(await draftOf(db, pathwayId)).toBeUndefined()
})

test('published with «stay», who follows keeps the modules of before and who begins gets the new ones', async () => {
  const { db, programmeId, pathwayId, guide, third, change, publish, followed, today } = await open()
  await change([guide, third])
  expect(await publish(false)).toEqual({ version: 2 })
  expect(await followed()).toEqual(['Guida', 'Scheda'])
  expect(await today()).toEqual(['Guida', 'Relazione'])
  await enrol(db, { programmeId, pathwayId, administration: cosenza })
  expect((await pathwayVersions(db, pathwayId)).map(({ version, followers }) => [version, followers])).toEqual([
    [2, 1],
    [1, 1],
  ])
})

test('published with «move», who follows gets the new modules', async () => {
  const { guide, third, change, publish, followed, db, pathwayId } = await open()
  await change([guide, third])
  await publish(true)
  expect(await followed()).toEqual(['Guida', 'Relazione'])
  expect(await pathwayVersions(db, pathwayId)).toHaveLength(1)
})

test('who stayed behind can be brought onto today’s version later', async () => {
  const { db, pathwayId, guide, third, change, publish, followed } = await open()
  await change([guide, third])
  await publish(false)
  const [, earlier] = await pathwayVersions(db, pathwayId)
  expect(await moveToToday(db, pathwayId, earlier?.id ?? 0, byCarla)).toBe(1)
  expect(await followed()).toEqual(['Guida', 'Relazione'])
  const moves = await db.selectFrom('enrolment_move').select(['from_pathway_id', 'to_pathway_id']).execute()
  expect(moves).toEqual([{ from_pathway_id: earlier?.id, to_pathway_id: pathwayId }])
})

test('the preview counts who has begun and who would be complete at once', async () => {
  const { db, pathwayId, enrolmentId, guide, change } = await open()
  const done = { enrolment_id: enrolmentId, module_id: guide, state: 'completed' as const, changed_at: '2026-03-02T12:00:00.000Z' }
  await db
    .insertInto('progress')
    .values({ ...done, changed_by: null, completed_at: done.changed_at })
    .execute()
  await change([guide])
  const draft = await draftOf(db, pathwayId)
  expect(await followersOf(db, pathwayId, draft ?? { modules: [], sections: [] })).toEqual({ all: 1, begun: 1, completeAtOnce: 1 })
})

test('a version that asks for less completes who has done that much', async () => {
  const { db, enrolmentId, guide, change, publish } = await open()
  const done = { enrolment_id: enrolmentId, module_id: guide, state: 'completed' as const, changed_at: '2026-03-02T12:00:00.000Z' }
  await db
    .insertInto('progress')
    .values({ ...done, changed_by: null, completed_at: done.changed_at })
    .execute()
  await change([guide])
  await publish(true)
  const row = await db.selectFrom('enrolment').where('id', '=', enrolmentId).select('completed_at').executeTakeFirstOrThrow()
  expect(row.completed_at).not.toBeNull()
})

test('a draft that changed since it was looked at is not published', async () => {
  const { db, pathwayId, guide, sheet, third, change } = await open()
  await change([guide, third])
  const draft = await draftOf(db, pathwayId)
  await change([guide, third, sheet], [guide, third])
  const publishing = { draftId: draft?.id ?? 0, seen: [guide, third], move: true }
  expect(refusalOf(await publishVersion(db, pathwayId, publishing, byCarla))).toBe('changed_meanwhile')
})

test('a discarded draft leaves everything as it was', async () => {
  const { db, pathwayId, guide, third, change, today } = await open()
  await change([guide, third])
  await discardVersion(db, pathwayId, byCarla)
  expect(await draftOf(db, pathwayId)).toBeUndefined()
  expect(await today()).toEqual(['Guida', 'Scheda'])
})

test('two coordinators who change it at once make one draft', async () => {
  const { db, pathwayId, guide, sheet, third, change } = await open()
  const outcomes = await Promise.all([change([guide, third]), change([guide, sheet, third])])
  expect(outcomes.filter((outcome) => 'refusal' in outcome)).toEqual([{ refusal: 'changed_meanwhile', moduleId: 0 }])
  expect(await db.selectFrom('pathway').where('root_id', '=', pathwayId).select('id').execute()).toHaveLength(1)
})

test('drafts and earlier versions are no pathways of their own', async () => {
  const { db, programmeId, pathwayId, guide, third, change, publish } = await open()
  await change([guide, third])
  await publish(false)
  expect((await pathwaysOf(db, programmeId)).map(({ id }) => id)).toEqual([pathwayId])
})

test('a pathway that somebody follows is not deleted; one that nobody ever followed is', async () => {
  const { db, programmeId, pathwayId } = await open()
  expect(await removePathway(db, pathwayId, byCarla)).toBe('followed')
  const other = await addPathway(db, programmeId, { title: 'Altro', summary: '' }, byCarla)
  expect(await removePathway(db, other, byCarla)).toBeNull()
  expect((await pathwaysOf(db, programmeId)).map(({ title }) => title)).toEqual(['Percorso Standard'])
})

// Pages --------------------------------------------------------------------------------------------------------------

test('a coordinator changes a followed pathway, reads what changes, and publishes it', async () => {
  const { db, as } = await openApp()
  const { pathwayId, guide, sheet, third, followed } = await open(db)
  const browser = await as(carla)
  const form = { title: 'Percorso Standard', summary: '', certificatePercent: 75, seen: [guide, sheet], module: [guide, sheet] }
  expect((await browser.post(`/pathways/${pathwayId}/edit`, { ...form, added: third, do: 'add' })).location).toBe(
    `/pathways/${pathwayId}/edit#steps`,
  )
  const { text } = await browser.get(`/pathways/${pathwayId}/version`)
  expect(text).toContain('Si aggiunge «Relazione».')
  const draft = await draftOf(db, pathwayId)
  const publishing = { draft: draft?.id, seen: [guide, sheet, third], who: 'move' }
  expect((await browser.post(`/pathways/${pathwayId}/version`, publishing)).location).toBe(`/pathways/${pathwayId}`)
  expect(await followed()).toEqual(['Guida', 'Scheda', 'Relazione'])
})

test('dates and sections that make no sense are refused beside their field, and what was typed stays', async () => {
  const { db, as } = await openApp()
  const { pathwayId, guide, sheet } = await open(db)
  const browser = await as(carla)
  const form = { title: 'Percorso Standard', summary: '', seen: [guide, sheet], module: [guide, sheet], do: 'save' }
  const early = await browser.post(`/pathways/${pathwayId}/edit`, {
    ...form,
    [`dueFrom-${guide}`]: 'fixed',
    [`dueOn-${guide}`]: '2025-01-01',
  })
  expect(early.status).toBe(422)
  expect(early.text).toContain(`id="dueOn-${guide}-error"`)
  expect(early.text).toContain('value="2025-01-01"')
  const many = await browser.post(`/pathways/${pathwayId}/edit`, { ...form, 'section-title': [''], 'needed-0': 5 })
  expect(many.status).toBe(422)
  expect(many.text).toContain('id="needed-0-error"')
})

test('an earlier version can be read by staff, and only the national coordinator moves who follows it', async () => {
  const { db, as } = await openApp()
  const { pathwayId, guide, third, change, publish } = await open(db)
  await change([guide, third])
  await publish(false)
  expect((await (await as(paolo)).get(`/pathways/${pathwayId}/versions/1`)).text).toContain('Scheda')
  expect((await (await as(paolo)).post(`/pathways/${pathwayId}/versions/1/move`)).status).toBe(403)
  expect((await (await as(carla)).post(`/pathways/${pathwayId}/versions/1/move`)).location).toBe(`/pathways/${pathwayId}`)
})
