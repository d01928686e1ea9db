import { asMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { keptForHours } from './rules.ts'

/** What this person wrote for this form in this browser; null when nothing waits. */
export async function findDraft(
  db: Database,
  { tokenHash, personId, path }: { tokenHash: string; personId: number; path?: string },
  now: Temporal.Instant,
): Promise<{ path: string; fields: Record<string, string> } | null> {
  const row = await db
    .selectFrom('kept_draft')
    .where('token_hash', '=', tokenHash)
    .where('person_id', '=', personId)
    .where('kept_at', '>=', asMoment(now.subtract({ hours: keptForHours })))
    .$if(path !== undefined, (query) => query.where('path', '=', path ?? ''))
    .select(['path', 'fields'])
    .executeTakeFirst()
  return row ? { path: row.path, fields: JSON.parse(row.fields) } : null
}
