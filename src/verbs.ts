import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { importReferents, previewReferents, type ReferentsOutcome } from './administrations/referents/actions.ts'
import type { ReferentRefusal } from './administrations/referents/read.ts'
import { referentReason } from './administrations/referents/words.ts'
import { importRegister, previewRegister, type RegisterOutcome } from './administrations/register/actions.ts'
import { type ImportRefusal, registerReason } from './administrations/register/words.ts'
import { type Config, readConfig } from './config.ts'
import { checkDatabase } from './database/check.ts'
import { migrate } from './database/migrate.ts'
import { openDatabase } from './database/open.ts'
import type { Database } from './database/schema.ts'
import { loadDemo, type Stage, stages } from './demo/load.ts'
import { dayOf } from './language/dates.ts'
import { preferredLanguage } from './language/language.ts'
import { assign, previewAssignment } from './pathways/assign/actions.ts'
import { words as assignWords } from './pathways/assign/words.ts'
import { findPersonByEmail } from './people/queries.ts'
import { makeSignInLink } from './people/sign-in/actions.ts'
import { findProgramme } from './programmes/queries.ts'
import { isOpen } from './programmes/rules.ts'
import { backup } from './recovery/backup.ts'
import { copyDatabase } from './recovery/copy.ts'
import { restore } from './recovery/restore.ts'
import { participationReport } from './reports/participation/report.ts'
import { attendanceReport } from './sessions/attendance/import/report.ts'

type Options = Record<string, string | boolean | undefined>
type Call = { db: Database; config: Config; args: string[]; options: Options; now: Temporal.Instant; progress: (line: string) => void }
/** What a verb found or did, as one JSON object; or why it did nothing. */
type Outcome = { result: object } | { refusal: string }
type Verb = { usage: string; options?: readonly string[] } & (
  | { run: (call: Call) => Promise<Outcome> }
  /** Works on databases that it opens itself. */
  | { runAlone: (call: Omit<Call, 'db'>) => Promise<Outcome> }
)

/** Wrong words on the command line: status 2. */
class UsageError extends Error {}

/** Reasons are told in the language of the operator's terminal, Italian when it has none of ours. */
const language = preferredLanguage(process.env.LANG)

const groupings = ['region', 'category', 'kind', 'administration'] as const

