import type { Database } from '#src/database/schema.ts'
import { addModule, addPathway, setPathwayModules } from '#src/pathways/definition/actions.ts'
import { addIntakeQuestion } from '#src/pathways/intake/actions.ts'
import { saveRule } from '#src/pathways/rules/actions.ts'
import type { Condition } from '#src/pathways/rules/condition.ts'
import { markPreviewed, publishRules } from '#src/pathways/rules/versions/actions.ts'
import { createProgramme, publishProgramme } from '#src/programmes/actions.ts'
import { carla, noon } from '#test/cast.ts'

export const byCarla = { by: carla, at: noon }

/** The id of what was made; a refusal fails the test. */
export function made(outcome: { id: number } | { refusal: string }): number {
  if ('id' in outcome) return outcome.id
  throw new Error(`refused: ${outcome.refusal}`)
}

/** Why not; something made fails the test. */
export function refusalOf(outcome: object): string {
  if ('refusal' in outcome && typeof outcome.refusal === 'string') return outcome.refusal
  throw new Error(`not refused: ${JSON.stringify(outcome)}`)
}

export const thisYear = { title: 'MiglioraPA', summary: 'Ascoltare i cittadini.', startsOn: '2026-01-01', endsOn: '2026-12-31' }

export const newProgramme = async (db: Database, details = {}) => made(await createProgramme(db, { ...thisYear, ...details }, byCarla))

export const newModule = (db: Database, programmeId: number, details: Partial<Parameters<typeof addModule>[2]> = {}) =>
  addModule(db, programmeId, { kind: 'reading', title: 'Guida', summary: '', body: '', link: null, ...details }, byCarla)

export const step = (moduleId: number, details: Partial<Parameters<typeof setPathwayModules>[2][number]> = {}) => ({
  moduleId,
  section: '',
  dueAfterDays: null,
  optional: false,
  requires: [],
  ...details,
})

/**
 * A published programme of this year. Who has run many surveys with at least three people is proposed the advanced
 * pathway, who has run any the expert one; `rest` says whether there is a rule for all others (standard).
 */
export async function buildMiglioraPa(db: Database, { rest = true } = {}) {
  const programmeId = await newProgramme(db)
  const guide = await newModule(db, programmeId, { title: 'Guida agli strumenti' })
  const webinar = await newModule(db, programmeId, { kind: 'webinar', title: 'Webinar di apertura' })

  const pathway = (title: string) => addPathway(db, programmeId, { title, summary: `Per chi segue il ${title}.` }, byCarla)
  const standard = await pathway('Percorso Standard')
  const expert = await pathway('Percorso Esperto')
  const advanced = await pathway('Percorso Avanzato')
  for (const id of [standard, expert, advanced])
    await setPathwayModules(
      db,
      id,
      [step(guide, { section: 'Preparare' }), step(webinar, { section: 'Rilevare', dueAfterDays: 30, requires: [guide] })],
      byCarla,
    )

  await addIntake(db, programmeId)
  const rule = async (title: string, pathwayId: number, condition: Condition) =>
    made(await saveRule(db, programmeId, { title, pathwayId, condition }, byCarla))
  const rules = {
    advanced: await rule('Chi rileva con regolarità', advanced, {
      all: [
        { characteristic: 'experience', operator: 'is', value: 'many' },
        { characteristic: 'staff', operator: 'at_least', value: 3 },
      ],
    }),
    expert: await rule('Chi ha già rilevato', expert, {
      any: [{ characteristic: 'experience', operator: 'one_of', value: ['one', 'many'] }],
    }),
    ...(rest && { standard: await rule('Tutti gli altri', standard, { all: [] }) }),
  }
  await publishDraft(db, programmeId)
  await publishProgramme(db, programmeId, byCarla)
  return { programmeId, guide, webinar, standard, expert, advanced, rules }
}

/** The draft of the rules comes into force, as a coordinator does it: looked at, then published. */
export async function publishDraft(db: Database, programmeId: number) {
  await markPreviewed(db, programmeId, byCarla)
  return made(await publishRules(db, programmeId, byCarla))
}

async function addIntake(db: Database, programmeId: number) {
  const questions: Parameters<typeof addIntakeQuestion>[2][] = [
    {
      name: 'experience',
      kind: 'single',
      label: 'Avete già fatto indagini?',
      help: 'Contano anche quelle su carta.',
      required: true,
      options: [
        { value: 'none', label: 'No, mai' },
        { value: 'one', label: 'Sì, una' },
        { value: 'many', label: 'Sì, spesso' },
      ],
    },
    { name: 'staff', kind: 'number', label: 'Quante persone?', help: '', required: true },
    {
      name: 'goals',
      kind: 'multiple',
      label: 'Che cosa volete ottenere?',
      help: '',
      required: false,
      options: [
        { value: 'listen', label: 'Ascoltare' },
        { value: 'compare', label: 'Confrontarci' },
      ],
    },
  ]
  for (const question of questions) made(await addIntakeQuestion(db, programmeId, question, byCarla))
}
