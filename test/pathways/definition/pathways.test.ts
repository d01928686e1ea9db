import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addPathway, setPathwayModules } from '#src/pathways/definition/actions.ts'
import { rearranged } from '#src/pathways/definition/pathways/form.ts'
import { inPhases } from '#src/pathways/definition/pathways/phases.ts'
import { pathwaysWithModules } from '#src/pathways/definition/queries.ts'
import { stepsRefusal } from '#src/pathways/definition/rules.ts'
import { pathwayOutline } from '#src/pathways/queries.ts'
import { byCarla, newModule, newProgramme, refusalOf, step } from '#test/programmes/build.ts'
import { carla, countQueries, enzo, newDatabase, noon, openApp, paolo, rosa, tina } from '#test/support.ts'

async function open() {
  const { db, as } = await openApp()
  const programmeId = await newProgramme(db)
  const pathwayId = await addPathway(db, programmeId, { title: 'Percorso Standard', summary: 'Per chi comincia.' }, byCarla)
  const modules: number[] = []
  for (const title of ['Guida', 'Scheda', 'Relazione']) modules.push(await newModule(db, programmeId, { title }))
  const [guide = 0, sheet = 0, report = 0] = modules
  const titles = async () => (await pathwayOutline(db, pathwayId))?.modules.map(({ title }) => title)
  return { db, as, programmeId, pathwayId, guide, sheet, report, titles, url: `/pathways/${pathwayId}/edit` }
}

test('a pathway has its modules in order, with phase, days, and what opens them', async () => {
  const { db, pathwayId, guide, sheet, report } = await open()
  const steps = [
    step(report, { section: 'Analizzare', dueAfterDays: 30, requires: [guide, sheet] }),
    step(guide, { optional: true }),
    step(sheet),
  ]
  await setPathwayModules(db, pathwayId, steps, byCarla)
  const outline = await pathwayOutline(db, pathwayId)
  expect(outline?.modules.map(({ moduleId }) => moduleId)).toEqual([report, guide, sheet])
  expect(outline?.modules[0]).toMatchObject({ section: 'Analizzare', dueAfterDays: 30, optional: false, position: 1 })
  expect(outline?.modules[0]?.requires.toSorted((a, b) => a - b)).toEqual([guide, sheet])
  expect(outline?.modules[1]).toMatchObject({ optional: true, requires: [], dueAfterDays: null })
})

test('setting the modules replaces the whole list and its prerequisites', async () => {
  const { db, pathwayId, guide, sheet, report } = await open()
  await setPathwayModules(db, pathwayId, [step(guide), step(sheet, { requires: [guide] })], byCarla)
  await setPathwayModules(db, pathwayId, [step(sheet), step(report)], byCarla)
  const outline = await pathwayOutline(db, pathwayId)
  expect(outline?.modules.map(({ moduleId, requires }) => [moduleId, requires])).toEqual([
    [sheet, []],
    [report, []],
  ])
})

test('a list that is refused changes nothing', async () => {
  const { db, pathwayId, guide, sheet, titles } = await open()
  await setPathwayModules(db, pathwayId, [step(guide)], byCarla)
  expect(refusalOf(await setPathwayModules(db, pathwayId, [step(sheet), step(sheet)], byCarla))).toBe('module_twice')
  expect(await titles()).toEqual(['Guida'])
})

test('a module of another programme is refused', async () => {
  const { db, pathwayId } = await open()
  const foreign = await newModule(db, await newProgramme(db))
  expect(await setPathwayModules(db, pathwayId, [step(foreign)], byCarla)).toEqual({ refusal: 'module_unknown', moduleId: foreign })
})

