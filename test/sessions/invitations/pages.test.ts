import { describe, expect, test } from 'vitest'
import { cancelSession } from '#src/sessions/actions.ts'
import { acceptInvitation } from '#src/sessions/invitations/actions.ts'
import { mailsIn, tell } from '#test/notifications/stage.ts'
import { carla, cosenza, countQueries, enzo, luca, nadia, openApp, paolo, rosa, salerno, tina } from '#test/support.ts'
import { byPaolo, idOf, openSession } from '../stage.ts'
import { by, guest, inviteAll, lapses } from './stage.ts'

const open = (given: Parameters<typeof openSession>[0] = {}) => openSession({ capacity: 20, ...given })
const form = (given: Record<string, string | string[] | number> = {}) => ({
  guest: `p${rosa.id}-${salerno.id}`,
  lines: '',
  role: 'participant',
  keeps: 'yes',
  until: '2026-03-08T10:00',
  places: 1,
  ...given,
})
const shows = (text: string, ...sentences: string[]) => sentences.map((sentence) => text.includes(sentence))

describe('the trainer', () => {
  test('finds administrations by name, region or referent, and only those with referents', async () => {
    const { as, path } = await open()
    const browser = await as(paolo)
    const found = async (query: string) =>
      shows((await browser.get(`${path}/invitations/new?${query}`)).text, 'Comune di Salerno', 'Comune di Cosenza', 'Azienda Sanitaria')
    expect(await found('')).toEqual([true, true, false])
    expect(await found('q=salerno')).toEqual([true, false, false])
    expect(await found('q=greco')).toEqual([false, true, false])
    expect(await found('region=18')).toEqual([false, true, false])
  })

  test('invites whom they tick and whom they paste, each once, and sees the state of each', async () => {
    const { as, db, path } = await open()
    const browser = await as(paolo)
    const given = form({
      guest: [`p${rosa.id}-${salerno.id}`, `a${cosenza.id}`],
      lines: `${nadia.email}\nC_H703\nComune di Cosenza`,
      places: 3,
      role: 'discussant',
    })
    expect((await browser.post(`${path}/invitations`, given)).location).toBe(`${path}/invitations`)
    const rows = await db
      .selectFrom('invitation')
      .orderBy('id')
      .select(['administration_id', 'person_id', 'role', 'places', 'places_kept', 'lapses_at'])
      .execute()
    const discussant = { role: 'discussant', lapses_at: '2026-03-08T09:00:00.000Z' }
    expect(rows).toEqual([
      { administration_id: salerno.id, person_id: rosa.id, places: 1, places_kept: 1, ...discussant },
      { administration_id: cosenza.id, person_id: null, places: 3, places_kept: 3, ...discussant },
      { administration_id: cosenza.id, person_id: nadia.id, places: 1, places_kept: 1, ...discussant },
      { administration_id: salerno.id, person_id: null, places: 3, places_kept: 3, ...discussant },
    ])
    idOf(await acceptInvitation(db, 1, by(rosa)))
    const { text } = await browser.get(`${path}/invitations?state=accepted`)
    expect(shows(text, rosa.name, nadia.name)).toEqual([true, false])
  })

  test.each<[string, Record<string, string | string[] | number>, string, string]>([
    ['nobody', { guest: '' }, 'guest', 'Scegli almeno'],
    ['somebody unknown', { lines: 'nessuno@ente.example' }, 'lines', 'nessuno@ente.example'],
    ['a date in the past', { until: '2026-03-01T10:00' }, 'until', 'deve essere nel futuro'],
    ['a date after the start', { until: '2026-03-10T10:01' }, 'until', 'al più tardi'],
    ['no date', { until: '' }, 'until', 'obbligatorio'],
    ['a time that doesn’t exist', { until: '2026-03-29T02:30' }, 'until', 'cambia l’ora legale'],
    ['more places than there are', { guest: `a${salerno.id}`, places: 21 }, 'keeps', 'non bastano'],
    ['a role of one’s own', { role: 'boss' }, 'role', 'voci proposte'],
    ['no places', { places: 0 }, 'places', 'troppo piccolo'],
    ['somebody of another administration', { guest: `p${rosa.id}-${cosenza.id}` }, 'guest', 'non è più referente'],
  ])('%s is refused beside the field, and what was typed stays', async (_, given, field, sentence) => {
    const { as, db, path } = await open()
    const { status, text } = await (await as(paolo)).post(`${path}/invitations`, form({ role: 'discussant', ...given }))
    expect([status, text.includes(`id="${field}-error"`), text.includes(sentence)]).toEqual([422, true, true])
    expect(text).toContain(given.guest === '' ? 'Comune di Cosenza' : 'checked')
    expect(await db.selectFrom('invitation').selectAll().execute()).toEqual([])
  })

  test('of a region sees and invites nobody of another one', async () => {
    const { as, db, id, path } = await open({ trainerIds: [paolo.id, tina.id], regionCode: '18' })
    await inviteAll(db, id, [guest.rosa, guest.nadia])
    const browser = await as(enzo)
    const { text } = await browser.get(`${path}/invitations`)
    expect(shows(text, nadia.name, rosa.name, 'C’è anche un invito di un’altra regione.')).toEqual([true, false, true])
    expect((await browser.post(`${path}/invitations/1/withdraw`)).status).toBe(404)
    expect((await browser.post(`${path}/invitations`, form({ guest: `p${luca.id}-${salerno.id}` }))).status).toBe(422)
    expect((await browser.post(`${path}/invitations`, form({ guest: '', lines: luca.email }))).text).toContain(`Non trovo`)
  })

  test('withdraws what nobody has answered, and the invited is told', async () => {
    const { as, db, id, path } = await open()
    await inviteAll(db, id, [guest.rosa])
    await tell(db)
    const browser = await as(paolo)
    await browser.post(`${path}/invitations/1/withdraw`)
    await tell(db)
    expect((await mailsIn(db)).map(({ recipient, subject }) => [recipient, subject])).toEqual([
      [rosa.email, 'Invito: Impostare l’indagine'],
      [rosa.email, 'Invito ritirato: Impostare l’indagine'],
    ])
    expect((await (await as(rosa)).get('/invitations/1')).status).toBe(404)
  })

  test('cancels a single registration, and the person’s calendar hears of it', async () => {
    const { as, db, id, path } = await open()
    await inviteAll(db, id, [guest.rosa])
    idOf(await acceptInvitation(db, 1, by(rosa)))
    const browser = await as(paolo)
    expect((await browser.get(path)).text).toContain(`Cancella l’iscrizione di ${rosa.name}`)
    expect((await browser.post(`${path}/registrations/1/cancel`)).location).toBe(path)
    await tell(db)
    const last = (await mailsIn(db)).at(-1)
    expect([last?.recipient, last?.calendar_method]).toEqual([rosa.email, 'CANCEL'])
  })

  test('reads the lists with as many queries for three as for one', async () => {
    const { db, id, path } = await open()
    const count = (address: string) =>
      countQueries(db, async (counted) => void (await (await (await openApp({ db: counted })).as(paolo)).get(address)))
    await inviteAll(db, id, [guest.rosa])
    const before = [await count(`${path}/invitations`), await count(`${path}/invitations/new`), await count(path)]
    await inviteAll(db, id, [guest.luca, guest.nadia])
    expect([await count(`${path}/invitations`), await count(`${path}/invitations/new`), await count(path)]).toEqual(before)
  })
})

