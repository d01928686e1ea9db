import type { Database } from '../../database/schema.ts'
import type { Language } from '../../language/language.ts'
import { findProgramme } from '../../programmes/queries.ts'
import { definitions, type Figure, type Figures, figures } from '../definitions.ts'
import { type Grouping, groupName } from '../groups.ts'
import type { Period } from '../period.ts'
import { inOrder } from './order.ts'
import { participation } from './queries.ts'

type Asked = Period & { by: Grouping; zone: string; language?: Language }

export type ParticipationReport = {
  programme: { id: number; title: string }
  from: string | null
  until: string | null
  by: Grouping
  definitions: Record<Figure, string>
  rows: ({ key: string; label: string } & Figures)[]
  roc: Figures
  total: Figures
}

/** Participation as a plain object, as the operator sees it: for the command line and other programs. The programme must exist. */
export async function participationReport(
  db: Database,
  programmeId: number,
  { from, until, by, zone, language = 'it' }: Asked,
): Promise<ParticipationReport> {
  const programme = await findProgramme(db, programmeId)
  if (!programme) throw new Error(`There is no programme ${programmeId}.`)

  const { rows, roc, total } = await participation(db, { programmeId, from, until, by, zone, person: 'operator' })
  return {
    programme: { id: programme.id, title: programme.title },
    from: from?.toString() ?? null,
    until: until?.toString() ?? null,
    by,
    definitions: Object.fromEntries(figures.map((figure) => [figure, definitions[language][figure].meaning])) as Record<Figure, string>,
    rows: inOrder(by, rows).map(({ key, name, figures }) => ({ key, label: groupName(by, key, name, language), ...figures })),
    roc,
    total,
  }
}
