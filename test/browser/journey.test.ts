import type { Locator } from 'playwright-core'
import { extractText } from 'unpdf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { carla, enzo, paolo, rosa } from '#test/support.ts'
import { openStage, type User } from './stage.ts'

let stage: Awaited<ReturnType<typeof openStage>>
let coordinator: User
let trainer: User
let referent: User

// One journey told in steps: each goes on where the one before it stopped.
beforeAll(async () => {
  stage = await openStage()
  coordinator = await stage.open()
  trainer = await stage.open()
  referent = await stage.open()
})
afterAll(async () => {
  await stage.close()
})

const giulia = { name: 'Giulia Sarno', email: 'giulia@comune.avellino.example' }

/** Asks for a code, reads it in the outbox, and types it. */
async function signIn({ page }: User, email: string) {
  await page.goto('/sign-in')
  await page.getByLabel('Indirizzo e-mail di lavoro').fill(email)
  await page.getByRole('button', { name: 'Invia il codice' }).click()
  const { subject } = await stage.db
    .selectFrom('outbox')
    .where('recipient', '=', email)
    .orderBy('id', 'desc')
    .select('subject')
    .executeTakeFirstOrThrow()
  await page.getByLabel('Codice di sei cifre').fill(subject.slice(0, 6))
  await page.getByRole('button', { name: 'Entra' }).click()
  await page.waitForURL('**/')
}

test('people sign in with a mailed code', async () => {
  await coordinator.page.goto('/')
  await coordinator.look('visitor-home')
  await coordinator.page.goto('/sign-in')
  await coordinator.look('sign-in')
  await signIn(coordinator, carla.email)
  await signIn(trainer, paolo.email)
  await coordinator.look('coordinator-home')
})

test('a coordinator sees what a register file would change, then imports it', async () => {
  const { page } = coordinator
  await page.goto('/administrations/import')
  await coordinator.look('import-upload')
  await page.getByLabel('File del registro').setInputFiles({ name: 'enti.csv', mimeType: 'text/csv', buffer: Buffer.from(register) })
  await page.getByRole('button', { name: 'Controlla il file' }).click()
  await page.getByText('Ancora nulla è stato scritto').waitFor()
  expect(await page.getByText('Dal codice ISTAT del comune non si ricava la regione').count()).toBe(1)
  await coordinator.look('import-preview')

  await page.getByRole('button', { name: 'Importa', exact: true }).click()
  await page.getByText('Il registro è aggiornato').waitFor()
  await coordinator.look('import-done')
})

test('the coordinator finds an administration and invites its referent', async () => {
  const { page } = coordinator
  await page.goto('/administrations')
  await page.getByLabel('Cerca in questo elenco').fill('avellino')
  await page.getByRole('link', { name: 'Comune di Salerno' }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'Comune di Avellino' }).click()
  await page.getByLabel('Nome e cognome').fill(giulia.name)
  await page.getByLabel('E-mail di lavoro').fill(giulia.email)
  await page.getByRole('button', { name: 'Invita' }).click()
  await page.locator('.alert-success').getByText(giulia.name).waitFor()
  await coordinator.look('administration')
})

test('the coordinator defines a programme with modules of all kinds', async () => {
  const { page } = coordinator
  await page.goto('/programmes/new')
  await page.getByLabel('Titolo').fill('MiglioraPA, prova')
  await page.getByLabel('Primo giorno').fill('2026-03-01')
  await page.getByLabel('Ultimo giorno').fill('2026-12-31')
  await page.getByRole('button', { name: 'Crea il programma' }).click()
  await page.getByRole('heading', { name: 'MiglioraPA, prova' }).waitFor()

  for (const { kind, title, worksheet } of modules) {
    await page.goto('/programmes/1/modules/new')
    await page.getByRole('radio', { name: kind }).check()
    await page.getByLabel('Titolo').fill(title)
    await page.getByLabel('Testo', { exact: false }).last().fill(`Istruzioni per «${title}».`)
    if (worksheet) await page.getByLabel('Campi della scheda di lavoro').fill(worksheet)
    await page.getByRole('button', { name: 'Crea il modulo' }).click()
    await page.getByText('è creato').waitFor()
  }
  await page.goto('/programmes/1/modules')
  await coordinator.look('modules')
})

