import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { setPathwayModules } from '#src/pathways/definition/actions.ts'
import { answerIntake, enrol } from '#src/pathways/orientation/actions.ts'
import { currentAnswers, currentEnrolments, findEnrolment, recommendFor, toOrient } from '#src/pathways/orientation/queries.ts'
import { mayOrient, readAnswer } from '#src/pathways/orientation/rules.ts'
import { chosenByHand, traceOf } from '#src/pathways/orientation/trace.ts'
import { removeRule } from '#src/pathways/rules/actions.ts'
import { wordingOf } from '#src/pathways/rules/in-words.ts'
import { findPerson } from '#src/people/queries.ts'
import type { Person } from '#src/web/env.ts'
import { buildMiglioraPa, byCarla, made, newProgramme, refusalOf, step } from '#test/programmes/build.ts'
import { carla, cosenza, countQueries, engine, newDatabase, noon, rosa, salerno } from '#test/support.ts'

const byRosa = { by: rosa, at: noon }
const many = { experience: 'many', staff: '4', goals: ['listen'] }

async function open({ rest = true } = {}) {
  const db = await newDatabase()
  const built = await buildMiglioraPa(db, { rest })
  const place = { programmeId: built.programmeId, administrationId: salerno.id }
  const answer = (answers: Parameters<typeof answerIntake>[1]['answers'], at = noon) =>
    answerIntake(db, { ...place, answers }, { by: rosa, at })
  return { db, ...built, place, answer }
}

// Answers ------------------------------------------------------------------------------------------------------------

test('answers are kept by the name of their question', async () => {
  const { db, programmeId, answer } = await open()
  expect(await answer(many)).toEqual({ changed: ['experience', 'staff', 'goals'] })
  expect(await currentAnswers(db, programmeId, salerno.id)).toEqual({ experience: 'many', staff: 4, goals: ['listen'] })
  expect(await currentAnswers(db, programmeId, cosenza.id)).toEqual({})
})

test('an answer that changes is closed and kept; one that stays keeps its date', async () => {
  const { db, programmeId, answer } = await open()
  await answer(many)
  const later = noon.add({ hours: 24 })
  expect(await answer({ ...many, experience: 'one', goals: [] }, later)).toEqual({ changed: ['experience', 'goals'] })
  expect(await currentAnswers(db, programmeId, salerno.id)).toEqual({ experience: 'one', staff: 4 })
  const rows = await db.selectFrom('intake_answer').orderBy('id').select(['value', 'answered_at', 'replaced_at']).execute()
  const [first, second] = ['2026-03-02T11:00:00.000Z', '2026-03-03T11:00:00.000Z']
  expect(rows).toEqual([
    { value: '"many"', answered_at: first, replaced_at: second },
    { value: '4', answered_at: first, replaced_at: null },
    { value: '["listen"]', answered_at: first, replaced_at: second },
    { value: '"one"', answered_at: second, replaced_at: null },
  ])
})

test('answering the same again changes nothing and is not remembered', async () => {
  const { db, answer } = await open()
  await answer(many)
  expect(await answer(many)).toEqual({ changed: [] })
  const rows = await db.selectFrom('history').where('happening', '=', 'intake_answered').select('administration_id').execute()
  expect(rows).toEqual([{ administration_id: salerno.id }])
})

test('one wrong answer keeps none of them', async () => {
  const { db, programmeId, answer } = await open()
  expect(await answer({ experience: 'often', staff: 'molte' })).toEqual({ problems: { experience: 'choice', staff: 'number' } })
  expect(await currentAnswers(db, programmeId, salerno.id)).toEqual({})
})

const options = [
  { value: 'a', label: 'A' },
  { value: 'b', label: 'B' },
]
const question = (kind: Parameters<typeof readAnswer>[0]['kind'], required = true) => ({ kind, required, options })

test.each<[string, Parameters<typeof readAnswer>, ReturnType<typeof readAnswer>]>([
  ['nothing, where something must be', [question('text'), '  '], { problem: 'required' }],
  ['nothing, where it may', [question('number', false), undefined], { value: null }],
  ['a choice', [question('single'), 'a'], { value: 'a' }],
  ['a choice that is not offered', [question('single'), 'c'], { problem: 'choice' }],
  ['several choices, in the order offered', [question('multiple'), ['b', 'a', 'a']], { value: ['a', 'b'] }],
  ['one of several choices', [question('multiple'), 'b'], { value: ['b'] }],
  ['a number', [question('number'), ' 12 '], { value: 12 }],
  ['a number with a comma', [question('number'), '1,5'], { problem: 'number' }],
  ['a number below zero', [question('number'), '-1'], { problem: 'number' }],
  ['yes', [question('yes_no'), 'yes'], { value: 'yes' }],
  ['maybe', [question('yes_no'), 'maybe'], { problem: 'choice' }],
  ['a text', [question('text'), ' Uno sportello '], { value: 'Uno sportello' }],
  ['a text too long', [question('text'), 'x'.repeat(2001)], { problem: 'too_long' }],
])('an answer of %s', (_name, [asked, typed], read) => {
  expect(readAnswer(asked, typed)).toEqual(read)
})