test('what was optional already stays so from then', async () => {
  const { db, pathwayId, guide, sheet } = await open()
  await setPathwayModules(db, pathwayId, [step(guide, { optional: true })], byCarla)
  await setPathwayModules(db, pathwayId, [step(sheet, { optional: true }), step(guide, { optional: true })], {
    by: carla,
    at: noon.add({ hours: 24 }),
  })
  const rows = await db.selectFrom('pathway_module').orderBy('position').select('optional_at').execute()
  expect(rows.map(({ optional_at }) => optional_at)).toEqual(['2026-03-03T11:00:00.000Z', '2026-03-02T11:00:00.000Z'])
})

test('when somebody else changed the list meanwhile nothing is overwritten', async () => {
  const { db, pathwayId, guide, sheet, report, titles } = await open()
  await setPathwayModules(db, pathwayId, [step(guide)], byCarla)
  await setPathwayModules(db, pathwayId, [step(guide), step(report)], byCarla)
  expect(refusalOf(await setPathwayModules(db, pathwayId, [step(guide), step(sheet)], byCarla, { seen: [guide] }))).toBe(
    'changed_meanwhile',
  )
  expect(await titles()).toEqual(['Guida', 'Relazione'])
})

// Which lists can be ------------------------------------------------------------------------------------------------

const modules = [1, 2, 3, 4]

test.each<[string, Parameters<typeof stepsRefusal>[0], ReturnType<typeof stepsRefusal>]>([
  ['nothing', [], null],
  ['a line of prerequisites', [step(1), step(2, { requires: [1] }), step(3, { requires: [2, 1] })], null],
  ['a prerequisite further down', [step(2, { requires: [1] }), step(1)], null],
  ['one that waits for itself', [step(1), step(2, { requires: [2] })], { refusal: 'prerequisite_circle', moduleId: 2 }],
  [
    'two that wait for each other',
    [step(1, { requires: [2] }), step(2, { requires: [1] })],
    { refusal: 'prerequisite_circle', moduleId: 1 },
  ],
  [
    'one behind a circle: the circle is named',
    [step(4, { requires: [1] }), step(1, { requires: [2] }), step(2, { requires: [1] })],
    { refusal: 'prerequisite_circle', moduleId: 1 },
  ],
  ['one that waits for none of them', [step(1, { requires: [3] })], { refusal: 'prerequisite_outside', moduleId: 1 }],
  ['twice the same', [step(1), step(2), step(1)], { refusal: 'module_twice', moduleId: 1 }],
  ['one that is not of the programme', [step(1), step(9)], { refusal: 'module_unknown', moduleId: 9 }],
])('a list with %s', (_name, steps, refused) => {
  expect(stepsRefusal(steps, modules)).toEqual(refused)
})

test('a list whose modules only wait for earlier ones is never a circle', () => {
  const anyLine = fc.array(fc.array(fc.nat(9), { maxLength: 3 }), { maxLength: 10 })
  fc.assert(
    fc.property(anyLine, (waits) => {
      const steps = waits.map((each, index) => step(index, { requires: each.filter((id) => id < index) }))
      expect(
        stepsRefusal(
          steps.toReversed(),
          waits.map((_, index) => index),
        ),
      ).toBeNull()
    }),
  )
})

test('closing any line of prerequisites into a ring is a circle', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), (length) => {
      const ring = Array.from({ length }, (_, index) => step(index, { requires: [(index + 1) % length] }))
      expect(stepsRefusal(ring, [0, 1, 2, 3, 4, 5, 6, 7])).toMatchObject({ refusal: 'prerequisite_circle' })
    }),
  )
})

test('removing a module frees those that waited for it', () => {
  const steps = [step(1), step(2, { requires: [1] })]
  expect(rearranged(steps, { button: 'remove-1', added: null })).toEqual([step(2)])
})

test('the first cannot go up nor the last down', () => {
  const steps = [step(1), step(2)]
  for (const button of ['up-1', 'down-2', 'up-9', 'save', 'add', 'dance-1'])
    expect(rearranged(steps, { button, added: null })).toEqual(steps)
})

