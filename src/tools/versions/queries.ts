import { nameFor } from '../../administrations/referents/names.ts'
import { fromMoment } from '../../database/moment.ts'
import type { Database, Saving } from '../../database/schema.ts'
import type { Answers } from '../../pathways/worksheets/fields.ts'
import type { Person } from '../../web/env.ts'
import { type ListRequest, rowsPerPage } from '../../web/lists.ts'

export type Version = {
  revision: number
  saving: Saving
  savedAt: Temporal.Instant
  /** Null where this viewer may not read the name. */
  savedBy: string | null
}

type Ids = { enrolmentId: number; moduleId: number }

export const versionSorts = ['revision'] as const

/** The versions of what an administration wrote in a tool, the newest first unless asked otherwise. */
export async function listVersions(
  db: Database,
  ids: Ids,
  { list, viewer }: { list: Pick<ListRequest, 'page' | 'descending'>; viewer: Person },
): Promise<{ rows: Version[]; total: number }> {
  const { total } = await versions(db, ids)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await versions(db, ids)
    .orderBy('worksheet_version.revision', list.descending ? 'asc' : 'desc')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .select(['worksheet_version.revision', 'saving', 'worksheet_version.saved_at'])
    .select(nameFor(viewer, 'worksheet_version.saved_by', 'enrolment.administration_id').as('savedBy'))
    .execute()
  return { rows: rows.map(asVersion), total: Number(total) }
}

export async function findVersion(
  db: Database,
  { revision, ...ids }: Ids & { revision: number },
  viewer: Person,
): Promise<(Version & { answers: Answers }) | undefined> {
  const row = await versions(db, ids)
    .where('worksheet_version.revision', '=', revision)
    .select(['worksheet_version.revision', 'saving', 'worksheet_version.saved_at', 'worksheet_version.answers'])
    .select(nameFor(viewer, 'worksheet_version.saved_by', 'enrolment.administration_id').as('savedBy'))
    .executeTakeFirst()
  return row && { ...asVersion(row), answers: JSON.parse(row.answers) as Answers }
}

const versions = (db: Database, { enrolmentId, moduleId }: Ids) =>
  db
    .selectFrom('worksheet_version')
    .innerJoin('worksheet', 'worksheet.id', 'worksheet_version.worksheet_id')
    .innerJoin('enrolment', 'enrolment.id', 'worksheet.enrolment_id')
    .where('enrolment_id', '=', enrolmentId)
    .where('module_id', '=', moduleId)

type Row = { revision: number; saving: Version['saving']; saved_at: string; savedBy: string | null }

const asVersion = ({ revision, saving, saved_at, savedBy }: Row): Version => ({ revision, saving, savedBy, savedAt: fromMoment(saved_at) })
