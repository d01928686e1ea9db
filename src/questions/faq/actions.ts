import { asMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { findPerson } from '../../people/queries.ts'
import type { Who } from '../actions.ts'
import { learn } from '../search/vocabulary.ts'
import { findFaqEntry } from './queries.ts'
import { curationRefusal, type FaqRefusal, publishRefusal } from './rules.ts'
import {
  asRow,
  differs,
  type FaqOutcome,
  type FaqWording,
  type NewFaqEntry,
  newStems,
  notPublished,
  ownerOf,
  refusalOf,
  writeEntry,
  writeVersion,
} from './writing.ts'

export type { FaqOutcome, FaqWording, NewFaqEntry } from './writing.ts'

/**
 * Publishes an entry, made from an answer or (`answerId` null) on its own. One answer makes one entry: a second time
 * leads to the first. Refused while it names who asked or answered, or their administration.
 */
export async function publishFaqEntry(db: Database, entry: NewFaqEntry, who: Who): Promise<FaqOutcome> {
  return writeEntry(db, entry, who, publishRefusal)
}

/** Changes the words, the topic or the review date; every wording stays as a version. */
export async function changeFaqEntry(db: Database, id: number, wording: FaqWording, { by, at }: Who): Promise<FaqOutcome> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'faq_entry', id)
    const person = await findPerson(tx, by.id)
    const before = await findFaqEntry(tx, id, person)
    if (!before) return { refusal: 'not_found' }
    const refusal = curationRefusal(person, { ownerId: (await ownerOf(tx, id)) ?? 0 })
    if (refusal) return { refusal }
    const refused = await refusalOf(tx, wording, before.answerId, person)
    if (refused) return refused

    await tx
      .updateTable('faq_entry')
      .set({ ...asRow(wording), read_at: asMoment(at) })
      .where('id', '=', id)
      .execute()
    if (differs(before, wording)) await writeVersion(tx, id, wording, { by, at })
    if (before.state === 'published') await learn(tx, newStems(before, wording))
    const details = { question: before.question, answer: before.answer, moduleId: before.moduleId, reviewOn: before.reviewOn.toString() }
    await recordHistory(tx, { happening: 'faq_entry_changed', subject: 'faq_entry', subjectId: id, by, at, details })
    return { id }
  })
}

/** Takes an entry from the public; staff keep it. Withdrawing twice changes nothing. */
export async function withdrawFaqEntry(db: Database, id: number, who: Who): Promise<{ refusal: FaqRefusal | null }> {
  return setPublished(db, id, notPublished, who)
}

/** Brings a withdrawn entry back. */
export async function republishFaqEntry(db: Database, id: number, who: Who): Promise<{ refusal: FaqRefusal | null }> {
  return setPublished(db, id, { published_at: asMoment(who.at), published_by: who.by.id }, who)
}

type Publication = { published_at: string | null; published_by: number | null }

async function setPublished(db: Database, id: number, publication: Publication, { by, at }: Who): Promise<{ refusal: FaqRefusal | null }> {
  return inTransaction(db, async (tx) => {
    const person = await findPerson(tx, by.id)
    const publishes = publication.published_at !== null
    const ownerId = await ownerOf(tx, id)
    const refusal = publishes ? publishRefusal(person) : curationRefusal(person, { ownerId: ownerId ?? 0 })
    if (refusal) return { refusal }
    if (ownerId === undefined) return { refusal: 'not_found' }

    const { numUpdatedRows } = await tx
      .updateTable('faq_entry')
      .set({ ...publication, ...(publishes && { read_at: asMoment(at) }), decided_at: asMoment(at), decided_by: by.id })
      .where('id', '=', id)
      .where('published_at', publishes ? 'is' : 'is not', null)
      .executeTakeFirst()
    if (numUpdatedRows > 0n) {
      const happening = publishes ? 'faq_entry_republished' : 'faq_entry_withdrawn'
      await recordHistory(tx, { happening, subject: 'faq_entry', subjectId: id, by, at })
    }
    return { refusal: null }
  })
}
