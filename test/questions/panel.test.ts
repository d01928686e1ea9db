import { expect, test } from 'vitest'
import { carla, cosenza, nadia, openHelpDesk, rosa, salerno, sampling, survey } from './support.ts'

const enrolment = 1
const modulePage = `/pathway/${enrolment}/modules/${sampling.id}`

test('a module’s page shows what has been answered on it, and only on it', async () => {
  const { as, publish } = await openHelpDesk()
  await publish({ question: 'Quante risposte servono?', answer: 'Ne servono **278**.' })
  await publish({ question: 'Serve un server?', moduleId: survey.id })
  const shown = (await (await as(rosa)).get(modulePage)).text
  expect(shown).toMatch(/<summary><strong[^>]*>Quante risposte servono\?</)
  expect(shown).toContain('<strong>278</strong>')
  expect(shown).not.toContain('Serve un server?')
})

test('it shows the administration’s own questions with their state, not those of others', async () => {
  const { as, ask, askAsNadia, answer } = await openHelpDesk()
  await answer(await ask({ subject: 'Il nostro campione' }))
  await askAsNadia({ subject: 'Il campione di Cosenza' })
  await ask({ subject: 'Su altro', moduleId: survey.id })
  const shown = (await (await as(rosa)).get(modulePage)).text
  expect(shown).toContain('Il nostro campione')
  expect(shown).toContain('>Con risposta<')
  expect(shown).not.toContain('Il campione di Cosenza')
  expect(shown).not.toContain('Su altro')
})

test('its button leads to the form that knows administration and module', async () => {
  const { as } = await openHelpDesk()
  const browser = await as(rosa)
  const link = (await browser.get(modulePage)).text.match(/href="(\/questions\/new[^"]*)"/)?.[1] ?? ''
  const form = (await browser.get(link.replaceAll('&amp;', '&'))).text
  expect(form).toContain(salerno.name)
  expect(form).toContain(sampling.title)
})

test('staff read the module with its answers but are offered no question', async () => {
  const { as, publish } = await openHelpDesk()
  await publish()
  const shown = (await (await as(carla)).get(modulePage)).text
  expect(shown).toContain('Quante risposte servono')
  expect(shown).not.toContain('/questions/new')
})

test('beyond five answers it links to the others', async () => {
  const { as, publish } = await openHelpDesk()
  for (let number = 1; number <= 7; number += 1) await publish({ question: `Domanda numero ${number}?` })
  const shown = (await (await as(rosa)).get(modulePage)).text
  expect(shown.match(/<details class="tile/g)).toHaveLength(5)
  expect(shown).toContain(`<a href="/faq?module=${sampling.id}">Altre 2 risposte su questo modulo</a>`)
})

test('another administration does not reach the page', async () => {
  const { as } = await openHelpDesk()
  expect(cosenza.id).not.toBe(salerno.id)
  expect((await (await as(nadia)).get(modulePage)).status).toBe(404)
})
