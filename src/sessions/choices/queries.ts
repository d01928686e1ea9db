import { fromMoment } from '../../database/moment.ts'
import type { Database, ModuleKind } from '../../database/schema.ts'

// What whoever plans a session chooses from, or begins with. --------------------------------------------------------------

/** The modules that a meeting may serve, the newest programme's first. */
export async function modulesToMeetFor(db: Database): Promise<{ id: number; title: string; kind: ModuleKind; programme: string }[]> {
  return db
    .selectFrom('module')
    .innerJoin('programme', 'programme.id', 'module.programme_id')
    .orderBy('programme.starts_on', 'desc')
    .orderBy('programme.id', 'desc')
    .orderBy('module.title')
    .select(['module.id', 'module.title', 'module.kind', 'programme.title as programme'])
    .execute()
}

/** The last session online that somebody planned: the next one is often like it. */
export async function lastPlanned(db: Database, personId: number) {
  const row = await db
    .selectFrom('session')
    .where('created_by', '=', personId)
    .where('join_url', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .select(['starts_at', 'ends_at', 'join_url as joinUrl'])
    .executeTakeFirst()
  return row && { startsAt: fromMoment(row.starts_at), endsAt: fromMoment(row.ends_at), joinUrl: row.joinUrl }
}
