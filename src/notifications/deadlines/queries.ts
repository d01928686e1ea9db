import type { Database } from '../../database/schema.ts'
import type { Language } from '../../language/language.ts'

/** Actions of one improvement plan that its administration has to be reminded of. */
export type DueAction = { id: number; enrolmentId: number; moduleId: number; title: string; endsOn: Temporal.PlainDate }

const open = ['to_start', 'under_way'] as const

/** What ends by that day or has ended, and nobody was told of yet; of pathways that are followed. */
export async function actionsToTell(
  db: Database,
  { today, until }: { today: Temporal.PlainDate; until: Temporal.PlainDate },
): Promise<DueAction[]> {
  const rows = await db
    .selectFrom('improvement_action')
    .innerJoin('enrolment', 'enrolment.id', 'improvement_action.enrolment_id')
    .where('enrolment.ended_at', 'is', null)
    .where('status', 'in', [...open])
    .where('late_told_at', 'is', null)
    .where('ends_on', '<=', until.toString())
    .where((eb) => eb.or([eb('ends_on', '<', today.toString()), eb('soon_told_at', 'is', null)]))
    .orderBy('improvement_action.enrolment_id')
    .orderBy('improvement_action.id')
    .limit(500)
    .select(['improvement_action.id', 'enrolment_id as enrolmentId', 'improvement_action.module_id as moduleId', 'title', 'ends_on'])
    .execute()
  return rows.map(({ ends_on, ...row }) => ({ ...row, endsOn: Temporal.PlainDate.from(ends_on) }))
}

export type Receiver = { id: number; name: string; email: string; language: Language; administration: string }

/** The referents of today of the administration behind an enrolment. */
export async function referentsBehindEnrolment(db: Database, enrolmentId: number): Promise<Receiver[]> {
  return db
    .selectFrom('enrolment')
    .innerJoin('administration', 'administration.id', 'enrolment.administration_id')
    .innerJoin('referent', 'referent.administration_id', 'enrolment.administration_id')
    .innerJoin('person', 'person.id', 'referent.person_id')
    .where('enrolment.id', '=', enrolmentId)
    .where('referent.until', 'is', null)
    .orderBy('person.id')
    .select(['person.id', 'person.name', 'person.email', 'person.language', 'administration.name as administration'])
    .execute()
}
