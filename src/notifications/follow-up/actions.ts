import { asMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { type Attendee, attendeesToWriteTo, sessionsToFollowUp } from '../../sessions/follow-up/queries.ts'
import { type Material, materialsOf } from '../../sessions/materials/queries.ts'
import { isShown } from '../../sessions/materials/rules.ts'
import { findAnySession, type Session } from '../../sessions/queries.ts'
import { type Letter, letterTo } from '../news/letter.ts'
import { words as newsWords } from '../news/words.ts'
import { writeMails } from '../outbox.ts'
import { words } from './words.ts'

type Setting = { now: Temporal.Instant; baseUrl: string }

/** Writes once to each who attended a session, when its mail is due or asked for; returns how many mails. */
export async function followUpSessions(db: Database, setting: Setting): Promise<number> {
  let mails = 0
  for (const id of await sessionsToFollowUp(db, setting.now)) mails += await followUp(db, id, setting)
  return mails
}

function followUp(db: Database, sessionId: number, setting: Setting): Promise<number> {
  return inTransaction(db, async (tx) => {
    // Another process may just have written to them.
    await lockRow(tx, 'session', sessionId)
    const session = await findAnySession(tx, sessionId)
    if (!session || session.cancelledAt) return 0
    const people = await attendeesToWriteTo(tx, sessionId)
    const reader = { inCharge: false, registered: true, attended: true }
    const materials = (await materialsOf(tx, sessionId)).filter((each) => isShown(each, session, { reader, now: setting.now }))
    for (const { id } of people)
      await tx
        .insertInto('session_follow_up')
        .values({ session_id: sessionId, person_id: id, written_at: asMoment(setting.now) })
        .execute()
    await writeMails(
      tx,
      people.map((person) => letterTo(person, letterFor(person, { session, materials }, setting))),
      setting.now,
    )
    return people.length
  })
}

type About = { session: Session; materials: readonly Material[] }

function letterFor({ language }: Attendee, { session, materials }: About, { baseUrl }: Setting): Letter {
  const t = words[language]
  const page = `${baseUrl}/sessions/${session.id}`
  const list = materials.map(({ id, title }) => `${title}: ${page}/materials/${id}`)
  return {
    subject: t.subject(session.title),
    paragraphs: [
      t.says(session.title),
      ...(session.followUpNote ? [{ quote: session.followUpNote }] : []),
      list.length > 0 ? [t.materials, ...list].join('\n') : t.noMaterials,
      t.survey(`${page}/feedback`),
    ],
    action: { label: t.action, url: page },
    why: newsWords[language].why.attended,
  }
}