test('a phase that comes back later is a new heading', () => {
  const phases = inPhases(['a', 'a', 'b', 'a'].map((section) => ({ section })))
  expect(phases.map(({ section, steps }) => [section, steps.length])).toEqual([
    ['a', 2],
    ['b', 1],
    ['a', 1],
  ])
})

// Pages --------------------------------------------------------------------------------------------------------------

const words = { title: 'Percorso Standard', summary: 'Per chi comincia.' }

test('a coordinator creates a pathway and goes on to its modules', async () => {
  const { as, programmeId } = await open()
  const browser = await as(carla)
  const answer = await browser.post(`/programmes/${programmeId}/pathways`, { title: 'Percorso Esperto', summary: '' })
  expect(answer.location).toMatch(/^\/pathways\/\d+\/edit$/)
  expect((await browser.get(answer.location ?? '')).text).toContain('Modulo da aggiungere')
  expect((await browser.post(`/programmes/${programmeId}/pathways`, { title: '' })).status).toBe(422)
})

test('modules are added, moved and removed with plain buttons', async () => {
  const { as, url, guide, sheet, titles } = await open()
  const browser = await as(carla)
  await browser.post(url, { ...words, do: 'add', added: guide })
  await browser.post(url, { ...words, seen: guide, module: guide, do: 'add', added: sheet })
  expect(await titles()).toEqual(['Guida', 'Scheda'])
  const both = { ...words, seen: [guide, sheet], module: [guide, sheet] }
  expect((await browser.post(url, { ...both, do: `up-${sheet}` })).location).toBe(`${url}#steps`)
  expect(await titles()).toEqual(['Scheda', 'Guida'])
  await browser.post(url, { ...words, seen: [sheet, guide], module: [sheet, guide], do: `remove-${guide}` })
  expect(await titles()).toEqual(['Scheda'])
})

test('phase, days, optional and prerequisites are saved from the form', async () => {
  const { db, as, url, pathwayId, guide, sheet } = await open()
  await setPathwayModules(db, pathwayId, [step(guide), step(sheet)], byCarla)
  const form = {
    ...words,
    title: 'Percorso nuovo',
    seen: [guide, sheet],
    module: [guide, sheet],
    [`section-${sheet}`]: 'Analizzare',
    [`due-${sheet}`]: '45',
    [`optional-${sheet}`]: 'yes',
    [`requires-${sheet}`]: [guide, ''],
    do: 'save',
  }
  expect((await (await as(carla)).post(url, form)).location).toBe(`/pathways/${pathwayId}`)
  const outline = await pathwayOutline(db, pathwayId)
  expect(outline?.title).toBe('Percorso nuovo')
  expect(outline?.modules[1]).toMatchObject({ section: 'Analizzare', dueAfterDays: 45, optional: true, requires: [guide] })
})

test('days that are no number are refused beside the field, and what was typed stays', async () => {
  const { db, as, url, pathwayId, guide } = await open()
  await setPathwayModules(db, pathwayId, [step(guide)], byCarla)
  const form = { ...words, title: '', seen: guide, module: guide, [`due-${guide}`]: 'presto', [`section-${guide}`]: 'Fase nuova' }
  const { status, text } = await (await as(carla)).post(url, form)
  expect(status).toBe(422)
  for (const id of [`due-${guide}-error`, 'title-error']) expect(text).toContain(`id="${id}"`)
  for (const typed of ['value="presto"', 'value="Fase nuova"']) expect(text).toContain(typed)
})

test('a circle is refused beside its module, in words', async () => {
  const { db, as, url, pathwayId, guide, sheet } = await open()
  await setPathwayModules(db, pathwayId, [step(guide), step(sheet)], byCarla)
  const form = { ...words, seen: [guide, sheet], module: [guide, sheet], [`requires-${sheet}`]: guide, [`requires-${guide}`]: sheet }
  const { status, text } = await (await as(carla)).post(url, { ...form, do: 'save' })
  expect(status).toBe(422)
  expect(text).toContain(`id="module-${guide}-error"`)
  expect(text).toContain('non si aprirebbe mai')
})

