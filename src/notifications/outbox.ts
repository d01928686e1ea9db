import { randomUUID } from 'node:crypto'
import { asMoment } from '../database/moment.ts'
import type { Tx } from '../database/schema.ts'
import type { Mail, WriteMail } from '../web/env.ts'

/** Keeps a mail in the outbox, in the transaction that causes it. Its Message-ID never changes, so sending it twice is harmless. */
export const writeMail: WriteMail = (tx, mail, at) => writeMails(tx, [mail], at)

/** Databases limit the values of one statement. */
const rowsAtOnce = 200

/** The same for many: a session of hundreds that is cancelled takes a few statements. */
export async function writeMails(tx: Tx, mails: readonly Mail[], at: Temporal.Instant): Promise<void> {
  for (let from = 0; from < mails.length; from += rowsAtOnce) {
    const rows = mails.slice(from, from + rowsAtOnce).map((mail) => outboxRow(mail, at))
    await tx.insertInto('outbox').values(rows).execute()
  }
}

const outboxRow = (mail: Mail, at: Temporal.Instant) => ({
  message_id: `<${randomUUID()}@percorsi>`,
  person_id: mail.to.id,
  recipient: mail.to.email,
  subject: mail.subject,
  text: mail.text,
  html: mail.html,
  calendar: mail.calendar?.content ?? null,
  calendar_method: mail.calendar?.method ?? null,
  created_at: asMoment(at),
  claimed_until: null,
  last_error: null,
  sent_at: null,
})
