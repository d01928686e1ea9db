import { describe, expect, test } from 'vitest'
import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { cancelSession, changeSession } from '#src/sessions/actions.ts'
import { acceptInvitation, declineInvitation, invite, lapseInvitations, withdrawInvitation } from '#src/sessions/invitations/actions.ts'
import { placesKept } from '#src/sessions/invitations/queries.ts'
import { stateOfInvitation } from '#src/sessions/invitations/rules.ts'
import { cancelRegistration, register, waitForPlace } from '#src/sessions/registration/actions.ts'
import { findOwnRegistration, registeredFor, waitingInOrder } from '#src/sessions/registration/queries.ts'
import { asl, cosenza, luca, nadia, newDatabase, noon, rosa, salerno } from '#test/support.ts'
import { byPaolo, fieldsOf, historyOf, idOf, moment, readSession, schedule } from '../stage.ts'
import { by, guest, inviteAll, lapses } from './stage.ts'

type Person = { id: number }

const signUp = (db: Database, session: number, person: Person, administration: { id: number }, at = noon) =>
  register(db, session, { personId: person.id, administrationId: administration.id }, { by: person, at })
const queueUp = (db: Database, session: number, person: Person, administration: { id: number }, at = noon) =>
  waitForPlace(db, session, { personId: person.id, administrationId: administration.id }, { by: person, at })
const seated = async (db: Database, session: number) =>
  (await registeredFor(db, session)).map(({ personId }) => personId).toSorted((a, b) => a - b)
const waiting = async (db: Database, session: number) => (await waitingInOrder(db, session)).map(({ personId }) => personId)

async function open(given: Parameters<typeof schedule>[1] = {}) {
  const db = await newDatabase()
  return { db, session: await schedule(db, given) }
}

describe('who may come in', () => {
  test('to a session by invitation only the invited come, and the others read why not', async () => {
    const { db, session } = await open({ admission: 'invitation' })
    await inviteAll(db, session, [guest.rosa])
    expect(await signUp(db, session, nadia, cosenza)).toEqual({ refusal: 'not_invited' })
    expect(await queueUp(db, session, nadia, cosenza)).toEqual({ refusal: 'not_invited' })
    expect(await signUp(db, session, luca, salerno)).toEqual({ refusal: 'not_invited' })
    idOf(await signUp(db, session, rosa, salerno))
    expect(await seated(db, session)).toEqual([rosa.id])
  })

  test('an administration sends as many as it is invited for, whoever they are', async () => {
    const { db, session } = await open({ admission: 'invitation' })
    await inviteAll(db, session, [guest.salerno(1)])
    idOf(await signUp(db, session, luca, salerno))
    expect(await signUp(db, session, rosa, salerno)).toEqual({ refusal: 'not_invited' })
  })

  test('the invited come in before registration opens and after it closes, until the date of their invitation', async () => {
    const { db, session } = await open({
      registrationOpensAt: moment('2026-03-05T09:00:00Z'),
      registrationClosesAt: moment('2026-03-06T09:00:00Z'),
    })
    await inviteAll(db, session, [guest.rosa, guest.nadia])
    expect(await signUp(db, session, luca, salerno)).toEqual({ refusal: 'not_open_yet' })
    idOf(await signUp(db, session, rosa, salerno))
    const afterClosing = moment('2026-03-07T09:00:00Z')
    expect(await signUp(db, session, luca, salerno, afterClosing)).toEqual({ refusal: 'closed' })
    expect(await signUp(db, session, nadia, cosenza, lapses)).toEqual({ refusal: 'closed' })
    idOf(await signUp(db, session, nadia, cosenza, afterClosing))
  })

  test('a place that is kept is nobody else’s, and is there although the rest is full', async () => {
    const { db, session } = await open({ capacity: 2 })
    await inviteAll(db, session, [guest.nadia])
    idOf(await signUp(db, session, rosa, salerno))
    expect(await signUp(db, session, luca, salerno)).toEqual({ refusal: 'full' })
    idOf(await signUp(db, session, nadia, cosenza))
    expect([await seated(db, session), await placesKept(db, session)]).toEqual([[rosa.id, nadia.id], 0])
  })

  test('without kept places whoever accepts first comes in first', async () => {
    const { db, session } = await open({ capacity: 1, admission: 'invitation' })
    const [one, two] = await inviteAll(db, session, [guest.rosa, guest.nadia], { keepsPlaces: false })
    idOf(await acceptInvitation(db, one ?? 0, by(rosa)))
    expect(await acceptInvitation(db, two ?? 0, by(nadia))).toEqual({ refusal: 'full' })
    idOf(await queueUp(db, session, nadia, cosenza))
    await cancelRegistration(db, (await findOwnRegistration(db, session, rosa.id))?.id ?? 0, by(rosa))
    expect(await seated(db, session)).toEqual([nadia.id])
  })

  test('whoever waited through an invitation that was withdrawn keeps waiting and is passed over', async () => {
    const { db, session } = await open({ capacity: 1, admission: 'invitation' })
    const [, ours] = await inviteAll(db, session, [guest.nadia, guest.rosa], { keepsPlaces: false })
    idOf(await signUp(db, session, nadia, cosenza))
    idOf(await queueUp(db, session, rosa, salerno))
    idOf(await withdrawInvitation(db, { id: ours ?? 0, sessionId: session }, byPaolo))
    await cancelRegistration(db, (await findOwnRegistration(db, session, nadia.id))?.id ?? 0, by(nadia))
    expect([await seated(db, session), await waiting(db, session)]).toEqual([[], [rosa.id]])
  })
})

