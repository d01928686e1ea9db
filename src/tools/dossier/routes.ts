import { type Context, Hono } from 'hono'
import { dayOf } from '../../language/dates.ts'
import { crumbsToPathway } from '../../pathways/modules/crumbs.ts'
import { pathwayPath } from '../../pathways/modules/panel.ts'
import { findEnrolment, pathwayStanding } from '../../pathways/progress/queries.ts'
import { requirePerson } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import { id } from '../../web/paths.ts'
import { page } from '../../web/respond.ts'
import { drawPaper } from '../document/pdf.ts'
import { send } from '../document/routes.ts'
import { collectDossier } from './collect.ts'
import { dossierPage } from './pages.ts'
import { words } from './words.ts'

/** Mount at `/`. */
export const dossierRoutes = new Hono<WebEnv>()

const path = `/dossier/${id('enrolment')}` as const

dossierRoutes.get(path, requirePerson, async (c) => {
  const { language, signedIn } = c.var
  const found = await find(c)
  if (!found) return c.notFound()
  const { enrolment } = found
  const breadcrumb = [...crumbsToPathway(enrolment, signedIn, language), { href: pathwayPath(enrolment.id), label: enrolment.pathway }]
  const content = dossierPage({ ...found, enrolmentId: enrolment.id, administration: enrolment.administration }, language)
  return page(c, { title: words[language].title, content, breadcrumb })
})

dossierRoutes.get(`${path}/pdf`, requirePerson, async (c) => {
  const { language, now } = c.var
  const found = await find(c)
  if (!found) return c.notFound()
  const { enrolment, lines, phases } = found
  const chapters = phases.map(({ title, pieces }) => ({
    title,
    blocks: pieces.flatMap((piece) => [{ kind: 'heading' as const, text: `${piece.title} (${piece.state})` }, ...piece.blocks]),
  }))
  const title = words[language].titleOf(enrolment.administration)
  const bytes = await drawPaper({ title, lines, chapters, language, at: now })
  return send(c, bytes, 'application/pdf', `${title}.pdf`)
})

async function find(c: Context<WebEnv>) {
  const { db, now, zone, language, dates, signedIn } = c.var
  const enrolment = await findEnrolment(db, Number(c.req.param('enrolment')), signedIn)
  if (!enrolment) return undefined
  const t = words[language]
  const today = dayOf(now, zone)
  const { modules } = await pathwayStanding(db, enrolment, { now, zone })
  const phases = await collectDossier(db, enrolment, modules, { language, dates, today })
  const lines = [t.pathway(enrolment.pathway, enrolment.programme), t.asOf(dates.plainDay(today))]
  return { enrolment, lines, phases }
}
