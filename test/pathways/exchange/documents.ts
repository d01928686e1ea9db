import fc from 'fast-check'
import { toolNames } from '#src/pathways/definition/rules.ts'
import type { ProgrammeDocument } from '#src/pathways/exchange/document.ts'

type Step = ProgrammeDocument['pathways'][number]['modules'][number]

import { characteristicsFor } from '#src/pathways/rules/characteristics.ts'
import { canHold } from '#src/pathways/rules/satisfy.ts'

type Condition = ProgrammeDocument['rules'][number]['condition']

const word = fc.stringMatching(/^[A-Za-zàèìòù€“”’<&"'\\😀{}]{1,12}$/u).map((text) => text.normalize('NFC'))
const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))
const maybeText = fc.oneof(
  fc.constant(''),
  text,
  text.map((line) => `# ${line}\n\n- uno\n- due | tre`),
)
const day = fc.integer({ min: 0, max: 360 }).map((days) => Temporal.PlainDate.from('2027-12-01').add({ days }).toString())

const fieldOfWorksheet: fc.Arbitrary<ProgrammeDocument['modules'][number]['worksheet'][number]> = fc.record({
  label: text,
  help: fc.oneof(fc.constant(''), text),
  required: fc.boolean(),
  kind: fc.constantFrom('text', 'line', 'number', 'choice', 'table', 'date'),
  settings: fc.constantFrom(
    {},
    { least: 1, most: 10, decimals: true },
    { options: [{ value: 'a', label: 'A' }] },
    { least: 2, most: 20, columns: [{ name: 'c1', label: 'Servizio', kind: 'line' as const, required: true }] },
  ),
})

const moduleOf = (number: number): fc.Arbitrary<ProgrammeDocument['modules'][number]> =>
  // The first one always has sessions, from which due dates can be counted.
  (number === 1
    ? fc.constantFrom('webinar', 'virtual_classroom', 'seminar')
    : fc.constantFrom('webinar', 'virtual_classroom', 'seminar', 'tool', 'assignment', 'reading')
  ).chain((kind) =>
    fc.record({
      key: fc.constant(`module-${number}`),
      kind: fc.constant(kind as 'tool'),
      title: text,
      summary: maybeText,
      body: maybeText,
      link: fc.constantFrom(null, 'https://example.org/a?b=1&c=è', 'http://example.org/'),
      recognitionMonths: fc.option(fc.integer({ min: 0, max: 60 })),
      worksheet: kind === 'tool' ? fc.array(fieldOfWorksheet, { maxLength: 3 }) : fc.constant([]),
      rubric:
        kind === 'assignment'
          ? fc.uniqueArray(fc.record({ label: text, points: fc.integer({ min: 1, max: 100 }) }), {
              selector: ({ label }) => label,
              maxLength: 3,
            })
          : fc.constant([]),
      tool: kind === 'tool' ? fc.constantFrom(null, ...toolNames) : fc.constant(null),
    }),
  )

/** Prerequisites, and what due dates are counted from, are modules that come before, so no circle can close. */
function stepOf(module: string, before: string[], all: string[]): fc.Arbitrary<Step> {
  const days = fc.integer({ min: 0, max: 365 })
  const due: fc.Arbitrary<Step['due']> = fc.oneof(
    fc.constant(null),
    fc.record({ from: fc.constant('enrolment' as const), days }),
    fc.record({ from: fc.constant('fixed' as const), on: fc.constantFrom('2028-12-01', '2029-02-28') }),
    ...(before.length > 0 ? [fc.record({ from: fc.constant('module' as const), module: fc.constantFrom(...before), days })] : []),
    ...(all.includes('module-1') ? [fc.record({ from: fc.constant('session' as const), module: fc.constant('module-1'), days })] : []),
  )
  return fc
    .record({ section: fc.constantFrom('', 'Preparare', 'Rilevare'), due, notBefore: fc.option(day), optional: fc.boolean() })
    .chain((step) =>
      fc
        .record({
          met: fc.constantFrom<['any' | 'all' | 'at_least', number | null]>(['any', null], ['all', null], ['at_least', 2]),
          requires: fc.subarray(before),
        })
        .map(({ met: [metBy, metByCount], requires }) => ({ module, ...step, metBy, metByCount, requires })),
    )
}

function pathwayOf(number: number, keys: string[]): fc.Arbitrary<ProgrammeDocument['pathways'][number]> {
  return fc.shuffledSubarray(keys).chain((chosen) =>
    fc
      .record({
        title: text,
        summary: maybeText.map((each) => each.slice(0, 100).trim()),
        certificatePercent: fc.integer({ min: 0, max: 100 }),
      })
      .chain((head) =>
        fc
          .tuple(...chosen.map((key, index) => stepOf(key, inOrder(keys, chosen.slice(0, index)), chosen)))
          .map((modules) => ({ key: `pathway-${number}`, ...head, sections: sectionsOf(modules), modules })),
      ),
  )
}

