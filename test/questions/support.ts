import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { answerQuestion, askQuestion, type NewQuestion } from '#src/questions/actions.ts'
import { type NewFaqEntry, publishFaqEntry } from '#src/questions/faq/actions.ts'
import { carla, cosenza, nadia, noon, openApp, paolo, rosa, salerno } from '#test/support.ts'

export * from '#test/support.ts'

/** A published programme with two modules, and one with a module that is not published. */
export const programme = { id: 1, title: 'MiglioraPA, seconda fase' }
export const sampling = { id: 1, title: 'Impostare il campione' }
export const survey = { id: 2, title: 'Guida pratica a LimeSurvey' }
export const hidden = { id: 3, title: 'Prova di un programma futuro' }

/** The app with the programme, on which Salerno follows a pathway of both modules. */
export async function openHelpDesk(options: Parameters<typeof openApp>[0] = {}) {
  const opened = await openApp(options)
  await addProgramme(opened.db)
  const { db, clock } = opened
  const who = (person: { id: number }) => ({ by: { id: person.id }, at: clock.now })

  return {
    ...opened,
    /** Rosa's question of Salerno on the sampling module, unless said otherwise. */
    ask: async (changes: Partial<NewQuestion> = {}, person: { id: number } = rosa) =>
      idOf(await askQuestion(db, { ...rosasQuestion, ...changes }, who(person))),
    askAsNadia: async (changes: Partial<NewQuestion> = {}) =>
      idOf(await askQuestion(db, { ...rosasQuestion, administrationId: cosenza.id, subject: 'Un server', ...changes }, who(nadia))),
    answer: async (questionId: number, body = 'Con 1.000 utenti ne servono 278.', person: { id: number } = paolo) =>
      idOf(await answerQuestion(db, questionId, { body }, who(person))),
    publish: async (entry: Partial<NewFaqEntry> = {}) => idOf(await publishFaqEntry(db, { ...anEntry, ...entry }, who(carla))),
  }
}

export const rosasQuestion: NewQuestion = {
  programmeId: programme.id,
  moduleId: sampling.id,
  administrationId: salerno.id,
  subject: 'Numero minimo di risposte',
  body: 'Quante risposte servono per uno sportello piccolo?',
}

export const anEntry: NewFaqEntry = {
  programmeId: programme.id,
  moduleId: sampling.id,
  question: 'Quante risposte servono per un servizio piccolo?',
  answer: 'Con 1.000 utenti servono **278** risposte.',
  answerId: null,
}

export function idOf(outcome: { id: number } | { refusal: unknown }): number {
  if ('id' in outcome) return outcome.id
  throw new Error(`refused: ${outcome.refusal}`)
}

/** Cosenza takes part in the programme, too. */
export async function enrolCosenza(db: Database) {
  await db
    .insertInto('enrolment')
    .values({
      programme_id: programme.id,
      administration_id: cosenza.id,
      pathway_id: 1,
      rule_id: null,
      assignment_run_id: null,
      trace: '{}',
      region_code: '18',
      category: 'L6',
      kind: 'municipality',
      enrolled_at: asMoment(noon),
      enrolled_by: carla.id,
      completed_at: null,
      ended_at: null,
      ended_by: null,
    })
    .execute()
}

async function addProgramme(db: Database) {
  const at = asMoment(noon.subtract({ hours: 24 * 10 }))
  const made = { created_at: at, created_by: carla.id }
  const dates = { starts_on: '2026-01-01', ends_on: '2026-12-31' }
  await db
    .insertInto('programme')
    .values([
      { title: programme.title, ...dates, ...made, published_at: at },
      { title: 'Un programma futuro', ...dates, ...made, published_at: null },
    ])
    .execute()
  await db
    .insertInto('module')
    .values([
      { programme_id: 1, kind: 'reading', title: sampling.title, link: null, ...made },
      { programme_id: 1, kind: 'reading', title: survey.title, link: null, ...made },
      { programme_id: 2, kind: 'reading', title: hidden.title, link: null, ...made },
    ])
    .execute()
  await db
    .insertInto('pathway')
    .values({ programme_id: 1, position: 1, title: 'Standard', ...made })
    .execute()
  await db
    .insertInto('pathway_module')
    .values([sampling, survey].map(({ id }) => ({ pathway_id: 1, module_id: id, position: id, due_after_days: null, optional_at: null })))
    .execute()
  await db
    .insertInto('enrolment')
    .values({
      programme_id: 1,
      administration_id: salerno.id,
      pathway_id: 1,
      rule_id: null,
      assignment_run_id: null,
      trace: '{}',
      region_code: '15',
      category: 'L6',
      kind: 'municipality',
      enrolled_at: at,
      enrolled_by: carla.id,
      completed_at: null,
      ended_at: null,
      ended_by: null,
    })
    .execute()
}
