import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { cancelSession, changeSession, createSession, type NewSession, publishSession, type SessionFields, type Who } from '../actions.ts'
import { findAnySession, type Session } from '../queries.ts'
import type { CancelRefusal, ChangeRefusal, CreateRefusal, PublishRefusal } from '../rules.ts'
import { sessionsOfSeries } from './queries.ts'
import { daysLater, daysOf, fieldsOfSession, followingFields, type Repetition } from './rules.ts'

/** Ends the transaction without a trace: of a series all sessions change, or none. */
class Refused extends Error {
  readonly refusal: string
  readonly startsAt: Temporal.Instant
  constructor(refusal: string, startsAt: Temporal.Instant) {
    super(refusal)
    this.refusal = refusal
    this.startsAt = startsAt
  }
}

/** A refusal, and which session of the series it is about. */
export type SeriesRefusal<R> = { refusal: R | 'no_such_time'; startsAt: Temporal.Instant }

async function allOrNone<T, R>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T | SeriesRefusal<R>> {
  try {
    return await inTransaction(db, work)
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal as R, startsAt: error.startsAt }
    throw error
  }
}

const orRefuse = (outcome: { id: number } | { refusal: string }, startsAt: Temporal.Instant): { id: number } => {
  if ('refusal' in outcome) throw new Refused(outcome.refusal, startsAt)
  return outcome
}

type Plan = { repetition: Repetition; times: number; zone: string }

/** Plans a session and its repetitions, all in draft, at the same time of the clock; returns the first. */
export function createSeries(
  db: Database,
  fields: NewSession,
  { repetition, times, zone }: Plan,
  who: Who,
): Promise<{ id: number; sessions: number } | SeriesRefusal<CreateRefusal>> {
  return allOrNone(db, async (tx) => {
    const { id: seriesId } = await tx
      .insertInto('session_series')
      .values({ repetition, created_at: asMoment(who.at), created_by: who.by.id })
      .returning('id')
      .executeTakeFirstOrThrow()
    const first = fields.startsAt.toZonedDateTimeISO(zone).toPlainDate()
    const ids: number[] = []
    for (const day of daysOf(first, repetition, times)) {
      const moved = daysLater(fields, first.until(day).days, zone)
      if (!moved) throw new Refused('no_such_time', day.toZonedDateTime({ timeZone: zone, plainTime: '12:00' }).toInstant())
      const { id } = orRefuse(await createSession(tx, moved, who), moved.startsAt)
      await tx.updateTable('session').set({ series_id: seriesId }).where('id', '=', id).execute()
      ids.push(id)
    }
    return { id: ids[0] ?? 0, sessions: ids.length }
  })
}

/** This one and those that follow, which are neither cancelled nor over; held until the transaction ends. */
async function fromHereOn(tx: Tx, id: number, at: Temporal.Instant): Promise<Session[]> {
  const session = await findAnySession(tx, id)
  if (!session) return []
  const all = session.seriesId === null ? [] : await sessionsOfSeries(tx, session.seriesId)
  const index = all.findIndex((each) => each.id === id)
  const ids = all.slice(index + 1).filter(({ cancelled, startsAt }) => !cancelled && Temporal.Instant.compare(startsAt, at) > 0)
  const following: Session[] = []
  for (const each of ids) {
    await lockRow(tx, 'session', each.id)
    const found = await findAnySession(tx, each.id)
    if (found) following.push(found)
  }
  return [session, ...following]
}

type Changing = { id: number; fields: SessionFields; zone: string }

/** Changes a session, and brings what was changed to those that follow in its series. */
export function changeFollowing(
  db: Database,
  { id, fields, zone }: Changing,
  who: Who,
): Promise<{ id: number } | SeriesRefusal<ChangeRefusal>> {
  return allOrNone(db, async (tx) => {
    const [session, ...following] = await fromHereOn(tx, id, who.at)
    if (!session) throw new Refused('not_found', who.at)
    const change = { before: fieldsOfSession(session), after: fields }
    orRefuse(await changeSession(tx, id, fields, who), fields.startsAt)
    for (const each of following) {
      const theirs = followingFields(fieldsOfSession(each), change, zone)
      if (!theirs) throw new Refused('no_such_time', each.startsAt)
      orRefuse(await changeSession(tx, each.id, theirs, who), theirs.startsAt)
    }
    return { id }
  })
}

/** Publishes a draft and the drafts that follow in its series. */
export function publishFollowing(db: Database, id: number, who: Who): Promise<{ sessions: number } | SeriesRefusal<PublishRefusal>> {
  return allOrNone(db, async (tx) => {
    const drafts = (await fromHereOn(tx, id, who.at)).filter((each) => each.id === id || each.publishedAt === null)
    for (const each of drafts) orRefuse(await publishSession(tx, each.id, who), each.startsAt)
    return { sessions: drafts.length }
  })
}

/** Calls off a session and those that follow in its series, for the same reason. */
export function cancelFollowing(
  db: Database,
  { id, reason }: { id: number; reason: string },
  who: Who,
): Promise<{ sessions: number } | SeriesRefusal<CancelRefusal>> {
  return allOrNone(db, async (tx) => {
    const sessions = await fromHereOn(tx, id, who.at)
    for (const each of sessions) orRefuse(await cancelSession(tx, each.id, reason, who), each.startsAt)
    return { sessions: sessions.length }
  })
}
