import type { Database } from '../../database/schema.ts'
import type { Person } from '../../web/env.ts'

export type PlaceToAsk = { administrations: { id: number; name: string }[]; modules: { id: number; title: string; programmeId: number }[] }

/** From where and about what a referent can ask: their administrations, the modules of what these follow and of what is published. */
export async function placesToAsk(db: Database, person: Person): Promise<PlaceToAsk> {
  const administrations = await db
    .selectFrom('administration')
    .where('id', 'in', [...person.administrations, none])
    .orderBy('search_text')
    .select(['id', 'name'])
    .execute()
  return { administrations, modules: await modulesFor(db, person.administrations) }
}

/** The modules of what the administrations follow, and of what is published. */
export async function modulesFor(db: Database, administrations: readonly number[]): Promise<PlaceToAsk['modules']> {
  return db
    .selectFrom('module')
    .innerJoin('programme', 'programme.id', 'module.programme_id')
    .where((eb) => eb.or([eb('programme.published_at', 'is not', null), eb('programme.id', 'in', programmesOf(db, administrations))]))
    .orderBy('module.title')
    .select(['module.id', 'module.title', 'module.programme_id as programmeId'])
    .execute()
}

/** The programme of the module or, without one, what the administration follows, or else the newest published one. */
export async function programmeToAskIn(
  db: Database,
  { administrationId, moduleId }: { administrationId: number; moduleId: number | null },
): Promise<number | undefined> {
  const module = moduleId && (await db.selectFrom('module').where('id', '=', moduleId).select('programme_id').executeTakeFirst())
  if (module) return module.programme_id
  const followed = await programmesOf(db, [administrationId]).orderBy('enrolment.id', 'desc').limit(1).executeTakeFirst()
  if (followed) return followed.programme_id
  const published = await db
    .selectFrom('programme')
    .where('published_at', 'is not', null)
    .orderBy('id', 'desc')
    .select('id')
    .executeTakeFirst()
  return published?.id
}

/** True when the administration follows the programme or may, and the module, if one is named, is part of it. */
export async function canBeAskedAbout(
  db: Database,
  { administrationId, programmeId, moduleId }: { administrationId: number; programmeId: number; moduleId: number | null },
): Promise<boolean> {
  const found = await db
    .selectFrom('programme')
    .where('programme.id', '=', programmeId)
    .where((eb) => eb.or([eb('programme.published_at', 'is not', null), eb('programme.id', 'in', programmesOf(db, [administrationId]))]))
    .$if(moduleId !== null, (query) =>
      query.where((eb) =>
        eb('programme.id', 'in', eb.selectFrom('module').where('module.id', '=', moduleId).select('module.programme_id')),
      ),
    )
    .select('programme.id')
    .executeTakeFirst()
  return found !== undefined
}

const programmesOf = (db: Database, administrationIds: readonly number[]) =>
  db
    .selectFrom('enrolment')
    .where('enrolment.administration_id', 'in', [...administrationIds, none])
    .where('enrolment.ended_at', 'is', null)
    .select('enrolment.programme_id')

/** No row has this id; a list to look in can't be empty. */
const none = 0
