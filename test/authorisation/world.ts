import { writeFileSync } from 'node:fs'
import { keepImport } from '#src/administrations/imports/actions.ts'
import { previewRegister } from '#src/administrations/register/actions.ts'
import { createFeed } from '#src/calendars/actions.ts'
import { asMoment } from '#src/database/moment.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { dayOf } from '#src/language/dates.ts'
import { writeMail } from '#src/notifications/outbox.ts'
import { handIn } from '#src/pathways/assignments/actions.ts'
import { addModule, addPathway, setPathwayModules } from '#src/pathways/definition/actions.ts'
import { addIntakeQuestion } from '#src/pathways/intake/actions.ts'
import { enrol } from '#src/pathways/orientation/actions.ts'
import { chosenByHand } from '#src/pathways/orientation/trace.ts'
import { askRecognition } from '#src/pathways/progress/coordination/recognition.ts'
import { askForPathway } from '#src/pathways/requests/actions.ts'
import { saveAddition, saveRule } from '#src/pathways/rules/actions.ts'
import { markPreviewed, publishRules } from '#src/pathways/rules/versions/actions.ts'
import { createProgramme, publishProgramme } from '#src/programmes/actions.ts'
import { answerQuestion, askQuestion } from '#src/questions/actions.ts'
import { publishFaqEntry } from '#src/questions/faq/actions.ts'
import { proposeFaqEntry } from '#src/questions/faq/proposals/actions.ts'
import { saveReply } from '#src/questions/queue/replies/actions.ts'
import { markSolved } from '#src/questions/thread/actions.ts'
import { createSession, publishSession } from '#src/sessions/actions.ts'
import { invite } from '#src/sessions/invitations/actions.ts'
import { addMaterials } from '#src/sessions/materials/actions.ts'
import { register } from '#src/sessions/registration/actions.ts'
import { saveWorksheet } from '#src/tools/actions.ts'
import { createSurvey, publishSurvey } from '#src/tools/surveys/actions.ts'
import { carla, type OpenedApp, paolo, rosa, salerno, zone } from '#test/support.ts'

/**
 * One of everything, each with id 1: a programme with a pathway that the Comune di Salerno follows, Rosa's submission,
 * registration and question, Paolo's session, answer and FAQ entry, a mail and an import that waits.
 */
