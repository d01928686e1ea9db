import { expressionBuilder } from 'kysely'
import type { Database, Schema } from '../../database/schema.ts'
import type { Happening } from '../../history/happenings.ts'
import type { Span } from '../period.ts'
import { attendances } from './attendances.ts'
import { during, type Facts, named, nobody } from './fact.ts'

/** What administrations did, each act with the region, category and kind of that day where they were kept. */
export const acts = (db: Database, span: Span): Facts =>
  progressed(db, span)
    .unionAll(handedIn(db, span))
    .unionAll(savedWorksheets(db, span))
    .unionAll(registered(db, span))
    .unionAll(attended(db, span))
    .unionAll(asked(db, span))

const progressed = (db: Database, span: Span) =>
  ofEnrolments(db, span)
    .innerJoin('progress', 'progress.enrolment_id', 'enrolment.id')
    .where('progress.state', 'in', ['in_progress', 'submitted', 'completed'])
    .where(during('progress.changed_at', span))
    .select(['progress.changed_at as at', ...named('progress')])

const handedIn = (db: Database, span: Span) =>
  ofEnrolments(db, span)
    .innerJoin('submission', 'submission.enrolment_id', 'enrolment.id')
    .where(during('submission.handed_in_at', span))
    .select(['submission.handed_in_at as at', ...named('submission')])

/** Each saving, from the history: the worksheet itself knows only the last. */
const savedWorksheets = (db: Database, span: Span) =>
  ofEnrolments(db, span)
    .innerJoin('worksheet', 'worksheet.enrolment_id', 'enrolment.id')
    .innerJoin('history', 'history.subject_id', 'worksheet.id')
    .where('history.subject', '=', subject)
    .where('history.happening', '=', saved)
    .where(during('history.at', span))
    .select(['history.at as at', ...named('worksheet')])

const subject: keyof Schema = 'worksheet'
const saved: Happening = 'worksheet_saved'

const ofEnrolments = (db: Database, { programmeId }: Span) =>
  db
    .selectFrom('enrolment')
    .where('enrolment.programme_id', '=', programmeId)
    .select(['enrolment.administration_id as unit_id', 'enrolment.administration_id', nobody])
    .select(['enrolment.region_code', 'enrolment.category', 'enrolment.kind'])

const attended = (db: Database, span: Span) =>
  db
    .selectFrom(attendances(db, span).as('presence'))
    .select(['presence.administration_id as unit_id', 'presence.administration_id', nobody])
    .select(['presence.region_code', 'presence.category', 'presence.kind', 'presence.at', ...named('attendance')])

// A registration and a question keep no region of their own: that of the enrolment of that moment, else today's.

const registered = (db: Database, span: Span) =>
  db
    .selectFrom('registration')
    .innerJoin('session', 'session.id', 'registration.session_id')
    .innerJoin('administration', 'administration.id', 'registration.administration_id')
    .leftJoin('enrolment', (join) => join.on(enrolledAt('registration.registered_at', span)))
    .where('session.programme_id', '=', span.programmeId)
    .where(during('registration.registered_at', span))
    .select(['administration.id as unit_id', 'administration.id as administration_id', nobody, ...thatDay])
    .select(['registration.registered_at as at', ...named('registration')])

const asked = (db: Database, span: Span) =>
  db
    .selectFrom('question')
    .innerJoin('administration', 'administration.id', 'question.administration_id')
    .leftJoin('enrolment', (join) => join.on(enrolledAt('question.asked_at', span)))
    .where('question.programme_id', '=', span.programmeId)
    .where(during('question.asked_at', span))
    .select(['administration.id as unit_id', 'administration.id as administration_id', nobody, ...thatDay])
    .select(['question.asked_at as at', ...named('question')])

const eb = expressionBuilder<Schema, keyof Schema>()

/** The administration's enrolment of that moment; at most one, since a new one begins where the old one ended. */
const enrolledAt = (moment: 'registration.registered_at' | 'question.asked_at', { programmeId }: Span) =>
  eb.and([
    eb('enrolment.programme_id', '=', programmeId),
    eb('enrolment.administration_id', '=', eb.ref('administration.id')),
    eb('enrolment.enrolled_at', '<=', eb.ref(moment)),
    eb.or([eb('enrolment.ended_at', 'is', null), eb('enrolment.ended_at', '>', eb.ref(moment))]),
  ])

const thatDay = [
  eb.fn.coalesce('enrolment.region_code', 'administration.region_code').as('region_code'),
  eb.fn.coalesce('enrolment.category', 'administration.category').as('category'),
  eb.fn.coalesce('enrolment.kind', 'administration.kind').as('kind'),
] as const
