import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '#src/database/transaction.ts'
import { followUpSessions } from '#src/notifications/follow-up/actions.ts'
import { tellNews } from '#src/notifications/news/actions.ts'
import { addModule, addPathway, setPathwayModules } from '#src/pathways/definition/actions.ts'
import { enrol } from '#src/pathways/orientation/actions.ts'
import { chosenByHand } from '#src/pathways/orientation/trace.ts'
import { startSignIn } from '#src/people/sign-in/actions.ts'
import { createProgramme, publishProgramme } from '#src/programmes/actions.ts'
import { lapseInvitations } from '#src/sessions/invitations/actions.ts'
import { carla, nadia, noon, paolo, rosa, salerno, zone } from '#test/support.ts'
import { openStage, phone, type User } from './stage.ts'

let stage: Awaited<ReturnType<typeof openStage>>
let trainer: User
let referent: User

// A webinar from its planning to the credit it gives, told in steps: each goes on where the one before it stopped.
beforeAll(async () => {
  stage = await openStage()
  const { db } = stage
  const who = { by: carla, at: noon }
  await createProgramme(db, { title: 'MiglioraPA', summary: '', startsOn: '2026-02-01', endsOn: '2026-12-31' }, who)
  await addModule(db, 1, { kind: 'webinar', title: 'Impostare l’indagine', summary: '', body: '', link: null }, who)
  await addPathway(db, 1, { title: 'Percorso Standard', summary: '' }, who)
  await setPathwayModules(db, 1, [{ moduleId: 1, section: '', dueAfterDays: null, optional: false, requires: [] }], who)
  await publishProgramme(db, 1, who)
  await enrol(db, { programmeId: 1, administrationId: salerno.id, pathwayId: 1, ruleId: null, trace: chosenByHand }, who)
  trainer = await signedIn(paolo)
  referent = await signedIn(rosa)
})
afterAll(() => stage.close())

async function signedIn(person: { id: number }, size?: typeof phone) {
  const user = await stage.open(size)
  const token = await inTransaction(stage.db, (tx) => startSignIn(tx, person.id, stage.clock.now))
  await user.context.addCookies([{ name: 'percorsi_sign_in', value: token, url: stage.baseUrl }])
  return user
}

const mails = async () => {
  await tellNews(stage.db, {
    now: stage.clock.now,
    baseUrl: stage.baseUrl,
    zone,
    organizer: { name: 'Percorsi', email: 'percorsi@example.it' },
  })
  return stage.db.selectFrom('outbox').orderBy('id').select(['recipient', 'subject', 'text', 'calendar_method']).execute()
}

test('the trainer plans and publishes a webinar on one page: a module, a day, a link', async () => {
  const { page } = trainer
  await page.goto('/sessions/new?module=1')
  await trainer.look('webinar-new')
  await page.getByLabel('Giorno').fill('2026-03-12')
  await page.getByLabel('Collegamento alla stanza').fill('https://aule.example/1')
  await page.getByRole('button', { name: 'Salva e pubblica' }).click()
  await page.getByText('Incontro pubblicato').waitFor()
  await page.getByRole('heading', { name: 'Impostare l’indagine', level: 1 }).waitFor()
})

test('the trainer adds what is to be read beforehand, and the recording for later', async () => {
  const { page } = trainer
  await page.getByRole('link', { name: 'Materiali' }).click()
  await page.getByLabel('File').setInputFiles({ name: 'traccia.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 traccia') })
  await page.getByRole('button', { name: 'Aggiungi' }).click()
  await page.getByText('Materiale aggiunto').waitFor()
  await page.getByLabel('Oppure un collegamento').fill('https://video.example/secret')
  await page.getByLabel('Titolo').fill('La registrazione')
  await page.getByLabel('Registrazione: si vede dalla fine').check()
  await page.getByLabel('Chi ha partecipato').check()
  await page.getByRole('button', { name: 'Aggiungi' }).click()
  await page.getByRole('link', { name: 'La registrazione' }).waitFor()
  await trainer.look('webinar-materials')
})

