import type { Database } from '../database/schema.ts'
import { setRubric } from '../pathways/assignments/rubric/actions.ts'
import { addModule, addPathway, setPathwayModules } from '../pathways/definition/actions.ts'
import { addIntakeQuestion } from '../pathways/intake/actions.ts'
import { saveRule } from '../pathways/rules/actions.ts'
import { markPreviewed, publishRules } from '../pathways/rules/versions/actions.ts'
import { createProgramme, publishProgramme } from '../programmes/actions.ts'
import { demoModules, demoPathways } from './modules.ts'
import type { Who } from './story.ts'
import { reportCriteria } from './texts.ts'

export type DemoProgramme = { id: number; modules: Map<string, number>; pathways: Map<string, number> }

/** MiglioraPA's second phase: modules, three levels, intake, rules; published. */
export async function buildProgramme(db: Database, startsOn: Temporal.PlainDate, who: Who): Promise<DemoProgramme> {
  const id = expectId(
    await createProgramme(
      db,
      {
        title: 'MiglioraPA, seconda fase',
        summary:
          'Misurare la soddisfazione dei cittadini e migliorare i servizi, con un percorso scelto sulle caratteristiche dell’amministrazione.',
        startsOn: startsOn.toString(),
        endsOn: startsOn.add({ months: 8 }).toString(),
      },
      who,
    ),
  )

  const modules = new Map<string, number>()
  for (const { name, ...module } of demoModules) modules.set(name, expectId(await addModule(db, id, module, who)))
  const moduleId = (name: string) => modules.get(name) ?? 0
  await setRubric(db, moduleId('report'), reportCriteria, who)

  const pathways = new Map<string, number>()
  for (const pathway of demoPathways) {
    const pathwayId = expectId(await addPathway(db, id, { title: pathway.title, summary: pathway.summary }, who))
    pathways.set(pathway.name, pathwayId)
    await setPathwayModules(
      db,
      pathwayId,
      pathway.modules.map(({ module, section, due, optional, requires }) => ({
        moduleId: moduleId(module),
        section,
        dueAfterDays: due,
        optional: optional ?? false,
        requires: (requires ?? []).map(moduleId),
      })),
      who,
    )
  }

  await addIntake(db, id, who)
  await addRules(db, id, pathways, who)
  await publishProgramme(db, id, who)
  return { id, modules, pathways }
}

async function addIntake(db: Database, programmeId: number, who: Who) {
  await addIntakeQuestion(
    db,
    programmeId,
    {
      name: 'experience',
      kind: 'single',
      label: 'Avete già fatto indagini sulla soddisfazione degli utenti?',
      help: 'Contano anche quelle su carta o di un solo ufficio, se i risultati sono stati discussi.',
      required: true,
      options: [
        { value: 'none', label: 'No, sarebbe la prima' },
        { value: 'one', label: 'Sì, una o due' },
        { value: 'many', label: 'Sì, con regolarità' },
      ],
    },
    who,
  )
  await addIntakeQuestion(
    db,
    programmeId,
    {
      name: 'service',
      kind: 'single',
      label: 'Da quale servizio pensate di cominciare?',
      help: 'Potrete cambiare idea: c’è uno strumento apposta per scegliere.',
      required: true,
      options: [
        { value: 'counter', label: 'Uno sportello' },
        { value: 'online', label: 'Un servizio online' },
        { value: 'telephone', label: 'Un servizio telefonico' },
        { value: 'territory', label: 'Un servizio sul territorio o sanitario' },
        { value: 'internal', label: 'Un servizio interno' },
      ],
    },
    who,
  )
  await addIntakeQuestion(
    db,
    programmeId,
    {
      name: 'staff',
      kind: 'number',
      label: 'Quante persone potranno dedicarsi al percorso?',
      help: 'Anche per poche ore la settimana.',
      required: true,
      options: [],
    },
    who,
  )
  await addIntakeQuestion(
    db,
    programmeId,
    {
      name: 'goals',
      kind: 'multiple',
      label: 'Che cosa volete ottenere?',
      help: 'Una o più risposte.',
      required: false,
      options: [
        { value: 'listen', label: 'Sapere che cosa pensano gli utenti' },
        { value: 'compare', label: 'Confrontarci con altri o con gli anni scorsi' },
        { value: 'involve', label: 'Coinvolgere i cittadini nella valutazione' },
        { value: 'performance', label: 'Alimentare il ciclo della performance' },
      ],
    },
    who,
  )
}

async function addRules(db: Database, programmeId: number, pathways: ReadonlyMap<string, number>, who: Who) {
  const pathwayId = (name: string) => pathways.get(name) ?? 0
  const rules = [
    {
      title: 'Chi rileva con regolarità e ha almeno tre persone',
      pathwayId: pathwayId('advanced'),
      condition: {
        all: [
          { characteristic: 'experience', operator: 'is' as const, value: 'many' },
          { characteristic: 'staff', operator: 'at_least' as const, value: 3 },
        ],
      },
    },
    {
      title: 'Chi ha già fatto almeno un’indagine',
      pathwayId: pathwayId('expert'),
      condition: { any: [{ characteristic: 'experience', operator: 'one_of' as const, value: ['one', 'many'] }] },
    },
    { title: 'Tutti gli altri', pathwayId: pathwayId('standard'), condition: { all: [] } },
  ]
  for (const rule of rules) await saveRule(db, programmeId, rule, who)
  await markPreviewed(db, programmeId, who)
  expectId(await publishRules(db, programmeId, who))
}

/** The actions answer with an id or say why not; the demo's content is right, so a refusal is a mistake of ours. */
export function expectId(outcome: unknown): number {
  if (typeof outcome === 'number') return outcome
  if (typeof outcome === 'object' && outcome && 'id' in outcome && typeof outcome.id === 'number') return outcome.id
  throw new Error(`The demo was refused: ${JSON.stringify(outcome)}`)
}
