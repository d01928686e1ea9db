import { describe, expect, test } from 'vitest'
import { createFeed, type NewFeed } from '#src/calendars/actions.ts'
import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { cosenza, luca, nadia, noon, openApp, paolo, rosa, salerno } from '#test/support.ts'
import { buildPathway } from '../pathways/builder.ts'
import { addSession, readCalendar, register } from './stage.ts'

const uids = (text: string) => readCalendar(text).events.map(({ uid }) => uid)
const feedFor = async (db: Database, person: { id: number }, wanted: Omit<NewFeed, 'label'> = {}) =>
  `/calendars/${(await createFeed(db, { label: 'Telefono', ...wanted }, { by: person, at: noon })).token}.ics`

describe('calendars for everybody', () => {
  test('a region’s has its own sessions and those for the whole country', async () => {
    const { db, as } = await openApp()
    const [national, campania, calabria] = [await addSession(db), await addSession(db), await addSession(db)]
    await db.updateTable('session').set({ region_code: '15' }).where('id', '=', campania.id).execute()
    await db.updateTable('session').set({ region_code: '18' }).where('id', '=', calabria.id).execute()
    const visitor = await as(null)
    expect(uids((await visitor.get('/calendar.ics?region=15')).text).toSorted()).toEqual([national.uid, campania.uid].toSorted())
    expect((await visitor.get('/calendar.ics?region=99')).status).toBe(404)
  })

  test('a pathway’s has the sessions of its modules, and none of a programme in draft', async () => {
    const { db, as } = await openApp()
    const { pathwayId, programmeId, firstId } = await buildPathway(db, [{ kind: 'webinar' }])
    const [inside, outside] = [await addSession(db), await addSession(db)]
    await db.updateTable('session').set({ module_id: firstId, programme_id: programmeId }).where('id', '=', inside.id).execute()
    const visitor = await as(null)
    expect((await visitor.get(`/calendar.ics?pathway=${pathwayId}`)).status).toBe(404)
    await db
      .updateTable('programme')
      .set({ published_at: asMoment(noon) })
      .where('id', '=', programmeId)
      .execute()
    const found = uids((await visitor.get(`/calendar.ics?pathway=${pathwayId}`)).text)
    expect([found, found.includes(outside.uid)]).toEqual([[inside.uid], false])
    expect((await visitor.get('/calendar.ics?pathway=x')).status).toBe(404)
  })

  test('regions have tags of their own', async () => {
    const { db, as } = await openApp()
    await addSession(db)
    const visitor = await as(null)
    const tag = (await visitor.get('/calendar.ics?region=15')).headers.get('etag') ?? ''
    expect((await visitor.get('/calendar.ics?region=15', { 'If-None-Match': tag })).status).toBe(304)
    expect((await visitor.get('/calendar.ics?region=18', { 'If-None-Match': tag })).status).toBe(200)
  })
})

