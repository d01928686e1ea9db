import type { Context } from 'hono'
import type { Database } from '../../database/schema.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import type { Typed } from '../../web/forms.ts'
import { findFaqEntry } from '../faq/queries.ts'
import type { Question } from '../queries.ts'
import { suggestEntries } from '../search/queries.ts'
import { understand } from '../search/understanding.ts'
import { historyOf } from '../thread/queries.ts'
import { desk, helps } from './pages.ts'
import { findSavedReply, notesOn, savedReplies, staffOf } from './queries.ts'

const entriesOffered = 3

/** Below a question, for staff who look after it. */
export async function deskPart(c: Context<WebEnv>, question: Question): Promise<Html> {
  const { db, signedIn } = c.var
  return desk(c.var, {
    question,
    personId: signedIn.id,
    staff: await staffOf(db, question.region),
    notes: await notesOn(db, question.id),
    events: await historyOf(db, question),
  })
}

/** Beside the answer being written: saved replies, and published entries that look like the question. */
export async function helpsPart(c: Context<WebEnv>, question: Question): Promise<Html | null> {
  const { db, language } = c.var
  const meant = await understand(db, question.subject)
  const entries = await suggestEntries(db, question.subject, meant, { moduleId: question.moduleId, limit: entriesOffered })
  return helps(language, await savedReplies(db), entries)
}

/** The answer with what a button of the helps adds to it; null when no such button was pressed. */
export async function inserted(db: Database, typed: Typed): Promise<string | null> {
  const step = String(typed.step ?? '')
  const entryId = Number(/^faq-(\d{1,9})$/.exec(step)?.[1] ?? 0)
  if (step !== 'reply' && entryId === 0) return null
  const body = String(typed.body ?? '')
  const reply = step === 'reply' ? await findSavedReply(db, Number(/^\d{1,9}$/.exec(String(typed.reply ?? ''))?.[0] ?? 0)) : undefined
  const entry = entryId > 0 ? await findFaqEntry(db, entryId, null) : undefined
  const more = reply?.body ?? (entry ? `[${entry.question.replace(/[[\]]/g, '')}](/faq/${entry.id})` : '')
  return [body.trimEnd(), more].filter(Boolean).join('\n\n')
}
