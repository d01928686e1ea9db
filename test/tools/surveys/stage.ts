import type { Database } from '#src/database/schema.ts'
import { createSurvey, publishSurvey } from '#src/tools/surveys/actions.ts'
import { newFormToken } from '#src/tools/surveys/collection/form-token.ts'
import { itemsOf, surveyById } from '#src/tools/surveys/queries.ts'
import type { Answers, Family } from '#src/tools/surveys/survey.ts'
import { noon, openApp, rosa } from '#test/support.ts'
import { buildPathway } from '../../pathways/builder.ts'

export const today = Temporal.PlainDate.from('2026-03-02')
export const byRosa = { by: rosa, at: noon }

/** A survey of the Comune di Salerno with the kit of its family, on an enrolment of its own. */
export async function buildSurvey(db: Database, { family = 'counter' as Family, points = 5, published = true } = {}) {
  const { enrolmentId, moduleIds } = await buildPathway(db, [{ kind: 'tool', title: 'Indagine' }])
  const { id } = await createSurvey(
    db,
    { enrolmentId, title: 'La Sua opinione sullo sportello', service: 'Sportello anagrafe', family, points },
    byRosa,
  )
  if (published) await publishSurvey(db, id, { ...byRosa, today })
  return { ...(await theSurvey(db, id)), enrolmentId, moduleIds }
}

export async function theSurvey(db: Database, id: number) {
  const survey = await surveyById(db, id)
  if (!survey) throw new Error('no survey')
  return { survey, items: await itemsOf(db, id), path: `/surveys/${id}`, url: `/s/${survey.code}` }
}

export async function openSurvey(options: Parameters<typeof buildSurvey>[1] = {}) {
  const app = await openApp()
  return { ...app, ...(await buildSurvey(app.db, options)) }
}

/** A form as the page hands it out. */
export const aForm = ({ survey }: { survey: { formSecret: string } }, answers: Record<string, string | number>) => ({
  form: newFormToken(survey.formSecret),
  ...answers,
})

export async function answersOf(db: Database, surveyId: number): Promise<Answers[]> {
  const rows = await db.selectFrom('survey_response').where('survey_id', '=', surveyId).orderBy('id').select('answers').execute()
  return rows.map(({ answers }) => JSON.parse(answers))
}