const verbs: Record<string, Verb> = {
  migrate: {
    usage: 'migrate',
    run: async ({ db }) => ({ result: { applied: await migrate(db) } }),
  },
  demo: {
    usage: `demo [--stage ${stages.join('|')}]`,
    options: ['stage'],
    run: async ({ db, config, options, now, progress }) => {
      const stage = (options.stage ?? 'running') as Stage
      if (!stages.includes(stage)) throw new UsageError(`--stage is one of ${stages.join(', ')}.`)
      return loadDemo(db, { stage, now, zone: config.zone, uploads: config.uploads, progress })
    },
  },
  'import-administrations': {
    usage: 'import-administrations FILE [--dry-run] [--allow-closures]',
    options: ['dry-run', 'allow-closures'],
    run: async ({ db, args, options, now, progress }) => {
      const bytes = await readNamedFile(args[0])
      if (options['dry-run']) return registerOutcome(await previewRegister(db, bytes))
      const onProgress = (done: number, total: number) => progress(`${done}/${total}`)
      return registerOutcome(
        await importRegister(db, bytes, { by: null, at: now, onProgress, allowManyClosures: Boolean(options['allow-closures']) }),
      )
    },
  },
  'import-referents': {
    usage: 'import-referents FILE [--dry-run]',
    options: ['dry-run'],
    run: async ({ db, args, options, now }) => {
      const bytes = await readNamedFile(args[0])
      return referentsOutcome(
        options['dry-run'] ? await previewReferents(db, bytes, null) : await importReferents(db, bytes, { by: null, at: now }),
      )
    },
  },
  'import-attendance': {
    usage: 'import-attendance SESSION_ID FILE [--dry-run]',
    options: ['dry-run'],
    run: async ({ db, config, args, options, now }) => {
      const sessionId = numberFrom(args[0], 'SESSION_ID')
      const bytes = await readNamedFile(args[1])
      const report = await attendanceReport(db, sessionId, basename(args[1] ?? ''), bytes, {
        dryRun: Boolean(options['dry-run']),
        by: null,
        at: now,
        zone: config.zone,
        language,
      })
      return 'refusal' in report ? report : { result: report }
    },
  },
  assign: {
    usage: 'assign PROGRAMME_ID [--dry-run]',
    options: ['dry-run'],
    run: async ({ db, config, args, options, now }) => {
      const programme = await findProgramme(db, numberFrom(args[0], 'PROGRAMME_ID'))
      if (!programme) return { refusal: 'There is no such programme.' }
      if (!isOpen(programme, dayOf(now, config.zone))) return { refusal: 'The programme is a draft or over: nobody can be assigned.' }
      if (options['dry-run']) return { result: await previewAssignment(db, programme.id, null) }
      const { refusal, ...result } = await assign(db, programme.id, { by: null, at: now, scope: 'national' })
      return refusal ? { refusal: assignWords.en.refusal[refusal] } : { result }
    },
  },
  report: {
    usage: 'report participation PROGRAMME_ID [--from DAY] [--until DAY] [--by region|category|kind|administration]',
    options: ['from', 'until', 'by'],
    run: async ({ db, config, args, options }) => {
      if (args[0] !== 'participation') throw new UsageError('The report is called participation.')
      const programme = await findProgramme(db, numberFrom(args[1], 'PROGRAMME_ID'))
      if (!programme) return { refusal: 'There is no such programme.' }
      const by = String(options.by ?? 'region')
      if (!isGrouping(by)) throw new UsageError('--by is one of region, category, kind, administration.')
      return {
        result: await participationReport(db, programme.id, {
          from: dayFrom(options.from),
          until: dayFrom(options.until),
          by,
          zone: config.zone,
        }),
      }
    },
  },
  'sign-in-link': {
    usage: 'sign-in-link EMAIL',
    run: async ({ db, config, args, now }) => {
      const person = await findPersonByEmail(db, args[0] ?? '')
      if (!person) return { refusal: 'Nobody has this e-mail address.' }
      return { result: { link: await makeSignInLink(db, person.email, config.baseUrl, now) } }
    },
  },
  backup: {
    usage: 'backup FILE',
    run: async ({ db, config, args, now }) => ({ result: await backup(db, nameOf(args[0], 'FILE'), { uploads: config.uploads, at: now }) }),
  },
  restore: {
    usage: 'restore FILE [--overwrite]',
    options: ['overwrite'],
    run: async ({ db, config, args, options }) => {
      const overwrite = Boolean(options.overwrite)
      const outcome = await restore(db, nameOf(args[0], 'FILE'), { uploads: config.uploads, overwrite })
      return 'refusal' in outcome ? { refusal: recoveryRefusals[outcome.refusal] } : { result: outcome }
    },
  },
  copy: {
    usage: 'copy FROM_URL TO_URL',
    runAlone: async ({ args, now }) => {
      const [from, to] = [await openDatabase(nameOf(args[0], 'FROM_URL')), await openDatabase(nameOf(args[1], 'TO_URL'))]
      try {
        await migrate(to)
        const outcome = await copyDatabase(from, to, now)
        return 'refusal' in outcome ? { refusal: recoveryRefusals[outcome.refusal] } : { result: outcome }
      } finally {
        await from.destroy()
        await to.destroy()
      }
    },
  },
  check: {
    usage: 'check',
    run: async ({ db }) => {
      const problems = await checkDatabase(db)
      return problems.length > 0 ? { refusal: problems.join('\n') } : { result: { problems } }
    },
  },
}

