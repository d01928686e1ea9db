import type { ExpressionBuilder } from 'kysely'
import type { SendMailOptions } from 'nodemailer'
import addressparser from 'nodemailer/lib/addressparser'
import type { Mailbox } from '../../calendars/render.ts'
import { asMoment } from '../../database/moment.ts'
import type { Database, Schema } from '../../database/schema.ts'
import { backoff, mostAttempts } from './rules.ts'

export const mailsAtOnce = 20

/** Longer than the slowest batch may take: a mail waits at most half a minute for its server (see transport). */
const lease = Temporal.Duration.from({ minutes: 15 })

export type Transport = { sendMail: (mail: SendMailOptions) => Promise<unknown>; close: () => void }

/** "Percorsi <percorsi@example.it>" as name and address. */
export function mailboxOf(text: string): Mailbox {
  const [first] = addressparser(text, { flatten: true })
  if (!first?.address) throw new Error(`MAIL_FROM must be an address such as Percorsi <percorsi@example.it>, not "${text}".`)
  return { name: first.name || first.address, email: first.address }
}

/**
 * Sends the oldest mails that wait, up to twenty, and returns how many it tried. Each is claimed first, so that two
 * senders send it once. One that fails waits longer each time and is given up in the end.
 */
export async function sendOutbox(db: Database, transport: Transport, now: Temporal.Instant): Promise<number> {
  const mails = await claim(db, now)
  for (const mail of mails) {
    try {
      await transport.sendMail(messageOf(mail))
      await markSent(db, mail, now)
    } catch (error) {
      await markFailed(db, mail, error, now)
    }
  }
  return mails.length
}

type Claimed = Awaited<ReturnType<typeof claim>>[number]

/** The condition is asked again of each row as it is taken: what another sender took meanwhile is left alone. */
async function claim(db: Database, now: Temporal.Instant) {
  const claimed = await db
    .updateTable('outbox')
    .set({ claimed_until: asMoment(now.add(lease)) })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('outbox')
        .where((on) => isWaiting(on, now))
        .select('id')
        .orderBy('id')
        .limit(mailsAtOnce),
    )
    .where((eb) => isWaiting(eb, now))
    .returning(['id', 'message_id', 'recipient', 'subject', 'text', 'html', 'calendar', 'calendar_method', 'attempts'])
    .execute()
  return claimed.sort((a, b) => a.id - b.id)
}

const isWaiting = (eb: ExpressionBuilder<Schema, 'outbox'>, now: Temporal.Instant) =>
  eb.and([
    eb('sent_at', 'is', null),
    eb('attempts', '<', mostAttempts),
    eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', asMoment(now))]),
  ])

async function markSent(db: Database, { id }: Claimed, now: Temporal.Instant) {
  await db
    .updateTable('outbox')
    .set({ sent_at: asMoment(now), claimed_until: null, last_error: null })
    .where('id', '=', id)
    .execute()
}

async function markFailed(db: Database, { id, attempts }: Claimed, error: unknown, now: Temporal.Instant) {
  await db
    .updateTable('outbox')
    .set({
      attempts: attempts + 1,
      claimed_until: asMoment(now.add(backoff(attempts + 1))),
      last_error: (error instanceof Error ? error.message : String(error)).slice(0, 500),
    })
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .execute()
}

function messageOf(mail: Claimed): SendMailOptions {
  return {
    messageId: mail.message_id,
    // As an object: an address is never read as a list of several.
    to: { name: '', address: mail.recipient },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    // No holiday notices in reply (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    ...(mail.calendar && { alternatives: [invitationPart(mail.calendar, mail.calendar_method)] }),
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** Beside text and HTML rather than attached: this is where Outlook and Gmail look for an invitation. */
const invitationPart = (content: string, method: Claimed['calendar_method']) => ({
  content,
  contentType: `text/calendar; charset=utf-8; method=${method}`,
  contentTransferEncoding: 'base64' as const,
})
