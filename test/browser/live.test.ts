import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '#src/database/transaction.ts'
import { startSignIn } from '#src/people/sign-in/actions.ts'
import { publishProgramme } from '#src/programmes/actions.ts'
import { askQuestion } from '#src/questions/actions.ts'
import { checkInByCode } from '#src/sessions/check-in/actions.ts'
import { codeAt } from '#src/sessions/check-in/code.ts'
import { register } from '#src/sessions/registration/actions.ts'
import { carla, luca, noon, paolo, rosa, salerno } from '#test/support.ts'
import { buildPathway } from '../pathways/builder.ts'
import { moment, schedule } from '../sessions/stage.ts'
import { openStage, phone, type User } from './stage.ts'

let stage: Awaited<ReturnType<typeof openStage>>
let trainer: User
let referent: User
let session = 0
let pathway: Awaited<ReturnType<typeof buildPathway>>
const during = moment('2026-03-10T09:05:00Z')

// One session told in steps: each goes on where the one before it stopped.
beforeAll(async () => {
  stage = await openStage()
  pathway = await buildPathway(stage.db, [{ kind: 'webinar' }])
  await publishProgramme(stage.db, pathway.programmeId, { by: carla, at: noon })
  session = await schedule(stage.db, { moduleId: pathway.firstId })
  for (const person of [rosa, luca])
    await register(stage.db, session, { personId: person.id, administrationId: salerno.id }, { by: person, at: noon })
  stage.clock.now = during
  trainer = await stage.open()
  await enter(trainer, paolo)
  referent = await stage.open(phone)
})
afterAll(async () => {
  await stage.close()
})

async function enter({ context }: User, person: { id: number }) {
  const value = await inTransaction(stage.db, (tx) => startSignIn(tx, person.id, stage.clock.now))
  await context.addCookies([{ name: 'percorsi_sign_in', value, url: stage.baseUrl }])
}

const secret = async () => (await stage.db.selectFrom('check_in_desk').select('secret').executeTakeFirstOrThrow()).secret

test('the trainer opens check-in and shows the code on the screen', async () => {
  const { page } = trainer
  await page.goto(`/sessions/${session}`)
  await page.getByRole('link', { name: 'Durante l’incontro' }).click()
  await trainer.look('live-before')
  await page.getByRole('button', { name: 'Apri la registrazione' }).click()
  await page.locator('.check-in-digits').waitFor()
  await page.getByRole('link', { name: 'Mostra il codice sullo schermo' }).click()
  await page.getByRole('img', { name: 'Codice QR' }).waitFor()
  await trainer.look('live-screen')
})

test('who scans before signing in is checked in at the moment of the scan', async () => {
  const { page } = referent
  await page.goto(`/sessions/${session}/check-in/scan/${codeAt(await secret(), during).token}`)
  expect(page.url()).toContain('/sign-in?next=')
  await page.getByLabel('Indirizzo e-mail di lavoro').fill(rosa.email)
  await page.getByRole('button', { name: 'Invia il codice' }).click()
  const mail = await stage.db
    .selectFrom('outbox')
    .where('recipient', '=', rosa.email)
    .orderBy('id', 'desc')
    .select('subject')
    .executeTakeFirstOrThrow()
  stage.clock.now = during.add({ minutes: 6 })
  await page.getByLabel('Codice di sei cifre').fill(mail.subject.slice(0, 6))
  await page.getByRole('button', { name: 'Entra' }).click()
  await page.getByText('Hai inquadrato il codice alle 10:05').waitFor()
  await referent.look('check-in-ticket')
  await page.getByRole('button', { name: 'Sono presente' }).click()
  await page.getByText('Hai registrato la tua presenza alle 10:05').waitFor()
  await referent.look('check-in-done')
})

test('the trainer’s page hears of arrivals and questions by itself, without losing the focus', async () => {
  const { page } = trainer
  await page.goto(`/sessions/${session}/live`)
  await page.getByRole('cell', { name: 'registrata alle 10:05' }).waitFor()
  await page.getByLabel('Cerca in questo elenco').focus()
  const now = stage.clock.now
  await checkInByCode(stage.db, session, codeAt(await secret(), now).digits, { by: luca, at: now })
  await page.getByRole('cell', { name: 'registrata alle 10:11' }).waitFor()
  expect(await page.locator('#live-figures li').nth(1).innerText()).toContain('2')
  const asked = { programmeId: pathway.programmeId, moduleId: pathway.firstId, administrationId: salerno.id }
  await askQuestion(stage.db, { ...asked, subject: 'Quanti questionari servono?', body: 'Per un servizio piccolo.' } as never, {
    by: rosa,
    at: now,
  })
  await page.getByText('Quanti questionari servono?').waitFor()
  expect(await page.evaluate('document.activeElement.id')).toBe('q')
  await trainer.look('live')
})

test('a search keeps hearing, with what was searched for', async () => {
  const { page } = trainer
  await page.getByLabel('Cerca in questo elenco').fill('luca')
  await page.getByRole('rowheader', { name: rosa.name }).waitFor({ state: 'detached' })
  await stage.db.deleteFrom('check_in').where('person_id', '=', luca.id).execute()
  await page.getByRole('cell', { name: 'non ancora' }).waitFor()
  expect(await page.getByRole('rowheader', { name: rosa.name }).count()).toBe(0)
})

test('without script the page shows the same after a refresh', async () => {
  const context = await trainer.context.browser()?.newContext({ javaScriptEnabled: false, baseURL: stage.baseUrl, locale: 'it-IT' })
  if (!context) throw new Error('no browser')
  await enter({ context } as User, paolo)
  const page = await context.newPage()
  await page.goto(`/sessions/${session}/live`)
  await page.getByRole('link', { name: 'Aggiorna' }).click()
  expect(await page.getByRole('cell', { name: 'registrata alle 10:05' }).count()).toBe(1)
  await context.close()
})

test('attendance and percentages stand where people look for them', async () => {
  stage.clock.now = moment('2026-03-10T10:31:00Z')
  const { page } = trainer
  await page.goto(`/sessions/${session}/attendance`)
  await trainer.look('attendance-list')
  await page.getByRole('button', { name: 'Segna assenti tutti gli altri iscritti' }).click()
  await page.locator('.alert-success').waitFor()
  await referent.page.goto(`/pathway/${pathway.enrolmentId}/attendance`)
  await referent.look('percentages')
})

test('a list that nobody knows is told by its columns', async () => {
  const { page } = trainer
  await page.goto(`/sessions/${session}/attendance/import`)
  const list = `Foglio di sala\nXyz;Contatto;Q2\nRosa E.;${rosa.email};80\nLuca V.;boh;30\n`
  await page.getByLabel('Report delle presenze').setInputFiles({ name: 'sala.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
  await page.getByRole('button', { name: 'Controlla il file' }).click()
  await page.getByLabel('Contenuto della colonna Xyz').selectOption({ label: 'Nome e cognome' })
  await page.getByLabel('Contenuto della colonna Q2').selectOption({ label: 'Durata (minuti)' })
  await trainer.look('columns')
  await page.getByRole('button', { name: 'Leggi il file così' }).click()
  await page.getByText('con le colonne indicate a mano').waitFor()
  await trainer.look('import-told')
})

test('nothing broke the content policy, threw, or asked another host', () => {
  expect([trainer.faults, referent.faults, stage.failures]).toEqual([[], [], []])
})
