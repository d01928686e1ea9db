import { CompiledQuery } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { remindOfActions } from '#src/notifications/deadlines/actions.ts'
import { isOverdue, measured } from '#src/tools/improvement/plan.ts'
import { engine, luca, noon, rosa } from '#test/support.ts'
import { endEnrolment } from '../pathways/builder.ts'
import { openTools, tableForm } from './stage.ts'

const action = {
  action: 'Aprire anche il pomeriggio',
  weakness: 'Orari',
  owner: 'Dirigente anagrafe',
  start: '2026-02-01',
  end: '2026-03-20',
  status: 'under_way',
  indicator: 'Soddisfazione per gli orari',
}
const planned = (...actions: Record<string, string>[]) => ({
  ...tableForm(
    'actions',
    actions.map((each) => ({ ...action, ...each })),
  ),
  remeasure: 'Tra un anno',
})
const subjects = async (db: Database) => await db.selectFrom('outbox').orderBy('id').select(['subject', 'recipient', 'text']).execute()
const setting = (now: Temporal.Instant) => ({ now, baseUrl: 'http://localhost', zone: 'Europe/Rome' })

describe('the plan', () => {
  test('shows what is overdue first, by how many days', async () => {
    const { at, saved } = await openTools('improvement_plan')
    const { text } = await saved(
      at('improvement_plan'),
      planned({ end: '2026-02-20' }, { action: 'Nuovo modulo', status: 'done', end: '2026-02-10' }),
    )
    for (const part of ['1 azione conclusa su 2, 1 in ritardo.', 'Azioni in ritardo', '20 febbraio 2026', '<td class="numeric">10</td>'])
      expect(text).toContain(part)
  })

  test('compares what is measured again with the first time and the target', async () => {
    const { at, saved } = await openTools('improvement_plan')
    const { text } = await saved(at('improvement_plan'), planned({ before: '2,8', target: '3,5', after: '3,6' }))
    for (const part of ['Prima e dopo', '2,8', 'Raggiunto']) expect(text).toContain(part)
  })

  test.each([
    ['an end before the start', { end: '2026-01-31' }, 'actions-0-end-error', 'La fine viene prima'],
    ['a date that is none', { end: '2026-02-30' }, 'actions-0-end-error', 'data valida'],
    ['a value in words', { before: 'basso' }, 'actions-0-before-error', 'Scrivere un numero'],
  ])('%s is refused beside the field', async (_what, changed, id, sentence) => {
    const { as, at } = await openTools('improvement_plan')
    const { status, text } = await (await as(rosa)).post(at('improvement_plan'), { ...planned(changed), revision: 0 })
    expect([status, text.includes(`id="${id}"`), text.includes(sentence)]).toEqual([422, true, true])
  })

  test('is not complete while an action says not who, until when or how it is seen', async () => {
    const { as, at } = await openTools('improvement_plan')
    const form = { ...planned({ owner: '', end: '' }), revision: 0, complete: 'yes' }
    const { status, text } = await (await as(rosa)).post(at('improvement_plan'), form)
    expect([status, text.includes('Azione 1: manca responsabile, entro il.')]).toEqual([422, true])
  })

  test('begins with the troubles that the process map found', async () => {
    const { as, at, saved } = await openTools('process_map', 'improvement_plan')
    const step = { phase: 'Sportello', activity: 'Attesa', contact: 'counter', who: '', trouble: 'Si aspetta un’ora' }
    await saved(at('process_map'), { service: 'x', ...tableForm('steps', [step]), shows: 'x' })
    expect((await (await as(rosa)).get(at('improvement_plan'))).text).toContain('value="Si aspetta un’ora"')
  })
})