describe('inviting', () => {
  const plan = { guests: [guest.rosa], role: 'participant' as const, keepsPlaces: true, lapsesAt: lapses }
  test.each([
    ['nobody', {}, { guests: [] }],
    ['lapses_in_the_past', {}, { lapsesAt: noon }],
    ['lapses_after_start', {}, { lapsesAt: moment('2026-03-10T09:00:01Z') }],
    ['not_published', { draft: true }, {}],
    ['too_few_places', { capacity: 1 }, { guests: [guest.rosa, guest.nadia] }],
    ['too_few_places', { capacity: 3 }, { guests: [guest.salerno(4)] }],
    ['not_a_referent', {}, { guests: [{ administrationId: cosenza.id, personId: rosa.id, places: 1 }] }],
    ['not_a_referent', {}, { guests: [{ administrationId: asl.id, personId: null, places: 1 }] }],
  ])('%s: %o %o', async (refusal, given, changes) => {
    const { db, session } = await open(given)
    expect(await invite(db, session, { ...plan, ...changes }, byPaolo)).toEqual({ refusal })
    expect(await db.selectFrom('invitation').selectAll().execute()).toEqual([])
  })

  test('more are invited than there are places where none is kept', async () => {
    const { db, session } = await open({ capacity: 1 })
    expect(await inviteAll(db, session, [guest.rosa, guest.nadia], { keepsPlaces: false })).toHaveLength(2)
  })

  test('twice is once: whoever is invited or registered already is left as they are', async () => {
    const { db, session } = await open()
    idOf(await signUp(db, session, nadia, cosenza))
    await inviteAll(db, session, [guest.rosa, guest.rosa])
    expect(await invite(db, session, { ...plan, guests: [guest.rosa, guest.nadia, guest.luca] }, byPaolo)).toEqual({
      invited: 1,
      already: 2,
    })
  })

  test('of two trainers who invite the same person at once, one does', async () => {
    const { db, session } = await open()
    const outcomes = await Promise.all([1, 2].map(() => invite(db, session, plan, byPaolo)))
    expect(outcomes.map((each) => ('invited' in each ? each.invited : each.refusal)).toSorted()).toEqual([0, 1])
  })

  test('whoever declined can be invited again', async () => {
    const { db, session } = await open()
    const [first] = await inviteAll(db, session, [guest.rosa])
    idOf(await declineInvitation(db, first ?? 0, by(rosa)))
    expect(await inviteAll(db, session, [guest.rosa])).toHaveLength(1)
  })

  test('places cannot become fewer than those taken and kept', async () => {
    const { db, session } = await open({ capacity: 3 })
    idOf(await signUp(db, session, nadia, cosenza))
    await inviteAll(db, session, [guest.salerno(2)])
    const change = async (capacity: number) =>
      changeSession(db, session, { ...fieldsOf((await readSession(db, session)).module_id), capacity }, byPaolo)
    expect([await change(2), await change(3)]).toEqual([{ refusal: 'capacity_below_kept' }, { id: session }])
  })
})

