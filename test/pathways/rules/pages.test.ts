import { expect, test } from 'vitest'
import { saveRule } from '#src/pathways/rules/actions.ts'
import { liveRules } from '#src/pathways/rules/queries.ts'
import { rulesEdited } from '#src/pathways/rules/versions/queries.ts'
import { buildMiglioraPa, byCarla, made, newProgramme } from '#test/programmes/build.ts'
import { carla, enzo, openApp, paolo, rosa } from '#test/support.ts'

async function open() {
  const { db, as } = await openApp()
  const built = await buildMiglioraPa(db)
  return { db, as, ...built, url: `/programmes/${built.programmeId}/rules` }
}

const regionRule = (pathway: number) => ({
  title: 'Chi è in Campania',
  pathway,
  group: 'all',
  'characteristic-0': 'region',
  'operator-0': 'one_of',
  'value-0': ['15', '16'],
})

test('rules are listed in their order, in words', async () => {
  const { as, url } = await open()
  const { text } = await (await as(carla)).get(url)
  const places = [
    '1. Chi rileva con regolarità',
    'Quante persone: almeno 3',
    '2. Chi ha già rilevato',
    '«Sì, una» o «Sì, spesso»',
    'Sempre: vale',
  ]
  expect(places.map((place) => text.indexOf(place)).every((at, index, all) => at > (all[index - 1] ?? 0))).toBe(true)
})

test('a rule is written with the form and read in words', async () => {
  const { db, as, url, programmeId, standard } = await open()
  const browser = await as(carla)
  expect((await browser.post(url, regionRule(standard))).location).toMatch(new RegExp(`^${url}#rule-\\d+$`))
  expect((await rulesEdited(db, programmeId)).rules.at(-1)).toMatchObject({
    title: 'Chi è in Campania',
    condition: { all: [{ characteristic: 'region', operator: 'one_of', value: ['15', '16'] }] },
  })
  expect((await browser.get(url)).text).toContain('Regione: «Campania» o «Puglia»')
})

test('a rule after one for everybody is marked as never reached', async () => {
  const { as, url, standard } = await open()
  const browser = await as(carla)
  expect((await browser.get(url)).text).not.toContain('Mai raggiunta')
  await browser.post(url, regionRule(standard))
  expect((await browser.get(url)).text).toContain('Mai raggiunta')
})

test('bad input is refused beside its field, and what was typed stays', async () => {
  const { db, as, url, programmeId } = await open()
  const typed = { title: '', pathway: '', group: 'any', 'characteristic-0': 'staff', 'operator-0': 'at_least', 'value-0': 'tre' }
  const { status, text } = await (await as(carla)).post(url, typed)
  expect(status).toBe(422)
  for (const id of ['title-error', 'pathway-error', 'value-0-error']) expect(text).toContain(`id="${id}"`)
  expect(text).toContain('value="tre"')
  expect(text).toMatch(/value="any" checked/)
  expect(await liveRules(db, programmeId)).toHaveLength(3)
})

test('an empty group of any is refused beside the group', async () => {
  const { as, url, standard } = await open()
  const { status, text } = await (await as(carla)).post(url, { title: 'x', pathway: standard, group: 'any' })
  expect([status, text.includes('id="group-error"')]).toEqual([422, true])
})

test('a pathway of another programme is refused beside the pathway', async () => {
  const { db, as, url } = await open()
  const other = await buildMiglioraPa(db)
  const { status, text } = await (await as(carla)).post(url, regionRule(other.standard))
  expect([status, text.includes('id="pathway-error"')]).toEqual([422, true])
})

test('one more line keeps what was typed and saves nothing', async () => {
  const { db, as, url, programmeId, standard } = await open()
  const { status, text } = await (await as(carla)).post(`${url}/form`, { ...regionRule(standard), do: 'add' })
  expect(status).toBe(200)
  expect(text).toContain('Chi è in Campania')
  expect(text).toContain('id="characteristic-1"')
  expect(text).toMatch(/value="15" checked/)
  expect(await liveRules(db, programmeId)).toHaveLength(3)
})

test('choosing a characteristic offers its comparisons and values; with htmx as the form alone', async () => {
  const { as, url } = await open()
  const typed = { title: 'Nome', group: 'all', 'characteristic-0': 'experience', 'operator-0': 'at_least', 'value-0': '' }
  const { text } = await (await as(carla)).post(`${url}/form`, typed, { 'HX-Request': 'true' })
  expect(text).toMatch(/^\s*<form [^>]*id="rule-form"/)
  expect(text).toContain('Sì, spesso')
  expect(text).not.toContain('value="at_least"')
})

test('an existing rule opens with its conditions and one empty line', async () => {
  const { as, url, rules } = await open()
  const { text } = await (await as(carla)).get(`${url}/${rules.advanced}/edit`)
  expect(text).toMatch(/<option value="experience" selected/)
  expect(text).toMatch(/name="value-1" type="text" value="3"/)
  expect(text).toContain('id="characteristic-2"')
})

test('the form changes a rule in its place', async () => {
  const { db, as, url, rules, programmeId, standard } = await open()
  expect((await (await as(carla)).post(`${url}/${rules.advanced}/edit`, regionRule(standard))).status).toBe(303)
  expect((await rulesEdited(db, programmeId)).rules[0]).toMatchObject({ title: 'Chi è in Campania', pathwayId: standard })
  expect((await liveRules(db, programmeId))[0]?.title).toBe('Chi rileva con regolarità')
})

