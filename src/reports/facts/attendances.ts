import type { Database, SessionKind } from '../../database/schema.ts'
import { countedStatuses } from '../definitions.ts'
import type { Span } from '../period.ts'
import { during } from './fact.ts'

type Wanted = { kinds?: readonly SessionKind[]; unit?: 'attendance.person_id' | 'attendance.id' }

/** The attendances that count, at sessions held in the period; `what` is the kind of session. */
export function attendances(db: Database, span: Span, { kinds, unit = 'attendance.person_id' }: Wanted = {}) {
  return db
    .selectFrom('attendance')
    .innerJoin('session', 'session.id', 'attendance.session_id')
    .where('session.programme_id', '=', span.programmeId)
    .where(during('session.starts_at', span))
    .where('attendance.status', 'in', countedStatuses)
    .where('attendance.minutes', '>', 0)
    .$if(kinds !== undefined, (query) => query.where('session.kind', 'in', kinds ?? []))
    .select((eb) => [eb.ref(unit).as('unit_id'), 'attendance.administration_id', 'attendance.person_id'])
    .select(['attendance.region_code', 'attendance.category', 'attendance.kind', 'session.starts_at as at'])
    .select(['session.kind as what', 'session.title', 'attendance.minutes', 'session.id as source_id'])
}
