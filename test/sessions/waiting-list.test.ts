import { describe, expect, test } from 'vitest'
import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { cancelSession, changeSession } from '#src/sessions/actions.ts'
import { acceptInvitation, declineInvitation, invite, lapseInvitations } from '#src/sessions/invitations/actions.ts'
import { placesKept } from '#src/sessions/invitations/queries.ts'
import { cancelRegistration, register, waitForPlace } from '#src/sessions/registration/actions.ts'
import { findOwnWaiting, registeredFor, waitingInOrder } from '#src/sessions/registration/queries.ts'
import { promoted, registrationRefusal } from '#src/sessions/registration/rules.ts'
import { leaveWaitingList } from '#src/sessions/registration/waiting.ts'
import { tell } from '#test/notifications/stage.ts'
import { cosenza, luca, nadia, newDatabase, noon, rosa, salerno, torino } from '#test/support.ts'
import { byPaolo, fieldsOf, historyOf, idOf, moment, openSession, readSession, schedule, typedForm } from './stage.ts'

type Person = { id: number }
type Body = { id: number }

/** The session of the stage starts on 10 March at 10:00 in Rome. */
const starts = moment('2026-03-10T09:00:00Z')
const signUp = (db: Database, session: number, person: Person, administration: Body, at = noon) =>
  register(db, session, { personId: person.id, administrationId: administration.id }, { by: person, at })
const queueUp = (db: Database, session: number, person: Person, administration: Body, at = noon) =>
  waitForPlace(db, session, { personId: person.id, administrationId: administration.id }, { by: person, at })
const registeredIds = async (db: Database, session: number) =>
  (await registeredFor(db, session)).map(({ personId }) => personId).toSorted((a, b) => a - b)
const waitingIds = async (db: Database, session: number) => (await waitingInOrder(db, session)).map(({ personId }) => personId)

/** People who are referents of an administration, by number. */
async function crowd(db: Database, count: number, administration: Body): Promise<Person[]> {
  const people = await db
    .insertInto('person')
    .values(Array.from({ length: count }, (_, n) => ({ name: `Persona ${n}`, email: `p${n}@ente.example`, created_at: asMoment(noon) })))
    .returning('id')
    .execute()
  const since = asMoment(noon)
  await db
    .insertInto('referent')
    .values(
      people.map(({ id }) => ({
        administration_id: administration.id,
        person_id: id,
        since,
        invited_by: null,
        until: null,
        ended_by: null,
      })),
    )
    .execute()
  return people
}

/** One place, which Rosa has; Nadia waits, then Luca. */
async function full(given: Parameters<typeof schedule>[1] = {}) {
  const db = await newDatabase()
  const session = await schedule(db, { capacity: 1, ...given })
  const registration = idOf(await signUp(db, session, rosa, salerno))
  idOf(await queueUp(db, session, nadia, cosenza))
  idOf(await queueUp(db, session, luca, salerno))
  return { db, session, registration }
}

test('whoever waits first gets the place that somebody gives back, in the same moment', async () => {
  const { db, session, registration } = await full()
  await cancelRegistration(db, registration, { by: rosa, at: noon })
  expect([await registeredIds(db, session), await waitingIds(db, session)]).toEqual([[nadia.id], [luca.id]])
  expect((await historyOf(db, 'registered')).map(({ person_id, details }) => [person_id, details.waited])).toEqual([
    [rosa.id, false],
    [nadia.id, true],
  ])
})

test('whoever moves up is invited by mail, and nobody reads who made room', async () => {
  const { db, registration } = await full()
  await cancelRegistration(db, registration, { by: rosa, at: noon })
  await tell(db)
  const mails = await db.selectFrom('outbox').where('recipient', '=', nadia.email).select(['calendar_method', 'text']).execute()
  expect(mails.map(({ calendar_method, text }) => [calendar_method, text.includes(rosa.name)])).toEqual([['REQUEST', false]])
})

test('more places let up as many as there are, in order', async () => {
  const { db, session } = await full()
  const { module_id } = await readSession(db, session)
  idOf(await changeSession(db, session, { ...fieldsOf(module_id), capacity: 2 }, byPaolo))
  expect([await registeredIds(db, session), await waitingIds(db, session)]).toEqual([[rosa.id, nadia.id], [luca.id]])
  idOf(await changeSession(db, session, { ...fieldsOf(module_id), capacity: null }, byPaolo))
  expect([await registeredIds(db, session), await waitingIds(db, session)]).toEqual([[rosa.id, nadia.id, luca.id], []])
})