test('the coordinator composes two pathways', async () => {
  const { page } = coordinator
  for (const { title, steps } of pathways) {
    await page.goto('/programmes/1/pathways/new')
    await page.getByLabel('Titolo').fill(title)
    await page.getByRole('button', { name: 'Crea il percorso' }).click()
    for (const step of steps) {
      await choose(page.getByLabel('Modulo da aggiungere'), step)
      await page.getByRole('button', { name: 'Aggiungi il modulo' }).click()
      await page.getByRole('group', { name: step }).waitFor()
    }
  }
  // In the first pathway the tool opens after the reading.
  await page.goto('/pathways/1/edit')
  await page.getByRole('group', { name: 'Scelta del servizio' }).getByLabel('Si apre dopo…').selectOption({ index: 1 })
  await page.getByRole('group', { name: 'Guida all’uso' }).getByLabel('Fase').fill('1. Scegliere')
  await page.getByRole('group', { name: 'Guida all’uso' }).getByLabel('Giorni per finirlo').fill('14')
  await page.getByRole('button', { name: 'Salva', exact: true }).last().click()
  await page.getByText('Percorso salvato').waitFor()
  await page.goto('/pathways/1/edit')
  await coordinator.look('pathway-edit')
})

test('the coordinator asks one intake question, writes two rules and publishes', async () => {
  const { page } = coordinator
  await page.goto('/programmes/1/intake/new')
  await page.getByLabel('Domanda', { exact: true }).fill('Avete già fatto indagini?')
  await page.getByLabel('Una sola scelta').check()
  await page.getByLabel('Risposte possibili').fill('none | No\none | Sì, almeno una')
  await page.getByLabel('Nome breve').fill('experience')
  await page.getByRole('button', { name: 'Aggiungi la domanda' }).click()
  await page.getByText('Domanda aggiunta').waitFor()

  await page.goto('/programmes/1/rules/new')
  await page.getByLabel('Nome della regola').fill('Chi ha già esperienza')
  await choose(page.getByLabel('Percorso che propone'), 'Percorso Esperto')
  await page.locator('[name="characteristic-0"]').selectOption('experience')
  await coordinator.look('rule-edit')
  await page.locator('[name="value-0"]').first().waitFor()
  await chooseValue(coordinator, 'value-0', 'Sì, almeno una')
  await page.getByRole('button', { name: 'Salva la regola' }).last().click()
  await page.getByText('Regola salvata').waitFor()

  await page.goto('/programmes/1/rules/new')
  await page.getByLabel('Nome della regola').fill('Tutti gli altri')
  await choose(page.getByLabel('Percorso che propone'), 'Percorso Standard')
  await page.getByRole('button', { name: 'Salva la regola' }).last().click()
  await page.getByText('Regola salvata').waitFor()
  await coordinator.look('rules')
  await page.getByRole('button', { name: 'Anteprima degli effetti' }).click()
  await page.getByText('Cambierebbero percorso').waitFor()
  await coordinator.look('rules-preview')
  await page.getByRole('button', { name: 'Metti in vigore' }).click()
  await page.getByText('sono in vigore').waitFor()

  await page.goto('/programmes/1')
  await page.getByRole('button', { name: 'Pubblica' }).click()
  await page.getByText('Programma pubblicato').waitFor()
  await coordinator.look('programme')
})

test('the referent is oriented, sees why, and accepts', async () => {
  await signIn(referent, giulia.email)
  const { page } = referent
  await page.goto('/pathway')
  await page
    .getByRole('link', { name: /percorso/i })
    .last()
    .click()
  await page.goto('/orientation')
  await referent.look('intake')
  await page.getByLabel('No', { exact: true }).check()
  await page.getByRole('button', { name: 'Vedi il percorso proposto' }).click()
  await page.getByRole('heading', { name: 'Percorso Standard' }).first().waitFor()
  await page.getByText('Perché non gli altri').waitFor()
  await page.getByText('Ci arrivereste così').waitFor()
  await referent.look('recommendation')
  await page.getByRole('button', { name: 'Accetta il percorso' }).click()
  await page.getByRole('heading', { name: 'Prossimo passo' }).waitFor()
  await referent.look('pathway')
})