test('the trainer invites a referent as a discussant, and a colleague of another administration who won’t answer', async () => {
  const { page } = trainer
  await page.goto('/sessions/1/invitations')
  await trainer.look('webinar-invitations-none')
  await page.getByRole('link', { name: 'Invita' }).click()
  await page.getByLabel('Cerca in questo elenco').fill('salerno')
  await page.getByRole('rowheader', { name: 'Comune di Cosenza' }).waitFor({ state: 'detached' })
  await page.getByLabel(rosa.name).check()
  await page.getByLabel('Discussant').check()
  await trainer.look('webinar-invite')
  await page.getByRole('button', { name: 'Manda gli inviti' }).click()
  await page.getByText('Un invito mandato').waitFor()
  await page.getByRole('link', { name: 'Invita' }).click()
  await page.getByText('Oppure incolla un elenco').first().click()
  await page.getByLabel('Oppure incolla un elenco').fill(nadia.email)
  await page.getByRole('button', { name: 'Manda gli inviti' }).click()
  await page.getByText('Un invito mandato').waitFor()
  await trainer.look('webinar-invitations')
})

test('the referent finds the invitation in the mail and on the first page, and accepts with one click', async () => {
  const [mail] = (await mails()).filter(({ recipient }) => recipient === rosa.email)
  expect([mail?.subject, mail?.text.includes('/invitations/1')]).toEqual(['Invito: Impostare l’indagine', true])
  const { page } = referent
  await page.goto('/')
  await page.getByRole('heading', { name: 'Inviti a cui rispondere' }).waitFor()
  await referent.look('webinar-referent-home')
  await page.goto('/invitations/1')
  await referent.look('webinar-invitation')
  await page.getByRole('button', { name: 'Accetto' }).click()
  await page.getByText('Sei iscritto per Comune di Salerno').waitFor()
  await page.getByRole('heading', { name: 'Intervengono' }).waitFor()
  await referent.look('webinar-session')
  expect((await page.request.get('/sessions/1/materials/1')).headers()['content-type']).toBe('application/pdf')
  expect((await mails()).filter(({ recipient }) => recipient === rosa.email).map(({ calendar_method }) => calendar_method)).toEqual([
    null,
    'REQUEST',
  ])
})

test('a visitor reads no name of theirs, and no address of the room', async () => {
  const { page } = await stage.open(phone)
  await page.goto('/sessions/1')
  const content = await page.content()
  expect([content.includes(rosa.name), content.includes('aule.example'), content.includes('video.example')]).toEqual([false, false, false])
})

test('the invitation that nobody answers lapses, and the trainer sees it', async () => {
  stage.clock.now = Temporal.Instant.from('2026-03-11T12:00:00Z')
  await lapseInvitations(stage.db, stage.clock.now)
  trainer = await signedIn(paolo)
  referent = await signedIn(rosa)
  await trainer.page.goto('/sessions/1/invitations')
  await trainer.page.getByText('Scaduto', { exact: true }).last().waitFor()
  await trainer.page.getByText('Accettato', { exact: true }).last().waitFor()
})

test('fifteen minutes before, our own door leads to the room', async () => {
  const { page } = referent
  const enter = () => page.request.get('/sessions/1/join', { maxRedirects: 0 })
  stage.clock.now = Temporal.Instant.from('2026-03-12T08:44:59Z')
  expect((await enter()).status()).toBe(200)
  stage.clock.now = Temporal.Instant.from('2026-03-12T08:45:00Z')
  expect([(await enter()).status(), (await enter()).headers().location]).toEqual([302, 'https://aule.example/1'])
})

test('the trainer takes attendance, and the referent’s administration has the credit', async () => {
  stage.clock.now = Temporal.Instant.from('2026-03-12T10:31:00Z')
  const { page } = trainer
  await page.goto('/sessions/1/attendance')
  await page.getByLabel(`Presenza di ${rosa.name}`).selectOption({ label: 'Presente' })
  await page.getByLabel(`Minuti di ${rosa.name}`).fill('90')
  await page.getByRole('button', { name: 'Salva le presenze' }).click()
  await page.locator('.alert-success').waitFor()
  await referent.page.goto('/pathway')
  await referent.page.getByText('1 di 1').first().waitFor()
})

test('afterwards the recording is there for whoever was there, and a mail brings it', async () => {
  stage.clock.now = Temporal.Instant.from('2026-03-13T10:30:00Z')
  expect(await followUpSessions(stage.db, { now: stage.clock.now, baseUrl: stage.baseUrl })).toBe(1)
  expect((await mails()).map(({ subject }) => subject)).toContain('Dopo l’incontro: Impostare l’indagine')
  await referent.page.goto('/sessions/1')
  await referent.page.getByRole('link', { name: 'La registrazione' }).waitFor()
  await referent.look('webinar-over')
})

test('no page broke the content policy, threw, or asked another host', () => {
  expect([...trainer.faults, ...referent.faults, ...stage.failures]).toEqual([])
})
