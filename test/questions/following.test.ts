import { expect, test } from 'vitest'
import { sendDigests } from '#src/notifications/digests/actions.ts'
import { tellNews } from '#src/notifications/news/actions.ts'
import { mergeQuestion } from '#src/questions/merging/actions.ts'
import { assignQuestion } from '#src/questions/queue/actions.ts'
import { markSolved, reopenQuestion } from '#src/questions/thread/actions.ts'
import { baseUrl, carla, enrolCosenza, luca, nadia, openHelpDesk, paolo, rosa, zone } from './support.ts'

type Desk = Awaited<ReturnType<typeof openHelpDesk>>

const tell = ({ db, clock }: Desk) => tellNews(db, { now: clock.now, baseUrl, zone, organizer: { name: 'P', email: 'p@example.it' } })
const mailsTo = async ({ db }: Desk, { email }: { email: string }) =>
  (await db.selectFrom('outbox').where('recipient', '=', email).orderBy('id').select(['subject', 'text']).execute()).map(
    ({ subject, text }) => ({ subject, text }),
  )
const choose = async ({ as }: Desk, person: { id: number }, id: number, delivery: string) =>
  (await as(person)).post(`/questions/${id}/following`, { delivery })

test('who asked hears of an answer at once, without having chosen anything', async () => {
  const desk = await openHelpDesk()
  await desk.answer(await desk.ask())
  await tell(desk)
  expect((await mailsTo(desk, rosa)).map(({ subject }) => subject)).toEqual(['Risposta alla tua domanda: Numero minimo di risposte'])
})

test('who wants no mail gets none, neither at once nor in the evening', async () => {
  const desk = await openHelpDesk()
  const id = await desk.ask()
  await choose(desk, rosa, id, 'none')
  await desk.answer(id)
  await tell(desk)
  await sendDigests(desk.db, { now: desk.clock.now, baseUrl, zone })
  expect(await mailsTo(desk, rosa)).toEqual([])
})

test('a colleague who follows hears at once, too, and why', async () => {
  const desk = await openHelpDesk()
  const id = await desk.ask()
  await choose(desk, luca, id, 'at_once')
  await desk.answer(id)
  await tell(desk)
  const [mail] = await mailsTo(desk, luca)
  expect(mail?.subject).toBe('Nuova risposta: Numero minimo di risposte')
  expect(mail?.text).toContain('perché segui questa domanda')
})

test('the daily letter comes once a day with all the news, whichever process is first', async () => {
  const desk = await openHelpDesk()
  const { db, clock } = desk
  const first = await desk.ask()
  const second = await desk.ask({ subject: 'Un’altra' })
  for (const id of [first, second]) await choose(desk, rosa, id, 'daily')
  clock.now = clock.now.add({ minutes: 5 })
  await desk.answer(first, 'Una.')
  await desk.answer(first, 'Due.', carla)
  await desk.answer(second, 'Tre.')
  await tell(desk)
  expect(await mailsTo(desk, rosa)).toEqual([])

  clock.now = clock.now.add({ hours: 20 })
  await Promise.all([1, 2, 3].map(() => sendDigests(db, { now: clock.now, baseUrl, zone })))
  const mails = await mailsTo(desk, rosa)
  expect(mails.map(({ subject }) => subject)).toEqual(['2 novità nelle domande che segui'])
  for (const line of [`Numero minimo di risposte: 2 nuove risposte\n${baseUrl}/questions/${first}`, 'Un’altra: una nuova risposta'])
    expect(mails[0]?.text).toContain(line)

  clock.now = clock.now.add({ hours: 24 })
  await sendDigests(db, { now: clock.now, baseUrl, zone })
  expect(await mailsTo(desk, rosa)).toHaveLength(1)
})

test('before seven in the morning no daily letter is written', async () => {
  const desk = await openHelpDesk()
  const id = await desk.ask()
  await choose(desk, rosa, id, 'daily')
  desk.clock.now = desk.clock.now.add({ minutes: 1 })
  await desk.answer(id)
  const early = Temporal.ZonedDateTime.from('2026-03-03T06:59[Europe/Rome]').toInstant()
  expect(await sendDigests(desk.db, { now: early, baseUrl, zone })).toBe(0)
  expect(await sendDigests(desk.db, { now: early.add({ minutes: 1 }), baseUrl, zone })).toBe(1)
})

test('nobody follows what they can’t read, and a choice that isn’t one is not found', async () => {
  const desk = await openHelpDesk()
  const id = await desk.ask()
  expect((await choose(desk, nadia, id, 'at_once')).status).toBe(404)
  expect((await choose(desk, rosa, id, 'hourly')).status).toBe(404)
})

test('who loses sight of a question hears of it no more, at once or daily', async () => {
  const desk = await openHelpDesk()
  await enrolCosenza(desk.db)
  const id = await desk.ask({ visibility: 'unnamed' })
  await choose(desk, nadia, id, 'daily')
  await (await desk.as(rosa)).post(`/questions/${id}/visibility`, { visibility: 'private' })
  desk.clock.now = desk.clock.now.add({ minutes: 1 })
  await desk.answer(id)
  expect(await sendDigests(desk.db, { now: desk.clock.now, baseUrl, zone })).toBe(0)
})

test('staff hear when a question is given to them or reopened, the asker when it goes on in another', async () => {
  const desk = await openHelpDesk()
  const { db, clock } = desk
  const at = clock.now
  const id = await desk.ask()
  await assignQuestion(db, id, paolo.id, { by: carla, at })
  await markSolved(db, id, { by: rosa, at })
  await reopenQuestion(db, id, { by: rosa, at })
  await tell(desk)
  expect((await mailsTo(desk, paolo)).map(({ subject }) => subject)).toEqual([
    'Una domanda affidata a te: Numero minimo di risposte',
    'Domanda riaperta: Numero minimo di risposte',
  ])
  const other = await desk.ask({ subject: 'La stessa cosa' })
  await mergeQuestion(db, { questionId: other, targetId: id }, { by: carla, at })
  await tell(desk)
  const [merged] = (await mailsTo(desk, rosa)).slice(-1)
  expect(merged?.subject).toBe('La tua domanda continua in un’altra: La stessa cosa')
  expect(merged?.text).toContain(`${baseUrl}/questions/${id}`)
})