const inOrder = (keys: string[], some: string[]) => keys.filter((key) => some.includes(key))

const sectionsOf = (modules: readonly Step[]) =>
  ['Rilevare', 'Preparare']
    .map((title) => ({ title, needed: modules.filter(({ section, optional }) => section === title && !optional).length }))
    .filter(({ needed }) => needed > 0)

const intake: ProgrammeDocument['intake'] = [
  {
    name: 'experience',
    kind: 'single',
    label: 'Avete già rilevato?',
    help: 'Anche su carta.',
    required: true,
    options: [
      { value: 'none', label: 'No' },
      { value: 'many', label: 'Sì | spesso' },
    ],
  },
  { name: 'staff', kind: 'number', label: 'Quante persone?', help: '', required: false, options: [] },
]

const anyCondition: fc.Arbitrary<Condition> = fc.letrec<{ any: Condition; leaf: Condition }>((tie) => ({
  leaf: fc.constantFrom<Condition>(
    { characteristic: 'experience', operator: 'is', value: 'many' },
    { characteristic: 'region', operator: 'one_of', value: ['15', '18'] },
    { characteristic: 'staff', operator: 'at_least', value: 3 },
    { characteristic: 'staff', operator: 'unknown' },
  ),
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('leaf'),
    fc.record({ all: fc.array(tie('any'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ none: fc.array(tie('any'), { minLength: 1, maxLength: 2 }) }),
  ),
})).any

/** One that can hold: others are refused. */
const condition = anyCondition.filter((each) => canHold(each, characteristicsFor('it', intake)))

/** Documents as an export writes them. */
export const documents: fc.Arbitrary<ProgrammeDocument> = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 }))
  .chain(([moduleCount, pathwayCount]) => {
    const moduleKeys = numbered('module', moduleCount)
    const pathwayKeys = numbered('pathway', pathwayCount)
    return fc.record({
      format: fc.constant('percorsi-programme' as const),
      version: fc.constant(1 as const),
      programme: fc.record({ title: text, summary: maybeText, startsOn: day, endsOn: fc.constant('2029-03-01') }),
      modules: fc.tuple(...moduleKeys.map((_, index) => moduleOf(index + 1))),
      pathways: fc.tuple(...pathwayKeys.map((_, index) => pathwayOf(index + 1, moduleKeys))),
      intake: fc.constant(intake),
      rules: fc.array(fc.record({ title: text, pathway: fc.constantFrom(...pathwayKeys), condition }), { maxLength: 3 }),
      additions: fc.array(fc.record({ title: text, module: fc.constantFrom(...moduleKeys), condition }), { maxLength: 2 }),
    })
  })

const numbered = (noun: string, count: number) => Array.from({ length: count }, (_, index) => `${noun}-${index + 1}`)

/** A small document with one of everything; each call makes a new one, to be spoilt. */
export function sample() {
  const step = (module: string): Step => ({
    module,
    section: 'Preparare',
    due: null,
    notBefore: null,
    optional: false,
    metBy: 'any',
    metByCount: null,
    requires: [],
  })
  const module = { summary: '', body: '', link: null, recognitionMonths: null, tool: null, rubric: [], worksheet: [] }
  return structuredClone({
    format: 'percorsi-programme',
    version: 1,
    programme: { title: 'MiglioraPA', summary: '', startsOn: '2028-02-01', endsOn: '2028-12-31' },
    modules: [
      { ...module, key: 'module-1', kind: 'reading', title: 'Guida' },
      { ...module, key: 'module-2', kind: 'webinar', title: 'Webinar' },
      {
        ...module,
        key: 'module-3',
        kind: 'tool',
        title: 'Scheda',
        worksheet: [{ label: 'Servizio', help: '', kind: 'text', required: true, settings: {} }],
      },
    ],
    pathways: [
      {
        key: 'pathway-1',
        title: 'Percorso Standard',
        summary: '',
        certificatePercent: 75,
        sections: [{ title: 'Preparare', needed: 2 }],
        modules: [
          step('module-1'),
          { ...step('module-2'), requires: ['module-1'], due: { from: 'fixed', on: '2028-03-26' }, notBefore: '2028-02-29' },
        ],
      },
    ],
    intake,
    rules: [{ title: 'Tutti', pathway: 'pathway-1', condition: { all: [] } }],
    additions: [
      { title: 'Anche la scheda', module: 'module-3', condition: { characteristic: 'experience', operator: 'is', value: 'many' } },
    ],
  } as ProgrammeDocument)
}
