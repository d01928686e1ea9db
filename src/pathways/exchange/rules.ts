import { type ProgrammeRefusal, programmeRefusal } from '../../programmes/rules.ts'
import {
  type PathwayRefusal,
  readWorksheet,
  type SectionRefusal,
  type Step,
  sectionRefusals,
  stepsRefusal,
  type Timing,
  type TimingRefusal,
  timingRefusals,
  writeWorksheet,
} from '../definition/rules.ts'
import { hasOptions, type QuestionRefusal, questionRefusal, readOptions } from '../intake/rules.ts'
import { characteristicsFor } from '../rules/characteristics.ts'
import { type ConditionRefusal, conditionRefusal } from '../rules/rules.ts'
import type { DocumentPathway, DocumentQuestion, DocumentStep, ProgrammeDocument } from './document.ts'

export type FileRefusal =
  | 'empty'
  | 'too_large'
  | 'encoding'
  | 'not_json'
  | 'too_deep'
  | 'forbidden_key'
  | 'not_a_programme'
  | 'newer_format'

export type ShapeRefusal =
  | 'missing'
  | 'wrong_form'
  | 'unknown_key'
  | 'too_many'
  | 'key_form'
  | 'required'
  | 'too_long'
  | 'link'
  | 'date'
  | 'choice'
  | 'too_big'
  | 'too_small'

export type ReferenceRefusal =
  | 'key_twice'
  | 'unknown_module'
  | 'unknown_pathway'
  | 'tool_needless'
  | 'rubric_needless'
  | 'rubric_twice'
  | 'worksheet_needless'
  | 'worksheet_form'
  | 'section_twice'
  | 'met_by_count'
  | 'requires_twice'
  | 'options_needless'
  | 'options_form'

export type Refusal =
  | FileRefusal
  | ShapeRefusal
  | ReferenceRefusal
  | ProgrammeRefusal
  | PathwayRefusal
  | TimingRefusal
  | SectionRefusal
  | QuestionRefusal
  | ConditionRefusal

/** `path` is the place in the document, empty for the whole file; `named` what stands there, where that helps. */
export type Problem = { path: readonly (string | number)[]; refusal: Refusal; named?: string }

/** All that is wrong with a document whose shape is right. */
export function documentProblems(document: ProgrammeDocument): Problem[] {
  const { programme, modules, pathways, intake } = document
  const ends = programmeRefusal(programme)
  return [
    ...(ends ? [{ path: ['programme', 'endsOn'], refusal: ends }] : []),
    ...twice(modules, 'key', 'key_twice').map(under('modules')),
    ...modules.flatMap((module, index) => moduleProblems(module).map(under('modules', index))),
    ...twice(pathways, 'key', 'key_twice').map(under('pathways')),
    ...pathways.flatMap((pathway, index) => pathwayProblems(pathway, document).map(under('pathways', index))),
    ...twice(intake, 'name', 'name_taken').map(under('intake')),
    ...intake.flatMap((question, index) => questionProblems(question).map(under('intake', index))),
    ...ruleProblems(document),
  ]
}

const under =
  (...place: (string | number)[]) =>
  (problem: Problem): Problem => ({ ...problem, path: [...place, ...problem.path] })

/** Those that take a name which an earlier one has. */
function twice<K extends string>(all: readonly Record<K, string>[], name: K, refusal: Refusal): Problem[] {
  const seen = new Set<string>()
  return all.flatMap((each, index) => {
    const taken = seen.has(each[name])
    seen.add(each[name])
    return taken ? [{ path: [index, name], refusal, named: each[name] }] : []
  })
}

function moduleProblems({ kind, tool, rubric, worksheet }: ProgrammeDocument['modules'][number]): Problem[] {
  if (rubric.length > 0 && kind !== 'assignment') return [{ path: ['rubric'], refusal: 'rubric_needless' }]
  const twin = rubric.findIndex(({ label }, index) => rubric.findIndex((each) => each.label === label) < index)
  if (twin !== -1) return [{ path: ['rubric', twin, 'label'], refusal: 'rubric_twice' }]
  if (tool !== null && kind !== 'tool') return [{ path: ['tool'], refusal: 'tool_needless' }]
  if (worksheet.length === 0) return []
  if (kind !== 'tool') return [{ path: ['worksheet'], refusal: 'worksheet_needless' }]
  const typed = writeWorksheet(worksheet)
  if (typed.length > 5000) return [{ path: ['worksheet'], refusal: 'too_long' }]
  return isSame(
    readWorksheet(typed),
    worksheet.map(({ label, help }) => ({ label, help })),
  )
    ? []
    : [{ path: ['worksheet'], refusal: 'worksheet_form' }]
}

function pathwayProblems(pathway: DocumentPathway, document: ProgrammeDocument): Problem[] {
  const known = new Set(document.modules.map(({ key }) => key))
  const unknown = pathway.modules.flatMap((step, index) => unknownModules(step, known).map(under('modules', index)))
  if (unknown.length > 0) return unknown
  const steps = numberedSteps(pathway, document)
  return [
    ...orderProblems(steps, document),
    ...timingProblems(steps, document),
    ...pathway.modules.flatMap((step, index) => stepProblems(step).map(under('modules', index))),
    ...sectionProblems(pathway, steps),
  ]
}