describe('private calendars', () => {
  test('an administration’s has the sessions that any of its people takes part in, and nobody’s name', async () => {
    const { db, as } = await openApp()
    const [rosas, lucas, nadias] = [await addSession(db), await addSession(db), await addSession(db)]
    await register(db, rosas, rosa)
    await register(db, lucas, luca)
    await register(db, nadias, nadia)
    await db.updateTable('registration').set({ administration_id: cosenza.id }).where('person_id', '=', nadia.id).execute()
    const { text } = await (await as(null)).get(await feedFor(db, rosa, { scope: 'administration', administrationId: salerno.id }))
    expect(uids(text).toSorted()).toEqual([rosas.uid, lucas.uid].toSorted())
    expect([text.includes('ATTENDEE'), text.includes(luca.name)]).toEqual([false, false])
  })

  test('whoever is a referent no more reads it no more, and the list says so', async () => {
    const { db, as } = await openApp()
    const address = await feedFor(db, rosa, { scope: 'administration', administrationId: salerno.id })
    const [visitor, browser] = [await as(null), await as(rosa)]
    expect((await visitor.get(address)).status).toBe(200)
    await db
      .updateTable('referent')
      .set({ until: asMoment(noon) })
      .where('person_id', '=', rosa.id)
      .execute()
    expect((await visitor.get(address)).status).toBe(404)
    expect((await browser.get('/calendars')).text).toContain('Non funziona più')
  })

  test('a trainer’s has what they lead, while they are a trainer', async () => {
    const { db, as } = await openApp()
    const [led, other] = [await addSession(db), await addSession(db)]
    await db.insertInto('session_trainer').values({ session_id: led.id, person_id: paolo.id }).execute()
    await register(db, other, paolo)
    const address = await feedFor(db, paolo, { scope: 'trainer' })
    const visitor = await as(null)
    expect(uids((await visitor.get(address)).text)).toEqual([led.uid])
    await db
      .updateTable('role_grant')
      .set({ revoked_at: asMoment(noon) })
      .where('person_id', '=', paolo.id)
      .execute()
    expect((await visitor.get(address)).status).toBe(404)
  })

  test('one chooses among what one may read', async () => {
    const { as } = await openApp()
    const browser = await as(rosa)
    expect((await browser.get('/calendars')).text).toContain('Tutti gli incontri a cui partecipa Comune di Salerno')
    expect((await browser.post('/calendars', { label: 'A', scope: `administration-${cosenza.id}` })).status).toBe(422)
    expect((await browser.post('/calendars', { label: 'A', scope: 'trainer' })).status).toBe(422)
    expect((await browser.post('/calendars', { label: 'A', scope: `administration-${salerno.id}` })).status).toBe(200)
    expect((await browser.get('/calendars')).text).toContain('Comune di Salerno')
  })
})

describe('the programme for portals', () => {
  async function open() {
    const { db, as } = await openApp()
    const session = await addSession(db)
    await db.updateTable('session').set({ title: 'Ascoltare & <capire>\u0007' }).where('id', '=', session.id).execute()
    await register(db, session, rosa)
    return { db, session, visitor: await as(null) }
  }

  test('as JSON, with times in UTC', async () => {
    const { visitor, session } = await open()
    const { text, headers } = await visitor.get('/programme.json')
    const [first] = JSON.parse(text).sessions
    expect(first).toMatchObject({ id: session.uid, status: 'confirmed', url: `http://localhost/sessions/${session.id}` })
    expect(first.starts_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect([headers.get('access-control-allow-origin'), text.includes(rosa.name), text.includes('room.example')]).toEqual([
      '*',
      false,
      false,
    ])
  })

  test('as Atom, which stays well-formed whatever the title', async () => {
    const { visitor, session } = await open()
    const { text, headers } = await visitor.get('/programme.atom')
    expect(headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
    expect(text).toMatch(/^<\?xml version="1.0" encoding="utf-8"\?>\n<feed /)
    expect(text).toContain('<title>Ascoltare &amp; &lt;capire&gt;</title>')
    expect(text).toContain(`<id>urn:percorsi:${session.uid}</id>`)
  })

  test('as a fragment that any site may frame; our other pages stay ours', async () => {
    const { visitor, session } = await open()
    const fragment = await visitor.get('/programme/embed')
    expect(fragment.headers.get('content-security-policy')).toContain('frame-ancestors *')
    expect(fragment.headers.get('x-frame-options')).toBeNull()
    expect(fragment.text).toContain(`http://localhost/sessions/${session.id}`)
    expect((await visitor.get('/programme')).headers.get('content-security-policy')).toContain("frame-ancestors 'self'")
  })

  test('not sent again while nothing has changed', async () => {
    const { visitor } = await open()
    for (const path of ['/programme.json', '/programme.atom', '/programme/embed']) {
      const tag = (await visitor.get(path)).headers.get('etag') ?? ''
      expect([path, (await visitor.get(path, { 'If-None-Match': tag })).status]).toEqual([path, 304])
    }
    expect((await visitor.get('/programme.json?region=99')).status).toBe(404)
  })
})
