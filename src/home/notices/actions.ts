import { html } from 'hono/html'
import { asMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { inTransaction } from '../../database/transaction.ts'
import type { WriteMail } from '../../web/env.ts'
import { words } from './words.ts'

const mostInTenMinutes = 20

type Feedback = { message: string; email: string }

/** Mails a report to the national coordinators; 'too_many' when a flood of them is arriving. */
export async function sendFeedback(
  db: Database,
  { message, email }: Feedback,
  writeMail: WriteMail,
  now: Temporal.Instant,
): Promise<'too_many' | null> {
  return inTransaction(db, async (tx) => {
    const subjects = [words.it.feedback.subject, words.en.feedback.subject]
    const { count } = await tx
      .selectFrom('outbox')
      .where('subject', 'in', subjects)
      .where('created_at', '>', asMoment(now.subtract({ minutes: 10 })))
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    if (count >= mostInTenMinutes) return 'too_many'

    const coordinators = await tx
      .selectFrom('person')
      .innerJoin('role_grant', 'role_grant.person_id', 'person.id')
      .where('role', '=', 'coordinator')
      .where('region_code', 'is', null)
      .where('revoked_at', 'is', null)
      .select(['person.id', 'person.email', 'person.language'])
      .execute()
    for (const to of coordinators) {
      const t = words[to.language].feedback
      await writeMail(
        tx,
        { to, subject: t.subject, text: `${message}\n\n${t.from(email)}`, html: String(html`<p>${message}</p><p>${t.from(email)}</p>`) },
        now,
      )
    }
    return null
  })
}
