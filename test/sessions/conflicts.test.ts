import { expect, test } from 'vitest'
import { carla, openApp, paolo, rosa, tina } from '#test/support.ts'
import { addModule, moment, schedule } from './stage.ts'

/** Paolo trains on 10 March from 10:00 to 11:30 in Rome; the other session is given. */
async function warned(given: Parameters<typeof schedule>[1], reader: { id: number } = carla) {
  const { db, as } = await openApp()
  const { moduleId } = await addModule(db)
  const id = await schedule(db, { moduleId })
  await schedule(db, { moduleId, title: 'L’altro', joinUrl: 'https://room.example/b', trainerIds: [], ...given })
  const { text } = await (await as(reader)).get(`/sessions/${id}`)
  const notice = text.match(/<div class="alert alert-warning">.*?<\/div>/s)?.[0] ?? ''
  return { notice, shown: notice.includes('L’altro'), byTrainer: notice.includes(paolo.name), byRoom: notice.includes('stessa sala') }
}
const overlapping = { startsAt: moment('2026-03-10T10:00:00Z'), endsAt: moment('2026-03-10T11:00:00Z') }
const afterwards = { startsAt: moment('2026-03-10T10:30:00Z'), endsAt: moment('2026-03-10T11:00:00Z') }

test('the same trainer at the same time is shown, also in a draft', async () => {
  expect(await warned({ ...overlapping, trainerIds: [paolo.id], draft: true })).toMatchObject({
    shown: true,
    byTrainer: true,
    byRoom: false,
  })
})

test('the same room at the same time is shown, however it is written', async () => {
  expect(await warned({ ...overlapping, joinUrl: 'https://ROOM.example/secret-room' })).toMatchObject({
    shown: true,
    byTrainer: false,
    byRoom: true,
  })
})

test('one after the other, or with nothing in common, is no conflict', async () => {
  expect((await warned({ ...afterwards, trainerIds: [paolo.id] })).notice).toBe('')
  expect((await warned(overlapping)).notice).toBe('')
})

test('participants are not warned', async () => {
  expect((await warned({ ...overlapping, trainerIds: [paolo.id] }, rosa)).notice).toBe('')
})

test('whoever may not see the other session learns only that there is one', async () => {
  const { db, as } = await openApp()
  const { moduleId } = await addModule(db)
  const id = await schedule(db, { moduleId, regionCode: '01', trainerIds: [tina.id] })
  await schedule(db, { moduleId, ...overlapping, title: 'Bozza campana', regionCode: '15', draft: true, trainerIds: [] })
  const { text } = await (await as(tina)).get(`/sessions/${id}`)
  expect([text.includes('Bozza campana'), text.includes('un incontro di un’altra regione')]).toEqual([false, true])
})