test('a form that was opened before a colleague’s change is refused again and again', async () => {
  const { db, as, url, pathwayId, guide, sheet, report, titles } = await open()
  await setPathwayModules(db, pathwayId, [step(guide), step(report)], byCarla)
  const browser = await as(carla)
  const stale = { ...words, seen: [guide], module: [guide], do: 'add', added: sheet }
  const { status, text } = await browser.post(url, stale)
  expect([status, text.includes('Nel frattempo')]).toEqual([422, true])
  expect(text).toContain(`name="seen" value="${guide}"`)
  expect(text).not.toContain(`name="seen" value="${report}"`)
  expect(await titles()).toEqual(['Guida', 'Relazione'])
})

test('staff read pathways, with phases and what opens each module', async () => {
  const { db, as, pathwayId, programmeId, guide, sheet } = await open()
  await setPathwayModules(
    db,
    pathwayId,
    [step(guide), step(sheet, { section: 'Analizzare', requires: [guide], dueAfterDays: 30 })],
    byCarla,
  )
  for (const person of [carla, enzo, paolo, tina]) {
    const browser = await as(person)
    expect((await browser.get(`/pathways?programme=${programmeId}`)).text).toContain('Percorso Standard')
    const { text } = await browser.get(`/pathways/${pathwayId}`)
    for (const part of ['Analizzare', 'si apre dopo «Guida»', 'entro 30 giorni']) expect(text).toContain(part)
  }
})

test('without a programme chosen the latest is shown', async () => {
  const { db, as } = await open()
  const later = await newProgramme(db, { title: 'MiglioraPA 2', startsOn: '2026-06-01' })
  await addPathway(db, later, { title: 'Percorso del secondo', summary: '' }, byCarla)
  const { text } = await (await as(carla)).get('/pathways')
  expect([text.includes('Percorso del secondo'), text.includes('>Percorso Standard<')]).toEqual([true, false])
})

test('without any programme the page says so', async () => {
  const { as } = await openApp()
  expect((await (await as(carla)).get('/pathways')).text).toContain('I percorsi si creano dentro un programma')
})

test('only national coordinators change pathways', async () => {
  const { as, url, programmeId } = await open()
  for (const person of [enzo, paolo, rosa]) {
    const browser = await as(person)
    expect((await browser.get(url)).status).toBe(403)
    expect((await browser.post(url, words)).status).toBe(403)
    expect((await browser.post(`/programmes/${programmeId}/pathways`, words)).status).toBe(403)
  }
})

test('a referent and a visitor do not read the pathways of others', async () => {
  const { as, pathwayId } = await open()
  expect((await (await as(rosa)).get(`/pathways/${pathwayId}`)).status).toBe(403)
  expect((await (await as(null)).get('/pathways')).location).toMatch('/sign-in')
})

test('a pathway that is not there is not found', async () => {
  const { as } = await open()
  const browser = await as(carla)
  for (const path of ['/pathways/999', '/pathways/999/edit', '/programmes/999/pathways/new'])
    expect((await browser.get(path)).status).toBe(404)
})

test('pathways with their modules take the same queries, however many', async () => {
  const db = await newDatabase()
  const count = async (pathways: number, each: number) => {
    const programmeId = await newProgramme(db)
    for (let pathway = 0; pathway < pathways; pathway += 1) {
      const id = await addPathway(db, programmeId, { title: 'x', summary: '' }, byCarla)
      const steps = []
      for (let module = 0; module < each; module += 1) steps.push(step(await newModule(db, programmeId)))
      await setPathwayModules(db, id, steps, byCarla)
    }
    return countQueries(db, (counted) => pathwaysWithModules(counted, programmeId))
  }
  expect(await count(3, 3)).toBe(await count(1, 1))
})
