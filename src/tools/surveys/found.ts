import type { Context } from 'hono'
import { crumbsToPathway } from '../../pathways/modules/crumbs.ts'
import { pathwayPath } from '../../pathways/modules/panel.ts'
import { findEnrolment } from '../../pathways/progress/queries.ts'
import { isReferentOf } from '../../people/rules.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import type { Crumb } from '../../web/layout.ts'
import { page, refused } from '../../web/respond.ts'
import { findSurvey } from './queries.ts'
import { type Survey, surveyPath, surveysPath } from './survey.ts'
import { words } from './words.ts'

/** A survey as the person who asked may see it; `mayWork` for referents while the administration follows the pathway. */
export type Found = { survey: Survey; mayWork: boolean; isReferent: boolean }

export async function foundSurvey(c: Context<WebEnv>): Promise<Found | undefined> {
  const { db, signedIn } = c.var
  const found = await findSurvey(db, Number(c.req.param('survey')), signedIn)
  if (!found) return undefined
  const isReferent = isReferentOf(signedIn, found.survey.administrationId)
  return { survey: found.survey, isReferent, mayWork: isReferent && !found.ended }
}

/** The survey for somebody who may work on it; else the answer that turns them away. */
export async function workedSurvey(c: Context<WebEnv>): Promise<Found | Response> {
  const found = await foundSurvey(c)
  if (!found) return c.notFound()
  return found.mayWork ? found : refused(c, words[c.var.language].onlyReferents)
}

/** The survey for its referents alone: the single answers belong to the administration. */
export async function ownSurvey(c: Context<WebEnv>): Promise<Found | Response> {
  const found = await foundSurvey(c)
  if (!found) return c.notFound()
  return found.isReferent ? found : refused(c, words[c.var.language].onlyReferents)
}

type Shown = { title: string; content: Html; status?: 200 | 409 | 422 }

/** A page of the survey, below its overview. */
export async function surveyPageOf(c: Context<WebEnv>, { survey }: Found, { title, content, status = 200 }: Shown) {
  const above = await crumbsToSurveys(c, survey.enrolmentId)
  return page(c, { title, content, status, breadcrumb: [...above, { href: surveyPath(survey), label: survey.title }] })
}

/** From the pathway to the list of surveys. */
export async function crumbsToSurveys(c: Context<WebEnv>, enrolmentId: number): Promise<Crumb[]> {
  const { db, signedIn, language } = c.var
  const enrolment = await findEnrolment(db, enrolmentId, signedIn)
  if (!enrolment) return []
  return [
    ...crumbsToPathway(enrolment, signedIn, language),
    { href: pathwayPath(enrolmentId), label: enrolment.pathway },
    { href: surveysPath(enrolmentId), label: words[language].surveys },
  ]
}