describe('the invited', () => {
  test('answers on the first page or on the session’s, in one click', async () => {
    const { as, db, id, path } = await open({ admission: 'invitation' })
    await inviteAll(db, id, [guest.rosa, guest.nadia])
    const [browser, other] = [await as(rosa), await as(nadia)]
    for (const page of ['/', path, '/invitations/1']) expect((await browser.get(page)).text).toContain('action="/invitations/1"')
    expect((await browser.post('/invitations/1', { answer: 'yes' })).location).toBe(path)
    expect(shows((await browser.get('/')).text, 'Inviti a cui rispondere')).toEqual([false])
    expect((await other.post('/invitations/2', { answer: 'no' })).location).toBe('/')
    expect(shows((await other.get(path)).text, 'partecipa chi è invitato', '>Iscriviti<')).toEqual([true, false])
    expect((await other.post('/invitations/2', { answer: 'yes' })).text).toContain('già stato risposto no')
    expect((await other.post('/invitations/2', { answer: 'maybe' })).status).toBe(422)
  })

  test('after the date the page says so, and has no button', async () => {
    const { as, db, id, clock } = await open()
    await inviteAll(db, id, [guest.rosa])
    clock.now = lapses
    const browser = await as(rosa)
    expect(shows((await browser.get('/invitations/1')).text, 'l’invito è scaduto', 'name="answer"')).toEqual([true, false])
    expect((await browser.post('/invitations/1', { answer: 'yes' })).status).toBe(422)
  })

  test('reads the mail in their language, with one page to answer on and no calendar entry yet', async () => {
    const { db, id } = await open()
    await db.updateTable('person').set({ language: 'en' }).where('id', '=', nadia.id).execute()
    await inviteAll(db, id, [guest.salerno(2), guest.nadia], { role: 'discussant' })
    await tell(db)
    const mails = (await mailsIn(db)).map(({ recipient, subject, text, calendar }) => [
      recipient,
      subject,
      /\/invitations\/\d/.exec(text)?.[0],
      calendar,
    ])
    expect(mails).toEqual([
      [rosa.email, 'Invito: Impostare l’indagine', '/invitations/1', null],
      [luca.email, 'Invito: Impostare l’indagine', '/invitations/1', null],
      [nadia.email, 'Invitation: Impostare l’indagine', '/invitations/2', null],
    ])
  })

  test('hears that the session is called off, without a word to the calendar', async () => {
    const { db, id } = await open()
    await inviteAll(db, id, [guest.rosa, guest.nadia])
    idOf(await acceptInvitation(db, 2, by(nadia)))
    await tell(db)
    await db.deleteFrom('outbox').execute()
    idOf(await cancelSession(db, id, 'Docente malato', byPaolo))
    await tell(db)
    expect(
      (await mailsIn(db)).map(({ recipient, calendar_method, text }) => [recipient, calendar_method, text.includes('a cui eri invitato')]),
    ).toEqual([
      [rosa.email, null, true],
      [nadia.email, 'CANCEL', false],
    ])
  })

  test('sees a session of a programme that is not public yet', async () => {
    const { as, db, id, path } = await open()
    await db.updateTable('programme').set({ published_at: null }).execute()
    const status = async () => (await (await as(rosa)).get(path)).status
    expect(await status()).toBe(404)
    await inviteAll(db, id, [guest.rosa])
    expect(await status()).toBe(200)
  })
})

test('who speaks is named to those who take part and to staff of that region; others read the administration', async () => {
  const { as, db, id, path } = await open({ regionCode: '18' })
  await inviteAll(db, id, [guest.rosa], { role: 'discussant' })
  idOf(await acceptInvitation(db, 1, by(rosa)))
  const reads = async (person: { id: number } | null) =>
    shows((await (await as(person)).get(path)).text, 'Intervengono', 'Comune di Salerno', rosa.name)
  expect(await reads(null)).toEqual([true, true, false])
  expect(await reads(nadia)).toEqual([true, true, false])
  expect(await reads(enzo)).toEqual([true, true, false])
  expect(await reads(carla)).toEqual([true, true, true])
  await inviteAll(db, id, [guest.nadia])
  idOf(await acceptInvitation(db, 2, by(nadia)))
  expect(await reads(nadia)).toEqual([true, true, true])
})
