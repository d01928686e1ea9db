import { sql } from 'kysely'
import { onSqlite } from '#src/database/migration.ts'
import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { findPerson } from '#src/people/queries.ts'
import { suggest } from '#src/questions/door/suggest.ts'
import { listQuestions, queueCounts } from '#src/questions/queries.ts'
import { stems } from '#src/questions/search/stems.ts'
import { variantsOf } from '#src/questions/search/vocabulary.ts'
import { entries, paraphrases } from '#test/questions/paraphrases.ts'
import type { Figure } from './pathways.ts'

const now = Temporal.Instant.from('2026-03-02T11:00:00Z')
export const questions = 200_000
const published = 2_000
const rowsAtOnce = 500
const limit = 50

/**
 * What somebody sees while typing, over 200,000 questions and 2,000 entries: every third letter of each paraphrase of
 * the test set is a request. The 95th percentile of all of them.
 */
export async function benchHelpDesk(db: Database): Promise<Figure[]> {
  const { reader, staff } = await fill(db)
  const person = await findPerson(db, reader)
  const coordinator = await findPerson(db, staff)
  if (!person || !coordinator) throw new Error('nobody is there')
  const typed = paraphrases.flatMap(([text]) =>
    Array.from({ length: Math.ceil(text.length / 3) }, (_, index) => text.slice(0, (index + 1) * 3)),
  )
  for (const text of typed.slice(0, 20)) await suggest(db, text, { person, moduleId: null })

  const times: number[] = []
  let found = 0
  for (const text of typed) {
    const start = performance.now()
    const { entries: some, questions: others } = await suggest(db, text, { person, moduleId: null })
    times.push(performance.now() - start)
    found += some.length + others.length
  }
  if (found < typed.length) throw new Error('suggestions find too little to measure')
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round(10 * (times[Math.floor(share * (times.length - 1))] ?? 0)) / 10
  const queue = { path: '/questions', q: '', sort: 'state', descending: false, page: 1, filters: { queue: 'overdue' } } as const
  const start = performance.now()
  await listQuestions(db, queue, coordinator, now)
  await queueCounts(db, coordinator, now)
  const listed = Math.round(performance.now() - start)
  return [
    { what: 'suggestions while typing, median', milliseconds: at(0.5), note: `${typed.length} requests` },
    {
      what: 'suggestions while typing, 95th percentile',
      milliseconds: at(0.95),
      limit,
      note: `${questions} questions, ${published} entries`,
    },
    { what: 'suggestions while typing, slowest', milliseconds: at(1), note: '' },
    { what: 'queue of a national coordinator', milliseconds: listed, note: 'overdue ones and the four counts' },
  ]
}

