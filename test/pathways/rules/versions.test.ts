import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { enrol } from '#src/pathways/orientation/actions.ts'
import { recommendFor } from '#src/pathways/orientation/queries.ts'
import { chosenByHand } from '#src/pathways/orientation/trace.ts'
import { moveRule, removeRule, saveAddition, saveRule } from '#src/pathways/rules/actions.ts'
import { liveRules } from '#src/pathways/rules/queries.ts'
import { discardDraft, markPreviewed, publishRules } from '#src/pathways/rules/versions/actions.ts'
import { ruleSets, rulesEdited } from '#src/pathways/rules/versions/queries.ts'
import { buildMiglioraPa, byCarla, made, newModule, newProgramme, publishDraft, refusalOf } from '#test/programmes/build.ts'
import { carla, enzo, newDatabase, noon, openApp, rosa, salerno } from '#test/support.ts'

const titles = (rules: readonly { title: string }[]) => rules.map(({ title }) => title)
const inOrder = ['Chi rileva con regolarità', 'Chi ha già rilevato', 'Tutti gli altri']

async function open(given?: Database) {
  const db = given ?? (await newDatabase())
  const built = await buildMiglioraPa(db)
  const { programmeId, standard } = built
  const add = (title = 'Nuova') => saveRule(db, programmeId, { title, pathwayId: standard, condition: { all: [] } }, byCarla)
  return { db, ...built, add }
}

test('the first change makes a draft of the rules in force, which go on deciding', async () => {
  const { db, programmeId, add } = await open()
  made(await add())
  expect(titles(await liveRules(db, programmeId))).toEqual(inOrder)
  expect(titles((await rulesEdited(db, programmeId)).rules)).toEqual([...inOrder, 'Nuova'])
})

test('nothing is published before somebody looked at what it changes, and a later change asks for another look', async () => {
  const { db, programmeId, add } = await open()
  made(await add())
  expect(refusalOf(await publishRules(db, programmeId, byCarla))).toBe('not_previewed')
  await markPreviewed(db, programmeId, byCarla)
  made(
    await saveRule(
      db,
      programmeId,
      { title: 'Altra', pathwayId: (await rulesEdited(db, programmeId)).rules[0]?.pathwayId ?? 0, condition: { all: [] } },
      byCarla,
    ),
  )
  expect(refusalOf(await publishRules(db, programmeId, byCarla))).toBe('not_previewed')
  await markPreviewed(db, programmeId, byCarla)
  made(await publishRules(db, programmeId, byCarla))
  expect(titles(await liveRules(db, programmeId))).toEqual([...inOrder, 'Nuova', 'Altra'])
})

test('a draft that looks at a question taken away while it rested is not put into force', async () => {
  const { db, programmeId, add } = await open()
  made(await add())
  await markPreviewed(db, programmeId, byCarla)
  await db.updateTable('intake_question').set({ removed_at: '2026-03-02T10:00:00.000Z' }).where('name', '=', 'staff').execute()
  expect(refusalOf(await publishRules(db, programmeId, byCarla))).toBe('condition_refused')
  expect(titles(await liveRules(db, programmeId))).toEqual(inOrder)
})

test('without a draft there is nothing to put into force', async () => {
  const { db, programmeId } = await open()
  expect(refusalOf(await publishRules(db, programmeId, byCarla))).toBe('no_draft')
})

test('what is put into force replaces what was, which stays to be read', async () => {
  const { db, programmeId, add } = await open()
  made(await add())
  await publishDraft(db, programmeId)
  const states = (await ruleSets(db, programmeId)).map(({ version, liveAt, replacedAt }) => [version, liveAt !== null, replacedAt !== null])
  expect(states).toEqual([
    [2, true, false],
    [1, true, true],
  ])
})