// Recommendation -----------------------------------------------------------------------------------------------------

test('the recommendation follows the answers, and explains itself', async () => {
  const { db, answer, programmeId, advanced, expert, standard, rules } = await open()
  await answer({ ...many, staff: '2' })
  const oriented = await recommendFor(db, programmeId, salerno.id)
  const { recommendation } = oriented ?? {}
  expect(recommendation).toMatchObject({ pathwayId: expert, ruleId: rules.expert })
  expect(recommendation?.others).toEqual([
    { pathwayId: advanced, ruleId: rules.advanced, failed: expect.objectContaining({ characteristic: 'staff', actual: 2, wanted: 3 }) },
    { pathwayId: standard, ruleId: rules.standard, failed: null },
  ])
})

test('another administration’s answers do not count', async () => {
  const { db, answer, programmeId, standard } = await open()
  await answer(many)
  expect((await recommendFor(db, programmeId, cosenza.id))?.recommendation).toMatchObject({ pathwayId: standard })
})

test('when no rule holds there is none to propose', async () => {
  const { db, answer, programmeId } = await open({ rest: false })
  await answer({ ...many, experience: 'none' })
  expect((await recommendFor(db, programmeId, salerno.id))?.recommendation).toMatchObject({ none: true })
})

test('an administration that is not there gets nothing', async () => {
  const { db, programmeId } = await open()
  expect(await recommendFor(db, programmeId, 999)).toBeUndefined()
})

test('recommending takes as many queries with three rules and answers as with two and none', async () => {
  const { db, answer, programmeId } = await open()
  const { programmeId: empty } = await buildMiglioraPa(db, { rest: false })
  const few = await countQueries(db, (counted) => recommendFor(counted, empty, salerno.id))
  await answer(many)
  expect(await countQueries(db, (counted) => recommendFor(counted, programmeId, salerno.id))).toBe(few)
})

// Enrolment ----------------------------------------------------------------------------------------------------------

test('an enrolment keeps the register’s facts of that day, whatever happens later', async () => {
  const { db, place, standard } = await open()
  const id = made(await enrol(db, { ...place, pathwayId: standard, ruleId: null, trace: chosenByHand }, byRosa))
  await db.updateTable('administration').set({ region_code: '01', kind: 'other' }).where('id', '=', salerno.id).execute()
  const row = await db.selectFrom('enrolment').where('id', '=', id).selectAll().executeTakeFirst()
  expect(row).toMatchObject({
    region_code: '15',
    kind: 'municipality',
    category: 'L6',
    enrolled_at: '2026-03-02T11:00:00.000Z',
    ended_at: null,
  })
  expect(await findEnrolment(db, place)).toMatchObject({ id, pathwayId: standard })
})

test('the trace says in words what made the rule hold, also when the rule is gone', async () => {
  const { db, answer, place, rules, programmeId } = await open()
  await answer(many)
  const oriented = await recommendFor(db, programmeId, salerno.id)
  if (!oriented || 'none' in oriented.recommendation) throw new Error('nothing proposed')
  const { pathwayId, ruleId } = oriented.recommendation
  const trace = traceOf(oriented.recommendation, wordingOf('it', oriented.questions))
  const id = made(await enrol(db, { ...place, pathwayId, ruleId, trace }, byRosa))
  await removeRule(db, programmeId, rules.advanced, byCarla)
  const row = await db.selectFrom('enrolment').where('id', '=', id).select('trace').executeTakeFirstOrThrow()
  expect(JSON.parse(row.trace).held).toEqual(['Avete già fatto indagini: Sì, spesso', 'Quante persone: 4 (almeno 3)'])
})

test('a second current enrolment is refused, and the first stays', async () => {
  const { db, place, standard, expert } = await open()
  const first = made(await enrol(db, { ...place, pathwayId: standard, ruleId: null, trace: chosenByHand }, byRosa))
  expect(refusalOf(await enrol(db, { ...place, pathwayId: expert, ruleId: null, trace: chosenByHand }, byRosa))).toBe('already_enrolled')
  expect(await findEnrolment(db, place)).toMatchObject({ id: first, pathwayId: standard })
})

