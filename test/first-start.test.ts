import { expect, test } from 'vitest'
import { type Config, readConfig } from '#src/config.ts'
import { firstStart } from '#src/demo/first-start.ts'
import { carla, newDatabase, noon } from '#test/support.ts'

const production = (settings: Record<string, string> = {}): Config =>
  readConfig({ NODE_ENV: 'production', BASE_URL: 'https://percorsi.example.it', ...settings })

test('in production the first coordinator gets one link, printed once', async () => {
  const db = await newDatabase()
  await db.deleteFrom('role_grant').execute()
  const config = production({ COORDINATOR_EMAIL: 'capo@ministero.example' })
  expect(await firstStart(db, config, noon)).toMatch(/https:\/\/percorsi\.example\.it\/sign-in\/\S{40,}/)
  expect(await firstStart(db, config, noon)).toBeNull()
})

test('in production nothing is loaded and nothing printed where there is a coordinator', async () => {
  const db = await newDatabase()
  expect(await firstStart(db, production(), noon)).toBeNull()
  expect(
    await db
      .selectFrom('person')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirst(),
  ).toEqual({ count: 7 })
})

test('without anybody to let in, production says what is missing', async () => {
  const db = await newDatabase()
  await db.deleteFrom('role_grant').execute()
  await expect(firstStart(db, production(), noon)).rejects.toThrow('COORDINATOR_EMAIL')
})

test('outside production each start prints a link for each role', async () => {
  const printed = await firstStart(await newDatabase(), readConfig({}), noon)
  expect(printed?.match(/http:\/\/localhost:3000\/sign-in\//g)).toHaveLength(4)
  expect(printed).toContain(carla.name)
})

for (const [setting, sentence] of [
  [{ PORT: 'abc' }, 'PORT must be a number'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must be sqlite:PATH or postgres://…'],
  [{ TZ_PROGRAMME: 'Europe/Nowhere' }, 'TZ_PROGRAMME must be a time zone such as Europe/Rome'],
  [{ BASE_URL: 'ftp://x' }, 'BASE_URL must be a web address such as https://percorsi.example.it'],
] as const)
  test(`a wrong setting is named in a sentence: ${sentence}`, () => {
    expect(() => readConfig(setting)).toThrow(sentence)
  })