describe('answering', () => {
  test('accepting registers, once, with the invitation’s role, and says so in the history', async () => {
    const { db, session } = await open()
    const [id] = await inviteAll(db, session, [guest.rosa], { role: 'discussant' })
    const outcomes = await Promise.all([acceptInvitation(db, id ?? 0, by(rosa)), acceptInvitation(db, id ?? 0, by(rosa))])
    expect(outcomes.map((each) => ('id' in each ? each.id : each.refusal)).toSorted()).toEqual([id, 'already_accepted'])
    expect((await historyOf(db, 'invitation_accepted')).map((row) => [row.person_id, row.administration_id])).toEqual([
      [rosa.id, salerno.id],
    ])
    expect(await db.selectFrom('registration').select(['person_id', 'invitation_id']).execute()).toEqual([
      { person_id: rosa.id, invitation_id: id },
    ])
  })

  test('nobody answers for somebody else', async () => {
    const { db, session } = await open()
    const [id] = await inviteAll(db, session, [guest.rosa])
    for (const other of [luca, nadia]) {
      expect(await acceptInvitation(db, id ?? 0, by(other))).toEqual({ refusal: 'not_invited' })
      expect(await declineInvitation(db, id ?? 0, by(other))).toEqual({ refusal: 'not_invited' })
    }
  })

  test('after its date, or when it was withdrawn or declined, it cannot be accepted', async () => {
    const { db, session } = await open()
    const [late, gone, said] = await inviteAll(db, session, [guest.rosa, guest.nadia, guest.luca])
    expect(await acceptInvitation(db, late ?? 0, by(rosa, lapses))).toEqual({ refusal: 'lapsed' })
    idOf(await withdrawInvitation(db, { id: gone ?? 0, sessionId: session }, byPaolo))
    expect(await acceptInvitation(db, gone ?? 0, by(nadia))).toEqual({ refusal: 'withdrawn' })
    idOf(await declineInvitation(db, said ?? 0, by(luca)))
    expect(await acceptInvitation(db, said ?? 0, by(luca))).toEqual({ refusal: 'declined' })
  })

  test('an invitation of another session cannot be withdrawn from here', async () => {
    const { db, session } = await open()
    const [id] = await inviteAll(db, session, [guest.rosa])
    const other = await schedule(db)
    expect(await withdrawInvitation(db, { id: id ?? 0, sessionId: other }, byPaolo)).toEqual({ refusal: 'not_found' })
  })

  test('what was accepted is not withdrawn: the registration is cancelled instead', async () => {
    const { db, session } = await open()
    const [id] = await inviteAll(db, session, [guest.rosa])
    idOf(await acceptInvitation(db, id ?? 0, by(rosa)))
    expect(await withdrawInvitation(db, { id: id ?? 0, sessionId: session }, byPaolo)).toEqual({ refusal: 'already_accepted' })
  })
})

/** Two places: one is kept for Nadia, Rosa has the other, Luca waits. */
async function kept() {
  const { db, session } = await open({ capacity: 2 })
  const [invitation = 0] = await inviteAll(db, session, [guest.nadia])
  const registration = idOf(await signUp(db, session, rosa, salerno))
  idOf(await queueUp(db, session, luca, salerno))
  return { db, session, invitation, registration }
}

