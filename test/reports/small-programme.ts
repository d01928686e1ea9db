import type { Database } from '#src/database/schema.ts'
import { asl, cosenza, luca, nadia, rosa, salerno, torino } from '#test/cast.ts'
import { buildOn } from './builder.ts'

/**
 * A small programme whose every figure can be counted by hand (all of the year 2026, office clock):
 *
 * | administration | region   | pathway                          | what its people did                                            |
 * | Salerno        | Campania | since 2 Feb, completed 20 April  | Rosa: webinar 10 March 90 min, infoday 15 April 60; Luca: webinar 10 March 30 (partial) |
 * | Cosenza        | Calabria | since 3 Feb                      | Nadia: virtual classroom 7 April 45; a question on 8 April      |
 * | ASL Salerno    | Campania | 4 Feb, ended 1 March             | Rosa: seminar 20 May 120, for the ASL                           |
 * | Torino         | Piemonte | none                             | nothing; Piero is its referent                                  |
 *
 * Absent, excused and zero-minute rows are there too, and count nowhere.
 */
export async function smallProgramme(db: Database) {
  const build = buildOn(db)
  const programme = await build.programme('MiglioraPA, seconda fase')
  const module = await build.module(programme)
  const pathway = await build.pathway(programme)
  const piero = await build.person('Piero Gallo')
  await build.referent(piero, torino)

  const ofSalerno = await build.enrolment(pathway, salerno, { at: '2026-02-02 10:00', completed: '2026-04-20 10:00' })
  const ofCosenza = await build.enrolment(pathway, cosenza, { at: '2026-02-03 10:00' })
  await build.enrolment(pathway, asl, { at: '2026-02-04 10:00', ended: '2026-03-01 10:00' })

  const webinar = await build.session(module, 'webinar', '2026-03-10 12:30', 'Impostare le campagne')
  const classroom = await build.session(module, 'virtual_classroom', '2026-04-07 12:30', 'Aula sul campione')
  const infoday = await build.session(module, 'infoday', '2026-04-15 10:00', 'Infoday Napoli')
  const seminar = await build.session(module, 'seminar', '2026-05-20 10:00', 'Seminario Lamezia')
  await build.attendance(webinar, rosa, salerno, 90)
  await build.attendance(webinar, luca, salerno, 30, 'partial')
  await build.attendance(webinar, nadia, cosenza, 0, 'absent')
  await build.attendance(classroom, nadia, cosenza, 45)
  await build.attendance(classroom, luca, salerno, 0, 'present')
  await build.attendance(infoday, rosa, salerno, 60)
  await build.attendance(infoday, luca, salerno, 60, 'excused')
  await build.attendance(seminar, rosa, asl, 120)
  await build.question(programme, nadia, cosenza, '2026-04-08 09:00')

  return { build, programme, module, pathway, piero, ofSalerno, ofCosenza, webinar, classroom, infoday, seminar }
}
