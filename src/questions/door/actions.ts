import { asMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import type { Person } from '../../web/env.ts'
import { vote } from '../faq/votes/actions.ts'
import { searchKept } from './rules.ts'

export type Search = {
  text: string
  outcome: 'helped' | 'asked' | 'nothing'
  faqEntryId?: number | null
  questionId?: number | null
  programmeId?: number | null
  moduleId?: number | null
  administrationId?: number | null
}

/** The same search with the same end within so many minutes is one. */
const sameMinutes = 60

/**
 * Remembers what was looked for and how it ended, for the figures; with the administration and region of a referent of
 * one. What staff look for tells nothing about the offer and is not kept.
 */
export async function recordSearch(
  db: Database,
  search: Search,
  { person, now }: { person: Person | null; now: Temporal.Instant },
): Promise<{ kept: boolean }> {
  const text = searchKept(search.text)
  if (text === '' || (person && person.administrations.length === 0)) return { kept: false }
  return inTransaction(db, async (tx) => {
    if (person) await lockRow(tx, 'person', person.id)
    const administrationId = search.administrationId ?? onlyOne(person?.administrations ?? [])
    const before = await tx
      .selectFrom('help_search')
      .where('person_id', person ? '=' : 'is', person?.id ?? null)
      .where('outcome', '=', search.outcome)
      .where('text', '=', text)
      .where('faq_entry_id', search.faqEntryId ? '=' : 'is', search.faqEntryId ?? null)
      .where('question_id', search.questionId ? '=' : 'is', search.questionId ?? null)
      .where('searched_at', '>', asMoment(now.subtract({ minutes: sameMinutes })))
      .select('id')
      .executeTakeFirst()
    if (before) return { kept: false }
    const from = administrationId
      ? await tx.selectFrom('administration').where('id', '=', administrationId).select('region_code').executeTakeFirst()
      : undefined
    await tx
      .insertInto('help_search')
      .values({
        text,
        outcome: search.outcome,
        faq_entry_id: search.faqEntryId ?? null,
        question_id: search.questionId ?? null,
        programme_id: search.programmeId ?? null,
        module_id: search.moduleId ?? null,
        administration_id: from ? administrationId : null,
        region_code: from?.region_code ?? null,
        person_id: person?.id ?? null,
        searched_at: asMoment(now),
      })
      .execute()
    return { kept: true }
  })
}

/** Somebody found what they looked for and didn't have to ask; what helped counts as useful. */
export async function recordHelped(
  db: Database,
  {
    text,
    faqEntryId,
    questionId,
    moduleId,
  }: { text: string; faqEntryId: number | null; questionId: number | null; moduleId: number | null },
  { person, now }: { person: Person; now: Temporal.Instant },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const about =
      faqEntryId !== null
        ? await tx.selectFrom('faq_entry').where('id', '=', faqEntryId).select(['programme_id', 'module_id']).executeTakeFirst()
        : await tx
            .selectFrom('question')
            .where('id', '=', questionId ?? 0)
            .select(['programme_id', 'module_id'])
            .executeTakeFirst()
    const place = { programmeId: about?.programme_id ?? null, moduleId: moduleId ?? about?.module_id ?? null }
    await recordSearch(tx, { text: text || '–', outcome: 'helped', faqEntryId, questionId, ...place }, { person, now })
    if (faqEntryId !== null) await vote(tx, { entryId: faqEntryId, vote: 'yes' }, { by: person, at: now })
  })
}

const onlyOne = (ids: readonly number[]): number | null => (ids.length === 1 ? (ids[0] ?? null) : null)
