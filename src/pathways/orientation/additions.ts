import { asMoment } from '../../database/moment.ts'
import type { Tx } from '../../database/schema.ts'
import type { Who } from '../../programmes/actions.ts'
import type { Wording } from '../rules/in-words.ts'
import type { Added } from '../rules/recommend.ts'

type ToAdd = { enrolmentId: number; pathwayId: number; added: readonly Added[] }

/** Gives enrolments the modules that rules add, with the reason in words; what their pathway has already is not added. */
export async function addModules(tx: Tx, toAdd: readonly ToAdd[], wording: Wording, { by, at }: Who): Promise<void> {
  const wanted = toAdd.filter(({ added }) => added.length > 0)
  if (wanted.length === 0) return
  const has = await modulesOf(tx, new Set(wanted.map(({ pathwayId }) => pathwayId)))
  const rows = wanted.flatMap(({ enrolmentId, pathwayId, added }) =>
    added
      .filter(({ moduleId }) => !has.has(`${pathwayId} ${moduleId}`))
      .map(({ additionId, moduleId, title, held }) => ({
        enrolment_id: enrolmentId,
        module_id: moduleId,
        addition_id: additionId,
        reason: [title, ...held.map(wording.check)].join(' · '),
        added_at: asMoment(at),
        added_by: by?.id ?? null,
        removed_at: null,
      })),
  )
  for (let from = 0; from < rows.length; from += 500)
    await tx
      .insertInto('enrolment_module')
      .values(rows.slice(from, from + 500))
      .execute()
}

async function modulesOf(tx: Tx, pathwayIds: ReadonlySet<number>): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('pathway_module')
    .where('pathway_id', 'in', [...pathwayIds])
    .select(['pathway_id', 'module_id'])
    .execute()
  return new Set(rows.map(({ pathway_id, module_id }) => `${pathway_id} ${module_id}`))
}
