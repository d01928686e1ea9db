import { join } from 'node:path'
import { type Context, Hono } from 'hono'
import { dayOf } from '../../../../language/dates.ts'
import { formatNumber } from '../../../../language/numbers.ts'
import { requirePerson } from '../../../../people/require.ts'
import { readBody } from '../../../../web/body.ts'
import type { WebEnv } from '../../../../web/env.ts'
import type { Problems } from '../../../../web/forms.ts'
import { forgetKept, keepFile, keptName, readKept } from '../../../../web/kept.ts'
import { id } from '../../../../web/paths.ts'
import { done } from '../../../../web/respond.ts'
import { attachment, cleanFileName, readFiles } from '../../../../web/uploads.ts'
import { type Found, surveyPageOf, workedSurvey } from '../../found.ts'
import { itemsOf } from '../../queries.ts'
import { fieldNames } from '../../report/columns.ts'
import { surveyPath } from '../../survey.ts'
import { importAnswers, previewAnswers, undoImport } from './actions.ts'
import { previewPage, uploadPage } from './pages.ts'
import { importsOf } from './queries.ts'
import { refusalInWords, words } from './words.ts'

export const answerImportRoutes = new Hono<WebEnv>()

const home = `/surveys/${id('survey')}/imports` as const
const pathOf = ({ survey }: Found) => `${surveyPath(survey)}/imports`

answerImportRoutes.get(home, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  return found instanceof Response ? found : showUpload(c, found)
})

answerImportRoutes.get(`${home}/template.csv`, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  if (found instanceof Response) return found
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', attachment('risposte.csv'))
  const names = ['numero', ...fieldNames(await itemsOf(c.var.db, found.survey.id))]
  return c.body(`\uFEFF${names.join(';')}\r\n`)
})

answerImportRoutes.post(home, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  if (found instanceof Response) return found
  const { db, now, language } = c.var
  const [file] = await readFiles(c, 'file')
  if (!file) return showUpload(c, found, { file: 'file_missing' })
  const bytes = new Uint8Array(await file.arrayBuffer())
  const preview = await previewAnswers(db, found.survey, bytes)
  if ('refusal' in preview) return showUpload(c, found, { file: refusalInWords(preview, language) })
  const upload = await keepFile(folderOf(c, found), bytes, now)
  return done(c, `${pathOf(found)}/${upload}?${new URLSearchParams({ file: cleanFileName(file.name) })}`)
})

answerImportRoutes.get(`${home}/:upload{${keptName}}`, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  if (found instanceof Response) return found
  const { db, language } = c.var
  const upload = c.req.param('upload')
  const bytes = await readKept(folderOf(c, found), upload)
  if (!bytes) return done(c, pathOf(found), words[language].gone)
  const preview = await previewAnswers(db, found.survey, bytes)
  if ('refusal' in preview) return showUpload(c, found, { file: refusalInWords(preview, language) })
  const fileName = cleanFileName(c.req.query('file') ?? '')
  const content = previewPage({ survey: found.survey, preview, upload, fileName, language })
  return surveyPageOf(c, found, { title: words[language].previewTitle, content })
})

// A file with problems stays at this address: whoever reloads it comes back to the upload.
answerImportRoutes.get(`${home}/confirm`, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  return found instanceof Response ? found : c.redirect(pathOf(found), 303)
})

answerImportRoutes.post(`${home}/confirm`, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  if (found instanceof Response) return found
  const { db, now, zone, language, signedIn } = c.var
  const body = await readBody(c)
  const upload = String(body.upload ?? '')
  const bytes = await readKept(folderOf(c, found), upload)
  if (!bytes) return done(c, pathOf(found), words[language].gone)
  const file = { fileName: cleanFileName(String(body.file ?? '')), bytes, today: dayOf(now, zone) }
  const outcome = await importAnswers(db, found.survey.id, file, { by: signedIn, at: now })
  if ('refusal' in outcome) return showUpload(c, found, { file: refusalInWords(outcome, language) })
  await forgetKept(folderOf(c, found), upload)
  return done(c, pathOf(found), words[language].done(formatNumber(outcome.answers, language)))
})

answerImportRoutes.post(`${home}/${id('import')}/undo`, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  if (found instanceof Response) return found
  const { db, now, language, signedIn } = c.var
  const t = words[language]
  const place = { surveyId: found.survey.id, importId: Number(c.req.param('import')) }
  const outcome = await undoImport(db, place, { by: signedIn, at: now })
  return done(c, pathOf(found), outcome ? t.undoDone(formatNumber(outcome.removed, language)) : t.undoneAlready)
})

const folderOf = (c: Context<WebEnv>, { survey }: Found) => join(c.var.uploads, 'surveys', String(c.var.signedIn.id), String(survey.id))

async function showUpload(c: Context<WebEnv>, found: Found, problems: Problems | null = null) {
  const { db, language, dates, signedIn } = c.var
  const past = await importsOf(db, found.survey.id, signedIn)
  const content = uploadPage({ survey: found.survey, past, language, dates, problems })
  return surveyPageOf(c, found, { title: words[language].title, content, status: problems ? 422 : 200 })
}
