import type { Database, ModuleKind } from '../../database/schema.ts'
import { type ListRequest, rowsPerPage } from '../../web/lists.ts'
import { modulesOfPathways, type PathwayModule } from '../queries.ts'

export type ListedModule = { id: number; kind: ModuleKind; title: string; summary: string; pathways: number }

export const moduleSorts = ['title', 'kind'] as const

/** A programme's modules, each with the number of pathways that have it. */
export async function listModules(
  db: Database,
  programmeId: number,
  list: Pick<ListRequest<(typeof moduleSorts)[number]>, 'q' | 'sort' | 'descending' | 'page' | 'filters'>,
): Promise<{ rows: ListedModule[]; total: number }> {
  const wanted = list.q.toLowerCase().replace(/[%_\\]/g, '')
  const matching = db
    .selectFrom('module')
    .where('programme_id', '=', programmeId)
    .$if(wanted !== '', (query) => query.where((eb) => eb(eb.fn('lower', ['title']), 'like', `%${wanted}%`)))
    .$if(Boolean(list.filters.kind), (query) => query.where('kind', '=', list.filters.kind as ModuleKind))

  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .select(['id', 'kind', 'title', 'summary'])
    .select((eb) =>
      eb
        .selectFrom('pathway_module')
        .whereRef('module_id', '=', 'module.id')
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .as('pathways'),
    )
    .orderBy(list.sort, list.descending ? 'desc' : 'asc')
    .orderBy('id')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  return { rows: rows.map((row) => ({ ...row, pathways: row.pathways ?? 0 })), total }
}

export type ModuleToChoose = { id: number; kind: ModuleKind; title: string }

export async function modulesToChoose(db: Database, programmeId: number): Promise<ModuleToChoose[]> {
  return db
    .selectFrom('module')
    .where('programme_id', '=', programmeId)
    .orderBy('kind')
    .orderBy('title')
    .select(['id', 'kind', 'title'])
    .execute()
}

export type Pathway = { id: number; title: string; summary: string }

export async function pathwaysOf(db: Database, programmeId: number): Promise<Pathway[]> {
  return db
    .selectFrom('pathway')
    .where('programme_id', '=', programmeId)
    .where('root_id', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .select(['id', 'title', 'summary'])
    .execute()
}

/** A programme's pathways with their modules; three queries however many there are. */
export async function pathwaysWithModules(db: Database, programmeId: number): Promise<(Pathway & { modules: PathwayModule[] })[]> {
  const pathways = await pathwaysOf(db, programmeId)
  const modules = await modulesOfPathways(
    db,
    pathways.map(({ id }) => id),
  )
  return pathways.map((pathway) => ({ ...pathway, modules: modules.get(pathway.id) ?? [] }))
}
