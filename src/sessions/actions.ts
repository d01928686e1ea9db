import { randomUUID } from 'node:crypto'
import { asMoment } from '../database/moment.ts'
import type { Admission, Database, RoomKind, SessionKind, Tx } from '../database/schema.ts'
import { inTransaction, lockRow } from '../database/transaction.ts'
import { recordHistory } from '../history/record.ts'
import { findModule } from '../pathways/queries.ts'
import { trainers } from '../people/queries.ts'
import { withdrawAll } from './invitations/marks.ts'
import { placesKept } from './invitations/queries.ts'
import { findAnySession, type Session } from './queries.ts'
import { countRegistered } from './registration/queries.ts'
import { moveUp } from './registration/waiting.ts'
import {
  type CancelRefusal,
  type ChangeRefusal,
  type CreateRefusal,
  cancelRefusal,
  changeRefusal,
  type PublishRefusal,
  placesOf,
  planRefusal,
  publishRefusal,
  thresholdOf,
  usualPromotionStop,
  usualReminder,
} from './rules.ts'

/** Who does it and when. */
export type Who = { by: { id: number }; at: Temporal.Instant }

export type SessionFields = {
  kind: SessionKind
  title: string
  description: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  place: string | null
  /** Where a map shows the place. */
  mapUrl?: string | null
  /** How many the room holds: on site, the places where nobody says how many. */
  roomCapacity?: number | null
  joinUrl: string | null
  /** A link where nothing is said. */
  room?: RoomKind
  capacity: number | null
  /** Null: the share below, else 70% of the duration. */
  thresholdMinutes: number | null
  /** Of the duration. */
  thresholdPercent?: number | null
  registrationOpensAt?: Temporal.Instant | null
  registrationClosesAt?: Temporal.Instant | null
  administrationCap?: number | null
  /** 2 where nothing is said. */
  promotionStopsHours?: number
  /** Hours before the start, as "24,1"; 24 where nothing is said. */
  reminderHours?: string
  /** Everybody, where nothing is said. */
  admission?: Admission
  /** Whoever attended gets a mail so many hours after the end; never by itself where nothing is said. */
  followUpHours?: number | null
  regionCode: string | null
  trainerIds: readonly number[]
}
export type NewSession = SessionFields & { moduleId: number }

/** Plans a session, in draft until it is published. */
export async function createSession(
  db: Database,
  fields: NewSession,
  { by, at }: Who,
): Promise<{ id: number } | { refusal: CreateRefusal }> {
  return inTransaction(db, async (tx) => {
    const module = await findModule(tx, fields.moduleId)
    const refusal = module ? planRefusal(fields) : 'no_such_module'
    if (refusal || !module) return { refusal: refusal ?? 'no_such_module' }
    if (!(await areTrainers(tx, fields.trainerIds))) return { refusal: 'no_such_trainer' }

    const { id } = await tx
      .insertInto('session')
      .values({
        ...asColumns(fields),
        programme_id: module.programmeId,
        module_id: module.id,
        uid: `${randomUUID()}@percorsi`,
        revision: 0,
        revised_at: asMoment(at),
        created_at: asMoment(at),
        created_by: by.id,
        published_at: null,
        cancelled_at: null,
        cancelled_by: null,
        cancellation_reason: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await setTrainers(tx, id, fields.trainerIds)
    await recordHistory(tx, { happening: 'session_created', subject: 'session', subjectId: id, by, at })
    return { id }
  })
}

/** Changes a session; what calendars show raises the revision of one that is published. */
export async function changeSession(
  db: Database,
  id: number,
  fields: SessionFields,
  { by, at }: Who,
): Promise<{ id: number } | { refusal: ChangeRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'session', id)
    const session = await findAnySession(tx, id)
    if (!session) return { refusal: 'not_found' }
    const refusal = changeRefusal(
      session,
      { ...fields, capacity: placesOf(fields) },
      { registered: await countRegistered(tx, id), kept: await placesKept(tx, id) },
      at,
    )
    if (refusal) return { refusal }
    if (!(await areTrainers(tx, fields.trainerIds, session.trainers))) return { refusal: 'no_such_trainer' }

    const changed = changesOf(session, fields)
    if (changed.length === 0) return { id }
    const shown = changed.some((name) => shownInCalendars.includes(name))
    const revised = session.publishedAt && shown ? { revision: session.revision + 1, revised_at: asMoment(at) } : {}
    await tx
      .updateTable('session')
      .set({ ...asColumns(fields), ...revised })
      .where('id', '=', id)
      .execute()
    await setTrainers(tx, id, fields.trainerIds)
    await moveUp(tx, id, at)
    // Nobody's calendar has to hear of a new limit of places.
    const happening = session.publishedAt && !shown ? 'session_settings_changed' : 'session_changed'
    await recordHistory(tx, {
      happening,
      subject: 'session',
      subjectId: id,
      by,
      at,
      details: { changed, before: before(session, changed) },
    })
    return { id }
  })
}

export async function publishSession(db: Database, id: number, { by, at }: Who): Promise<{ id: number } | { refusal: PublishRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'session', id)
    const session = await findAnySession(tx, id)
    const refusal = session ? publishRefusal(session, at) : 'not_found'
    if (refusal) return { refusal }

    await tx
      .updateTable('session')
      .set({ published_at: asMoment(at), revised_at: asMoment(at) })
      .where('id', '=', id)
      .execute()
    await recordHistory(tx, { happening: 'session_published', subject: 'session', subjectId: id, by, at })
    return { id }
  })
}

