import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CompiledQuery } from 'kysely'
import { beforeEach, expect, inject, onTestFinished, test } from 'vitest'
import { openPostgres } from '#src/database/postgres.ts'
import { engine } from '#test/support.ts'

const root = join(import.meta.dirname, '../..')
let folder: string
let databaseUrl: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'percorsi-verbs-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  databaseUrl = engine === 'postgres' ? await emptyPostgres() : `sqlite:${join(folder, 'verbs.db')}`
})

test('importing the register prints one JSON object; the second time nothing changes', async () => {
  const file = fileOf(register)
  expect(await percorsi('import-administrations', file, '--json')).toMatchObject({
    status: 0,
    json: { read: 3, created: 2, updated: 0, unchanged: 0, closed: 0, refused: 1, rejected: [{ line: 4, code: 'c_zzzz' }] },
  })
  expect((await percorsi('import-administrations', file, '--json')).json).toMatchObject({ created: 0, unchanged: 2, refused: 1 })
})

test('a dry run writes nothing', async () => {
  const file = fileOf(register)
  await percorsi('import-administrations', file, '--dry-run', '--json')
  expect((await percorsi('import-administrations', file, '--json')).json).toMatchObject({ created: 2 })
})

test('a file that is no register is refused in words, with status 1', async () => {
  const { status, json, stderr } = await percorsi('import-administrations', fileOf('a,b\n1,2\n'), '--json')
  expect(status).toBe(1)
  expect(json.refused).toMatch(/registro IPA/)
  expect(stderr).toContain(json.refused)
})

test('a file that is not there is refused, not a crash', async () => {
  const { status, stderr } = await percorsi('import-administrations', join(folder, 'nothing.csv'))
  expect(status).toBe(1)
  expect(stderr).not.toMatch(/\n\s+at /)
})

for (const [what, words] of [
  ['an unknown verb', ['dance']],
  ['an unknown option', ['migrate', '--fast']],
  ['a missing file', ['import-administrations']],
  ['a programme that is no number', ['assign', 'first']],
  ['a stage that does not exist', ['demo', '--stage', 'tomorrow']],
] as const)
  test(`wrong usage ends with status 2: ${what}`, async () => {
    expect((await percorsi(...words)).status).toBe(2)
  })

test('a sign-in link is made for who is known and refused for who is not', async () => {
  await percorsi('import-administrations', fileOf(register))
  await percorsi('import-referents', fileOf('nome,email,codice\nAda Neri,ada@comune.example,C_H703\n'))
  expect((await percorsi('sign-in-link', 'ada@comune.example', '--json')).json.link).toMatch(/^http:\/\/localhost:3000\/sign-in\/\S+$/)
  expect((await percorsi('sign-in-link', 'nobody@comune.example')).status).toBe(1)
})

test('the demo is assigned, reported and attended by the verbs', { timeout: 180_000 }, async () => {
  expect((await percorsi('demo', '--stage', 'open', '--json')).json).toMatchObject({ stage: 'open', administrations: 409 })
  expect((await percorsi('demo')).status).toBe(1)

  const preview = (await percorsi('assign', '1', '--dry-run', '--json')).json
  const assigned = (await percorsi('assign', '1', '--json')).json
  expect(assigned).toMatchObject({ enrolled: 409 - preview.alreadyEnrolled - preview.unmatched, alreadyEnrolled: preview.alreadyEnrolled })

  const report = (await percorsi('report', 'participation', '1', '--by', 'region', '--json')).json
  expect(report.total).toMatchObject({ registered: 409, enrolled: preview.alreadyEnrolled + assigned.enrolled })
  expect(report.rows).toHaveLength(20)

  const attendance = await percorsi('import-attendance', '1', fileOf('Nome,Minuti\nSconosciuto,40\n'), '--dry-run', '--json')
  expect(attendance.json).toMatchObject({
    participants: [{ name: 'Sconosciuto', minutes: 40, match: null, person_id: null }],
    unmatched: ['Sconosciuto'],
  })
})

test('a sound database passes the check', async () => {
  expect(await percorsi('check', '--json')).toMatchObject({ status: 0, json: { problems: [] } })
})

test('a backup is restored into an empty database, and over a full one only when told', { timeout: 120_000 }, async () => {
  await percorsi('import-administrations', fileOf(register))
  const file = join(folder, 'percorsi.backup')
  expect(await percorsi('backup', file, '--json')).toMatchObject({ status: 0, json: { uploads: 0 } })
  const refused = await percorsi('restore', file)
  expect(refused).toMatchObject({ status: 1 })
  expect(refused.stderr).toContain('--overwrite')
  expect((await percorsi('restore', file, '--overwrite', '--json')).status).toBe(0)
  expect((await percorsi('import-administrations', fileOf(register), '--json')).json).toMatchObject({ created: 0, unchanged: 2 })
})

test('a database is copied with every row, and a full one is no target', { timeout: 120_000 }, async () => {
  await percorsi('import-administrations', fileOf(register))
  const target = `sqlite:${join(folder, 'copy.db')}`
  expect(await percorsi('copy', databaseUrl, target, '--json')).toMatchObject({ status: 0 })
  expect(await percorsi('copy', databaseUrl, target)).toMatchObject({ status: 1 })
})

const register = `Codice_IPA;Denominazione_ente;Codice_Categoria;Codice_comune_ISTAT
c_h703;Comune di Salerno;L6;065116
c_d086;Comune di Cosenza;L6;078045
c_zzzz;Comune di Nessundove;L6;999001
`

function fileOf(content: string): string {
  const path = join(folder, `${randomUUID()}.csv`)
  writeFileSync(path, content)
  return path
}

async function percorsi(...words: string[]) {
  const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl, LANG: 'it_IT.UTF-8' }
  const run = promisify(execFile)(process.execPath, [join(root, 'src/cli.ts'), ...words], { cwd: folder, env })
  const { stdout, stderr, code } = await run.then(
    (output) => ({ ...output, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  )
  return { status: code, stderr, json: stdout.startsWith('{') ? JSON.parse(stdout) : {} }
}

async function emptyPostgres(): Promise<string> {
  const url = inject('postgresUrl')
  const name = `verbs_${randomUUID().replaceAll('-', '')}`
  const server = openPostgres(`${url}/postgres`, { connections: 1 })
  await server.executeQuery(CompiledQuery.raw(`create database ${name}`))
  onTestFinished(async () => {
    await server.executeQuery(CompiledQuery.raw(`drop database ${name} with (force)`))
    await server.destroy()
  })
  return `${url}/${name}`
}
