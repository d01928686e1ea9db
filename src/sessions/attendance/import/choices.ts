import type { Database } from '../../../database/schema.ts'
import type { Person } from '../../../web/env.ts'
import type { Typed } from '../../../web/forms.ts'
import { registeredSeenBy } from '../../registration/queries.ts'
import type { Choices, MatchedPerson } from './actions.ts'
import { findReferentFor } from './queries.ts'

type Form = { typed: Typed; participants: readonly MatchedPerson[]; person: Person }

export const typedIn = (body: Record<string, unknown>): Typed =>
  Object.fromEntries(Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value.trim()]] : [])))

/** Who was chosen in the preview for whom; `problems` names the fields whose address is no referent's whom this person may see. */
export async function choicesIn(
  db: Database,
  sessionId: number,
  { typed, participants, person }: Form,
): Promise<{ matches: Choices; problems: string[] }> {
  const registered = new Set((await registeredSeenBy(db, sessionId, person)).map(({ personId }) => String(personId)))
  const matches: Record<string, number | null> = {}
  const problems: string[] = []
  for (const [index, { participant, person: found }] of participants.entries()) {
    const [select, email] = [String(typed[`match-${index}`] ?? ''), String(typed[`email-${index}`] ?? '').toLowerCase()]
    if (found && typed[`skip-${index}`] === 'yes') matches[participant.key] = null
    else if (found) continue
    else if (email) {
      const referent = await findReferentFor(db, email, person)
      if (referent) matches[participant.key] = referent.id
      else problems.push(`email-${index}`)
    } else if (registered.has(select)) matches[participant.key] = Number(select)
  }
  return { matches, problems }
}
