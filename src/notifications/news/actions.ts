import { asMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { inTransaction } from '../../database/transaction.ts'
import { writeMails } from '../outbox.ts'
import { letterTo } from './letter.ts'
import { letterAbout, type Setting } from './letters.ts'
import { toldHappenings, untoldEntries } from './queries.ts'
import { type Entry, receiversOf } from './recipients.ts'

type Outcome = { mails: number; failures: { entry: Entry; error: unknown }[] }

/**
 * Goes through what has happened since the last time and writes to everybody concerned. Two processes tell each thing
 * once. What can't be told is reported, left for the next time, and holds up nothing else.
 */
export async function tellNews(db: Database, setting: Setting): Promise<Outcome> {
  await passOver(db, setting.now)

  const outcome: Outcome = { mails: 0, failures: [] }
  let entries = await untoldEntries(db, 0)
  while (entries.length > 0) {
    for (const entry of entries) {
      try {
        outcome.mails += await tell(db, entry, setting)
      } catch (error) {
        outcome.failures.push({ entry, error })
      }
    }
    entries = await untoldEntries(db, entries.at(-1)?.id ?? 0)
  }
  return outcome
}

/** Most of what happens concerns nobody but the history: done with in one statement. */
async function passOver(db: Database, now: Temporal.Instant) {
  await db
    .updateTable('history')
    .set({ told_at: asMoment(now) })
    .where('told_at', 'is', null)
    .where('happening', 'not in', toldHappenings)
    .execute()
}

/** Writes the mails and marks the entry in one transaction; returns how many, none when another process was first. */
function tell(db: Database, entry: Entry, setting: Setting): Promise<number> {
  return inTransaction(db, async (tx) => {
    const marked = await tx
      .updateTable('history')
      .set({ told_at: asMoment(setting.now) })
      .where('id', '=', entry.id)
      .where('told_at', 'is', null)
      .executeTakeFirst()
    if (marked.numUpdatedRows === 0n) return 0

    const receivers = await receiversOf(tx, entry)
    const write = receivers.length > 0 ? await letterAbout[entry.happening](tx, entry, setting) : null
    if (!write) return 0
    await writeMails(
      tx,
      receivers.map((receiver) => letterTo(receiver, write(receiver))),
      setting.now,
    )
    return receivers.length
  })
}
