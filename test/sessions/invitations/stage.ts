import type { Database } from '#src/database/schema.ts'
import { invite } from '#src/sessions/invitations/actions.ts'
import type { Guest, Plan } from '#src/sessions/invitations/rules.ts'
import { cosenza, luca, nadia, noon, rosa, salerno } from '#test/support.ts'
import { byPaolo } from '../stage.ts'

/** The session of the stage starts on 10 March at 10:00 in Rome; people answer until two days before. */
export const lapses = Temporal.Instant.from('2026-03-08T09:00:00Z')

export const guest = {
  rosa: { administrationId: salerno.id, personId: rosa.id, places: 1 },
  luca: { administrationId: salerno.id, personId: luca.id, places: 1 },
  nadia: { administrationId: cosenza.id, personId: nadia.id, places: 1 },
  salerno: (places: number) => ({ administrationId: salerno.id, personId: null, places }),
} as const

/** Invites as Paolo, with places kept; returns the ids of the invitations. */
export async function inviteAll(db: Database, session: number, guests: readonly Guest[], given: Partial<Plan> = {}): Promise<number[]> {
  const outcome = await invite(db, session, { guests, role: 'participant', keepsPlaces: true, lapsesAt: lapses, ...given }, byPaolo)
  if ('refusal' in outcome) throw new Error(outcome.refusal)
  const rows = await db.selectFrom('invitation').where('session_id', '=', session).orderBy('id').select('id').execute()
  return rows.map(({ id }) => id).slice(-outcome.invited)
}

export const by = (person: { id: number }, at = noon) => ({ by: person, at })