test('whose administration has all it may have keeps their turn and lets the next one pass', async () => {
  const db = await newDatabase()
  const session = await schedule(db, { capacity: 2, administrationCap: 1 })
  const registration = idOf(await signUp(db, session, rosa, salerno))
  expect(await signUp(db, session, luca, salerno)).toEqual({ refusal: 'administration_full' })
  idOf(await queueUp(db, session, luca, salerno))
  idOf(await signUp(db, session, nadia, cosenza))
  expect(await waitingIds(db, session)).toEqual([luca.id])
  await cancelRegistration(db, registration, { by: rosa, at: noon })
  expect([await registeredIds(db, session), await waitingIds(db, session)]).toEqual([[nadia.id, luca.id], []])
})

test('from two hours before the start nobody moves up by themselves, and nobody queues up', async () => {
  const { db, session, registration } = await full()
  const late = starts.subtract({ hours: 2 })
  const [someone] = await crowd(db, 1, torino)
  expect(await queueUp(db, session, someone ?? rosa, torino, late)).toEqual({ refusal: 'too_late' })
  await cancelRegistration(db, registration, { by: rosa, at: late })
  expect(await registeredIds(db, session)).toEqual([])
  idOf(await signUp(db, session, luca, salerno, late))
  expect(await waitingIds(db, session)).toEqual([nadia.id])
})

test('whoever is no longer a referent is passed over', async () => {
  const { db, session, registration } = await full()
  await db
    .updateTable('referent')
    .set({ until: asMoment(noon) })
    .where('person_id', '=', nadia.id)
    .execute()
  await cancelRegistration(db, registration, { by: rosa, at: noon })
  expect(await registeredIds(db, session)).toEqual([luca.id])
})

test('one waits once, only where no place is free, and leaves when one likes', async () => {
  const { db, session } = await full()
  expect(await queueUp(db, session, nadia, cosenza)).toEqual({ refusal: 'already_waiting' })
  expect(await queueUp(db, session, rosa, salerno)).toEqual({ refusal: 'already_registered' })
  expect(await queueUp(db, session, nadia, salerno)).toEqual({ refusal: 'not_a_referent' })
  expect((await findOwnWaiting(db, session, luca.id))?.place).toBe(2)
  expect([await leaveWaitingList(db, session, byPerson(nadia)), await leaveWaitingList(db, session, byPerson(nadia))]).toEqual([
    true,
    false,
  ])
  expect((await findOwnWaiting(db, session, luca.id))?.place).toBe(1)
  expect(await queueUp(db, await schedule(db), rosa, salerno)).toEqual({ refusal: 'place_free' })
})
const byPerson = (person: Person) => ({ by: person, at: noon })

test('of two hundred who run for the last five places while fifty cancel and twenty invitations end, everybody is answered, none sits twice, order is kept', async () => {
  const db = await newDatabase()
  const capacity = 75
  const session = await schedule(db, { capacity })
  const people = await crowd(db, 270, torino)
  const [seated, invited, running] = [people.slice(0, 50), people.slice(50, 70), people.slice(70)]
  const held: number[] = []
  for (const person of seated) held.push(idOf(await signUp(db, session, person, torino)))
  const guests = invited.map(({ id }) => ({ administrationId: torino.id, personId: id, places: 1 }))
  const lapsesAt = starts.subtract({ hours: 24 })
  expect(await invite(db, session, { guests, role: 'participant', keepsPlaces: true, lapsesAt }, byPaolo)).toEqual({
    invited: 20,
    already: 0,
  })
  const invitations = await db.selectFrom('invitation').orderBy('id').select('id').execute()

  const turn = async (person: Person) => {
    const outcome = await signUp(db, session, person, torino)
    if ('id' in outcome) return 'seated'
    const waits = await queueUp(db, session, person, torino)
    if ('id' in waits) return 'waiting'
    // A place was given back between the two questions.
    return waits.refusal === 'place_free' ? 'asks again' : waits.refusal
  }
  const answer = async ({ id }: { id: number }, n: number) => {
    const who = { by: invited[n] ?? rosa, at: noon }
    const outcome = n % 2 === 0 ? await acceptInvitation(db, id, who) : await declineInvitation(db, id, who)
    return 'refusal' in outcome ? outcome.refusal : n % 2 === 0 ? 'accepted' : 'declined'
  }
  const [answers, replies, , lapsed] = await Promise.all([
    Promise.all(running.map(turn)),
    // Ten of the invited answer, five yes and five no; the others say nothing.
    Promise.all(invitations.slice(0, 10).map(answer)),
    Promise.all(held.map((registration, n) => cancelRegistration(db, registration, { by: seated[n] ?? rosa, at: noon }))),
    Promise.all([lapseInvitations(db, lapsesAt), lapseInvitations(db, lapsesAt)]),
  ])
  const again = running.filter((_, n) => answers[n] === 'asks again')
  expect(new Set([...answers, ...(await Promise.all(again.map(turn)))].filter((each) => each !== 'asks again'))).toEqual(
    new Set(['seated', 'waiting']),
  )
  // Whoever answered too late was told so.
  expect(replies.filter((reply) => !['accepted', 'declined', 'lapsed'].includes(reply))).toEqual([])
  const accepted = replies.filter((reply) => reply === 'accepted').length
  const ended = replies.filter((reply) => reply === 'declined').length + lapsed.reduce((sum, count) => sum + count, 0)
  expect([accepted + ended, await placesKept(db, session)]).toEqual([20, 0])

  const [registered, waiting] = [await registeredIds(db, session), await waitingIds(db, session)]
  expect([registered.length, registered.length + waiting.length]).toEqual([capacity, 200 + accepted])
  expect(new Set([...registered, ...waiting]).size).toBe(200 + accepted)
  expect(await mostAtOnce(db)).toBeLessThanOrEqual(capacity)
  // Whoever moved up had asked before everybody who still waits.
  const entries = await db.selectFrom('waiting_entry').select(['id', 'promoted_at']).orderBy('id').execute()
  const lastUp = Math.max(0, ...entries.filter(({ promoted_at }) => promoted_at !== null).map(({ id }) => id))
  const firstWaiting = Math.min(...entries.filter(({ promoted_at }) => promoted_at === null).map(({ id }) => id))
  expect(lastUp).toBeLessThan(firstWaiting)
}, 90_000)

