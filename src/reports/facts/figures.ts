import type { Database } from '../../database/schema.ts'
import { channels, type Figure } from '../definitions.ts'
import type { Span } from '../period.ts'
import { acts } from './acts.ts'
import { attendances } from './attendances.ts'
import { during, type Facts, lastingAtTheEnd, named, nobody, noMinutes, noSource, word } from './fact.ts'

/** The facts that a figure counts: `count(distinct unit_id)`, or the sum of minutes for hours. */
export const factsOf: Record<Figure, (db: Database, span: Span) => Facts> = {
  registered: (db, span) =>
    db
      .selectFrom('administration')
      .where(lastingAtTheEnd('administration.created_at', 'administration.closed_at', span))
      .select(['administration.id as unit_id', 'administration.id as administration_id', nobody])
      .select(['administration.region_code', 'administration.category', 'administration.kind', 'administration.created_at as at'])
      .select(named('registered')),

  enrolled: (db, span) =>
    enrolments(db, span)
      .where(lastingAtTheEnd('enrolment.enrolled_at', 'enrolment.ended_at', span))
      .select('enrolment.enrolled_at as at'),

  active: acts,

  completed: (db, span) =>
    enrolments(db, span)
      .where('enrolment.completed_at', 'is not', null)
      .where(during('enrolment.completed_at', span))
      .select((eb) => eb.ref('enrolment.completed_at').$notNull().as('at')),

  referents: (db, span) =>
    db
      .selectFrom('referent')
      .innerJoin('administration', 'administration.id', 'referent.administration_id')
      .where(lastingAtTheEnd('referent.since', 'referent.until', span))
      .where(lastingAtTheEnd('administration.created_at', 'administration.closed_at', span))
      .select(['referent.person_id as unit_id', 'administration.id as administration_id', 'referent.person_id'])
      .select(['administration.region_code', 'administration.category', 'administration.kind', 'referent.since as at'])
      .select(named('referent')),

  participants: attendances,
  participants_online: (db, span) => attendances(db, span, { kinds: channels.online }),
  participants_territorial: (db, span) => attendances(db, span, { kinds: channels.territorial }),
  hours: (db, span) => attendances(db, span, { unit: 'attendance.id' }),
}

/** Enrolments in the programme as they were made; the title is the pathway's. */
const enrolments = (db: Database, { programmeId }: Span) =>
  db
    .selectFrom('enrolment')
    .innerJoin('pathway', 'pathway.id', 'enrolment.pathway_id')
    .where('enrolment.programme_id', '=', programmeId)
    .select(['enrolment.administration_id as unit_id', 'enrolment.administration_id', nobody])
    .select(['enrolment.region_code', 'enrolment.category', 'enrolment.kind'])
    .select([word('enrolment'), 'pathway.title', noMinutes, noSource])