test('groups inside groups are shown as boxes and come back as they were', async () => {
  const { db, as, url, programmeId, standard } = await open()
  const condition = { all: [{ none: [{ characteristic: 'region', operator: 'is' as const, value: '01' }] }] }
  const id = made(await saveRule(db, programmeId, { title: 'Annidata', pathwayId: standard, condition }, byCarla))
  const browser = await as(carla)
  const { text } = await browser.get(`${url}/${id}/edit`)
  expect(text).toMatch(/name="group-0"[^>]* value="none" checked|value="none" checked/)
  expect(text).toMatch(/<option value="region" selected/)

  const fields = { group: 'all', 'group-0': 'none', 'characteristic-0-0': 'region', 'operator-0-0': 'is', 'value-0-0': '01' }
  await browser.post(`${url}/${id}/edit`, { title: 'Altro nome', pathway: standard, ...fields })
  expect((await rulesEdited(db, programmeId)).rules.at(-1)).toMatchObject({ title: 'Altro nome', condition })
})

test('a group inside a group is made with buttons alone, and saved', async () => {
  const { db, as, url, programmeId, standard } = await open()
  const browser = await as(carla)
  const press = (button: string, form: Record<string, string>) => browser.post(`${url}/form`, { ...form, do: button })
  let form = fieldsIn((await browser.get(`${url}/new`)).text)
  form = fieldsIn((await press('nest', { ...form, 'characteristic-0': 'staff', 'operator-0': 'at_least', 'value-0': '2' })).text)
  expect(Object.keys(form)).toEqual(expect.arrayContaining(['group-1', 'characteristic-1-0', 'characteristic-1-1']))
  form = fieldsIn((await press('nest-1', { ...form, 'characteristic-1-0': 'region', 'operator-1-0': 'is', 'value-1-0': '15' })).text)
  form = fieldsIn((await press('remove-1-1', form)).text)
  form = fieldsIn((await press('refresh', { ...form, 'group-1-1': 'none', 'characteristic-1-1-0': 'kind' })).text)
  expect((await browser.post(url, { ...form, title: 'A scatole', pathway: standard, 'value-1-1-0': 'municipality' })).status).toBe(303)
  expect((await rulesEdited(db, programmeId)).rules.at(-1)).toMatchObject({
    title: 'A scatole',
    condition: {
      all: [
        { characteristic: 'staff', operator: 'at_least', value: 2 },
        {
          any: [
            { characteristic: 'region', operator: 'is', value: '15' },
            { none: [{ characteristic: 'kind', operator: 'is', value: 'municipality' }] },
          ],
        },
      ],
    },
  })
})

test('the deepest group offers no group inside it', async () => {
  const { as, url } = await open()
  const browser = await as(carla)
  const two = { group: 'all', 'group-0': 'any', 'group-0-0': 'none', 'characteristic-0-0-0': 'region' }
  const { text } = await browser.post(`${url}/form`, { ...two, do: 'refresh' })
  expect([text.includes('value="nest-0"'), text.includes('value="nest-0-0"')]).toEqual([true, false])
})

test('rules are moved and removed with a button each', async () => {
  const { db, as, url, rules, programmeId } = await open()
  const browser = await as(carla)
  expect((await browser.post(`${url}/${rules.expert}/up`)).status).toBe(303)
  const [first] = (await rulesEdited(db, programmeId)).rules
  expect(first?.title).toBe('Chi ha già rilevato')
  await browser.post(`${url}/${first?.id}/remove`)
  expect((await rulesEdited(db, programmeId)).rules).toHaveLength(2)
})

test('without pathways the page says what comes first', async () => {
  const { db, as } = await openApp()
  const id = await newProgramme(db)
  expect((await (await as(carla)).get(`/programmes/${id}/rules`)).text).toContain('Prima di scrivere le regole')
})

test('a rule is not reached through another programme', async () => {
  const { db, as, rules } = await open()
  const other = await newProgramme(db)
  const browser = await as(carla)
  expect((await browser.get(`/programmes/${other}/rules/${rules.expert}/edit`)).status).toBe(404)
  expect((await browser.post(`/programmes/${other}/rules/${rules.expert}/remove`)).status).toBe(404)
})

test('a regional coordinator reads the rules and cannot change them', async () => {
  const { as, url, rules } = await open()
  const browser = await as(enzo)
  const { status, text } = await browser.get(url)
  expect([status, text.includes(`${url}/new`), text.includes('/remove')]).toEqual([200, false, false])
  for (const path of [url, `${url}/form`, `${url}/${rules.expert}/edit`, `${url}/${rules.expert}/up`, `${url}/${rules.expert}/remove`])
    expect((await browser.post(path)).status).toBe(403)
})

test.each([
  ['referent', rosa],
  ['trainer', paolo],
])('a %s does not see the rules', async (_role, person) => {
  const { as, url } = await open()
  expect((await (await as(person)).get(url)).status).toBe(403)
})

test('a visitor is led to sign in', async () => {
  const { as, url } = await open()
  expect((await (await as(null)).get(url)).location).toMatch('/sign-in')
})

/** What a browser without script would post of the form on the page. */
function fieldsIn(page: string): Record<string, string> {
  const form = /<form [^>]*id="rule-form"[\s\S]*?<\/form>/.exec(page)?.[0] ?? ''
  const fields: Record<string, string> = {}
  for (const [input] of form.matchAll(/<input [^>]*>/g)) {
    const read = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1]
    const name = read('name')
    const isChoice = read('type') === 'radio' || read('type') === 'checkbox'
    if (name && (!isChoice || / checked/.test(input))) fields[name] = read('value') ?? ''
  }
  for (const [, name, options] of form.matchAll(/<select [^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)) {
    const chosen = /<option value="([^"]*)"[^>]* selected/.exec(options ?? '') ?? /<option value="([^"]*)"/.exec(options ?? '')
    if (name) fields[name] = chosen?.[1] ?? ''
  }
  return fields
}