test('the trainer schedules a webinar; the referent registers and finds it in both calendars', async () => {
  const { page } = trainer
  await page.goto('/sessions/new')
  await choose(page.getByLabel('Modulo'), 'Come funziona')
  await page.getByLabel('Titolo').fill('Percorsi guidati, primo incontro')
  await page.getByLabel('Tipo').selectOption({ label: 'Webinar' })
  await page.getByLabel('Giorno').fill('2026-03-05')
  await page.getByLabel('Inizio', { exact: true }).fill('12:30')
  await page.getByLabel('Fine', { exact: true }).fill('14:00')
  await page.getByLabel('Collegamento alla stanza').fill('https://aule.example/1?a=1,2;b')
  await trainer.look('session-new')
  await page.getByRole('button', { name: 'Salva in bozza' }).click()
  await page.getByText('Incontro salvato in bozza').waitFor()
  await page.getByRole('button', { name: 'Pubblica' }).click()
  await page.getByText('Incontro pubblicato').waitFor()
  await trainer.look('session')

  const mine = referent.page
  await mine.goto('/pathway')
  await mine.getByRole('link', { name: 'Come funziona il percorso' }).first().click()
  await referent.look('module-webinar')
  await mine.getByRole('link', { name: 'Percorsi guidati, primo incontro' }).first().click()
  await mine.getByRole('button', { name: 'Iscriviti' }).click()
  await mine.getByText('Sei iscritto').first().waitFor()
  await referent.look('session-registered')

  expect(await textOf(referent, '/calendar.ics')).toContain('SUMMARY:Percorsi guidati\\, primo incontro')
  await mine.goto('/calendars')
  await mine.getByRole('textbox').first().fill('Il mio telefono')
  await mine.getByRole('button', { name: /Crea/ }).click()
  await referent.look('calendars')
  const address = (await mine.content()).match(/\/calendars\/[\w-]{20,}\.ics/)?.[0] ?? ''
  const visitor = await stage.open()
  expect(await textOf(visitor, address)).toContain('DTSTART:20260305T113000Z')
  await visitor.page.goto('/programme')
  await visitor.look('programme-public')
})

test('the trainer marks attendance by hand and imports a Zoom report; enough minutes complete the module', async () => {
  stage.clock.now = Temporal.Instant.from('2026-03-05T13:30:00Z')
  // Three days later everybody's sign-in has come to its end.
  await signIn(trainer, paolo.email)
  await signIn(referent, giulia.email)
  await signIn(coordinator, carla.email)
  const { page } = trainer
  await page.goto('/sessions/1/attendance')
  await page.getByText(giulia.name).first().waitFor()
  await page.getByLabel('E-mail del referente').fill(rosa.email)
  await page.getByRole('button', { name: 'Aggiungi' }).click()
  await page.getByLabel(`Presenza di ${rosa.name}`).selectOption({ label: 'Presente in parte' })
  await page.getByLabel(`Minuti di ${rosa.name}`).fill('20')
  const reason = page.getByLabel(`Motivo della correzione di ${rosa.name}`)
  if (await reason.count()) await reason.fill('È arrivata alla fine')
  await trainer.look('attendance')
  await page.getByRole('button', { name: 'Salva le presenze' }).click()
  await page.getByText('Una presenza registrata').waitFor()

  await page.goto('/sessions/1/attendance/import')
  await page.getByLabel('Report delle presenze').setInputFiles({ name: 'zoom.csv', mimeType: 'text/csv', buffer: Buffer.from(zoom) })
  await page.getByRole('button', { name: 'Controlla il file' }).click()
  await page.getByText('Ancora nulla è stato scritto').waitFor()
  await trainer.look('attendance-preview')
  await page.getByRole('button', { name: /Conferma|Importa|Registra/ }).click()
  await page.locator('.alert-success').waitFor()
  await trainer.look('attendance-imported')

  await referent.page.goto('/pathway')
  await referent.page.getByText('1 di 4 moduli').first().waitFor()
  expect(await stage.db.selectFrom('attendance').orderBy('minutes').select(['minutes', 'status', 'source']).execute()).toEqual([
    { minutes: 20, status: 'partial', source: 'manual' },
    { minutes: 80, status: 'present', source: 'import' },
  ])
})

test('a locked module says what opens it; reading opens the tool, and the tool is filled in', async () => {
  const { page } = referent
  await page.goto('/pathway')
  await page.getByText('Si apre dopo «Guida all’uso»').waitFor()
  await page.getByRole('link', { name: 'Guida all’uso' }).first().click()
  await page.getByRole('button', { name: 'Ho letto' }).click()
  await page.goto('/pathway')
  await page.getByRole('link', { name: 'Scelta del servizio' }).first().click()
  await page.getByLabel('Servizio scelto').fill('Anagrafe')
  await page.getByLabel('Perché').fill('È il più usato.')
  await referent.look('tool')
  await page.getByRole('button', { name: 'Salva e segna come completato' }).click()
  await page.getByText('lo strumento è completato').first().waitFor()
})

