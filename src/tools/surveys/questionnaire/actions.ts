import type { Database, Tx } from '../../../database/schema.ts'
import { inTransaction, lockRow } from '../../../database/transaction.ts'
import { codeLetter, insertItems, markChanged, type Who } from '../actions.ts'
import { fromBank } from '../bank/kits.ts'
import { itemsOf, surveyById } from '../queries.ts'
import { type ChangeRefusal, changeRefusal, mostItems } from '../rules.ts'
import type { Item } from '../survey.ts'

type Outcome<T> = T | { refusal: ChangeRefusal }
export type ItemContent = Pick<Item, 'kind' | 'dimension' | 'it' | 'en' | 'options'>

/** Takes questions over from the bank, at the end; those that are asked already are left alone. */
export async function addFromBank(db: Database, surveyId: number, keys: readonly string[], who: Who): Promise<Outcome<{ added: number }>> {
  return changing(db, surveyId, who, async (tx, items) => {
    const taken = new Set(items.map(({ bankKey }) => bankKey))
    const wanted = [...new Set(keys)].flatMap((key) => fromBank(key) ?? []).filter(({ key }) => !taken.has(key))
    if (items.length + wanted.length > mostItems) return { refusal: 'too_many' }
    const added = wanted.map(({ key, options = [], ...item }) => ({ ...item, bankKey: key, options }))
    await append(tx, surveyId, items, added)
    return { added: added.length }
  })
}

/** Adds a question of the administration's own, at the end. */
export async function addOwn(db: Database, surveyId: number, content: ItemContent, who: Who): Promise<Outcome<{ added: number }>> {
  return changing(db, surveyId, who, async (tx, items) => {
    if (items.length >= mostItems) return { refusal: 'too_many' }
    await append(tx, surveyId, items, [{ ...content, bankKey: null }])
    return { added: 1 }
  })
}

/** Changes the text of a question; `before` is what the writer saw: when a colleague changed it since, theirs comes back. */
export async function changeItem(
  db: Database,
  { surveyId, itemId, content, before }: { surveyId: number; itemId: number; content: ItemContent; before: string },
  who: Who,
): Promise<Outcome<{ changed: true } | { conflict: Item }>> {
  return changing(db, surveyId, who, async (tx, items) => {
    const item = items.find(({ id }) => id === itemId)
    if (!item) return { refusal: 'not_found' }
    if (fingerprint(item) === fingerprint(content)) return { changed: true as const }
    if (fingerprint(item) !== before) return { conflict: item }
    await tx
      .updateTable('survey_item')
      .set({
        dimension: content.dimension,
        text_it: content.it,
        text_en: content.en,
        options: JSON.stringify(content.options),
        bank_key: null,
      })
      .where('id', '=', itemId)
      .execute()
    return { changed: true as const }
  })
}

/** What a question says, as one text: two that say the same are no conflict. */
export const fingerprint = ({ dimension, it, en, options }: Pick<Item, 'dimension' | 'it' | 'en' | 'options'>): string =>
  JSON.stringify([dimension, it, en, options])

export async function removeItem(db: Database, surveyId: number, itemId: number, who: Who): Promise<Outcome<{ removed: true }>> {
  return changing(db, surveyId, who, async (tx, items) => {
    if (!items.some(({ id }) => id === itemId)) return { refusal: 'not_found' }
    await tx.deleteFrom('survey_item').where('id', '=', itemId).execute()
    return { removed: true as const }
  })
}

/** One place up or down; at the end of the list nothing moves. */
export async function moveItem(
  db: Database,
  { surveyId, itemId, direction }: { surveyId: number; itemId: number; direction: 'up' | 'down' },
  who: Who,
): Promise<Outcome<{ moved: true }>> {
  return changing(db, surveyId, who, async (tx, items) => {
    const from = items.findIndex(({ id }) => id === itemId)
    if (from === -1) return { refusal: 'not_found' }
    const to = from + (direction === 'up' ? -1 : 1)
    const [moved, other] = [items[from], items[to]]
    if (moved && other) {
      const place = (id: number, position: number) => tx.updateTable('survey_item').set({ position }).where('id', '=', id).execute()
      await place(moved.id, other.position)
      await place(other.id, moved.position)
    }
    return { moved: true as const }
  })
}

/** Holds the survey, so that two colleagues change its questions one after the other. */
async function changing<T extends object>(
  db: Database,
  surveyId: number,
  who: Who,
  change: (tx: Tx, items: Item[]) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  return inTransaction(db, async (tx): Promise<Outcome<T>> => {
    await lockRow(tx, 'survey', surveyId)
    const survey = await surveyById(tx, surveyId)
    const refusal = survey ? changeRefusal(survey) : 'not_found'
    if (refusal) return { refusal }
    const outcome = await change(tx, await itemsOf(tx, surveyId))
    if (!('refusal' in outcome) && !('conflict' in outcome)) await markChanged(tx, surveyId, who)
    return outcome
  })
}

/** Codes go on from the highest of their letter that stands; a code names its columns in files. */
async function append(tx: Tx, surveyId: number, items: readonly Item[], added: readonly Omit<Item, 'id' | 'position' | 'code'>[]) {
  const highest = (letter: string) =>
    Math.max(0, ...items.filter(({ code }) => code.startsWith(letter)).map(({ code }) => Number(code.slice(1))))
  const counts = { Q: highest('Q'), P: highest('P'), T: highest('T') }
  const position = Math.max(0, ...items.map((item) => item.position))
  const numbered = added.map((item, index) => {
    const letter = codeLetter[item.kind]
    counts[letter] += 1
    return { ...item, position: position + index + 1, code: `${letter}${counts[letter]}` }
  })
  await insertItems(tx, surveyId, numbered)
}
