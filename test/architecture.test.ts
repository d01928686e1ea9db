import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

const root = new URL('..', import.meta.url).pathname

/** Later may import earlier, never the other way; folders in one row don't know each other, except as `between` says. */
const rows = [
  ['compile-cache', 'config', 'database', 'language', 'history', 'web', 'recovery'],
  ['people'],
  ['administrations'],
  ['programmes'],
  ['pathways'],
  ['certificates'],
  ['tools', 'sessions', 'slots', 'questions'],
  ['calendars', 'notifications'],
  ['reports'],
  ['home'],
  ['demo'],
  ['app'],
  ['jobs'],
  ['start', 'verbs'],
  ['server', 'cli'],
]
const between: Record<string, string[]> = {
  history: ['database'],
  recovery: ['database'],
  web: ['database', 'language', 'history'],
  notifications: ['calendars'],
}

const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
const imports = files.flatMap((file) =>
  [
    ...readFileSync(join(root, 'src', file), 'utf8').matchAll(
      /^(?:import|export)[^'\n]*?from '(\.[^']+)'|^} from '(\.[^']+)'|^import '(\.[^']+)'/gm,
    ),
  ].map((match) => ({ file, target: normalize(join(dirname(file), match[1] ?? match[2] ?? match[3] ?? '')) })),
)
const featureOf = (path: string) => path.split('/')[0]?.replace(/\.ts$/, '') ?? ''
const rowOf = (feature: string) => rows.findIndex((row) => row.includes(feature))

test('every folder of src has its place in the import order', () => {
  expect(files.map(featureOf).filter((feature) => rowOf(feature) === -1)).toEqual([])
})

test('later features import earlier ones, never the other way', () => {
  const wrong = imports.filter(({ file, target }) => {
    const [from, to] = [featureOf(file), featureOf(target)]
    if (from === to || between[from]?.includes(to)) return false
    return rowOf(to) >= rowOf(from)
  })
  expect(wrong).toEqual([])
})

test('across features nobody imports routes or pages, except the site map', () => {
  const wrong = imports.filter(({ file, target }) => {
    const outside = featureOf(file) !== featureOf(target) && !['app', 'start', 'verbs'].includes(featureOf(file))
    return outside && /(^|\/)(routes|pages)\.ts$/.test(target)
  })
  expect(wrong).toEqual([])
})

test('inside a feature each role keeps to its own', () => {
  const wrong = imports.filter(({ file, target }) => {
    if (file.endsWith('/rules.ts')) return /(queries|actions|pages|routes)\.ts$/.test(target) && !isTypeOnly(file, target)
    if (file.endsWith('/pages.ts')) return /(actions|routes)\.ts$/.test(target) && !isTypeOnly(file, target)
    if (file.endsWith('/queries.ts')) return /(actions|pages|routes)\.ts$/.test(target) && !isTypeOnly(file, target)
    if (file.endsWith('/actions.ts')) return /(pages|routes)\.ts$/.test(target)
    return false
  })
  expect(wrong).toEqual([])
})

test('no file imports itself by a circle', () => {
  const graph = new Map(
    files.map((file) => [file, imports.filter((each) => each.file === file && !isTypeOnly(file, each.target)).map((each) => each.target)]),
  )
  const circles: string[][] = []
  const visit = (file: string, trail: string[]) => {
    if (trail.includes(file)) return void circles.push([...trail.slice(trail.indexOf(file)), file])
    if (done.has(file)) return
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file])
    done.add(file)
  }
  const done = new Set<string>()
  for (const file of files) visit(file, [])
  expect(circles).toEqual([])
})

test('the clock is read only where time comes in', () => {
  const wrong = files.filter(
    (file) => !['start.ts', 'verbs.ts', 'jobs.ts'].includes(file) && /Temporal\.Now|Date\.now|new Date\(\)/.test(read(file)),
  )
  expect(wrong).toEqual([])
})

test('no page carries script or style of its own, nor htmx that needs eval', () => {
  const wrong = files.filter((file) => /<style|<script(?! src)| style="| on(click|change|submit|load)=|hx-on|["'`]js:/.test(read(file)))
  expect(wrong).toEqual([])
})

const read = (file: string) => readFileSync(join(root, 'src', file), 'utf8')
const isTypeOnly = (file: string, target: string) => {
  const name = target.split('/').at(-1) ?? ''
  return new RegExp(`import type [^']*'[^']*${name.replace('.', '\\.')}'`).test(read(file))
}
