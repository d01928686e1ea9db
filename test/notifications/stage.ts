import { asMoment } from '#src/database/moment.ts'
import type { Database, Schema } from '#src/database/schema.ts'
import { inTransaction } from '#src/database/transaction.ts'
import type { Happening } from '#src/history/happenings.ts'
import { recordHistory } from '#src/history/record.ts'
import { tellNews } from '#src/notifications/news/actions.ts'
import { noon, paolo, rosa, salerno, zone } from '#test/support.ts'

const at = asMoment(noon)
export const organizer = { name: 'Percorsi', email: 'percorsi@example.it' }

/** As an action records it; by Paolo at noon unless said otherwise. */
export async function happened(
  db: Database,
  happening: Happening,
  [subject, { id }]: [keyof Schema, { id: number }],
  { by = paolo, when = noon }: { by?: { id: number } | null; when?: Temporal.Instant } = {},
) {
  await inTransaction(db, (tx) => recordHistory(tx, { happening, subject, subjectId: id, by, at: when }))
}

export const tell = (db: Database, now = noon) => tellNews(db, { now, baseUrl: 'https://percorsi.example.it', zone, organizer })

export const mailsIn = (db: Database) => db.selectFrom('outbox').orderBy('id').selectAll().execute()

/** Tells the news and returns who got which subject. */
export async function told(db: Database, now = noon) {
  await tell(db, now)
  return (await mailsIn(db)).map(({ recipient, subject }) => [recipient, subject])
}

export async function enrol(db: Database, { programmeId }: { programmeId: number }) {
  const pathway = await db
    .insertInto('pathway')
    .values({ programme_id: programmeId, position: 1, title: 'Standard', created_at: at, created_by: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return db
    .insertInto('enrolment')
    .values({
      programme_id: programmeId,
      administration_id: salerno.id,
      pathway_id: pathway.id,
      rule_id: null,
      assignment_run_id: null,
      trace: '{}',
      region_code: '15',
      category: 'L6',
      kind: 'municipality',
      enrolled_at: at,
      enrolled_by: null,
      completed_at: null,
      ended_at: null,
      ended_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
}

type Review = { enrolment: { id: number }; moduleId: number; verdict: 'accepted' | 'to_revise'; comment?: string }

export const addReview = (db: Database, { enrolment, moduleId, verdict, comment = '' }: Review) =>
  db
    .insertInto('submission')
    .values({
      enrolment_id: enrolment.id,
      module_id: moduleId,
      version: 1,
      text: 'Ecco il piano',
      handed_in_at: at,
      handed_in_by: rosa.id,
      verdict,
      comment,
      reviewed_at: at,
      reviewed_by: paolo.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()

/** Rosa's question with an answer by somebody. */
export async function addAnswer(db: Database, { programmeId, by = paolo }: { programmeId: number; by?: { id: number } }) {
  const question = await db
    .insertInto('question')
    .values({
      programme_id: programmeId,
      module_id: null,
      administration_id: salerno.id,
      asked_by: rosa.id,
      subject: 'Quanti questionari?',
      body: 'Siamo in pochi',
      asked_at: at,
      solved_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const answer = await db
    .insertInto('answer')
    .values({ question_id: question.id, body: 'Bastano cento.\nAnche meno.', answered_at: at, answered_by: by.id })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { question, answer }
}

export const addFaqEntry = (db: Database, { programmeId, answerId }: { programmeId: number; answerId: number | null }) =>
  db
    .insertInto('faq_entry')
    .values({
      programme_id: programmeId,
      module_id: null,
      question: 'Quanti questionari servono?',
      answer: 'Bastano cento.',
      stems: '',
      answer_id: answerId,
      owner_id: paolo.id,
      published_at: at,
      published_by: paolo.id,
      review_on: '2027-03-02',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
