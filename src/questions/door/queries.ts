import type { Database } from '../../database/schema.ts'
import { isStaff } from '../../people/rules.ts'
import type { Person } from '../../web/env.ts'

/** A module whose title may be said: of a published programme, or of one that the person's administration follows. */
export async function findTopic(
  db: Database,
  moduleId: number,
  person: Person | null,
): Promise<{ id: number; title: string; programmeId: number } | undefined> {
  return db
    .selectFrom('module')
    .innerJoin('programme', 'programme.id', 'module.programme_id')
    .where('module.id', '=', moduleId)
    .$if(!isStaff(person), (query) =>
      query.where((eb) =>
        eb.or([
          eb('programme.published_at', 'is not', null),
          eb(
            'programme.id',
            'in',
            eb
              .selectFrom('enrolment')
              .where('administration_id', 'in', [...(person?.administrations ?? []), 0])
              .where('ended_at', 'is', null)
              .select('programme_id'),
          ),
        ]),
      ),
    )
    .select(['module.id', 'module.title', 'module.programme_id as programmeId'])
    .executeTakeFirst()
}