/** Calls a session off; it stays, marked, where it was announced. */
export async function cancelSession(
  db: Database,
  id: number,
  reason: string,
  { by, at }: Who,
): Promise<{ id: number } | { refusal: CancelRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'session', id)
    const session = await findAnySession(tx, id)
    const refusal = session ? cancelRefusal(session, reason, at) : 'not_found'
    if (refusal || !session) return { refusal: refusal ?? 'not_found' }

    await tx
      .updateTable('session')
      .set({
        cancelled_at: asMoment(at),
        cancelled_by: by.id,
        cancellation_reason: reason.trim(),
        revision: session.revision + 1,
        revised_at: asMoment(at),
      })
      .where('id', '=', id)
      .execute()
    // Nobody waits for what doesn't take place; they are told, too.
    await tx
      .updateTable('waiting_entry')
      .set({ left_at: asMoment(at), left_by: by.id })
      .where('session_id', '=', id)
      .where('promoted_at', 'is', null)
      .where('left_at', 'is', null)
      .execute()
    await withdrawAll(tx, id, { by, at })
    await recordHistory(tx, { happening: 'session_cancelled', subject: 'session', subjectId: id, by, at, reason: reason.trim() })
    return { id }
  })
}

const asColumns = (fields: SessionFields) => ({
  kind: fields.kind,
  title: fields.title,
  description: fields.description,
  starts_at: asMoment(fields.startsAt),
  ends_at: asMoment(fields.endsAt),
  place: fields.place,
  map_url: fields.mapUrl ?? null,
  room_capacity: fields.roomCapacity ?? null,
  join_url: fields.joinUrl,
  room: fields.room ?? 'link',
  capacity: placesOf(fields),
  admission: fields.admission ?? 'open',
  follow_up_hours: fields.followUpHours ?? null,
  threshold_minutes: thresholdOf(fields),
  threshold_percent: fields.thresholdPercent ?? null,
  registration_opens_at: fields.registrationOpensAt ? asMoment(fields.registrationOpensAt) : null,
  registration_closes_at: fields.registrationClosesAt ? asMoment(fields.registrationClosesAt) : null,
  administration_cap: fields.administrationCap ?? null,
  promotion_stops_hours: fields.promotionStopsHours ?? usualPromotionStop,
  reminder_hours: fields.reminderHours ?? usualReminder,
  region_code: fields.regionCode,
})

/** Trainers of today, or those it has had before: a role that ended doesn't keep a session from being changed. */
async function areTrainers(tx: Tx, ids: readonly number[], had: readonly { id: number }[] = []): Promise<boolean> {
  const known = new Set([...(await trainers(tx)), ...had].map(({ id }) => id))
  return ids.every((id) => known.has(id))
}

async function setTrainers(tx: Tx, sessionId: number, personIds: readonly number[]) {
  await tx.deleteFrom('session_trainer').where('session_id', '=', sessionId).execute()
  const rows = [...new Set(personIds)].map((person_id) => ({ session_id: sessionId, person_id }))
  if (rows.length > 0) await tx.insertInto('session_trainer').values(rows).execute()
}

const shownInCalendars: readonly string[] = ['title', 'description', 'startsAt', 'endsAt', 'place', 'mapUrl', 'joinUrl', 'room']

type Comparable = Record<string, string | number | null>

function changesOf(session: Session, fields: SessionFields): string[] {
  const [old, wanted] = [comparable({ ...session, trainerIds: session.trainers.map(({ id }) => id) }), comparable(fields)]
  return Object.keys(wanted).filter((name) => old[name] !== wanted[name])
}

/** What was there, for the record; the room's address is nobody's business. */
function before(session: Session, changed: readonly string[]): Comparable {
  const old = comparable({ ...session, trainerIds: session.trainers.map(({ id }) => id) })
  return Object.fromEntries(changed.filter((name) => name !== 'joinUrl').map((name) => [name, old[name] ?? null]))
}

const comparable = (fields: SessionFields): Comparable => ({
  kind: fields.kind,
  title: fields.title,
  description: fields.description,
  startsAt: asMoment(fields.startsAt),
  endsAt: asMoment(fields.endsAt),
  place: fields.place,
  mapUrl: fields.mapUrl ?? null,
  roomCapacity: fields.roomCapacity ?? null,
  joinUrl: fields.joinUrl,
  room: fields.room ?? 'link',
  capacity: placesOf(fields),
  admission: fields.admission ?? 'open',
  followUpHours: fields.followUpHours ?? null,
  thresholdMinutes: thresholdOf(fields),
  thresholdPercent: fields.thresholdPercent ?? null,
  registrationOpensAt: fields.registrationOpensAt ? asMoment(fields.registrationOpensAt) : null,
  registrationClosesAt: fields.registrationClosesAt ? asMoment(fields.registrationClosesAt) : null,
  administrationCap: fields.administrationCap ?? null,
  promotionStopsHours: fields.promotionStopsHours ?? usualPromotionStop,
  reminderHours: fields.reminderHours ?? usualReminder,
  regionCode: fields.regionCode,
  trainerIds: [...new Set(fields.trainerIds)].toSorted((a, b) => a - b).join(' '),
})
