import { expect, test } from 'vitest'
import { createFeed } from '#src/calendars/actions.ts'
import { register } from '#src/sessions/registration/actions.ts'
import { mailsIn, tell } from '#test/notifications/stage.ts'
import { idOf, openSession } from '#test/sessions/stage.ts'
import { baseUrl, noon, rosa, salerno } from '#test/support.ts'
import { faultsOf, readCalendar } from './stage.ts'

const entrance = (text: string) => /\/sessions\/\d+\/join/.exec(readCalendar(text).events[0]?.description ?? '')?.[0]

test('whoever takes part reads in mail and own calendar where to go in, through our own page; the public calendar leads to the session', async () => {
  const { db, id, as, path } = await openSession()
  idOf(await register(db, id, { personId: rosa.id, administrationId: salerno.id }, { by: rosa, at: noon }))
  const { token } = await createFeed(db, { label: 'Telefono' }, { by: rosa, at: noon })
  await tell(db)
  const visitor = await as(null)
  const own = (await visitor.get(`/calendars/${token}.ics`)).text
  const everybodys = (await visitor.get('/calendar.ics')).text
  const mailed = (await mailsIn(db)).find(({ calendar }) => calendar)?.calendar ?? ''
  expect([entrance(own), entrance(mailed), entrance(everybodys)]).toEqual([`${path}/join`, `${path}/join`, undefined])
  expect([own, mailed, everybodys].map((text) => text.includes('room.example'))).toEqual([false, false, false])
  expect((await (await as(rosa)).get(`${path}/join`)).text).toContain('La stanza non è ancora aperta')
})

test('on site the calendar has the map, and no door', async () => {
  const mapUrl = `https://map.example/?q=Salerno,sala;Verdi&${'x'.repeat(80)}`
  const { as } = await openSession({ kind: 'seminar', place: 'Salerno, sala Verdi', mapUrl, joinUrl: null })
  const { text } = await (await as(null)).get('/calendar.ics')
  expect(readCalendar(text).events[0]?.description).toBe(`Mappa: ${mapUrl}\n\nDettagli e iscrizione: ${baseUrl}/sessions/1`)
  expect(faultsOf(text)).toEqual([])
})