/** Runs what the command line says; 0 done, 1 refused, 2 wrong usage. */
export async function main(words: string[]): Promise<number> {
  const [name = '', ...rest] = words
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  if (!verb) return complain(usage(), 2)

  try {
    const { args, options } = parse(verb, rest)
    return await runVerb(verb, args, options)
  } catch (error) {
    if (error instanceof UsageError) return complain(`${error.message}\npercorsi -- ${verb.usage}`, 2)
    return complain(error instanceof Error ? error.message : String(error), 1)
  }
}

function parse({ options = [] }: Verb, words: string[]) {
  const flags = new Set(['json', 'dry-run', 'allow-closures', 'overwrite'])
  try {
    const { positionals, values } = parseArgs({
      args: words,
      allowPositionals: true,
      options: Object.fromEntries(['json', ...options].map((name) => [name, { type: flags.has(name) ? 'boolean' : 'string' }])),
    })
    return { args: positionals, options: values as Options }
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

async function runVerb(verb: Verb, args: string[], options: Options): Promise<number> {
  const config = readConfig(process.env)
  const call = { config, args, options, now: Temporal.Now.instant(), progress: (line: string) => void process.stderr.write(`${line}\n`) }
  const outcome = 'runAlone' in verb ? await verb.runAlone(call) : await onDatabase(config.databaseUrl, (db) => verb.run({ db, ...call }))
  if ('refusal' in outcome) {
    if (options.json) process.stdout.write(`${JSON.stringify({ refused: outcome.refusal })}\n`)
    return complain(outcome.refusal, 1)
  }
  process.stdout.write(`${JSON.stringify(outcome.result, null, options.json ? undefined : 2)}\n`)
  return 0
}

async function onDatabase(url: string, work: (db: Database) => Promise<Outcome>): Promise<Outcome> {
  const db = await openDatabase(url)
  try {
    await migrate(db)
    return await work(db)
  } finally {
    await db.destroy()
  }
}

function registerOutcome(outcome: { refusal: ImportRefusal } | RegisterOutcome): Outcome {
  if ('refusal' in outcome) return { refusal: registerReason(outcome.refusal, language) }
  const { read, created, updated, unchanged, closed, refused, rejected } = outcome
  const reasons = rejected.map(({ line, code, reason }) => ({ line, code, reason: registerReason(reason, language) }))
  return { result: { read, created, updated, unchanged, closed, refused, rejected: reasons } }
}

function referentsOutcome(outcome: { refusal: ReferentRefusal } | ReferentsOutcome): Outcome {
  if ('refusal' in outcome) return { refusal: referentReason(outcome.refusal, language) }
  const { read, created, unchanged, refused, rejected } = outcome
  const reasons = rejected.map(({ line, email, reason }) => ({ line, email, reason: referentReason(reason, language) }))
  return { result: { read, created, unchanged, refused, rejected: reasons } }
}

const readNamedFile = (path: string | undefined): Promise<Uint8Array> => readFile(nameOf(path, 'FILE'))

function nameOf(text: string | undefined, name: string): string {
  if (!text) throw new UsageError(`Which ${name}?`)
  return text
}

const recoveryRefusals = {
  not_empty: 'The database is not empty. Stop Percorsi and add --overwrite to restore in its place, or choose an empty one.',
  newer: 'The backup comes from a newer version of Percorsi: install that one first.',
  differs: 'The copy differs from the original: somebody wrote into it. Empty it and copy again.',
} as const

function numberFrom(text: string | undefined, name: string): number {
  if (!text || !/^\d{1,9}$/.test(text)) throw new UsageError(`${name} is a number.`)
  return Number(text)
}

function dayFrom(text: string | boolean | undefined): Temporal.PlainDate | null {
  if (typeof text !== 'string') return null
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    throw new UsageError('A day is written 2026-06-16.')
  }
}

function isGrouping(text: string): text is (typeof groupings)[number] {
  return (groupings as readonly string[]).includes(text)
}

function usage() {
  return ['npm run -s percorsi -- VERB … [--json]', '', ...Object.values(verbs).map((verb) => `  ${verb.usage}`)].join('\n')
}

function complain(sentence: string, status: number) {
  process.stderr.write(`${sentence}\n`)
  return status
}
