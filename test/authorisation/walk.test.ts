import { afterAll, describe, expect, test } from 'vitest'
import { importsUnderWay } from '#src/administrations/imports/actions.ts'
import { carla, enzo, nadia, openApp, openKeptApp, paolo, rosa, tina } from '#test/support.ts'
import { type Answer, type Role, roles, table } from './table.ts'
import { buildWorld } from './world.ts'

const people: Record<Role, { id: number } | null> = { visitor: null, rosa, nadia, paolo, tina, carla, enzo }

/** What an answer means for somebody who tries: by its status and where it leads. */
function meaningOf({ status, location }: { status: number; location: string | null }): Answer {
  if (status === 303 && location?.startsWith('/sign-in')) return 'in'
  if (status === 303 || status === 302) return 'done'
  if (status === 200) return 'page'
  if (status === 403) return 'no'
  if (status === 404) return 'none'
  if (status === 422) return 'typed'
  throw new Error(`unexpected status ${status}`)
}

/** `GET /sessions/:id{[0-9]{1,9}}` is written `GET /sessions/:id` in the table. */
const named = (method: string, path: string) => `${method} ${path.replace(/\{(?:[^{}]|\{[^{}]*\})*\}/g, '')}`

test('every route has a row in the table, and every row a route', async () => {
  const { app } = await openApp()
  const routes = new Set(app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => named(method, path)))
  expect(Object.keys(table).toSorted()).toEqual([...routes].toSorted())
})

// Whoever only reads, or is turned away, leaves the world as it was: a new one is needed after a change alone.
describe('who may do what', () => {
  let world: Awaited<ReturnType<typeof newWorld>> | null = null
  afterAll(async () => world?.close())

  for (const [route, { path, form, expected }] of Object.entries(table))
    test(route, { timeout: 60_000 }, async () => {
      const found: Partial<Record<Role, Answer>> = {}
      for (const role of roles) {
        world ??= await newWorld()
        const browser = await world.as(people[role])
        const answer = meaningOf(await (route.startsWith('GET') ? browser.get(path) : browser.post(path, form ?? {})))
        found[role] = answer
        if (route.startsWith('GET') || !(answer === 'done' || answer === 'page')) continue
        await importsUnderWay()
        await world.close()
        world = null
      }
      expect(found).toEqual(expected)
    })
})

async function newWorld() {
  const opened = await openKeptApp()
  await buildWorld(opened)
  return opened
}
