import { describe, expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { handIn, reviewSubmission } from '#src/pathways/assignments/actions.ts'
import { listSubmissions } from '#src/pathways/assignments/queries.ts'
import { reviewerRefusal } from '#src/pathways/assignments/rules.ts'
import { findPersonByEmail } from '#src/people/queries.ts'
import type { Person } from '#src/web/env.ts'
import {
  asl,
  carla,
  cosenza,
  countQueries,
  enzo,
  luca,
  nadia,
  newDatabase,
  noon,
  openApp,
  paolo,
  rosa,
  salerno,
  tina,
  torino,
} from '#test/support.ts'
import { buildPathway, enrol, stateOf } from '../builder.ts'
import { file, pdf } from './documents.ts'

const plan = { kind: 'assignment', title: 'Piano di campionamento', body: 'Descrivi il campione.' } as const
const accepted = { verdict: 'accepted', comment: '' } as const
const returned = { verdict: 'to_revise', comment: 'Manca il margine di errore' } as const

/** One submission of each administration, handed in one day after the other: Salerno, Cosenza, ASL, Torino. */
async function fourSubmissions(db: Database) {
  const built = await buildPathway(db, [plan])
  const ids: number[] = []
  for (const [index, administration] of [salerno, cosenza, asl, torino].entries()) {
    const enrolmentId = index === 0 ? built.enrolmentId : await enrol(db, { ...built, administration })
    const at = noon.add({ hours: 24 * index })
    await handIn(db, { enrolmentId, moduleId: built.firstId, text: `Piano di ${administration.name}`, files: [] }, { by: rosa, at })
    const { id } = await db.selectFrom('submission').where('enrolment_id', '=', enrolmentId).select('id').executeTakeFirstOrThrow()
    ids.push(id)
  }
  return { ...built, ids, id: ids[0] ?? 0 }
}

describe('the queue', () => {
  const namesIn = (text: string) => [...text.matchAll(/<a href="\/submissions\/\d+">([^<]+)/g)].map((match) => match[1])

  test('what waits comes first, the oldest on top', async () => {
    const { db, as } = await openApp()
    const { id } = await fourSubmissions(db)
    await reviewSubmission(db, id, accepted, { by: paolo, at: noon })
    expect(namesIn((await (await as(paolo)).get('/submissions')).text)).toEqual([cosenza, asl, torino, salerno].map(({ name }) => name))
  })

  test('shows how long each has been waiting', async () => {
    const { db, as, clock } = await openApp()
    await fourSubmissions(db)
    clock.now = noon.add({ hours: 24 * 3 })
    const { text } = await (await as(paolo)).get('/submissions')
    for (const age of ['(3 giorni fa)', '(2 giorni fa)', '(ieri)', '(oggi)']) expect(text).toContain(age)
  })

  test.each([
    ['Enzo, of Calabria', enzo, [cosenza.name]],
    ['Tina, of Piemonte', tina, [torino.name]],
    ['Carla, of the whole country', carla, [salerno, cosenza, asl, torino].map(({ name }) => name)],
  ])('%s sees only what is in scope', async (_who, person, names) => {
    const { db, as } = await openApp()
    await fourSubmissions(db)
    expect(namesIn((await (await as(person)).get('/submissions')).text)).toEqual(names)
  })

  test('is searched by administration and by module, and filtered by state and region', async () => {
    const { db, as } = await openApp()
    const { id } = await fourSubmissions(db)
    await reviewSubmission(db, id, returned, { by: paolo, at: noon })
    const browser = await as(carla)
    const found = async (query: string) => namesIn((await browser.get(`/submissions?${query}`)).text)
    expect(await found('q=cosenza')).toEqual([cosenza.name])
    expect(await found('q=c_l219')).toEqual([torino.name])
    expect(await found('q=PIANO+torino')).toEqual([torino.name])
    expect(await found('q=nulla')).toEqual([])
    expect(await found('q=%25')).toHaveLength(4)
    expect(await found('state=to_revise')).toEqual([salerno.name])
    expect(await found('state=waiting')).toEqual([cosenza, asl, torino].map(({ name }) => name))
    expect(await found('state=accepted')).toEqual([])
    expect(await found('region=15')).toEqual([asl.name, salerno.name])
    expect(await found('sort=-administration')).toEqual([torino, salerno, cosenza, asl].map(({ name }) => name))
  })

  test('answers a search while typing with the list alone', async () => {
    const { db, as } = await openApp()
    await fourSubmissions(db)
    const { text } = await (await as(carla)).get('/submissions?q=torino', { 'HX-Request': 'true' })
    expect(text.trim()).toMatch(/^<div id="submissions">/)
    expect(text).not.toContain('<html')
  })

  test('says what will come when it is empty', async () => {
    const { as } = await openApp()
    expect((await (await as(paolo)).get('/submissions')).text).toContain('Nessun elaborato consegnato finora')
  })

  test('is not for referents, and visitors are led to sign in', async () => {
    const { as } = await openApp()
    expect((await (await as(rosa)).get('/submissions')).status).toBe(403)
    expect((await (await as(null)).get('/submissions')).location).toBe('/sign-in?next=%2Fsubmissions')
  })

  test('takes as many queries for four rows as for one', async () => {
    const db = await newDatabase()
    await fourSubmissions(db)
    const viewers = [await findPersonByEmail(db, tina.email), await findPersonByEmail(db, carla.email)] as Person[]
    const list = { path: '/', q: '', sort: 'age', descending: false, page: 1, filters: {} } as const
    const counts = await Promise.all(viewers.map((viewer) => countQueries(db, (counted) => listSubmissions(counted, list, viewer))))
    expect(counts[0]).toBe(counts[1])
  })
})

describe('a review', () => {
  test('accepting completes the module, on the evidence of the submission', async () => {
    const { db, as } = await openApp()
    const { id, enrolmentId, firstId } = await fourSubmissions(db)
    const answer = await (await as(paolo)).post(`/submissions/${id}`, accepted)
    expect([answer.status, answer.location]).toEqual([303, '/submissions'])
    expect(await stateOf(db, enrolmentId, firstId)).toBe('completed')
    expect(await db.selectFrom('completion_evidence').select(['kind', 'source_id', 'person_id', 'recorded_by']).execute()).toEqual([
      { kind: 'submission', source_id: id, person_id: rosa.id, recorded_by: paolo.id },
    ])
    expect(await happenings(db)).toEqual(['submission_accepted', 'module_completed', 'pathway_completed'])
  })

  test('sending back puts the module in progress again and keeps the comment as the reason', async () => {
    const { db, as } = await openApp()
    const { id, enrolmentId, firstId } = await fourSubmissions(db)
    await (await as(paolo)).post(`/submissions/${id}`, returned)
    expect(await stateOf(db, enrolmentId, firstId)).toBe('in_progress')
    const { reason } = await db
      .selectFrom('history')
      .where('happening', '=', 'submission_returned')
      .select('reason')
      .executeTakeFirstOrThrow()
    expect(reason).toBe('Manca il margine di errore')
  })

  test('sending back without a comment is refused beside the field', async () => {
    const { db, as } = await openApp()
    const { id } = await fourSubmissions(db)
    const answer = await (await as(paolo)).post(`/submissions/${id}`, { verdict: 'to_revise', comment: ' ' })
    expect(answer.status).toBe(422)
    expect(answer.text).toMatch(/id="comment-error">Scrivi all’amministrazione/)
    expect(answer.text).toMatch(/value="to_revise" checked/)
  })

  test('a verdict that is none is refused and the comment stays', async () => {
    const { db, as } = await openApp()
    const { id } = await fourSubmissions(db)
    const answer = await (await as(paolo)).post(`/submissions/${id}`, { verdict: 'excellent', comment: 'Bel lavoro' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('id="verdict-error"')
    expect(answer.text).toContain('Bel lavoro</textarea>')
  })

  test('of two reviewers at once one decides; the other is told, with the comment not lost', async () => {
    const { db, as } = await openApp()
    const { id } = await fourSubmissions(db)
    const [first, second] = [await as(paolo), await as(carla)]
    const answers = await Promise.all([
      first.post(`/submissions/${id}`, { verdict: 'accepted', comment: 'Commento uno' }),
      second.post(`/submissions/${id}`, { verdict: 'to_revise', comment: 'Commento due' }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 422])
    const late = answers.find(({ status }) => status === 422)
    expect(late?.text).toContain('un’altra persona ha già valutato')
    expect(late?.text).toMatch(/non registrato:<\/p><blockquote>Commento (uno|due)/)
    expect((await happenings(db)).filter((each) => /accepted|returned/.test(each))).toHaveLength(1)
  })

  test('an accepted version stays accepted', async () => {
    const db = await newDatabase()
    const { id, enrolmentId, firstId } = await fourSubmissions(db)
    expect(await reviewSubmission(db, id, accepted, { by: paolo, at: noon })).toBeNull()
    expect(await reviewSubmission(db, id, returned, { by: carla, at: noon })).toBe('already_reviewed')
    expect(await stateOf(db, enrolmentId, firstId)).toBe('completed')
  })

  test('a submission that is not there can’t be reviewed', async () => {
    const db = await newDatabase()
    expect(await reviewSubmission(db, 999, accepted, { by: paolo, at: noon })).toBe('not_found')
  })

  test.each([
    ['Tina, trainer of another region', tina, 404],
    ['Enzo, coordinator of another region', enzo, 404],
    ['Rosa, a referent', rosa, 403],
  ] as const)('%s can neither read it there nor decide', async (_who, person, status) => {
    const { db, as } = await openApp()
    const { id, enrolmentId, firstId } = await fourSubmissions(db)
    const browser = await as(person)
    expect((await browser.get(`/submissions/${id}`)).status).toBe(status)
    expect((await browser.post(`/submissions/${id}`, accepted)).status).toBe(status)
    expect(await stateOf(db, enrolmentId, firstId)).toBe('submitted')
  })

  test('the rule: reviewers are the trainers and coordinators of the region, and nobody judges the own work', async () => {
    const db = await newDatabase()
    const refusalFor = async ({ email }: { email: string }, region: string, administrationId = salerno.id) =>
      reviewerRefusal((await findPersonByEmail(db, email)) as Person, { administrationId, region })
    expect(await refusalFor(tina, '01')).toBeNull()
    expect(await refusalFor(enzo, '18')).toBeNull()
    expect(await refusalFor(carla, '15')).toBeNull()
    expect(await refusalFor(tina, '15')).toBe('out_of_scope')
    expect(await refusalFor(rosa, '15')).toBe('out_of_scope')
  })

  test('a coordinator of the region reviews', async () => {
    const { db, as } = await openApp()
    const { ids } = await fourSubmissions(db)
    expect((await (await as(enzo)).post(`/submissions/${ids[1]}`, accepted)).status).toBe(303)
  })

  test('whoever is a referent of the administration doesn’t judge its work', async () => {
    const { db, as } = await openApp()
    const { id } = await fourSubmissions(db)
    const since = '2026-01-01T00:00:00.000Z'
    const referent = { administration_id: salerno.id, person_id: paolo.id, since, invited_by: null, until: null, ended_by: null }
    await db.insertInto('referent').values(referent).execute()
    const browser = await as(paolo)
    expect((await browser.get(`/submissions/${id}`)).text).toContain('Sei referente di questa amministrazione')
    expect((await browser.post(`/submissions/${id}`, accepted)).status).toBe(403)
  })

  test('the page shows what was asked, what was handed in, by whom, and the earlier versions', async () => {
    const { db, as } = await openApp()
    const { id, enrolmentId, firstId } = await fourSubmissions(db)
    await reviewSubmission(db, id, returned, { by: paolo, at: noon })
    await handIn(db, { enrolmentId, moduleId: firstId, text: '<b>Seconda</b> stesura', files: [] }, { by: luca, at: noon })
    const second = await db.selectFrom('submission').where('version', '=', 2).select('id').executeTakeFirstOrThrow()
    const { text } = await (await as(paolo)).get(`/submissions/${second.id}`)
    for (const expected of [
      'Descrivi il campione.',
      '&lt;b&gt;Seconda&lt;/b&gt; stesura',
      'Consegnata da Luca Esposito',
      'Piano di Comune di Salerno',
      'Manca il margine di errore',
      'Registra la valutazione',
    ])
      expect(text).toContain(expected)
    expect((await (await as(paolo)).get(`/submissions/${id}`)).text).not.toContain('Registra la valutazione')
  })
})

describe('a file', () => {
  async function withFile() {
    const app = await openApp()
    const { pagePath } = await buildPathway(app.db, [plan])
    await (await app.as(rosa)).post(`${pagePath}/submission`, { text: '', files: file('Città <b>.pdf', pdf, 'text/html') })
    const { id, submission_id } = await app.db.selectFrom('submission_file').select(['id', 'submission_id']).executeTakeFirstOrThrow()
    return { ...app, path: `/submissions/${submission_id}/files/${id}`, submissionId: submission_id, fileId: id }
  }

  test('is downloaded as it was, under its name, never shown as a page', async () => {
    const { app, as, path } = await withFile()
    const { status, headers } = await (await as(luca)).get(path)
    expect(status).toBe(200)
    expect(headers.get('content-disposition')).toBe(`attachment; filename="Citta _b_.pdf"; filename*=UTF-8''Citt%C3%A0%20_b_.pdf`)
    expect(headers.get('content-type')).toBe('application/pdf')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toContain('private')

    // As bytes: what comes back is what was sent.
    const browser = await as(rosa)
    expect((await browser.get(path)).text).toBe(new TextDecoder().decode(pdf))
    expect((await app.request(path)).status).toBe(303)
  })

  test.each([
    ['Paolo, national trainer', 200, paolo],
    ['Carla, national coordinator', 200, carla],
    ['Nadia, of another administration', 404, nadia],
    ['Enzo, of another region', 404, enzo],
    ['Tina, of another region', 404, tina],
  ] as const)('%s gets %i', async (_who, status, person) => {
    const { as, path } = await withFile()
    expect((await (await as(person)).get(path)).status).toBe(status)
  })

  test('is found only under its own submission', async () => {
    const { as, submissionId, fileId } = await withFile()
    const browser = await as(rosa)
    expect((await browser.get(`/submissions/${submissionId + 1}/files/${fileId}`)).status).toBe(404)
    expect((await browser.get(`/submissions/${submissionId}/files/${fileId + 1}`)).status).toBe(404)
    expect((await browser.get(`/submissions/${submissionId}/files/..%2F..%2Fetc%2Fpasswd`)).status).toBe(404)
  })
})

const happenings = async (db: Database) =>
  (await db.selectFrom('history').where('happening', 'like', '%ed').orderBy('id').select('happening').execute())
    .map(({ happening }) => happening)
    .filter((happening) => !['signed_in', 'submission_handed_in'].includes(happening))