/** The same numbers in every run. */
function repeatable(seed: number) {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

/** Questions and entries put together from the sentences of the test set and made-up words, so that some words are in most and most in few. */
async function fill(db: Database) {
  const chance = repeatable(1861)
  const at = asMoment(now.subtract({ hours: 24 * 20 }))
  const words = [...new Set(Object.values(entries).flatMap(([question, answer]) => `${question} ${answer}`.match(/\p{L}{4,}/gu) ?? []))]
  const syllables = ['ca', 're', 'to', 'mi', 'lan', 'sti', 'per', 'no', 'gru', 'ven', 'do', 'fa', 'bel', 'zio', 'qua', 'ri']
  const rare = Array.from({ length: 12_000 }, () =>
    Array.from({ length: 2 + Math.floor(chance() * 3) }, () => syllables[Math.floor(chance() * syllables.length)]).join(''),
  )
  // The square makes the first words of the list far more common than the last ones.
  const common = () => words[Math.floor(chance() ** 2 * words.length)] ?? ''
  const sentence = (length: number) =>
    Array.from({ length }, () => (chance() < 0.8 ? common() : (rare[Math.floor(chance() * rare.length)] ?? ''))).join(' ')

  const { programmeId, administrationId, reader, staff } = await place(db, at)
  const uses = new Map<string, number>()
  const count = (found: readonly string[]) => {
    for (const stem of new Set(found)) uses.set(stem, (uses.get(stem) ?? 0) + 1)
  }
  for (let from = 0; from < questions; from += rowsAtOnce)
    await inTransaction(db, async (tx) => {
      const rows = Array.from({ length: rowsAtOnce }, () => ({ subject: `${sentence(6)}?`, body: sentence(22) }))
      const ids = await tx
        .insertInto('question')
        .values(
          rows.map(({ subject, body }, index) => ({
            programme_id: programmeId,
            module_id: null,
            administration_id: administrationId,
            asked_by: reader,
            subject,
            body,
            asked_at: at,
            solved_at: null,
            visibility: 'unnamed' as const,
            state: index % 50 === 0 ? ('waiting' as const) : ('answered' as const),
            due_at: index % 50 === 0 ? at : null,
          })),
        )
        .returning('id')
        .execute()
      const indexed = rows.map(({ subject, body }, index) => {
        const [first, second] = [[...new Set(stems(subject))], [...new Set(stems(body))]]
        count([...first, ...second])
        return { question_id: ids[index]?.id ?? 0, subject: first.join(' '), body: second.join(' ') }
      })
      await tx.insertInto('question_index').values(indexed).execute()
    })
  await fillEntries(db, { programmeId, staff, sentence, count, at })
  await fillVocabulary(db, uses)
  await (onSqlite(db) ? sql`analyze` : sql`vacuum analyze`).execute(db)
  return { reader, staff }
}

type Entries = {
  programmeId: number
  staff: number
  sentence: (length: number) => string
  count: (found: readonly string[]) => void
  at: string
}

async function fillEntries(db: Database, { programmeId, staff, sentence, count, at }: Entries) {
  const texts = [
    ...Object.values(entries).map(([question, answer]) => ({ question, answer })),
    ...Array.from({ length: published - Object.keys(entries).length }, () => ({ question: `${sentence(7)}?`, answer: sentence(40) })),
  ]
  const rows = texts.map(({ question, answer }) => {
    const found = [...stems(question), ...stems(question), ...stems(answer)]
    count(found)
    const facts = { programme_id: programmeId, module_id: null, answer_id: null, owner_id: staff, review_on: '2027-03-02' }
    return { ...facts, question, answer, stems: found.join(' '), published_at: at, published_by: staff }
  })
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await db
      .insertInto('faq_entry')
      .values(rows.slice(from, from + rowsAtOnce))
      .execute()
}

async function fillVocabulary(db: Database, uses: ReadonlyMap<string, number>) {
  const known = [...uses].map(([stem, times]) => ({ stem, uses: times }))
  for (let from = 0; from < known.length; from += rowsAtOnce) {
    const rows = await db
      .insertInto('stem')
      .values(known.slice(from, from + rowsAtOnce))
      .onConflict((conflict) => conflict.column('stem').doUpdateSet((eb) => ({ uses: eb.ref('excluded.uses') })))
      .returning(['id', 'stem'])
      .execute()
    const variants = rows.flatMap(({ id, stem }) => variantsOf(stem).map((variant) => ({ variant, stem_id: id })))
    for (let start = 0; start < variants.length; start += rowsAtOnce)
      await db
        .insertInto('stem_variant')
        .values(variants.slice(start, start + rowsAtOnce))
        .onConflict((conflict) => conflict.columns(['variant', 'stem_id']).doNothing())
        .execute()
  }
}

/** Somebody who reads, in an administration that takes part, and somebody who answers. */
async function place(db: Database, at: string) {
  const person = async (name: string) =>
    (
      await db
        .insertInto('person')
        .values({ name, email: `${name.toLowerCase()}@banco.example`, created_at: at })
        .returning('id')
        .executeTakeFirstOrThrow()
    ).id
  const reader = await person('Lettrice')
  const staff = await person('Docente')
  await db
    .insertInto('role_grant')
    .values({
      person_id: staff,
      role: 'coordinator',
      region_code: null,
      granted_at: at,
      granted_by: null,
      revoked_at: null,
      revoked_by: null,
    })
    .execute()
  const made = { created_at: at, created_by: staff }
  const { id: programmeId } = await db
    .insertInto('programme')
    .values({ title: 'Banco delle domande', starts_on: '2026-01-01', ends_on: '2026-12-31', ...made, published_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id: administrationId } = await db
    .insertInto('administration')
    .values({
      code: 'banco_domande',
      code_key: 'banco_domande',
      name: 'Comune del banco',
      search_text: 'comune del banco',
      category: 'L6',
      kind: 'municipality',
      municipality_code: null,
      province: null,
      region_code: '15',
      tax_code: null,
      website: null,
      email: null,
      created_at: at,
      changed_at: at,
      closed_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('referent')
    .values({ administration_id: administrationId, person_id: reader, since: at, invited_by: staff, until: null, ended_by: null })
    .execute()
  const { id: pathwayId } = await db
    .insertInto('pathway')
    .values({ programme_id: programmeId, position: 1, title: 'Banco', ...made })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('enrolment')
    .values({
      programme_id: programmeId,
      administration_id: administrationId,
      pathway_id: pathwayId,
      rule_id: null,
      assignment_run_id: null,
      trace: '{}',
      region_code: '15',
      category: 'L6',
      kind: 'municipality',
      enrolled_at: at,
      enrolled_by: staff,
      completed_at: null,
      ended_at: null,
      ended_by: null,
    })
    .execute()
  return { programmeId, administrationId, reader, staff }
}