test('an enrolment keeps the rule and the version that made it', async () => {
  const { db, programmeId, rules, standard, add } = await open()
  const oriented = await recommendFor(db, programmeId, salerno.id)
  const place = { programmeId, administrationId: salerno.id, pathwayId: standard, ruleId: rules.standard ?? 0 }
  const id = made(await enrol(db, { ...place, ruleSetId: oriented?.ruleSetId ?? null, trace: chosenByHand }, { by: rosa, at: noon }))
  made(await add())
  await publishDraft(db, programmeId)
  const row = await db.selectFrom('enrolment').where('id', '=', id).select(['rule_id', 'rule_set_id']).executeTakeFirstOrThrow()
  const first = (await ruleSets(db, programmeId)).find(({ version }) => version === 1)
  expect(row).toEqual({ rule_id: rules.standard, rule_set_id: first?.id })
})

test('a page opened on the rules in force still saves, into the draft', async () => {
  const { db, programmeId, rules, standard } = await open()
  made(await saveRule(db, programmeId, { id: rules.expert, title: 'Rinominata', pathwayId: standard, condition: { all: [] } }, byCarla))
  expect(titles((await rulesEdited(db, programmeId)).rules)).toEqual([inOrder[0], 'Rinominata', inOrder[2]])
  expect(titles(await liveRules(db, programmeId))).toEqual(inOrder)
})

test('a discarded draft leaves the rules in force', async () => {
  const { db, programmeId, add } = await open()
  made(await add())
  await discardDraft(db, programmeId, byCarla)
  expect(titles((await rulesEdited(db, programmeId)).rules)).toEqual(inOrder)
  expect(await ruleSets(db, programmeId)).toHaveLength(1)
})

test('two coordinators who begin at once write in one draft', async () => {
  const { db, programmeId, add } = await open()
  await Promise.all([add('Una'), add('Altra')])
  expect((await ruleSets(db, programmeId)).map(({ version }) => version)).toEqual([2, 1])
  expect(titles((await rulesEdited(db, programmeId)).rules).toSorted()).toEqual([...inOrder, 'Altra', 'Una'].toSorted())
})

test('moving and removing touch the draft alone', async () => {
  const { db, programmeId, rules } = await open()
  const moved = await moveRule(db, programmeId, rules.expert, 'up', byCarla)
  await removeRule(db, programmeId, moved, byCarla)
  expect(titles((await rulesEdited(db, programmeId)).rules)).toEqual([inOrder[0], inOrder[2]])
  expect(titles(await liveRules(db, programmeId))).toEqual(inOrder)
})

test('what a rule adds is given at enrolment, with the reason, unless the pathway has it already', async () => {
  const { db, programmeId, standard, guide } = await open()
  const kit = await newModule(db, programmeId, { title: 'Kit per lo sportello' })
  const isCampania = { all: [{ characteristic: 'region', operator: 'is' as const, value: '15' }] }
  made(await saveAddition(db, programmeId, { title: 'In Campania', moduleId: kit, condition: isCampania }, byCarla))
  made(await saveAddition(db, programmeId, { title: 'La guida a tutti', moduleId: guide, condition: { all: [] } }, byCarla))
  await publishDraft(db, programmeId)
  const added = (await recommendFor(db, programmeId, salerno.id))?.added ?? []
  await enrol(db, { programmeId, administrationId: salerno.id, pathwayId: standard, ruleId: null, added, trace: chosenByHand }, byCarla)
  const rows = await db.selectFrom('enrolment_module').select(['module_id', 'reason']).execute()
  expect(rows).toEqual([{ module_id: kit, reason: 'In Campania · Regione: Campania' }])
})

test('a module of another programme cannot be added', async () => {
  const { db, programmeId } = await open()
  const other = await newModule(db, await newProgramme(db))
  expect(refusalOf(await saveAddition(db, programmeId, { title: 'x', moduleId: other, condition: { all: [] } }, byCarla))).toBe(
    'unknown_module',
  )
})

// Pages --------------------------------------------------------------------------------------------------------------

async function openPages() {
  const { db, as } = await openApp()
  const built = await open(db)
  return { ...built, as, url: `/programmes/${built.programmeId}/rules` }
}

