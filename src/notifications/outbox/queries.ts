import type { ExpressionBuilder } from 'kysely'
import { fromMoment, fromMomentOrNull } from '../../database/moment.ts'
import type { Database, Schema } from '../../database/schema.ts'
import { type ListRequest, rowsPerPage } from '../../web/lists.ts'
import { type MailState, mostAttempts, signInMark } from './rules.ts'

export type KeptMail = {
  id: number
  messageId: string
  recipient: string
  subject: string
  text: string
  html: string
  calendar: string | null
  createdAt: Temporal.Instant
  sentAt: Temporal.Instant | null
  attempts: number
  lastError: string | null
}

export const mailSorts = ['written', 'recipient', 'subject'] as const

/** The mails kept. Unless `showSecrets`, a search finds no words of mails that let somebody sign in. */
export async function listMails(db: Database, list: ListRequest<(typeof mailSorts)[number]>, showSecrets: boolean) {
  const { state } = list.filters
  const matching = db
    .selectFrom('outbox')
    .$if(list.q !== '', (query) => query.where((eb) => contains(eb, list.q, showSecrets)))
    .$if(state !== undefined, (query) => query.where((eb) => isIn(eb, state as MailState)))

  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const column = ({ written: 'id', recipient: 'recipient', subject: 'subject' } as const)[list.sort]
  const rows = await matching
    .select(columns)
    .orderBy(column, list.descending ? 'desc' : 'asc')
    .orderBy('id', 'desc')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  return { total, rows: rows.map(asKeptMail) }
}

export async function findMail(db: Database, id: number): Promise<KeptMail | undefined> {
  const row = await db.selectFrom('outbox').where('id', '=', id).select(columns).executeTakeFirst()
  return row && asKeptMail(row)
}

function contains(eb: ExpressionBuilder<Schema, 'outbox'>, q: string, showSecrets: boolean) {
  const pattern = `%${q.toLowerCase().replace(/[%_\\]/g, '')}%`
  const inSubject = eb(eb.fn<string>('lower', ['subject']), 'like', pattern)
  const open = showSecrets ? inSubject : eb.and([inSubject, eb('text', 'not like', `%${signInMark}%`)])
  return eb.or([eb('recipient', 'like', pattern), open])
}

function isIn(eb: ExpressionBuilder<Schema, 'outbox'>, state: MailState) {
  if (state === 'sent') return eb('sent_at', 'is not', null)
  return eb.and([eb('sent_at', 'is', null), eb('attempts', state === 'given_up' ? '>=' : '<', mostAttempts)])
}

const columns = [
  'id',
  'message_id',
  'recipient',
  'subject',
  'text',
  'html',
  'calendar',
  'created_at',
  'sent_at',
  'attempts',
  'last_error',
] as const

type Row = Pick<KeptMail, 'id' | 'recipient' | 'subject' | 'text' | 'html' | 'calendar' | 'attempts'> & {
  message_id: string
  created_at: string
  sent_at: string | null
  last_error: string | null
}

const asKeptMail = ({ message_id, created_at, sent_at, last_error, ...row }: Row): KeptMail => ({
  ...row,
  messageId: message_id,
  createdAt: fromMoment(created_at),
  sentAt: fromMomentOrNull(sent_at),
  lastError: last_error,
})
