import { categoryCodes, kindOf } from '#src/administrations/kinds.ts'
import { regions } from '#src/administrations/regions.ts'
import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { fold } from '#src/language/fold.ts'
import { addModule, addPathway, setPathwayModules } from '#src/pathways/definition/actions.ts'
import { addIntakeQuestion } from '#src/pathways/intake/actions.ts'
import { saveRule } from '#src/pathways/rules/actions.ts'
import type { Condition } from '#src/pathways/rules/condition.ts'
import { markPreviewed, publishRules } from '#src/pathways/rules/versions/actions.ts'
import { createProgramme, publishProgramme } from '#src/programmes/actions.ts'

export const at = Temporal.Instant.from('2026-03-02T09:00:00Z')
/** As many bodies as the national register had in July 2026. */
export const size = 22_878

/** The same numbers in every run. */
function repeatable(seed: number) {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

/** A register of the country's size, made up: a third of it municipalities, all regions and categories. Returns the ids. */
export async function fillRegister(db: Database): Promise<number[]> {
  const chance = repeatable(1861)
  const pick = <T>(several: readonly T[]) => several[Math.floor(chance() * several.length)] as T
  const rows = Array.from({ length: size }, (_, index) => {
    const category = chance() < 0.35 ? 'L6' : pick(categoryCodes)
    const name = category === 'L6' ? `Comune di Prova ${index}` : `Ente di prova ${index}`
    const code = `b_${index}`
    const facts = { municipality_code: null, province: null, tax_code: null, website: null, email: null, closed_at: null }
    return {
      ...facts,
      code,
      code_key: code,
      name,
      search_text: fold(`${name} ${code}`),
      category,
      kind: kindOf(category, name),
      region_code: pick(regions).code,
      created_at: asMoment(at),
      changed_at: asMoment(at),
    }
  })
  const ids: number[] = []
  await inTransaction(db, async (tx) => {
    for (let from = 0; from < rows.length; from += 1_000)
      ids.push(
        ...(
          await tx
            .insertInto('administration')
            .values(rows.slice(from, from + 1_000))
            .returning('id')
            .execute()
        ).map(({ id }) => id),
      )
  })
  return ids
}

export async function addCoordinator(db: Database): Promise<{ id: number }> {
  const person = await db
    .insertInto('person')
    .values({ name: 'Carla Coordinatrice', email: 'carla@bench.example', created_at: asMoment(at) })
    .returning('id')
    .executeTakeFirstOrThrow()
  const grant = { person_id: person.id, role: 'coordinator' as const, region_code: null, granted_at: asMoment(at), granted_by: null }
  await db
    .insertInto('role_grant')
    .values({ ...grant, revoked_at: null, revoked_by: null })
    .execute()
  return person
}

const idOf = (outcome: { id: number } | { refusal: string } | number) => {
  if (typeof outcome === 'number') return outcome
  if ('id' in outcome) return outcome.id
  throw new Error(outcome.refusal)
}

/** A programme with three pathways of twelve modules, four questions and eight rules in force; a third of the register has answered. */
export async function buildNational(db: Database, ids: readonly number[], by: { id: number }) {
  const who = { by, at }
  const programmeId = idOf(
    await createProgramme(db, { title: 'Programma nazionale', summary: '', startsOn: '2026-01-01', endsOn: '2026-12-31' }, who),
  )
  const modules: number[] = []
  for (let index = 0; index < 12; index += 1) {
    const kind = index % 3 === 0 ? ('webinar' as const) : ('reading' as const)
    modules.push(await addModule(db, programmeId, { kind, title: `Modulo ${index + 1}`, summary: '', body: '', link: null }, who))
  }
  const pathways: number[] = []
  for (const title of ['Standard', 'Esperto', 'Avanzato']) {
    const pathwayId = await addPathway(db, programmeId, { title, summary: '' }, who)
    const steps = modules.map((moduleId, index) => ({
      moduleId,
      section: `Fase ${1 + Math.floor(index / 4)}`,
      dueAfterDays: 30 + index * 7,
      optional: index === 11,
      requires: index > 0 && index % 4 === 0 ? [modules[index - 1] ?? 0] : [],
    }))
    await setPathwayModules(db, pathwayId, steps, who)
    pathways.push(pathwayId)
  }
  const options = ['none', 'one', 'many'].map((value) => ({ value, label: value }))
  const question = { help: '', required: true, options: [] }
  await addIntakeQuestion(db, programmeId, { ...question, name: 'experience', kind: 'single', label: 'Esperienza', options }, who)
  await addIntakeQuestion(db, programmeId, { ...question, name: 'staff', kind: 'number', label: 'Persone' }, who)
  await addIntakeQuestion(db, programmeId, { ...question, name: 'survey', kind: 'yes_no', label: 'Rilevazione' }, who)
  await addIntakeQuestion(db, programmeId, { ...question, name: 'goals', kind: 'multiple', label: 'Obiettivi', options }, who)
  await answerForAThird(db, programmeId, ids)
  for (const [index, condition] of conditions.entries())
    idOf(await saveRule(db, programmeId, { title: `Regola ${index + 1}`, pathwayId: pathways[index % 3] ?? 0, condition }, who))
  await markPreviewed(db, programmeId, who)
  idOf(await publishRules(db, programmeId, who))
  await publishProgramme(db, programmeId, who)
  return { programmeId, pathways }
}

const is = (characteristic: string, value: string): Condition => ({ characteristic, operator: 'is', value })
const atLeast = (value: number): Condition => ({ characteristic: 'staff', operator: 'at_least', value })
const conditions: Condition[] = [
  { all: [is('experience', 'many'), atLeast(4)] },
  { all: [is('survey', 'yes'), { any: [is('goals', 'one'), is('goals', 'many')] }] },
  { all: [{ characteristic: 'region', operator: 'one_of', value: ['15', '16', '18', '19'] }, atLeast(3)] },
  { any: [is('kind', 'university'), is('kind', 'health')] },
  { all: [is('roc', 'yes'), { none: [is('kind', 'company'), is('kind', 'other')] }] },
  { all: [is('kind', 'municipality'), is('experience', 'one')] },
  { all: [{ characteristic: 'experience', operator: 'unknown' }, { none: [is('category', 'SAG')] }] },
  { all: [] },
]

async function answerForAThird(db: Database, programmeId: number, ids: readonly number[]) {
  const chance = repeatable(1946)
  const questions = await db.selectFrom('intake_question').where('programme_id', '=', programmeId).select(['id', 'name']).execute()
  const answers: Record<string, () => unknown> = {
    experience: () => ['none', 'one', 'many'][Math.floor(chance() * 3)],
    staff: () => Math.floor(chance() * 6),
    survey: () => (chance() < 0.5 ? 'yes' : 'no'),
    goals: () => ['one', 'many'].slice(0, 1 + Math.floor(chance() * 2)),
  }
  const rows = ids
    .filter((_, index) => index % 3 === 0)
    .flatMap((administrationId) =>
      questions.map(({ id, name }) => ({
        intake_question_id: id,
        administration_id: administrationId,
        value: JSON.stringify(answers[name]?.()),
        answered_at: asMoment(at),
        answered_by: null,
        replaced_at: null,
      })),
    )
  await inTransaction(db, async (tx) => {
    for (let from = 0; from < rows.length; from += 1_000)
      await tx
        .insertInto('intake_answer')
        .values(rows.slice(from, from + 1_000))
        .execute()
  })
}
