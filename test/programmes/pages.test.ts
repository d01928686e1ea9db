import { expect, test } from 'vitest'
import { intakeQuestions } from '#src/pathways/intake/queries.ts'
import { answerIntake } from '#src/pathways/orientation/actions.ts'
import { carla, noon, openApp, rosa, salerno } from '#test/support.ts'
import { buildMiglioraPa } from './build.ts'

test('every page of a programme has one heading, in Italian and in English', async () => {
  const { db, as } = await openApp()
  const { programmeId, guide, standard, rules } = await buildMiglioraPa(db, { rest: false })
  const answers = { experience: 'many', staff: '3' }
  await answerIntake(db, { programmeId, administrationId: salerno.id, answers }, { by: rosa, at: noon })
  const [question] = await intakeQuestions(db, programmeId)
  const programme = `/programmes/${programmeId}`
  const orientation = `/orientation/${programmeId}/${salerno.id}`
  const pages: [{ id: number }, string, string][] = [
    [carla, '/programmes', 'Programmes'],
    [carla, '/programmes/new', 'New programme'],
    [carla, programme, 'MiglioraPA'],
    [carla, `${programme}/edit`, 'Edit the programme'],
    [carla, `${programme}/modules`, 'Modules'],
    [carla, `${programme}/modules/new`, 'New module'],
    [carla, `${programme}/modules/${guide}`, 'Guida agli strumenti'],
    [carla, `${programme}/modules/${guide}/edit`, 'Edit the module'],
    [carla, '/pathways', 'Pathways'],
    [carla, `${programme}/pathways/new`, 'New pathway'],
    [carla, `/pathways/${standard}`, 'Percorso Standard'],
    [carla, `/pathways/${standard}/edit`, 'Edit the pathway'],
    [carla, `${programme}/intake`, 'Intake questions'],
    [carla, `${programme}/intake/new`, 'New question'],
    [carla, `${programme}/intake/${question?.id}/edit`, 'Edit the question'],
    [carla, `${programme}/rules`, 'Rules'],
    [carla, `${programme}/rules/new`, 'New rule'],
    [carla, `${programme}/rules/${rules.expert}/edit`, 'Edit the rule'],
    [carla, `${programme}/assign`, 'Assignment'],
    [carla, '/orientation', 'Choose the pathway'],
    [rosa, orientation, 'Choose the pathway'],
    [rosa, `${orientation}/recommendation`, 'The pathway proposed'],
  ]
  for (const [person, path, title] of pages) {
    const { status, text } = await (await as(person)).get(path)
    expect([path, status, headings(text).length]).toEqual([path, 200, 1])
    expect([path, headings((await inEnglish(person, path)).text)]).toEqual([path, [title]])
  }

  async function inEnglish(person: { id: number }, path: string) {
    await db.updateTable('person').set({ language: 'en' }).where('id', '=', person.id).execute()
    const answer = await (await as(person)).get(path)
    await db.updateTable('person').set({ language: 'it' }).where('id', '=', person.id).execute()
    return answer
  }
})

const headings = (text: string) => [...text.matchAll(/<h1>([^<]*)<\/h1>/g)].map((found) => found[1])
