import { asMoment } from '../../../database/moment.ts'
import type { Database, Tx } from '../../../database/schema.ts'
import { inTransaction, lockRow } from '../../../database/transaction.ts'
import { recordHistory } from '../../../history/record.ts'
import { findPerson } from '../../../people/queries.ts'
import { isStaff } from '../../../people/rules.ts'
import type { Person } from '../../../web/env.ts'
import type { Who } from '../../actions.ts'
import { learn } from '../../search/vocabulary.ts'
import { findFaqEntry, findSource } from '../queries.ts'
import { type FaqRefusal, publishRefusal } from '../rules.ts'
import {
  asRow,
  differs,
  type FaqOutcome,
  type FaqWording,
  type NewFaqEntry,
  ownerOf,
  refusalOf,
  writeEntry,
  writeVersion,
} from '../writing.ts'

/** Proposes an entry for coordinators to publish; the same texts are refused. */
export async function proposeFaqEntry(db: Database, entry: NewFaqEntry, who: Who): Promise<FaqOutcome> {
  return writeEntry(db, entry, who, null)
}

/** Publishes what somebody proposed, in these words. Whoever publishes a referent's proposal looks after it from then on. */
export async function acceptProposal(db: Database, id: number, wording: FaqWording, { by, at }: Who): Promise<FaqOutcome> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'faq_entry', id)
    const person = await findPerson(tx, by.id)
    const found = await findFaqEntry(tx, id, person)
    if (!found) return { refusal: 'not_found' }
    const refusal =
      publishRefusal(person) ?? (found.state === 'proposed' ? null : 'decided') ?? (await unreadable(tx, found.answerId, person))
    if (refusal) return { refusal }
    const refused = await refusalOf(tx, wording, found.answerId, person)
    if (refused) return refused

    const owner = await findPerson(tx, (await ownerOf(tx, id)) ?? by.id)
    const decided = { decided_at: asMoment(at), decided_by: by.id, published_at: asMoment(at), published_by: by.id, read_at: asMoment(at) }
    await tx
      .updateTable('faq_entry')
      .set({ ...asRow(wording), ...decided, owner_id: isStaff(owner) ? owner.id : by.id })
      .where('id', '=', id)
      .execute()
    if (differs(found, wording)) await writeVersion(tx, id, wording, { by, at })
    await learn(tx, asRow(wording).stems.split(' '))
    await recordHistory(tx, { happening: 'faq_entry_published', subject: 'faq_entry', subjectId: id, by, at })
    return { id }
  })
}

/** Doesn't publish what somebody proposed, and tells them why. */
export async function declineProposal(db: Database, id: number, reason: string, { by, at }: Who): Promise<{ refusal: FaqRefusal | null }> {
  return inTransaction(db, async (tx) => {
    const person = await findPerson(tx, by.id)
    const refusal = publishRefusal(person)
    if (refusal) return { refusal }
    const declined = await tx
      .updateTable('faq_entry')
      .set({ decided_at: asMoment(at), decided_by: by.id })
      .where('id', '=', id)
      .where('proposed_at', 'is not', null)
      .where('decided_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!declined) return { refusal: (await findFaqEntry(tx, id, person)) ? 'decided' : 'not_found' }
    await recordHistory(tx, { happening: 'faq_entry_declined', subject: 'faq_entry', subjectId: id, by, at, reason })
    return { refusal: null }
  })
}

/** Nobody checks for names what they can't compare with its source. */
async function unreadable(tx: Tx, answerId: number | null, person: Person | null): Promise<FaqRefusal | null> {
  if (answerId === null) return null
  return (await findSource(tx, answerId, person))?.readsNames ? null : 'source_elsewhere'
}