test('a coordinator sees who would move, then puts the draft into force', async () => {
  const { db, as, url, programmeId, expert } = await openPages()
  const browser = await as(carla)
  await browser.post(url, {
    title: 'Campania',
    pathway: expert,
    group: 'all',
    'characteristic-0': 'region',
    'operator-0': 'is',
    'value-0': '15',
  })
  const [, , last] = (await rulesEdited(db, programmeId)).rules
  await browser.post(`${url}/${last?.id}/remove`)
  expect((await browser.get(url)).text).toContain('Bozza, versione 2')
  expect((await browser.post(`${url}/publish`)).status).toBe(422)
  expect((await browser.post(`${url}/preview`)).location).toBe(`${url}/preview`)
  const { text } = await browser.get(`${url}/preview`)
  expect(text).toContain('<strong>4</strong> Cambierebbero percorso')
  expect(text).toContain('Comune di Torino')
  expect((await browser.get(`${url}/preview?to=none&region=01`)).text).not.toContain('Comune di Salerno</a>')
  expect((await browser.post(`${url}/publish`)).location).toBe(url)
  expect(titles(await liveRules(db, programmeId))).toEqual([inOrder[0], inOrder[1], 'Campania'])
  expect((await browser.get(`${url}/versions/1`)).text).toContain('Tutti gli altri')
})

test('the preview counts from which pathway to which, by region and category', async () => {
  const { as, url, rules } = await openPages()
  const browser = await as(carla)
  await browser.post(`${url}/${rules.standard}/remove`)
  await browser.post(`${url}/preview`)
  const { text } = await browser.get(`${url}/preview`)
  const row = (...cells: string[]) => new RegExp(`<tr>\\s*${cells.map((cell) => `<t[hd][^>]*>${cell}</t[hd]>`).join('\\s*')}\\s*</tr>`)
  expect(text).toMatch(row('Percorso Standard', 'nessun percorso', '4', '0', '4'))
  expect(text).toMatch(row('Campania', '2', '0', '2'))
  expect(text).toMatch(row('L6 · [^<]*', '3', '0', '3'))
  expect(text).toContain(`action="${url}/publish"`)
})

test('before anybody has looked, and after a change since, the preview does not offer to publish', async () => {
  const { as, url, rules } = await openPages()
  const browser = await as(carla)
  await browser.post(`${url}/${rules.standard}/remove`)
  expect((await browser.get(`${url}/preview`)).text).not.toContain(`action="${url}/publish"`)
  await browser.post(`${url}/preview`)
  expect((await browser.get(`${url}/preview`)).text).toContain(`action="${url}/publish"`)
  const edited = /rules\/(\d+)\/remove/.exec((await browser.get(url)).text)?.[1]
  await browser.post(`${url}/${edited}/remove`)
  expect((await browser.get(`${url}/preview`)).text).not.toContain(`action="${url}/publish"`)
})

test('a rule that adds a module is written and read in words', async () => {
  const { as, url, guide } = await openPages()
  const browser = await as(carla)
  const form = {
    title: 'A chi comincia',
    module: guide,
    group: 'all',
    'characteristic-0': 'experience',
    'operator-0': 'is',
    'value-0': 'none',
  }
  expect((await browser.post(`${url}/additions`, form)).status).toBe(303)
  const { text } = await browser.get(url)
  expect(text).toContain('A chi comincia')
  expect(text).toContain('Avete già fatto indagini: «No, mai»')
})

test('contradicting conditions are refused beside the group, and what was typed stays', async () => {
  const { as, url, standard } = await openPages()
  const fields = {
    'characteristic-0': 'region',
    'operator-0': 'is',
    'value-0': '15',
    'characteristic-1': 'region',
    'operator-1': 'is',
    'value-1': '16',
  }
  const { status, text } = await (await as(carla)).post(url, { title: 'Impossibile', pathway: standard, group: 'all', ...fields })
  expect(status).toBe(422)
  expect(text).toContain('id="group-error"')
  expect(text).toContain('value="Impossibile"')
})

test('a regional coordinator looks at the preview and does not publish', async () => {
  const { as, url, add } = await openPages()
  made(await add())
  const browser = await as(enzo)
  expect((await browser.get(`${url}/preview`)).status).toBe(200)
  expect((await browser.post(`${url}/publish`)).status).toBe(403)
  expect((await browser.post(`${url}/discard`)).status).toBe(403)
})
