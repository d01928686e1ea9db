import { sql } from 'kysely'
import { seenBy } from '../../administrations/queries.ts'
import { nameFor } from '../../administrations/referents/names.ts'
import { fromMoment, fromMomentOrNull } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import type { Person } from '../../web/env.ts'
import type { KeptFile } from '../../web/uploads.ts'
import { grantHeld } from '../state.ts'
import { questionSeenBy } from '../visibility.ts'

export type AttachedFile = { id: number; answerId: number | null; name: string; bytes: number }

export type Answer = {
  id: number
  body: string
  /** Null where this reader may not know it. */
  author: string | null
  /** As what they wrote: their role on that day; `other`: referent of another administration. */
  as: 'trainer' | 'coordinator' | 'referent' | 'other'
  answeredAt: Temporal.Instant
  verifiedAt: Temporal.Instant | null
  /** The published entry made of it. */
  faqEntryId: number | null
  /** It was proposed for the entries, or taken back from them. */
  inCuration: boolean
}

/** The answers in their order. Staff have names; a referent's name is for the colleagues, and for whoever looks after both. */
export async function answersTo(db: Database, questionId: number, viewer: Person | null): Promise<Answer[]> {
  const rows = await db
    .selectFrom('answer')
    .innerJoin('question', 'question.id', 'answer.question_id')
    .innerJoin('administration', 'administration.id', 'question.administration_id')
    .where('question_id', '=', questionId)
    .where((eb) => questionSeenBy(eb, viewer))
    .select(['answer.id', 'answer.body', 'answer.answered_at', 'answer.verified_at'])
    .select(nameFor(viewer, 'answer.answered_by', 'question.administration_id').as('name'))
    .select((eb) => [
      grantHeld(eb, 'trainer').as('trainer'),
      grantHeld(eb, 'coordinator').as('coordinator'),
      eb.case().when(seenBy(eb, viewer)).then(1).else(0).end().as('readsNames'),
      eb
        .exists(
          eb
            .selectFrom('referent')
            .whereRef('referent.person_id', '=', 'answer.answered_by')
            .whereRef('referent.administration_id', '=', 'question.administration_id')
            .select('referent.id'),
        )
        .as('own'),
      sql<number | null>`(select min(id) from faq_entry where answer_id = answer.id and published_at is not null)`.as('faqEntryId'),
      sql<number | null>`(select min(id) from faq_entry where answer_id = answer.id and published_at is null)`.as('curated'),
    ])
    .orderBy('answer.id')
    .execute()
  return rows.map(({ answered_at, verified_at, trainer, coordinator, own, name, readsNames, curated, ...row }) => {
    const as = trainer ? 'trainer' : coordinator ? 'coordinator' : own ? 'referent' : 'other'
    const author = as === 'other' || (as === 'referent' && !readsNames) ? null : name
    const moments = { answeredAt: fromMoment(answered_at), verifiedAt: fromMomentOrNull(verified_at) }
    return { ...row, ...moments, as, author, inCuration: curated !== null }
  })
}

/** What is attached to a question and its answers; ask only for one that the person may see. */
export async function filesOf(db: Database, questionId: number): Promise<AttachedFile[]> {
  return db
    .selectFrom('question_file')
    .where('question_id', '=', questionId)
    .orderBy('id')
    .select(['id', 'answer_id as answerId', 'name', 'bytes'])
    .execute()
}

/** A file of a question that the person may see. */
export async function findFile(
  db: Database,
  { questionId, fileId }: { questionId: number; fileId: number },
  person: Person | null,
): Promise<Omit<KeptFile, 'bytes'> | undefined> {
  return db
    .selectFrom('question_file')
    .innerJoin('question', 'question.id', 'question_file.question_id')
    .innerJoin('administration', 'administration.id', 'question.administration_id')
    .where('question_file.id', '=', fileId)
    .where('question.id', '=', questionId)
    .where((eb) => questionSeenBy(eb, person))
    .select(['question_file.name', 'question_file.stored_name as storedName', 'question_file.media_type as mediaType'])
    .executeTakeFirst()
}

/** True when questions of other administrations were merged into this one: their askers read it here. */
export async function answersOthers(db: Database, { id, administrationId }: { id: number; administrationId: number }): Promise<boolean> {
  const row = await db
    .selectFrom('question')
    .where('merged_into_id', '=', id)
    .where('administration_id', '<>', administrationId)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

export type QuestionEvent = { happening: string; at: Temporal.Instant; by: string | null }

const eventsShown = 50

/** What happened to a question and its answers, for staff: the oldest first. Who answered from another administration has no name here either. */
export async function historyOf(
  db: Database,
  { id, administrationId }: { id: number; administrationId: number },
): Promise<QuestionEvent[]> {
  const rows = await db
    .selectFrom('history')
    .leftJoin('person', (join) =>
      join
        .onRef('person.id', '=', 'history.person_id')
        .on((on) =>
          on.or([
            on.exists(on.selectFrom('role_grant').whereRef('role_grant.person_id', '=', 'person.id').select('role_grant.id')),
            on.exists(
              on
                .selectFrom('referent')
                .whereRef('referent.person_id', '=', 'person.id')
                .where('referent.administration_id', '=', administrationId)
                .select('referent.id'),
            ),
          ]),
        ),
    )
    .where((eb) =>
      eb.or([
        eb.and([eb('history.subject', '=', 'question'), eb('history.subject_id', '=', id)]),
        eb.and([
          eb('history.subject', '=', 'answer'),
          eb('history.subject_id', 'in', eb.selectFrom('answer').where('question_id', '=', id).select('id')),
        ]),
      ]),
    )
    .orderBy('history.id', 'desc')
    .limit(eventsShown)
    .select(['history.happening', 'history.at', 'person.name as by'])
    .execute()
  return rows.map(({ at, ...row }) => ({ ...row, at: fromMoment(at) })).toReversed()
}