function unknownModules({ module, due, requires }: DocumentStep, known: ReadonlySet<string>): Problem[] {
  const named = [
    { path: ['module'], key: module },
    ...(due && 'module' in due ? [{ path: ['due', 'module'], key: due.module }] : []),
    ...requires.map((key, index) => ({ path: ['requires', index], key })),
  ]
  return named.filter(({ key }) => !known.has(key)).map(({ path, key }) => ({ path, refusal: 'unknown_module', named: key }))
}

/** The steps as the page where a pathway is put together has them: there modules have numbers. */
function numberedSteps({ modules: steps }: DocumentPathway, { modules }: ProgrammeDocument): Step[] {
  const numbers = new Map(modules.map(({ key }, index) => [key, index + 1]))
  const numberOf = (key: string) => numbers.get(key) ?? 0
  return steps.map(({ module, section, due, notBefore, optional, metBy, metByCount, requires }) => ({
    moduleId: numberOf(module),
    section,
    dueFrom: due?.from ?? null,
    dueAfterDays: due && 'days' in due ? due.days : null,
    dueModuleId: due && 'module' in due ? numberOf(due.module) : null,
    dueOn: due && 'on' in due ? Temporal.PlainDate.from(due.on) : null,
    notBefore: notBefore === null ? null : Temporal.PlainDate.from(notBefore),
    optional,
    metBy,
    metByCount,
    requires: requires.map(numberOf),
  }))
}

const numbered = ({ modules }: ProgrammeDocument) => modules.map(({ kind }, index) => ({ id: index + 1, kind }))

function orderProblems(steps: readonly Step[], document: ProgrammeDocument): Problem[] {
  const refused = stepsRefusal(
    steps,
    numbered(document).map(({ id }) => id),
  )
  if (!refused) return []
  const index = steps.findLastIndex(({ moduleId }) => moduleId === refused.moduleId)
  return [{ path: index === -1 ? [] : ['modules', index], refusal: refused.refusal }]
}

const timingPlaces: Record<Timing, string[]> = {
  due: ['due', 'days'],
  dueModule: ['due', 'module'],
  dueOn: ['due', 'on'],
  notBefore: ['notBefore'],
  metByCount: ['metByCount'],
}

function timingProblems(steps: readonly Step[], document: ProgrammeDocument): Problem[] {
  const { startsOn, endsOn } = document.programme
  const programme = { startsOn: Temporal.PlainDate.from(startsOn), endsOn: Temporal.PlainDate.from(endsOn) }
  return timingRefusals(steps, numbered(document), programme).map(({ refusal, moduleId, field }) => {
    const index = steps.findIndex((step) => step.moduleId === moduleId)
    return { path: ['modules', index, ...timingPlaces[field]], refusal }
  })
}

function stepProblems({ metBy, metByCount, requires }: DocumentStep): Problem[] {
  return [
    ...(metBy !== 'at_least' && metByCount !== null ? [{ path: ['metByCount'], refusal: 'met_by_count' as const }] : []),
    ...(new Set(requires).size < requires.length ? [{ path: ['requires'], refusal: 'requires_twice' as const }] : []),
  ]
}

function sectionProblems({ sections }: DocumentPathway, steps: readonly Step[]): Problem[] {
  const refused = sectionRefusals(sections, steps).map(({ refusal, section }): Problem => {
    const index = sections.findIndex(({ title }) => title === section)
    return { path: ['sections', index, 'needed'], refusal, named: section }
  })
  return [...twice(sections, 'title', 'section_twice').map(under('sections')), ...refused]
}

function questionProblems({ name, kind, options }: DocumentQuestion): Problem[] {
  if (!hasOptions(kind) && options.length > 0) return [{ path: ['options'], refusal: 'options_needless' }]
  const refusal = questionRefusal({ name, kind, options })
  if (refusal) return [{ path: [refusal.startsWith('name') ? 'name' : 'options'], refusal }]
  const typed = options.map(({ value, label }) => `${value} | ${label}`).join('\n')
  if (typed.length > 5000) return [{ path: ['options'], refusal: 'too_long' }]
  return isSame(readOptions(typed), options) ? [] : [{ path: ['options'], refusal: 'options_form' }]
}

function ruleProblems({ rules, additions, modules, pathways, intake }: ProgrammeDocument): Problem[] {
  const characteristics = characteristicsFor('it', intake)
  const conditionProblems = (condition: ProgrammeDocument['rules'][number]['condition']): Problem[] => {
    const refusal = conditionRefusal(condition, characteristics)
    return refusal ? [{ path: ['condition'], refusal }] : []
  }
  const missing = (found: boolean, name: string, refusal: Refusal, named: string): Problem[] =>
    found ? [] : [{ path: [name], refusal, named }]
  return [
    ...rules.flatMap(({ pathway, condition }, index) =>
      [
        ...missing(
          pathways.some(({ key }) => key === pathway),
          'pathway',
          'unknown_pathway',
          pathway,
        ),
        ...conditionProblems(condition),
      ].map(under('rules', index)),
    ),
    ...additions.flatMap(({ module, condition }, index) =>
      [
        ...missing(
          modules.some(({ key }) => key === module),
          'module',
          'unknown_module',
          module,
        ),
        ...conditionProblems(condition),
      ].map(under('additions', index)),
    ),
  ]
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
