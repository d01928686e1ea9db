import { describe, expect, test } from 'vitest'
import { tellNews } from '#src/notifications/news/actions.ts'
import { claimSubmission, handIn, releaseSubmission, reviewSubmission } from '#src/pathways/assignments/actions.ts'
import { isClaimedByOther } from '#src/pathways/assignments/rules.ts'
import { carla, enzo, luca, nadia, noon, openApp, paolo, rosa, zone } from '#test/support.ts'
import { buildPathway, stateOf } from '../builder.ts'

const hours = (count: number) => noon.add({ hours: count })

async function open() {
  const opened = await openApp()
  const built = await buildPathway(opened.db, [{ kind: 'assignment', title: 'Relazione' }])
  const place = { enrolmentId: built.enrolmentId, moduleId: built.firstId }
  const hand = (text = 'Ecco') => handIn(opened.db, { ...place, text, files: [] }, { by: rosa, at: noon })
  await hand()
  return { ...opened, ...built, place, hand, path: '/submissions/1' }
}

describe('a claim', () => {
  test('keeps others from reviewing: they see who has it, and no form', async () => {
    const { as, path } = await open()
    expect((await (await as(paolo)).post(`${path}/claim`)).location).toBe(path)
    const other = await as(carla)
    const { text } = await other.get(path)
    expect([text.includes('L’ha presa in carico Paolo Conti'), text.includes('name="verdict"')]).toEqual([true, false])
    expect((await other.get('/submissions')).text).toContain('Paolo Conti')
    const { status } = await other.post(path, { verdict: 'accepted', comment: '' })
    expect(status).toBe(422)
  })

  test('is the owner’s to review with, and to leave', async () => {
    const { db, as, path, place } = await open()
    const browser = await as(paolo)
    await browser.post(`${path}/claim`)
    expect((await browser.get(path)).text).toContain('L’hai presa in carico tu')
    await browser.post(`${path}/release`)
    expect((await (await as(carla)).post(path, { verdict: 'accepted', comment: '' })).status).toBe(303)
    expect(await stateOf(db, place.enrolmentId, place.moduleId)).toBe('completed')
  })

  test('made by two at once is one’s', async () => {
    const { db } = await open()
    const outcomes = await Promise.all([claimSubmission(db, 1, { by: paolo, at: noon }), claimSubmission(db, 1, { by: carla, at: noon })])
    expect(outcomes.toSorted()).toEqual(['claimed', null].toSorted())
  })

  test('twice by the same person changes nothing, and nobody leaves what another has', async () => {
    const { db } = await open()
    for (const expected of [null, null]) expect(await claimSubmission(db, 1, { by: paolo, at: noon })).toBe(expected)
    expect(await db.selectFrom('history').where('happening', '=', 'submission_claimed').selectAll().execute()).toHaveLength(1)
    expect(await releaseSubmission(db, 1, { by: carla, at: noon })).toBe('claimed')
  })

  test('ends after three days by itself, and with the verdict', async () => {
    const { db } = await open()
    await claimSubmission(db, 1, { by: paolo, at: noon })
    expect(await reviewSubmission(db, 1, { verdict: 'accepted', comment: '' }, { by: carla, at: hours(71) })).toBe('claimed')
    expect(await claimSubmission(db, 1, { by: carla, at: hours(72) })).toBeNull()
    expect(await reviewSubmission(db, 1, { verdict: 'accepted', comment: '' }, { by: carla, at: hours(73) })).toBeNull()
    expect(await claimSubmission(db, 1, { by: paolo, at: hours(74) })).toBe('already_reviewed')
    expect(await claimSubmission(db, 99, { by: paolo, at: noon })).toBe('not_found')
  })

  test('is for reviewers of the region', async () => {
    const { as, path } = await open()
    const statuses = []
    for (const person of [rosa, nadia, enzo, null]) statuses.push((await (await as(person)).post(`${path}/claim`)).status)
    expect(statuses).toEqual([403, 403, 404, 303])
  })

  test('of somebody is no obstacle to themself', () => {
    const claim = { by: paolo.id, at: noon }
    expect([isClaimedByOther(claim, paolo, noon), isClaimedByOther(claim, carla, noon), isClaimedByOther(null, carla, noon)]).toEqual([
      false,
      true,
      false,
    ])
  })
})

describe('work that is not accepted', () => {
  test('needs a reason, goes back, and the administration is told why', async () => {
    const { db, as, path, place, hand } = await open()
    const browser = await as(paolo)
    const silent = await browser.post(path, { verdict: 'refused', comment: ' ' })
    expect([silent.status, silent.text.includes('id="comment-error"')]).toEqual([422, true])
    expect((await browser.post(path, { verdict: 'refused', comment: 'È la relazione di un altro ente' })).status).toBe(303)
    expect(await stateOf(db, place.enrolmentId, place.moduleId)).toBe('in_progress')

    await tellNews(db, { now: noon, baseUrl: 'http://localhost', zone, organizer: { name: 'x', address: 'x@example.org' } as never })
    const mails = await db.selectFrom('outbox').orderBy('id').select(['recipient', 'subject', 'text']).execute()
    expect(mails.map(({ recipient, subject }) => [recipient, subject])).toEqual([
      [rosa.email, 'Elaborato non accettato: Relazione'],
      [luca.email, 'Elaborato non accettato: Relazione'],
    ])
    expect(mails[0]?.text).toContain('È la relazione di un altro ente')
    expect(await hand('Un lavoro nuovo')).toEqual({ version: 2 })
  })

  test('is filtered in the queue', async () => {
    const { as, path } = await open()
    const browser = await as(paolo)
    await browser.post(path, { verdict: 'refused', comment: 'No' })
    expect((await browser.get('/submissions?state=refused')).text).toContain('Non accettato')
    expect((await browser.get('/submissions?state=accepted')).text).toContain('Nessun risultato')
  })
})
