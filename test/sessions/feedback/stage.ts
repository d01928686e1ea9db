import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { recordAttendance } from '#src/sessions/attendance/actions.ts'
import { giveFeedback, type Reply } from '#src/sessions/feedback/actions.ts'
import { type Rating, standardRatings } from '#src/sessions/feedback/rules.ts'
import { paolo, salerno } from '#test/support.ts'
import { moment } from '../stage.ts'

export const afterwards = moment('2026-03-10T11:00:00Z')

/** So many more referents of the Comune di Salerno; their ids. */
export async function addReferents(db: Database, count: number): Promise<number[]> {
  const at = asMoment(moment('2026-03-01T00:00:00Z'))
  const ids: number[] = []
  for (let number = 0; number < count; number += 1) {
    const person = {
      name: `Referente ${number}`,
      email: `r${number}.${ids.length}.${count}@salerno.example`,
      language: 'it' as const,
      created_at: at,
    }
    const { id } = await db.insertInto('person').values(person).returning('id').executeTakeFirstOrThrow()
    await db
      .insertInto('referent')
      .values({ administration_id: salerno.id, person_id: id, since: at, invited_by: null, until: null, ended_by: null })
      .execute()
    ids.push(id)
  }
  return ids
}

export async function attended(db: Database, sessionId: number, personIds: readonly number[], at = afterwards) {
  const rows = personIds.map((personId) => ({ personId, administrationId: salerno.id, status: 'present' as const, minutes: 80 }))
  const outcome = await recordAttendance(db, sessionId, rows, { by: paolo, at })
  if ('refusal' in outcome) throw new Error(outcome.refusal)
}

/** The same rating for everything, and a text. */
export const replies = (rating: Rating, text?: string): Reply[] => [
  ...standardRatings.map((question) => ({ question, rating })),
  ...(text ? [{ question: 'liked', text }] : []),
]

/** Each of these people gives the rating beside them. */
export async function answers(
  db: Database,
  sessionId: number,
  ratings: readonly (readonly [personId: number, rating: Rating, text?: string])[],
) {
  for (const [personId, rating, text] of ratings) {
    const refused = await giveFeedback(db, sessionId, replies(rating, text), { by: { id: personId }, at: afterwards })
    if (refused) throw new Error(refused.refusal)
  }
}