test('the referent hands in an assignment; the trainer sends it back, then accepts it', async () => {
  await handIn('Prima versione della relazione.')
  await referent.look('assignment')
  await review('Da rivedere', 'Mancano le risposte raccolte.')
  await referent.page.reload()
  await referent.page.getByText('Mancano le risposte raccolte.').waitFor()
  await handIn('Seconda versione, con le risposte raccolte.')
  await review('Accettato', 'Bene.')
  await referent.page.goto('/pathway')
  await referent.page.getByText('Percorso concluso').or(referent.page.getByText('4 di 4 moduli')).first().waitFor()
})

test('the referent asks on a module, the trainer answers, and everybody finds the answer without a name', async () => {
  const { page } = referent
  await page.goto('/pathway')
  await page.getByRole('link', { name: 'Relazione' }).first().click()
  await page.getByRole('link', { name: 'Fai una domanda' }).click()
  await page.getByLabel('La domanda in breve').fill('Quante risposte servono per un servizio piccolo?')
  await page.getByLabel('Racconta di più').fill('Sono Giulia Sarno del Comune di Avellino: abbiamo circa 1.000 utenti.')
  await referent.look('question-new')
  await page.getByRole('button', { name: 'Invia la domanda' }).click()
  await page.getByText('Domanda inviata').waitFor()

  const staff = trainer.page
  await staff.goto('/questions')
  await trainer.look('questions')
  await staff.getByRole('link', { name: 'Quante risposte servono' }).click()
  await staff.getByLabel('La tua risposta').fill('Con 1.000 utenti, un margine del 5% chiede 278 risposte.')
  await staff.getByRole('button', { name: 'Rispondi' }).click()
  await staff.getByText('Risposta inviata').waitFor()
  await trainer.look('question')
  await staff.getByRole('link', { name: 'Metti tra le risposte per tutti' }).click()
  await trainer.look('faq-proposal')
  await staff.getByRole('button', { name: 'Proponi' }).click()
  await staff.locator('.alert-success').waitFor()
  await coordinator.page.goto('/faq/1/edit')
  await coordinator.page.getByRole('button', { name: /Pubblica/ }).click()
  await coordinator.page.waitForURL('**/faq/1')

  const visitor = await stage.open()
  await visitor.page.goto('/faq')
  await visitor.page.getByRole('searchbox').first().fill('quanti utenti devono rispondere')
  await visitor.page.locator('summary', { hasText: 'Quante risposte servono' }).waitFor()
  await visitor.look('faq')
  expect(await visitor.page.content()).not.toMatch(/Giulia|Sarno|Avellino/)
  expect(visitor.faults).toEqual([])
})

test('participation per region opens into its rows and goes out as CSV; a regional coordinator sees no names of other regions', async () => {
  const { page } = coordinator
  await page.goto('/reports')
  await coordinator.look('report')
  const csv = await page.request.get('/reports/participation.csv?programme=1&by=region')
  expect([csv.status(), (await csv.text()).includes('Campania')]).toEqual([200, true])
  await page.goto('/reports/participation/rows?programme=1&by=region&figure=participants&region=15')
  await page.getByText(giulia.name).waitFor()
  await coordinator.look('report-rows')

  const regional = await stage.open()
  await signIn(regional, enzo.email)
  await regional.page.goto('/reports/participation/rows?programme=1&by=region&figure=participants&region=15')
  expect(await regional.page.content()).not.toContain(giulia.name)
})

test('the completed pathway gives a certificate, which anybody can verify', async () => {
  const { page } = referent
  await page.goto('/pathway')
  await page.getByRole('heading', { name: 'Attestati' }).waitFor()
  await page.getByRole('button', { name: 'Rilascia: Attestato dell’amministrazione' }).click()
  await page.getByText('Attestato rilasciato: ora').first().waitFor()
  await page.getByRole('button', { name: 'Rilascia: Il tuo attestato' }).click()
  await page.getByText('Attestato rilasciato: ora').first().waitFor()
  await referent.look('pathway-completed')
  const address = await page.getByRole('link', { name: 'Scarica il PDF: Il tuo attestato' }).getAttribute('href')
  const paper = await page.request.get(address ?? '')
  const { text } = await extractText(new Uint8Array(await paper.body()), { mergePages: true })
  expect(text).toContain(giulia.name)
  const code = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(text)?.[0] ?? ''
  const visitor = await stage.open()
  await visitor.page.goto('/verify')
  await visitor.page.getByLabel('Codice').fill(code)
  await visitor.look('verify')
  await visitor.page.getByRole('button', { name: 'Verifica' }).click()
  await visitor.page.getByText('Questo attestato è valido').waitFor()
  await visitor.look('verified')
})

