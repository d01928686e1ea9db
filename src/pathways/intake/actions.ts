import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, isDuplicate, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import type { Who } from '../../programmes/actions.ts'
import { leavesOf } from '../rules/condition.ts'
import { rulesInUse } from '../rules/versions/queries.ts'
import {
  hasOptions,
  type Option,
  optionsUsed,
  type QuestionKind,
  type QuestionRefusal,
  questionRefusal,
  type RemovalRefusal,
} from './rules.ts'

export type NewQuestion = {
  name: string
  kind: QuestionKind
  label: string
  help: string
  required: boolean
  options?: readonly Option[]
}

/** Adds a question at the end; its name and kind stay as they are, since rules and answers stand on them. */
export async function addIntakeQuestion(
  db: Database,
  programmeId: number,
  { options = [], required, ...question }: NewQuestion,
  who: Who,
): Promise<{ id: number } | { refusal: QuestionRefusal }> {
  const refusal = questionRefusal({ ...question, options })
  if (refusal) return { refusal }

  try {
    return await inTransaction(db, async (tx) => {
      await lockRow(tx, 'programme', programmeId)
      const { last } = await tx
        .selectFrom('intake_question')
        .where('programme_id', '=', programmeId)
        .select((eb) => eb.fn.max('position').as('last'))
        .executeTakeFirstOrThrow()
      const { id } = await tx
        .insertInto('intake_question')
        .values({ ...question, programme_id: programmeId, position: (last ?? 0) + 1, required: required ? 1 : 0, removed_at: null })
        .returning('id')
        .executeTakeFirstOrThrow()
      if (hasOptions(question.kind)) await writeOptions(tx, id, options)
      await recordIntake(tx, id, { added: question.name }, who)
      return { id }
    })
  } catch (error) {
    if (isDuplicate(error)) return { refusal: 'name_taken' }
    throw error
  }
}

export type ChangedQuestion = Pick<NewQuestion, 'label' | 'help' | 'required' | 'options'>

/** Changes the words, the options, and whether it must be answered. An option that a rule looks at stays. */
export async function changeIntakeQuestion(
  db: Database,
  id: number,
  { label, help, required, options = [] }: ChangedQuestion,
  who: Who,
): Promise<{ id: number } | { refusal: QuestionRefusal }> {
  return inTransaction(db, async (tx) => {
    const question = await holdQuestion(tx, id)
    const refusal = questionRefusal({ ...question, options })
    if (refusal) return { refusal }
    const kept = options.map(({ value }) => value)
    if (hasOptions(question.kind)) {
      const conditions = (await rulesInUse(tx, question.programmeId)).map(({ condition }) => condition)
      if (optionsUsed(question.name, conditions).some((value) => !kept.includes(value))) return { refusal: 'option_in_use' }
    }

    await tx
      .updateTable('intake_question')
      .set({ label, help, required: required ? 1 : 0 })
      .where('id', '=', id)
      .execute()
    if (hasOptions(question.kind)) await writeOptions(tx, id, options)
    await recordIntake(tx, id, { changed: question.name }, who)
    return { id }
  })
}

/** Brings a question one place up or down; at the end of the list nothing moves. */
export async function moveIntakeQuestion(db: Database, id: number, direction: 'up' | 'down', who: Who): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { programmeId, name } = await holdQuestion(tx, id)
    const asked = await tx
      .selectFrom('intake_question')
      .where('programme_id', '=', programmeId)
      .where('removed_at', 'is', null)
      .orderBy('position')
      .orderBy('id')
      .select('id')
      .execute()
    const ids = asked.map((each) => each.id)
    const from = ids.indexOf(id)
    const to = from + (direction === 'up' ? -1 : 1)
    if (from === -1 || to < 0 || to >= ids.length) return false

    for (const [index, each] of ids
      .with(from, ids[to] ?? id)
      .with(to, id)
      .entries())
      await tx
        .updateTable('intake_question')
        .set({ position: index + 1 })
        .where('id', '=', each)
        .execute()
    await recordIntake(tx, id, { moved: name }, who)
    return true
  })
}

/** Asks it no more; the answers given are kept. Refused while a rule looks at it, with the names of those rules. */
export async function removeIntakeQuestion(
  db: Database,
  id: number,
  who: Who,
): Promise<{ refusal: RemovalRefusal; rules: string[] } | { removed: true }> {
  return inTransaction(db, async (tx) => {
    const question = await holdQuestion(tx, id)
    const using = (await rulesInUse(tx, question.programmeId)).filter(({ condition }) =>
      leavesOf(condition).some(({ characteristic }) => characteristic === question.name),
    )
    if (using.length > 0) return { refusal: 'in_use', rules: [...new Set(using.map(({ title }) => title))] }

    await tx
      .updateTable('intake_question')
      .set({ removed_at: asMoment(who.at) })
      .where('id', '=', id)
      .execute()
    await recordIntake(tx, id, { removed: question.name }, who)
    return { removed: true }
  })
}

/** Holds the programme too, so that no rule starts to look at a question while it changes. */
async function holdQuestion(tx: Tx, id: number) {
  const question = await tx
    .selectFrom('intake_question')
    .where('id', '=', id)
    .select(['programme_id as programmeId', 'name', 'kind'])
    .executeTakeFirstOrThrow()
  await lockRow(tx, 'programme', question.programmeId)
  return question
}

async function writeOptions(tx: Tx, questionId: number, options: readonly Option[]) {
  await tx.deleteFrom('intake_option').where('intake_question_id', '=', questionId).execute()
  await tx
    .insertInto('intake_option')
    .values(options.map(({ value, label }, index) => ({ intake_question_id: questionId, position: index + 1, value, label })))
    .execute()
}

const recordIntake = (tx: Tx, id: number, details: Record<string, string>, { by, at }: Who) =>
  recordHistory(tx, { happening: 'intake_changed', subject: 'intake_question', subjectId: id, by, at, details })