/** How many had a place at the fullest moment, going through what happened one by one. */
async function mostAtOnce(db: Database): Promise<number> {
  const steps = await db
    .selectFrom('history')
    .where('happening', 'in', ['registered', 'registration_cancelled'])
    .orderBy('id')
    .select('happening')
    .execute()
  let [now, most] = [0, 0]
  for (const { happening } of steps) {
    now += happening === 'registered' ? 1 : -1
    most = Math.max(most, now)
  }
  return most
}

test('when a session is called off, those who wait are told without a calendar, and wait no more', async () => {
  const { db, session } = await full()
  await tell(db)
  await db.deleteFrom('outbox').execute()
  idOf(await cancelSession(db, session, 'Docente malato', byPaolo))
  await tell(db)
  const mails = await db.selectFrom('outbox').orderBy('id').select(['recipient', 'calendar_method', 'text']).execute()
  expect(mails.map(({ recipient, calendar_method, text }) => [recipient, calendar_method, text.includes('lista d’attesa')])).toEqual([
    [rosa.email, 'CANCEL', false],
    [nadia.email, null, true],
    [luca.email, null, true],
  ])
  expect(await waitingIds(db, session)).toEqual([])
})

describe('the chain of conditions', () => {
  const session = {
    startsAt: starts,
    endsAt: starts.add({ hours: 1 }),
    publishedAt: noon,
    cancelledAt: null,
    capacity: 5,
    registrationOpensAt: null,
    registrationClosesAt: null,
    administrationCap: null,
    promotionStopsHours: 2,
    admission: 'open' as const,
  }
  const person = { id: 1, name: '', email: '', language: 'it' as const, administrations: [1], trainer: null, coordinator: null }
  const asking = {
    person,
    administrationId: 1,
    alreadyRegistered: false,
    registered: 0,
    ofAdministration: 0,
    kept: 0,
    invitation: null,
    now: noon,
  }
  test.each([
    [{}, {}, null],
    [{ registrationOpensAt: noon.add({ seconds: 1 }) }, {}, 'not_open_yet'],
    [{ registrationOpensAt: noon }, {}, null],
    [{ registrationClosesAt: noon }, {}, 'closed'],
    [{ registrationClosesAt: noon.add({ seconds: 1 }) }, {}, null],
    [{ administrationCap: 2 }, { ofAdministration: 2 }, 'administration_full'],
    [{ administrationCap: 2 }, { ofAdministration: 1 }, null],
    [{}, { registered: 5 }, 'full'],
    [{ cancelledAt: noon, registrationClosesAt: noon }, { registered: 5 }, 'cancelled'],
    [{}, { registered: 3, kept: 2 }, 'full'],
    [{}, { registered: 3, kept: 1 }, null],
    [{}, { registered: 3, kept: 2, invitation: { keepsPlace: true } }, null],
    [{}, { registered: 5, invitation: { keepsPlace: false } }, 'full'],
    [{ admission: 'invitation' as const, registrationOpensAt: noon.add({ seconds: 1 }) }, {}, 'not_invited'],
    [{ admission: 'invitation' as const }, { invitation: { keepsPlace: false } }, null],
    [{ registrationOpensAt: noon.add({ seconds: 1 }) }, { invitation: { keepsPlace: false } }, null],
    [{ registrationClosesAt: noon }, { invitation: { keepsPlace: false } }, null],
    [{ administrationCap: 2 }, { ofAdministration: 2, invitation: { keepsPlace: true } }, null],
    [{ administrationCap: 2 }, { ofAdministration: 2, invitation: { keepsPlace: false } }, 'administration_full'],
  ])('%o and %o: %s', (of, who, refusal) => {
    expect(registrationRefusal({ ...session, ...of }, { ...asking, ...who })).toBe(refusal)
  })

  test('places are given in order, none beyond capacity or cap', () => {
    const waiting = [1, 1, 2, 3].map((administrationId, n) => ({
      id: n + 1,
      administrationId,
      isReferent: true,
      invitationId: n === 3 ? 9 : null,
    }))
    const ids = (capacity: number | null, administrationCap: number | null, kept = 0, admission: 'open' | 'invitation' = 'open') =>
      promoted({ capacity, administrationCap, admission }, waiting, { taken: new Map([[1, 1]]), kept }).map(({ id }) => id)
    expect([ids(1, null), ids(3, null), ids(3, 1), ids(null, 2), ids(null, null)]).toEqual([[], [1, 2], [3, 4], [1, 3, 4], [1, 2, 3, 4]])
    expect([ids(3, null, 1), ids(3, null, 2), ids(3, null, 0, 'invitation')]).toEqual([[1], [], [4]])
  })
})