describe('every release lets those who wait move up in the same moment', () => {
  test.each<[string, (of: Awaited<ReturnType<typeof kept>>) => Promise<unknown>]>([
    ['an invitation that is declined', ({ db, invitation }) => declineInvitation(db, invitation, by(nadia))],
    [
      'an invitation that is withdrawn',
      ({ db, invitation, session }) => withdrawInvitation(db, { id: invitation, sessionId: session }, byPaolo),
    ],
    ['an invitation that lapses', ({ db }) => lapseInvitations(db, lapses)],
    ['a registration that is cancelled', ({ db, registration }) => cancelRegistration(db, registration, by(rosa))],
    [
      'more places',
      async ({ db, session }) =>
        idOf(await changeSession(db, session, { ...fieldsOf((await readSession(db, session)).module_id), capacity: 3 }, byPaolo)),
    ],
  ])('%s', async (_, release) => {
    const stage = await kept()
    expect(await waiting(stage.db, stage.session)).toEqual([luca.id])
    await release(stage)
    expect([await waiting(stage.db, stage.session), (await seated(stage.db, stage.session)).includes(luca.id)]).toEqual([[], true])
  })

  test('a place that was accepted and is given back, too; the invitation has ended then', async () => {
    const { db, session, invitation } = await kept()
    idOf(await acceptInvitation(db, invitation, by(nadia)))
    await cancelRegistration(db, (await findOwnRegistration(db, session, nadia.id))?.id ?? 0, by(nadia))
    expect([await seated(db, session), await placesKept(db, session)]).toEqual([[rosa.id, luca.id], 0])
    expect(await signUp(db, session, nadia, cosenza)).toEqual({ refusal: 'full' })
  })

  test('an administration’s place that one of its people gives back stays kept for a colleague until the date', async () => {
    const { db, session } = await open({ capacity: 1 })
    await inviteAll(db, session, [guest.salerno(1)])
    const registration = idOf(await signUp(db, session, rosa, salerno))
    idOf(await queueUp(db, session, nadia, cosenza))
    await cancelRegistration(db, registration, by(rosa))
    expect([await seated(db, session), await placesKept(db, session)]).toEqual([[], 1])
    await lapseInvitations(db, lapses)
    expect(await seated(db, session)).toEqual([nadia.id])
  })

  test('when it lapses too near to the start nobody moves up by themselves', async () => {
    const { db, session } = await open({ capacity: 1 })
    await inviteAll(db, session, [guest.nadia], { lapsesAt: moment('2026-03-10T07:30:00Z') })
    idOf(await queueUp(db, session, luca, salerno))
    expect(await lapseInvitations(db, moment('2026-03-10T07:30:00Z'))).toBe(1)
    expect([await seated(db, session), await placesKept(db, session)]).toEqual([[], 0])
  })
})

describe('lapsing', () => {
  test('two processes at once end each invitation once', async () => {
    const { db, session } = await open()
    await inviteAll(db, session, [guest.rosa, guest.nadia])
    expect((await Promise.all([lapseInvitations(db, lapses), lapseInvitations(db, lapses)])).toSorted()).toEqual([0, 2])
    expect((await historyOf(db, 'invitation_lapsed')).map((row) => row.person_id)).toEqual([null, null])
  })

  test('not a moment before its date, and at the start of a session that was brought forward', async () => {
    const { db, session } = await open()
    await inviteAll(db, session, [guest.rosa])
    expect(await lapseInvitations(db, lapses.subtract({ seconds: 1 }))).toBe(0)
    const earlier = { startsAt: moment('2026-03-05T09:00:00Z'), endsAt: moment('2026-03-05T10:00:00Z') }
    idOf(await changeSession(db, session, { ...fieldsOf((await readSession(db, session)).module_id), ...earlier }, byPaolo))
    expect(await lapseInvitations(db, earlier.startsAt)).toBe(1)
  })

  test('whoever has come in stays in', async () => {
    const { db, session } = await open({ capacity: 5 })
    await inviteAll(db, session, [guest.salerno(3)])
    idOf(await signUp(db, session, rosa, salerno))
    expect(await placesKept(db, session)).toBe(2)
    await lapseInvitations(db, lapses)
    expect([await seated(db, session), await placesKept(db, session)]).toEqual([[rosa.id], 0])
  })

  test('a session that is called off ends what nobody has answered', async () => {
    const { db, session } = await open()
    const [, accepted] = await inviteAll(db, session, [guest.rosa, guest.nadia])
    idOf(await acceptInvitation(db, accepted ?? 0, by(nadia)))
    idOf(await cancelSession(db, session, 'Docente malato', byPaolo))
    const rows = await db.selectFrom('invitation').orderBy('id').select(['withdrawn_at', 'accepted_at']).execute()
    expect(rows).toEqual([
      { withdrawn_at: asMoment(noon), accepted_at: null },
      { withdrawn_at: null, accepted_at: asMoment(noon) },
    ])
  })
})

test.each([
  [{}, 'waiting'],
  [{ acceptedAt: noon, lapsedAt: noon }, 'accepted'],
  [{ acceptedAt: noon, declinedAt: noon }, 'declined'],
  [{ withdrawnAt: noon }, 'withdrawn'],
  [{ lapsedAt: noon }, 'lapsed'],
  [{ lapsesAt: noon }, 'lapsed'],
] as const)('%o: %s', (facts, state) => {
  const none = { acceptedAt: null, declinedAt: null, withdrawnAt: null, lapsedAt: null, lapsesAt: noon.add({ hours: 1 }) }
  expect(stateOfInvitation({ ...none, ...facts }, noon)).toBe(state)
})
