import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '#src/database/transaction.ts'
import { startSignIn } from '#src/people/sign-in/actions.ts'
import { rosa } from '#test/support.ts'
import { buildPathway } from '../pathways/builder.ts'
import { openStage, phone, type User } from './stage.ts'

let stage: Awaited<ReturnType<typeof openStage>>
let referent: User
let citizen: User
let address = ''

// One walk told in steps: each goes on where the one before it stopped.
beforeAll(async () => {
  stage = await openStage()
  const { moduleIds } = await buildPathway(stage.db, [
    { kind: 'tool', title: 'Questionario' },
    { kind: 'tool', title: 'Risultati' },
  ])
  for (const [index, tool] of (['questionnaire', 'analysis'] as const).entries())
    await stage.db
      .updateTable('module')
      .set({ tool })
      .where('id', '=', moduleIds[index] ?? 0)
      .execute()
  referent = await stage.open()
  citizen = await stage.open(phone)
  const token = await inTransaction(stage.db, (tx) => startSignIn(tx, rosa.id, stage.clock.now))
  await referent.context.addCookies([{ name: 'percorsi_sign_in', value: token, url: stage.baseUrl }])
})
afterAll(async () => {
  expect([...stage.failures, ...referent.faults, ...citizen.faults]).toEqual([])
  await stage.close()
})

test('a referent builds a questionnaire from the kit, the bank and a question of her own', async () => {
  const { page } = referent
  await page.goto('/pathway/1/modules/1')
  await page.getByRole('link', { name: 'Apri lo strumento' }).click()
  await page.getByLabel('Servizio', { exact: true }).fill('Sportello anagrafe')
  await page.getByLabel('Tipo di servizio').selectOption('counter')
  await page.getByLabel('Titolo dell’indagine').fill('La Sua opinione sullo sportello')
  await referent.look('survey-begin')
  await page.getByRole('button', { name: 'Prepara il questionario' }).click()
  await page.getByText('L’indagine è preparata').waitFor()
  await page.getByLabel('L’accesso per chi ha difficoltà a muoversi').check()
  await page.getByRole('button', { name: 'Aggiungi le domande scelte' }).click()
  await page.getByText('Domanda aggiunta in fondo').waitFor()
  await page.getByRole('link', { name: 'Una scelta' }).click()
  await page.getByLabel('Testo in italiano').fill('Da quale quartiere viene?')
  await page.getByLabel('Scelte possibili').fill('Centro\nMare\nCollina')
  await page.getByRole('button', { name: 'Aggiungi la domanda' }).click()
  await page.getByText('Domanda aggiunta in fondo').waitFor()
  await referent.look('survey-questions')
  await page.getByRole('link', { name: 'Anteprima' }).first().click()
  await page.getByText('Così la vedono i cittadini').waitFor()
  await referent.look('survey-preview')
})

test('she publishes it', async () => {
  const { page } = referent
  await page.goto('/surveys/1')
  await page.getByRole('button', { name: 'Pubblica il questionario' }).click()
  await page.getByText('Il questionario è pubblicato').waitFor()
  address = (await page.getByRole('link', { name: /\/s\// }).getAttribute('href')) ?? ''
  await referent.look('survey-open')
})

test('a citizen answers on a phone by keyboard, with nothing stored in the browser', async () => {
  const { page } = citizen
  await page.goto(address)
  await citizen.look('survey-citizen')
  // Arrow keys move within a scale, as in any group of radio buttons.
  await page.locator('input[name="Q1_s"][value="4"]').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowLeft')
  expect(await page.locator('input[name="Q1_s"]:checked').inputValue()).toBe('3')
  await page.locator('input[name="Q1_i"][value="5"]').check()
  await page.getByLabel('Da 35 a 54 anni').check()
  await page.getByLabel('Che cosa cambierebbe per prima cosa?').fill('Le attese')
  await page.getByRole('button', { name: 'Invia le risposte' }).click()
  await page.getByRole('heading', { name: 'Grazie, le risposte sono arrivate' }).waitFor()
  await citizen.look('survey-thanks')
  expect(await citizen.context.cookies()).toEqual([])
  expect(await page.evaluate('[localStorage.length, sessionStorage.length, document.scripts.length]')).toEqual([0, 0, 0])
})

test('going back and sending again counts once', async () => {
  const { page } = citizen
  await page.goBack()
  const send = page.getByRole('button', { name: 'Invia le risposte' })
  if (await send.isVisible()) await send.click()
  const { count } = await stage.db
    .selectFrom('survey_response')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  expect(count).toBe(1)
})

test('paper is keyed in with the number keys', async () => {
  const { page } = referent
  await page.goto('/surveys/1/answers/new')
  await referent.look('survey-keying')
  for (let sheet = 0; sheet < 11; sheet += 1) {
    await page.locator('#Q1_s').fill(String(2 + (sheet % 3)))
    for (const point of ['5', '2', '3', String(1 + (sheet % 2)), '5']) {
      await page.keyboard.press('Tab')
      await page.keyboard.type(point)
    }
    await page.keyboard.press('Enter')
    await page.getByText(`Foglio ${sheet + 1} salvato`).waitFor()
  }
})

test('the results name what to improve first, and the report is a PDF', async () => {
  const { page } = referent
  await page.goto('/surveys/1/analysis')
  await page
    .getByRole('row', { name: /Il tempo di attesa/ })
    .first()
    .waitFor()
  expect(await page.getByText('▲ Da migliorare per primo').count()).toBeGreaterThan(0)
  await referent.look('survey-results')
  await page.goto('/surveys/1/texts')
  await page.getByText('Le attese').waitFor()
  await referent.look('survey-texts')
  const report = await referent.context.request.get('/surveys/1/report.pdf')
  expect((await report.body()).subarray(0, 5).toString()).toBe('%PDF-')
  await page.goto('/pathway/1/modules/2')
  await page.getByRole('link', { name: 'Apri lo strumento' }).click()
  await page.getByRole('button', { name: /completat/ }).click()
  await page.getByText('completat').first().waitFor()
})