describe('the rules', () => {
  const today = Temporal.PlainDate.from('2026-03-02')
  test('overdue is what is open and whose day has passed, not the day itself', () => {
    const on = (endsOn: string, status: 'under_way' | 'done' | 'dropped') =>
      isOverdue({ endsOn: Temporal.PlainDate.from(endsOn), status }, today)
    expect([on('2026-03-01', 'under_way'), on('2026-03-02', 'under_way'), on('2026-03-01', 'done'), on('2026-03-01', 'dropped')]).toEqual([
      true,
      false,
      false,
      false,
    ])
  })

  test.each([
    [2, 3, 3, 'reached'],
    [2, 3, 2.5, 'better'],
    [2, 3, 2, 'same'],
    [2, 3, 1, 'worse'],
    [60, 20, 15, 'reached'],
    [60, 20, 40, 'better'],
    [60, 20, 70, 'worse'],
    [3, 3, 3, 'reached'],
    [2, 3, null, 'unknown'],
  ] as const)('from %s, wanting %s, to %s is: %s', (before, target, after, expected) => {
    expect(measured({ before, target, after })).toBe(expected)
  })
})

describe('reminders', () => {
  test('come a week before the end and once more when it has passed, to every referent, in one mail a plan', async () => {
    const { db, at, saved } = await openTools('improvement_plan')
    await saved(at('improvement_plan'), planned({}, { action: 'Più sedie', end: '2026-03-18' }, { action: 'Lontana', end: '2026-12-01' }))
    const days = (count: number) => setting(noon.add({ hours: 24 * count }))
    expect(await remindOfActions(db, days(0))).toBe(0)
    expect(await remindOfActions(db, days(14))).toBe(2)
    expect(await remindOfActions(db, days(14))).toBe(0)
    expect(await remindOfActions(db, days(17))).toBe(2)
    expect(await remindOfActions(db, days(17))).toBe(0)
    const mails = await subjects(db)
    expect(mails.map(({ recipient }) => recipient)).toEqual([rosa.email, luca.email, rosa.email, luca.email])
    expect(mails[0]?.text).toContain('“Più sedie”: entro il 18 marzo 2026')
    expect(mails[0]?.text).not.toContain('Lontana')
    expect(mails[2]?.text).toContain('“Più sedie”: doveva finire entro il 18 marzo 2026')
  })

  test('come again for another day, and not for what is done or of a pathway that was left', async () => {
    const { db, at, saved, enrolmentId } = await openTools('improvement_plan')
    await saved(at('improvement_plan'), planned({ end: '2026-03-04' }))
    expect(await remindOfActions(db, setting(noon))).toBe(2)
    await saved(at('improvement_plan'), planned({ end: '2026-03-04', owner: 'Altri' }))
    expect(await remindOfActions(db, setting(noon))).toBe(0)
    await saved(at('improvement_plan'), planned({ end: '2026-03-06' }))
    expect(await remindOfActions(db, setting(noon))).toBe(2)
    await saved(at('improvement_plan'), planned({ end: '2026-03-07', status: 'done' }))
    expect(await remindOfActions(db, setting(noon))).toBe(0)
    await saved(at('improvement_plan'), planned({ end: '2026-03-08' }))
    await endEnrolment(db, enrolmentId)
    expect(await remindOfActions(db, setting(noon))).toBe(0)
  })

  test('are written once by two processes', async () => {
    const { db, at, saved } = await openTools('improvement_plan')
    await saved(at('improvement_plan'), planned({ end: '2026-03-04' }))
    const counts = await Promise.all([remindOfActions(db, setting(noon)), remindOfActions(db, setting(noon))])
    expect(counts.reduce((sum, each) => sum + each, 0)).toBe(2)
  })

  test.runIf(engine === 'sqlite')('are found by an index', async () => {
    const { db } = await openTools('improvement_plan')
    const query = CompiledQuery.raw(
      "explain query plan select id from improvement_action where status in ('to_start', 'under_way') and late_told_at is null and ends_on <= '2026-03-10'",
    )
    const { rows } = await db.executeQuery(query)
    expect(JSON.stringify(rows)).toContain('improvement_action_waiting')
  })
})
