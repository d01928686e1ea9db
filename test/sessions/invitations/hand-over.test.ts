import { expect, test } from 'vitest'
import { referentsOf } from '#src/administrations/referents/queries.ts'
import type { Database } from '#src/database/schema.ts'
import { handOver } from '#src/sessions/hand-over/actions.ts'
import { acceptInvitation } from '#src/sessions/invitations/actions.ts'
import { mailsIn, tell } from '#test/notifications/stage.ts'
import { luca, newDatabase, rosa, salerno } from '#test/support.ts'
import { idOf, schedule } from '../stage.ts'
import { by, guest, inviteAll } from './stage.ts'

/** Rosa, who is invited, leaves; Luca takes over. */
async function open(guests = [guest.rosa] as (typeof guest.rosa | typeof guest.luca)[]) {
  const db = await newDatabase()
  const session = await schedule(db, { capacity: 5, admission: 'invitation' })
  const [id = 0] = await inviteAll(db, session, guests, { role: 'discussant' })
  const referentId = (await referentsOf(db, salerno.id)).find(({ personId }) => personId === rosa.id)?.id ?? 0
  const leave = () => handOver(db, { referentId, successor: { personId: luca.id } }, by(rosa))
  return { db, session, id, leave }
}
const invited = (db: Database) => db.selectFrom('invitation').orderBy('id').select(['person_id', 'withdrawn_at']).execute()

test('what nobody has answered yet asks the successor, by mail too', async () => {
  const { db, id, leave } = await open()
  await leave()
  await tell(db)
  expect((await mailsIn(db)).filter(({ recipient }) => recipient === luca.email).map(({ subject }) => subject)).toContain(
    'Invito: Impostare l’indagine',
  )
  expect(await acceptInvitation(db, id, by(rosa))).toEqual({ refusal: 'not_invited' })
  idOf(await acceptInvitation(db, id, by(luca)))
})

test('a place that was accepted passes with its role', async () => {
  const { db, id, leave } = await open()
  idOf(await acceptInvitation(db, id, by(rosa)))
  expect(await leave()).toMatchObject({ registrations: 1 })
  const rows = await db.selectFrom('registration').where('cancelled_at', 'is', null).select(['person_id', 'invitation_id']).execute()
  expect(rows).toEqual([{ person_id: luca.id, invitation_id: id }])
})

test('a successor who is asked already is asked once', async () => {
  const { db, leave } = await open([guest.rosa, guest.luca])
  await leave()
  expect((await invited(db)).map(({ person_id, withdrawn_at }) => [person_id, withdrawn_at === null])).toEqual([
    [rosa.id, false],
    [luca.id, true],
  ])
})
