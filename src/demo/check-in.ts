import { checkInByCode, openDesk } from '../sessions/check-in/actions.ts'
import { codeAt } from '../sessions/check-in/code.ts'
import { countCheckIns } from '../sessions/check-in/counting.ts'
import { findDesk } from '../sessions/check-in/queries.ts'
import { usualGraceMinutes } from '../sessions/check-in/rules.ts'
import { after, type Story } from './story.ts'

type Meeting = { sessionId: number; startsAt: Temporal.Instant; endsAt: Temporal.Instant }

const minute = 1 / (24 * 60)

/** At the door of a seminar Paolo shows the code: who comes checks in, in the minutes around the start. */
export function planDoor({ tx, staff, agenda }: Story, { sessionId, startsAt, endsAt }: Meeting, coming: () => readonly number[]) {
  agenda.plan(after(startsAt, -25 * minute), async () => {
    await openDesk(tx, sessionId, usualGraceMinutes, { by: staff.paolo, at: after(startsAt, -25 * minute) })
  })
  agenda.plan(startsAt, async () => {
    const desk = await findDesk(tx, sessionId)
    for (const [index, personId] of coming().entries()) {
      const at = after(startsAt, (-20 + ((index * 7) % 45)) * minute)
      if (desk) await checkInByCode(tx, sessionId, codeAt(desk.secret, at).digits, { by: { id: personId }, at })
    }
  })
  agenda.plan(after(endsAt, minute), async () => countCheckIns(tx, after(endsAt, minute)))
}