// Pages --------------------------------------------------------------------------------------------------------------

test('on a full session one queues up, sees one’s place, and leaves', async () => {
  const { as, db, id, path } = await openSession({ capacity: 1 })
  idOf(await signUp(db, id, rosa, salerno))
  const browser = await as(nadia)
  const form = { administration: cosenza.id }
  expect((await browser.get(path)).text).toContain('Mettiti in lista d’attesa')
  expect((await browser.post(`${path}/registration`, form)).status).toBe(422)
  expect((await browser.post(`${path}/waiting-list`, form)).location).toBe(path)
  expect((await browser.get(path)).text).toContain('Sei in lista d’attesa per Comune di Cosenza: posizione 1.')
  expect((await (await as(byPaolo.by)).get(path)).text).toContain('In lista d’attesa, in ordine')
  await browser.post(`${path}/waiting-list/leave`)
  expect((await browser.get(path)).text).toContain('Mettiti in lista d’attesa')
})

test('a referent registers a colleague, who is invited, and nobody else', async () => {
  const { as, db, id, path } = await openSession()
  const browser = await as(rosa)
  await browser.post(`${path}/registration`, { administration: salerno.id })
  expect((await browser.get(path)).text).toContain('Iscrivi un collega')
  expect((await browser.post(`${path}/registration/colleague`, { colleague: nadia.id })).status).toBe(422)
  expect((await browser.post(`${path}/registration/colleague`, { colleague: luca.id })).status).toBe(303)
  expect(await registeredIds(db, id)).toEqual([rosa.id, luca.id])
  await tell(db)
  expect((await db.selectFrom('outbox').select('recipient').execute()).map(({ recipient }) => recipient)).toContain(luca.email)
})

test('before registration opens the page says when, and the form is refused', async () => {
  const { as, path } = await openSession({ registrationOpensAt: moment('2026-03-05T08:00:00Z') })
  const browser = await as(rosa)
  const { text } = await browser.get(path)
  expect([text.includes('Le iscrizioni si aprono il 5 mar 2026, 09:00.'), text.includes('>Iscriviti<')]).toEqual([true, false])
  expect((await browser.post(`${path}/registration`, { administration: salerno.id })).text).toContain(
    'Le iscrizioni non sono ancora aperte.',
  )
})

test.each([
  [{ registrationOpens: '2026-03-11T09:00' }, 'Le iscrizioni devono aprirsi prima dell’inizio'],
  [{ registrationCloses: '2026-03-10T10:01' }, 'Le iscrizioni si chiudono al più tardi all’inizio'],
  [{ registrationOpens: '2026-03-09T09:00', registrationCloses: '2026-03-08T09:00' }, 'non possono chiudersi prima di aprirsi'],
  [{ capacity: 3, administrationCap: 4 }, 'supera i posti'],
  [{ registrationOpens: 'domani' }, 'Scrivere una data valida.'],
  [{ registrationOpens: '2026-03-29T02:30' }, 'cambia l’ora legale'],
  [{ reminderHours: 'il giorno prima' }, 'Scrivere fino a quattro numeri di ore'],
])('a plan of registration that makes no sense is refused beside its field: %o', async (given, sentence) => {
  const { as, db } = await openSession()
  const { module_id } = await db.selectFrom('session').select('module_id').executeTakeFirstOrThrow()
  const { status, text } = await (await as(byPaolo.by)).post('/sessions', { ...typedForm(module_id), ...given })
  expect([status, text.includes(sentence)]).toEqual([422, true])
})
