import { describe, expect, test } from 'vitest'
import { feedOf } from '#src/tools/feed.ts'
import { rankServices } from '#src/tools/service-choice/ranking.ts'
import { luca, rosa } from '#test/support.ts'
import { openTools, tableForm } from './stage.ts'

const weights = { 'weight-users': '30', 'weight-complaints': '30', 'weight-strategic': '20', 'weight-feasibility': '20' }
const services = [
  { name: 'Anagrafe', users: '10000', complaints: '50', strategic: '4', feasibility: '5' },
  { name: 'Tributi', users: '5000', complaints: '100', strategic: '5', feasibility: '2' },
]
const form = { ...weights, ...tableForm('services', services), chosen: 'anagrafe', reason: 'Molti utenti' }

describe('the ranking', () => {
  test('earns shares of the highest count and of 5, weighed to 100 points', () => {
    // By hand. Anagrafe: 30 + 15 + 16 + 20 = 81; Tributi: 15 + 30 + 20 + 8 = 73.
    const ranked = rankServices({ ...weights, services })
    expect(ranked.map(({ service, points }) => [service, points])).toEqual([
      ['Anagrafe', 81],
      ['Tributi', 73],
    ])
  })

  test('does not change when all weights are doubled', () => {
    const doubled = Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, String(Number(weight) * 2)]))
    expect(rankServices({ ...doubled, services })).toEqual(rankServices({ ...weights, services }))
  })

  test('gives nothing for what is not known, and nothing at all without weights', () => {
    const [only] = rankServices({ ...weights, services: [{ name: 'Musei', users: '', complaints: '0', strategic: '5', feasibility: '' }] })
    expect(only?.points).toBe(20)
    expect(only?.scores.map(({ missing }) => missing)).toEqual([true, false, false, true])
    expect(rankServices({ services })).toEqual([])
  })
})

describe('the page', () => {
  test('says who leads and why, and hands the service chosen to the tools that follow', async () => {
    const { db, enrolmentId, at, saved } = await openTools('service_choice')
    const { text } = await saved(at('service_choice'), form)
    for (const expected of [
      'Servizio scelto: anagrafe',
      'In testa: Anagrafe, 81 punti su 100, soprattutto per utenti (30 su 30) e fattibilità (20 su 20)',
    ])
      expect(text).toContain(expected)
    expect((await feedOf(db, enrolmentId)).service).toBe('Anagrafe')
  })

  test('says when the service chosen does not lead, and when two are equal', async () => {
    const { at, saved } = await openTools('service_choice')
    expect((await saved(at('service_choice'), { ...form, chosen: 'Tributi' })).text).toContain('Non è quello in testa')
    const twins = tableForm('services', [{ ...services[0], name: 'Uno' } as never, { ...services[0], name: 'Due' } as never])
    expect((await saved(at('service_choice'), { ...form, ...twins, chosen: 'Uno' })).text).toContain('A pari punti: Uno, Due')
  })

  test.each([
    ['a service that is not listed', { chosen: 'Musei' }, 'chosen-error', 'non è nella tabella'],
    ['a service written twice', { 'services-1-name': 'ANAGRAFE' }, 'services-1-name-error', 'già in una riga'],
    ['users below zero', { 'services-0-users': '-5' }, 'services-0-users-error', 'più piccolo ammesso è 0'],
    ['users in words', { 'services-0-users': 'molti' }, 'services-0-users-error', 'numero intero'],
    ['a judgement of 6', { 'services-0-strategic': '6' }, 'services-0-strategic-error', 'più grande ammesso è 5'],
    ['a row without a name', { 'services-2-users': '5' }, 'services-2-name-error', 'manca'],
    [
      'weights that are all zero',
      Object.fromEntries(Object.keys(weights).map((name) => [name, '0'])),
      'weight-users-error',
      'più grande di zero',
    ],
  ])('%s is refused beside the field, and what was typed stays', async (_what, changed, id, sentence) => {
    const { as, at } = await openTools('service_choice')
    const { status, text } = await (await as(rosa)).post(at('service_choice'), { ...form, ...changed, revision: 0 })
    expect([status, text.includes(`id="${id}"`), text.includes(sentence), text.includes('value="10000"') || id.includes('users')]).toEqual([
      422,
      true,
      true,
      true,
    ])
  })

  test('one service alone cannot be completed', async () => {
    const { as, at } = await openTools('service_choice')
    const one = { ...weights, ...tableForm('services', services.slice(0, 1)), chosen: 'Anagrafe', reason: 'Solo quello' }
    const { status, text } = await (await as(rosa)).post(at('service_choice'), { ...one, revision: 0, complete: 'yes' })
    expect([status, text.includes('Servono almeno 2 righe')]).toEqual([422, true])
  })

  test('is read in English with the same figures', async () => {
    const { db, as, at, saved } = await openTools('service_choice')
    await saved(at('service_choice'), form)
    await db.updateTable('person').set({ language: 'en' }).where('id', '=', luca.id).execute()
    const { text } = await (await as(luca)).get(at('service_choice'))
    expect(text).toContain('In the lead: Anagrafe, 81 points out of 100, above all for users (30 of 30)')
  })
})