test('no page broke the content policy, threw, or asked another host', () => {
  expect([...coordinator.faults, ...trainer.faults, ...referent.faults, ...stage.failures]).toEqual([])
})

async function handIn(text: string) {
  const { page } = referent
  await page.goto('/pathway')
  await page.getByRole('link', { name: 'Relazione' }).first().click()
  await page.getByLabel('Testo').fill(text)
  await page.getByLabel('File').setInputFiles({ name: 'dati.csv', mimeType: 'text/csv', buffer: Buffer.from('domanda;voto\n1;8\n') })
  await page.getByRole('button', { name: 'Consegna' }).click()
  await page.getByText('Da valutare').first().waitFor()
}

async function review(verdict: string, comment: string) {
  const { page } = trainer
  await page.goto('/submissions')
  await page.getByRole('link', { name: 'Comune di Avellino' }).first().click()
  await trainer.look(`review-${verdict === 'Accettato' ? 'accepted' : 'returned'}`)
  await page.getByRole('radio', { name: new RegExp(`^${verdict}`) }).check()
  await page.getByLabel('Commento per l’amministrazione').fill(comment)
  await page.getByRole('button', { name: 'Registra la valutazione' }).click()
  await page.locator('.alert-success').waitFor()
}

const textOf = async ({ page }: User, path: string) => (await page.request.get(path)).text()

/** Chooses the option whose words begin like this. */
async function choose(field: Locator, words: string) {
  const value = await field
    .locator('option', { hasText: new RegExp(`^\\s*${words}`) })
    .first()
    .getAttribute('value')
  await field.selectOption(value)
}

/** A value is a list when the characteristic has options, else a box to write in. */
async function chooseValue({ page }: User, name: string, label: string) {
  const field = page.locator(`[name="${name}"]`).first()
  if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption({ label })
  else await field.fill(label)
}

const modules = [
  { kind: 'Webinar', title: 'Come funziona il percorso', worksheet: null },
  { kind: 'Lettura', title: 'Guida all’uso', worksheet: null },
  { kind: 'Strumento', title: 'Scelta del servizio', worksheet: 'Servizio scelto | Il nome che usano i cittadini\nPerché' },
  { kind: 'Elaborato', title: 'Relazione', worksheet: null },
  { kind: 'Aula virtuale', title: 'Aula sul campione', worksheet: null },
  { kind: 'Seminario territoriale', title: 'Seminario di Napoli', worksheet: null },
]

const pathways = [
  { title: 'Percorso Standard', steps: ['Guida all’uso', 'Scelta del servizio', 'Relazione', 'Come funziona il percorso'] },
  { title: 'Percorso Esperto', steps: ['Aula sul campione', 'Relazione', 'Seminario di Napoli'] },
]

/** Twenty-odd minutes before the start don't count; a guest whom nobody knows stays unmatched. */
const zoom = `Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Giulia S.,giulia@comune.avellino.example,03/05/2026 12:05:00 PM,03/05/2026 12:55:00 PM,50,Yes
Giulia S.,giulia@comune.avellino.example,03/05/2026 01:00:00 PM,03/05/2026 01:55:00 PM,55,Yes
Ospite,,03/05/2026 12:30:00 PM,03/05/2026 02:00:00 PM,90,Yes
`

/** The four administrations of the cast, two new ones, and one that no region claims. */
const register = `Codice_IPA,Denominazione_ente,Tipologia,Codice_Categoria,Codice_comune_ISTAT,Sito_istituzionale
c_h703,Comune di Salerno,Pubbliche Amministrazioni,L6,065116,www.comune.salerno.it
c_d086,Comune di Cosenza,Pubbliche Amministrazioni,L6,078045,
asl_sa,Azienda Sanitaria Locale di Salerno,Pubbliche Amministrazioni,L7,065116,
c_l219,Comune di Torino,Pubbliche Amministrazioni,L6,001272,
c_a509,Comune di Avellino,Pubbliche Amministrazioni,L6,064008,
c_f839,"Comune di Napoli, ""Città Metropolitana""",Pubbliche Amministrazioni,L6,063049,
c_zzzz,Comune di Nessundove,Pubbliche Amministrazioni,L6,999001,
`
