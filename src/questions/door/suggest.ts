import type { Database } from '../../database/schema.ts'
import type { Person } from '../../web/env.ts'
import { usefulEntries } from '../faq/votes/queries.ts'
import { suggestEntries } from '../search/queries.ts'
import { suggestQuestions } from '../search/questions.ts'
import { understand } from '../search/understanding.ts'
import type { Suggestions } from './pages.ts'

const entriesShown = 5
const questionsShown = 5

/** What may answer a text, for this person: published entries, and answered questions that they may read. With no text, the most useful entries. */
export async function suggest(
  db: Database,
  text: string,
  { person, moduleId }: { person: Person | null; moduleId: number | null },
): Promise<Suggestions> {
  if (text.trim() === '') return { entries: await usefulEntries(db, { moduleId, limit: entriesShown }), questions: [] }
  const meant = await understand(db, text)
  return {
    entries: await suggestEntries(db, text, meant, { moduleId, limit: entriesShown }),
    questions: await suggestQuestions(db, meant, { person, moduleId, limit: questionsShown }),
  }
}
