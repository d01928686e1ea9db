import { Hono } from 'hono'
import { requirePerson } from '../../../people/require.ts'
import { readBody } from '../../../web/body.ts'
import type { WebEnv } from '../../../web/env.ts'
import { readList } from '../../../web/lists.ts'
import { id } from '../../../web/paths.ts'
import { done, fragment, wantsFragment } from '../../../web/respond.ts'
import { foundSurvey, surveyPageOf, workedSurvey } from '../found.ts'
import { itemsOf } from '../queries.ts'
import { surveyPath } from '../survey.ts'
import { comparisonPage } from './comparison-page.ts'
import { comparisonOf } from './findings.ts'
import { groupsSection } from './groups-page.ts'
import { analysisPage } from './pages.ts'
import { answersTo } from './queries.ts'
import { readingOf } from './reading.ts'
import { hideReasons, hideText, showText } from './texts/actions.ts'
import { textsList, textsPage } from './texts/page.ts'
import { openTexts } from './texts/queries.ts'
import { words } from './words.ts'

export const analysisRoutes = new Hono<WebEnv>()

const home = `/surveys/${id('survey')}` as const

analysisRoutes.get(`${home}/analysis`, requirePerson, async (c) => {
  const found = await foundSurvey(c)
  if (!found) return c.notFound()
  const { db, language } = c.var
  const { survey } = found
  const collected = { survey, items: await itemsOf(db, survey.id), answers: await answersTo(db, survey.id) }
  const groups = groupsSection({ ...collected, by: c.req.query('by') ?? '', of: c.req.query('of') ?? '', language })
  return surveyPageOf(c, found, { title: words[language].title, content: analysisPage(readingOf(collected), groups, language) })
})

analysisRoutes.get(`${home}/comparison`, requirePerson, async (c) => {
  const found = await foundSurvey(c)
  if (!found) return c.notFound()
  const { db, language } = c.var
  const content = comparisonPage(await comparisonOf(db, found.survey.id), language)
  return surveyPageOf(c, found, { title: words[language].comparisonTitle, content })
})

analysisRoutes.get(`${home}/texts`, requirePerson, async (c) => {
  const found = await foundSurvey(c)
  if (!found) return c.notFound()
  const { db, language } = c.var
  const items = (await itemsOf(db, found.survey.id)).filter(({ kind }) => kind === 'text')
  const list = readList(c, ['newest'], ['item'])
  const code = (items.find((item) => item.code === list.filters.item) ?? items[0])?.code ?? ''
  const asked = { code, q: list.q, page: list.page, withHidden: found.isReferent }
  const texts = { survey: found.survey, items, list, mayWork: found.mayWork, language, ...(await openTexts(db, found.survey.id, asked)) }
  if (wantsFragment(c)) return fragment(c, textsList(texts))
  return surveyPageOf(c, found, { title: words[language].textsTitle, content: textsPage(texts) })
})

const text = `${home}/texts/${id('response')}/:code{T[0-9]{1,2}}` as const

analysisRoutes.post(`${text}/hide`, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  if (found instanceof Response) return found
  const { db, now, language, signedIn } = c.var
  const body = await readBody(c)
  const reason = hideReasons.find((each) => each === body.reason) ?? 'other'
  const place = { surveyId: found.survey.id, responseId: Number(c.req.param('response')), code: c.req.param('code') }
  const hidden = await hideText(db, place, reason, { by: signedIn, at: now })
  return hidden ? done(c, `${surveyPath(found.survey)}/texts?item=${place.code}`, words[language].hiddenDone) : c.notFound()
})

analysisRoutes.post(`${text}/show`, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  if (found instanceof Response) return found
  const { db, now, language, signedIn } = c.var
  const place = { surveyId: found.survey.id, responseId: Number(c.req.param('response')), code: c.req.param('code') }
  const shown = await showText(db, place, { by: signedIn, at: now })
  return shown ? done(c, `${surveyPath(found.survey)}/texts?item=${place.code}`, words[language].shownDone) : c.notFound()
})