export async function buildWorld(opened: OpenedApp) {
  const { db, clock, uploads } = opened
  const byCarla = { by: carla, at: clock.now }
  const byPaolo = { by: paolo, at: clock.now }
  const byRosa = { by: rosa, at: clock.now }

  await createProgramme(db, { title: 'MiglioraPA', summary: '', startsOn: '2026-02-01', endsOn: '2026-12-31' }, byCarla)
  const module = { summary: '', body: '', link: null }
  await addModule(db, 1, { ...module, kind: 'assignment', title: 'Relazione' }, byCarla)
  await addModule(db, 1, { ...module, kind: 'webinar', title: 'Webinar' }, byCarla)
  await addModule(db, 1, { ...module, kind: 'reading', title: 'Lettura' }, byCarla)
  await addModule(db, 1, { ...module, kind: 'tool', title: 'Strumento', worksheet: [{ label: 'Servizio', help: '' }] }, byCarla)
  await addModule(db, 1, { ...module, kind: 'assignment', title: 'Piano' }, byCarla)
  await addModule(db, 1, { ...module, kind: 'tool', title: 'Comunicazione', tool: 'communication_plan' }, byCarla)
  await addPathway(db, 1, { title: 'Percorso Standard', summary: '' }, byCarla)
  const step = { section: '', dueAfterDays: null, optional: false, requires: [] }
  await setPathwayModules(
    db,
    1,
    [1, 2, 3, 4, 5, 6].map((moduleId) => ({ ...step, moduleId })),
    byCarla,
  )
  const options = [
    { value: 'none', label: 'No' },
    { value: 'one', label: 'Sì' },
  ]
  await addIntakeQuestion(db, 1, { name: 'experience', kind: 'single', label: 'Esperienza?', help: '', required: true, options }, byCarla)
  await saveRule(db, 1, { title: 'Tutti', pathwayId: 1, condition: { all: [] } }, byCarla)
  await saveAddition(db, 1, { title: 'Anche lo strumento', moduleId: 4, condition: { all: [] } }, byCarla)
  await markPreviewed(db, 1, byCarla)
  await publishRules(db, 1, byCarla)
  await publishProgramme(db, 1, byCarla)
  await enrol(db, { programmeId: 1, administrationId: salerno.id, pathwayId: 1, ruleId: null, trace: chosenByHand }, byCarla)

  const counted = { enrolled: 0, processed: 0, total: 0, created_at: asMoment(clock.now), created_by: carla.id }
  await db
    .insertInto('assignment_run')
    .values({ programme_id: 1, ...counted, finished_at: asMoment(clock.now) })
    .execute()
  const other = await addPathway(db, 1, { title: 'Percorso Esperto', summary: '' }, byCarla)
  await askForPathway(db, { programmeId: 1, administrationId: salerno.id, pathwayId: other, reason: 'Siamo pronti' }, byRosa)

  const doneOn = Temporal.PlainDate.from('2025-11-03')
  await askRecognition(db, { enrolmentId: 1, moduleId: 2, wanted: 'recognised', evidence: 'Corso del 2025', doneOn }, { ...byRosa, zone })

  const content = {
    administration: salerno.name,
    person: null,
    programme: 'MiglioraPA',
    pathway: 'Percorso Standard',
    completedOn: '2026-03-01',
  }
  const figures = { minutes_offered: 90, minutes_attended: 90, percent: 100, threshold_percent: 75 }
  const issued = { issued_at: asMoment(clock.now), issued_by: rosa.id, revoked_at: null, revoked_by: null, revocation_reason: null }
  await db
    .insertInto('certificate')
    .values({
      code: '7KQM-2XWA-9PTD',
      enrolment_id: 1,
      person_id: null,
      ...figures,
      ...issued,
      content: JSON.stringify({ ...content, modules: [] }),
    })
    .execute()

  await saveWorksheet(db, { enrolmentId: 1, moduleId: 4, answers: { 'field-1': 'Anagrafe' }, revision: 0, complete: false }, byRosa)

  writeFileSync(`${uploads}/kept`, 'dati')
  const files = [{ name: 'dati.csv', storedName: 'kept', mediaType: 'text/csv', bytes: 4 }]
  await handIn(db, { enrolmentId: 1, moduleId: 1, text: 'Ecco', files }, byRosa)

  await createSession(
    db,
    {
      moduleId: 2,
      kind: 'webinar',
      title: 'Primo webinar',
      description: '',
      startsAt: clock.now.add({ minutes: 5 }),
      endsAt: clock.now.add({ minutes: 95 }),
      place: null,
      joinUrl: 'https://room.example/1',
      capacity: null,
      thresholdMinutes: null,
      regionCode: null,
      trainerIds: [paolo.id],
    },
    byPaolo,
  )
  await publishSession(db, 1, byPaolo)
  await register(db, 1, { personId: rosa.id, administrationId: salerno.id }, byRosa)
  const material = { phase: 'before', audience: 'registered', title: 'Guida', link: null, files } as const
  await addMaterials(db, 1, material, byPaolo)
  const guests = [{ administrationId: salerno.id, personId: null, places: 2 }]
  await invite(db, 1, { guests, role: 'discussant', keepsPlaces: false, lapsesAt: clock.now.add({ minutes: 4 }) }, byPaolo)

  const asked = await askQuestion(
    db,
    { programmeId: 1, moduleId: 1, administrationId: salerno.id, subject: 'Quante pagine?', body: 'Per la relazione.', files },
    byRosa,
  )
  if ('refusal' in asked) throw new Error(asked.refusal)
  await answerQuestion(db, 1, { body: 'Quattro.' }, byPaolo)
  await publishFaqEntry(db, { programmeId: 1, moduleId: 1, question: 'Quante pagine?', answer: 'Quattro.', answerId: 1 }, byCarla)

  const again = { programmeId: 1, moduleId: 1, administrationId: salerno.id, subject: 'In che formato?', body: 'La relazione.' }
  await askQuestion(db, again, byRosa)
  await markSolved(db, 2, byRosa)
  await saveReply(db, { id: null, title: 'Formato', body: 'Va bene ogni formato.' }, byPaolo)
  // The first is published, under an address that the table knows; the second is in preparation.
  const survey = { enrolmentId: 1, title: 'La Sua opinione', service: 'Anagrafe', family: 'counter' as const, points: 5 }
  await createSurvey(db, survey, byRosa)
  await createSurvey(db, survey, byRosa)
  await publishSurvey(db, 1, { ...byRosa, today: dayOf(clock.now, zone) })
  await db.updateTable('survey').set({ code: 'questionario' }).where('id', '=', 1).execute()

  await answerQuestion(db, 2, { body: 'Anche foto.' }, byPaolo)
  await proposeFaqEntry(db, { programmeId: 1, moduleId: 1, question: 'Che formato?', answer: 'Ogni formato.', answerId: 2 }, byPaolo)

  await createFeed(db, { label: 'Telefono' }, byRosa)
  await inTransaction(db, (tx) => writeMail(tx, { to: rosa, subject: 'Prova', text: 'Prova', html: '<p>Prova</p>' }, clock.now))
  await keepRegister(opened, byCarla)
}

async function keepRegister({ db, uploads }: OpenedApp, who: { by: { id: number }; at: Temporal.Instant }) {
  const bytes = Buffer.from('Codice_IPA,Denominazione_ente,Codice_Categoria,Codice_comune_ISTAT\nc_h703,Comune di Salerno,L6,065116\n')
  const preview = await previewRegister(db, bytes)
  if ('refusal' in preview) throw new Error(preview.refusal)
  writeFileSync(`${uploads}/register`, bytes)
  await keepImport(db, { fileName: 'enti.csv', storedName: 'register', preview }, who)
}
