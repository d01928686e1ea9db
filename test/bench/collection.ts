import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import type { Database } from '#src/database/schema.ts'
import { enrol } from '#src/pathways/orientation/actions.ts'
import { chosenByHand } from '#src/pathways/orientation/trace.ts'
import { createSurvey, publishSurvey } from '#src/tools/surveys/actions.ts'
import { newFormToken } from '#src/tools/surveys/collection/form-token.ts'
import { surveyById } from '#src/tools/surveys/queries.ts'
import type { Survey } from '#src/tools/surveys/survey.ts'
import type { Figure } from './pathways.ts'

const perSecond = 200
const seconds = 10
const now = Temporal.Instant.from('2026-03-02T11:00:00Z')

/**
 * Citizens answer a survey on the real server, a process of its own: 200 answers a second for ten seconds, each from an address of
 * its own, while others open the questionnaire and read the programme. Fails when one is lost.
 */
export async function benchCollection(db: Database, databaseUrl: string): Promise<Figure[]> {
  const survey = await prepareSurvey(db)
  const port = await freePort()
  const server = await startServer(port, databaseUrl)
  try {
    const origin = `http://127.0.0.1:${port}`
    await Promise.all([get(`${origin}/programme`), get(`${origin}/s/${survey.code}`)])
    const answers: number[] = []
    const pages: number[] = []
    const refused: number[] = []
    const start = performance.now()
    await paced(perSecond * seconds, perSecond, async (index) => {
      if (index % 10 === 0) pages.push(await timed(() => get(`${origin}/${index % 20 === 0 ? 'programme' : `s/${survey.code}`}`)))
      answers.push(
        await timed(async () => void (await send(origin, survey, index).then((status) => status !== 303 && refused.push(status)))),
      )
    })
    const took = (performance.now() - start) / 1000
    const kept = await countKept(db, survey.id)
    if (kept !== perSecond * seconds || refused.length > 0)
      throw new Error(`${perSecond * seconds} answers were sent, ${refused.length} refused (${refused[0] ?? ''}), ${kept} kept`)
    const rate = Math.round((perSecond * seconds) / took)
    return [
      {
        what: `${perSecond * seconds} answers sent in ${seconds} s`,
        milliseconds: Math.round(took * 1000),
        limit: seconds * 1000 + 1000,
        note: `${rate} a second, all kept`,
      },
      {
        what: 'an answer, 99 of 100',
        milliseconds: percentile(answers, 0.99),
        limit: 1000,
        note: `half of them within ${percentile(answers, 0.5)} ms`,
      },
      {
        what: 'another page meanwhile, 95 of 100',
        milliseconds: percentile(pages, 0.95),
        limit: 500,
        note: `half of them within ${percentile(pages, 0.5)} ms`,
      },
    ]
  } finally {
    await stop(server)
  }
}

/** One every so many milliseconds by the clock, whether the ones before have been answered or not; as citizens come. */
async function paced(count: number, rate: number, work: (index: number) => Promise<void>) {
  const start = performance.now()
  const running: Promise<void>[] = []
  for (let index = 0; index < count; index += 1) {
    const wait = start + (index * 1000) / rate - performance.now()
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait))
    running.push(work(index))
  }
  await Promise.all(running)
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function get(url: string) {
  const answer = await fetch(url)
  await answer.arrayBuffer()
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`)
}

async function send(origin: string, survey: Survey, index: number): Promise<number> {
  const points = Object.fromEntries(
    Array.from({ length: 9 }, (_, item) => [
      [`Q${item + 1}_s`, String(1 + ((index + item) % 5))],
      [`Q${item + 1}_i`, String(1 + ((index * 3 + item) % 5))],
    ]).flat(),
  )
  const answer = await fetch(`${origin}/s/${survey.code}`, {
    method: 'POST',
    body: new URLSearchParams({ form: newFormToken(survey.formSecret), ...points, P1: 'A2', T1: 'Si aspetta troppo il lunedì mattina.' }),
    headers: { origin, 'x-forwarded-for': `203.0.${Math.floor(index / 250) % 250}.${index % 250}` },
    redirect: 'manual',
  })
  await answer.arrayBuffer()
  return answer.status
}

const percentile = (all: readonly number[], share: number) => Math.round(all.toSorted((a, b) => a - b)[Math.floor(all.length * share)] ?? 0)

async function countKept(db: Database, surveyId: number) {
  const { count } = await db
    .selectFrom('survey_response')
    .where('survey_id', '=', surveyId)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

async function prepareSurvey(db: Database): Promise<Survey> {
  const person = await db.selectFrom('person').select('id').orderBy('id').limit(1).executeTakeFirstOrThrow()
  const pathway = await db.selectFrom('pathway').select(['id', 'programme_id']).orderBy('id').limit(1).executeTakeFirstOrThrow()
  const administration = await db.selectFrom('administration').select('id').orderBy('id').limit(1).executeTakeFirstOrThrow()
  const who = { by: person, at: now }
  const followed = { programmeId: pathway.programme_id, administrationId: administration.id, pathwayId: pathway.id, ruleId: null }
  const enrolment = await enrol(db, { ...followed, trace: chosenByHand }, who)
  if ('refusal' in enrolment) throw new Error(enrolment.refusal)
  const { id } = await createSurvey(
    db,
    { enrolmentId: enrolment.id, title: 'La Sua opinione', service: 'Anagrafe', family: 'counter', points: 5 },
    who,
  )
  await publishSurvey(db, id, { ...who, today: Temporal.PlainDate.from('2026-03-02') })
  const survey = await surveyById(db, id)
  if (!survey) throw new Error('no survey')
  return survey
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Outside production it listens on this machine alone; a database with people in it gets no demo. */
async function startServer(port: number, databaseUrl: string): Promise<ChildProcess> {
  const environment = {
    ...process.env,
    PORT: String(port),
    BASE_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: databaseUrl,
    TRUSTED_PROXIES: '1',
    LOG_LEVEL: 'silent',
    NODE_ENV: 'development',
  }
  const server = spawn(process.execPath, ['--no-warnings', 'src/server.ts'], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] })
  for (let tries = 0; tries < 300; tries += 1) {
    if (
      await fetch(`http://127.0.0.1:${port}/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return server
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  server.kill()
  throw new Error('the server did not start')
}

function stop(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once('exit', () => resolve())
    server.kill('SIGTERM')
  })
}
