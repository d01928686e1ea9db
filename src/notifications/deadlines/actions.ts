import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { datesIn, dayOf } from '../../language/dates.ts'
import { type Letter, letterTo } from '../news/letter.ts'
import { words as newsWords } from '../news/words.ts'
import { writeMails } from '../outbox.ts'
import { actionsToTell, type DueAction, type Receiver, referentsBehindEnrolment } from './queries.ts'
import { words } from './words.ts'

type Setting = { now: Temporal.Instant; baseUrl: string; zone: string }

const daysBefore = 7

/**
 * Reminds the referents of actions of their improvement plan: once a week before they end, once when they are overdue; one
 * mail for all of a plan. Returns how many mails.
 */
export async function remindOfActions(db: Database, setting: Setting): Promise<number> {
  const today = dayOf(setting.now, setting.zone)
  const due = await actionsToTell(db, { today, until: today.add({ days: daysBefore }) })
  let mails = 0
  for (const actions of Map.groupBy(due, ({ enrolmentId, moduleId }) => `${enrolmentId} ${moduleId}`).values())
    mails += await remindOf(db, actions, today, setting)
  return mails
}

async function remindOf(db: Database, actions: readonly DueAction[], today: Temporal.PlainDate, setting: Setting): Promise<number> {
  const [first] = actions
  if (!first) return 0
  return inTransaction(db, async (tx) => {
    // Another process may just have told them.
    await lockRow(tx, 'enrolment', first.enrolmentId)
    const news: DueAction[] = []
    for (const action of actions) if (await mark(tx, action, { late: isLate(action, today), now: setting.now })) news.push(action)
    if (news.length === 0) return 0
    const receivers = await referentsBehindEnrolment(tx, first.enrolmentId)
    await writeMails(
      tx,
      receivers.map((receiver) => letterTo(receiver, letterFor(receiver, news, today, setting))),
      setting.now,
    )
    return receivers.length
  })
}

const isLate = ({ endsOn }: DueAction, today: Temporal.PlainDate) => Temporal.PlainDate.compare(endsOn, today) < 0

/** True when nobody had been told before. */
async function mark(tx: Tx, { id }: DueAction, { late, now }: { late: boolean; now: Temporal.Instant }): Promise<boolean> {
  const column = late ? 'late_told_at' : 'soon_told_at'
  const { numUpdatedRows } = await tx
    .updateTable('improvement_action')
    .set({ [column]: asMoment(now) })
    .where('id', '=', id)
    .where(column, 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

function letterFor(
  { language, administration }: Receiver,
  actions: readonly DueAction[],
  today: Temporal.PlainDate,
  { baseUrl, zone }: Setting,
): Letter {
  const t = words[language]
  const dates = datesIn(language, zone)
  const lines = actions.map((action) => (isLate(action, today) ? t.late : t.soon)(action.title, dates.plainDay(action.endsOn)))
  const [first] = actions
  return {
    subject: t.subject(actions.length),
    paragraphs: [t.says(administration), lines.join('\n'), t.what],
    action: { label: t.action, url: `${baseUrl}/tools/${first?.enrolmentId}/${first?.moduleId}` },
    why: newsWords[language].why.referent(administration),
  }
}