test.skipIf(engine === 'sqlite')('of two referents who accept at the same moment one is first', async () => {
  const { db, place, standard } = await open()
  const accept = () => enrol(db, { ...place, pathwayId: standard, ruleId: null, trace: chosenByHand }, byRosa)
  const outcomes = await Promise.all([accept(), accept(), accept()])
  expect(outcomes.filter((outcome) => 'id' in outcome)).toHaveLength(1)
  expect(await historyOf(db, 'enrolled')).toHaveLength(1)
})

test('after the first has ended a new enrolment can begin', async () => {
  const { db, place, standard } = await open()
  await enrol(db, { ...place, pathwayId: standard, ruleId: null, trace: chosenByHand }, byRosa)
  await db.updateTable('enrolment').set({ ended_at: '2026-03-02T12:00:00.000Z' }).execute()
  expect(await findEnrolment(db, place)).toBeUndefined()
  expect(await enrol(db, { ...place, pathwayId: standard, ruleId: null, trace: chosenByHand }, byRosa)).toHaveProperty('id')
})

test('a closed administration and a foreign pathway are refused', async () => {
  const { db, place, standard } = await open()
  const other = await buildMiglioraPa(db)
  const onto = (pathwayId: number) => enrol(db, { ...place, pathwayId, ruleId: null, trace: chosenByHand }, byRosa)
  expect(refusalOf(await onto(other.standard))).toBe('unknown_pathway')
  await db.updateTable('administration').set({ closed_at: '2026-03-01T00:00:00.000Z' }).where('id', '=', salerno.id).execute()
  expect(refusalOf(await onto(standard))).toBe('closed')
  expect(await historyOf(db, 'enrolled')).toEqual([])
})

test('an enrolment is remembered with its administration', async () => {
  const { db, place, standard } = await open()
  const id = made(await enrol(db, { ...place, pathwayId: standard, ruleId: null, trace: chosenByHand }, byRosa))
  expect(await historyOf(db, 'enrolled')).toEqual([{ subject_id: id, administration_id: salerno.id, person_id: rosa.id }])
})

test('changing a pathway later leaves its enrolments alone', async () => {
  const { db, place, standard, guide } = await open()
  await enrol(db, { ...place, pathwayId: standard, ruleId: null, trace: chosenByHand }, byRosa)
  await setPathwayModules(db, standard, [step(guide)], byCarla)
  expect(await findEnrolment(db, place)).toMatchObject({ pathwayId: standard })
})

test('a person’s current enrolments are those of their administrations', async () => {
  const { db, place, standard } = await open()
  await enrol(db, { ...place, pathwayId: standard, ruleId: null, trace: chosenByHand }, byRosa)
  const of = async (id: number) => {
    const person = await findPerson(db, id)
    return person ? (await currentEnrolments(db, person)).map(({ administrationId }) => administrationId) : []
  }
  expect([await of(rosa.id), await of(carla.id)]).toEqual([[salerno.id], []])
})

test('what is left to choose are open administrations without a pathway, in each programme', async () => {
  const { db, place, standard } = await open()
  const programmes = [{ id: place.programmeId }, { id: await newProgramme(db) }]
  const left = async () => {
    const person = await findPerson(db, rosa.id)
    return person ? (await toOrient(db, person, programmes)).map(({ programme }) => programme.id) : []
  }
  expect(await left()).toEqual(programmes.map(({ id }) => id))
  await enrol(db, { ...place, pathwayId: standard, ruleId: null, trace: chosenByHand }, byRosa)
  expect(await left()).toEqual([programmes[1]?.id])
  await db.updateTable('administration').set({ closed_at: '2026-03-01T00:00:00.000Z' }).where('id', '=', salerno.id).execute()
  expect(await left()).toEqual([])
})

const roles = { coordinator: null, trainer: null, administrations: [] as number[] }
const person = (role: Partial<Person>): Person => ({ id: 1, name: '', email: '', language: 'it', ...roles, ...role })

test.each<[string, Partial<Person>, boolean]>([
  ['its referent', { administrations: [salerno.id] }, true],
  ['another’s referent', { administrations: [cosenza.id] }, false],
  ['the coordinator of its region', { coordinator: ['15'] }, true],
  ['the coordinator of another region', { coordinator: ['18'] }, false],
  ['the national coordinator', { coordinator: 'national' }, true],
  ['a national trainer', { trainer: 'national' }, false],
  ['a trainer of its region', { trainer: ['15'] }, false],
])('whether %s may choose for an administration', (_who, role, may) => {
  expect(mayOrient(person(role), { id: salerno.id, region: '15' })).toBe(may)
})

const historyOf = (db: Database, happening: 'enrolled') =>
  db.selectFrom('history').where('happening', '=', happening).select(['subject_id', 'administration_id', 'person_id']).execute()
