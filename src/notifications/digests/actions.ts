import { asMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { inTransaction } from '../../database/transaction.ts'
import { dayOf } from '../../language/dates.ts'
import { newsFor, type Reader, readersDue } from '../../questions/following/queries.ts'
import { words } from '../../questions/following/words.ts'
import { letterTo } from '../news/letter.ts'
import { writeMails } from '../outbox.ts'

type Setting = { now: Temporal.Instant; baseUrl: string; zone: string }

/** Not before offices open. */
const firstHour = 7
const everSince = Temporal.Instant.fromEpochMilliseconds(0)

/**
 * Once a day, to everybody who wants it so, one letter with what is new in the questions they follow; to whom nothing is
 * new, none. Of two processes one writes it. Returns how many letters.
 */
export async function sendDigests(db: Database, { now, baseUrl, zone }: Setting): Promise<number> {
  if (now.toZonedDateTimeISO(zone).hour < firstHour) return 0
  const day = dayOf(now, zone).toString()
  let letters = 0
  for (const { toldUntil, ...reader } of await readersDue(db, day))
    letters += await inTransaction(db, async (tx) => {
      const taken = await tx
        .insertInto('question_digest')
        .values({ person_id: reader.id, day, until: asMoment(now) })
        .onConflict((conflict) => conflict.columns(['person_id', 'day']).doNothing())
        .returning('id')
        .executeTakeFirst()
      if (!taken) return 0
      const since = toldUntil === null ? everSince : Temporal.Instant.from(toldUntil)
      const news = await newsFor(tx, reader.id, { since, until: now })
      if (news.length === 0) return 0
      await writeMails(tx, [letterTo(reader, digestFor(reader, news, baseUrl))], now)
      return 1
    })
  return letters
}

function digestFor({ language }: Reader, news: Awaited<ReturnType<typeof newsFor>>, baseUrl: string) {
  const t = words[language].digest
  return {
    subject: t.subject(news.length),
    paragraphs: [t.says, ...news.map(({ questionId, subject, count }) => `${t.line(subject, count)}\n${baseUrl}/questions/${questionId}`)],
    action: { label: t.action, url: `${baseUrl}/questions` },
    why: t.why,
  }
}
