import { type Context, Hono } from 'hono'
import { requirePerson } from '../../../people/require.ts'
import { csv } from '../../../web/csv.ts'
import type { WebEnv } from '../../../web/env.ts'
import { id } from '../../../web/paths.ts'
import { attachment } from '../../../web/uploads.ts'
import { comparisonOf } from '../analysis/findings.ts'
import { answersTo } from '../analysis/queries.ts'
import { type Found, foundSurvey, ownSurvey } from '../found.ts'
import { countBySource, itemsOf } from '../queries.ts'
import { answerRows, legendRows } from './data.ts'
import { drawReport } from './report.ts'
import { words } from './words.ts'
import { workbook } from './workbook.ts'

export const reportRoutes = new Hono<WebEnv>()

const home = `/surveys/${id('survey')}` as const

reportRoutes.get(`${home}/report.pdf`, requirePerson, async (c) => {
  const found = await foundSurvey(c)
  if (!found) return c.notFound()
  const { db, now, zone } = c.var
  const { survey } = found
  const collected = { survey, items: await itemsOf(db, survey.id), answers: await answersTo(db, survey.id) }
  const counts = await countBySource(db, survey.id)
  const bytes = await drawReport({ collected, counts, comparison: await comparisonOf(db, survey.id), zone, now })
  return send(c, bytes, { name: 'relazione.pdf', type: 'application/pdf' })
})

reportRoutes.get(`${home}/answers.csv`, requirePerson, async (c) => {
  const found = await ownSurvey(c)
  if (found instanceof Response) return found
  const rows = await rowsOf(c, found)
  return send(c, csv(rows), { name: 'risposte.csv', type: 'text/csv; charset=utf-8' })
})

reportRoutes.get(`${home}/answers.xlsx`, requirePerson, async (c) => {
  const found = await ownSurvey(c)
  if (found instanceof Response) return found
  const { language } = c.var
  const legend = legendRows(await itemsOf(c.var.db, found.survey.id), language)
  const t = words[language]
  const bytes = await workbook([
    { name: t.sheetAnswers, rows: await rowsOf(c, found) },
    { name: t.sheetQuestions, rows: legend },
  ])
  return send(c, bytes, { name: 'risposte.xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' })
})

const rowsOf = async (c: Context<WebEnv>, { survey }: Found) =>
  answerRows(c.var.db, survey.id, await itemsOf(c.var.db, survey.id), c.var.language)

function send(c: Context<WebEnv>, content: string | Uint8Array, { name, type }: { name: string; type: string }) {
  c.header('Content-Type', type)
  c.header('Content-Disposition', attachment(name))
  c.header('Cache-Control', 'private, no-store')
  return c.body(typeof content === 'string' ? content : new Uint8Array(content))
}
