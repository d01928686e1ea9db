import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { type Administration, findAdministration } from '../../administrations/queries.ts'
import { dayOf } from '../../language/dates.ts'
import { requireCoordinator, requirePerson } from '../../people/require.ts'
import { findProgramme, type Programme } from '../../programmes/queries.ts'
import { isOpen } from '../../programmes/rules.ts'
import type { WebEnv } from '../../web/env.ts'
import { choiceField, idField, optionalText, type Problems, readForm, requiredText, type Typed } from '../../web/forms.ts'
import { readList } from '../../web/lists.ts'
import { id } from '../../web/paths.ts'
import { done, fragment, page, refused, wantsFragment } from '../../web/respond.ts'
import { pathwaysOf } from '../definition/queries.ts'
import { findEnrolment } from '../orientation/queries.ts'
import { askForPathway, decideRequest, takeBackRequest } from './actions.ts'
import { askPage, requestList, requestPage, requestsPage } from './pages.ts'
import { findRequest, listRequests, type PathwayRequest, requestSorts, requestsOf } from './queries.ts'
import { mayAsk, mayDecide } from './rules.ts'
import { words } from './words.ts'

export const requestRoutes = new Hono<WebEnv>()

const asking = `/orientation/${id('programme')}/${id('administration')}/request`

requestRoutes.get(asking, requirePerson, async (c) => {
  const place = await findPlace(c)
  return place instanceof Response ? place : showAsking(c, place)
})

requestRoutes.post(asking, requirePerson, async (c) => {
  const { db, language, signedIn, now } = c.var
  const place = await findPlace(c)
  if (place instanceof Response) return place
  const { value, problems, typed } = await readForm(c, z.object({ pathway: idField, reason: requiredText(1000) }))
  if (problems) return showAsking(c, place, problems, typed)

  const wanted = { ...idsOf(place), pathwayId: value.pathway, reason: value.reason }
  const outcome = await askForPathway(db, wanted, { by: signedIn, at: now })
  if ('refusal' in outcome) return showAsking(c, place, { pathway: words[language].refusal[outcome.refusal] }, typed)
  return done(c, urlOf(place), words[language].asked)
})

requestRoutes.post(`${asking}/take-back`, requirePerson, async (c) => {
  const { db, language, signedIn, now } = c.var
  const place = await findPlace(c)
  if (place instanceof Response) return place
  await takeBackRequest(db, idsOf(place), { by: signedIn, at: now })
  return done(c, urlOf(place), words[language].takenBack)
})

requestRoutes.get('/pathway-requests', requireCoordinator, async (c) => {
  const { db, language, dates, signedIn } = c.var
  const list = readList(c, requestSorts, ['state', 'region'])
  const regional = signedIn.coordinator === 'national' ? null : (signedIn.coordinator ?? [])
  const listed = { list, regional, ...(await listRequests(db, list, signedIn)) }
  if (wantsFragment(c)) return fragment(c, requestList(language, dates, listed))
  return page(c, { title: words[language].list, content: requestsPage(language, dates, listed) })
})

requestRoutes.get(`/pathway-requests/${id('request')}`, requireCoordinator, async (c) => {
  const request = await findRequest(c.var.db, Number(c.req.param('request')), c.var.signedIn)
  return request ? showRequest(c, request) : c.notFound()
})

requestRoutes.post(`/pathway-requests/${id('request')}`, requireCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const t = words[language]
  const request = await findRequest(db, Number(c.req.param('request')), signedIn)
  if (!request) return c.notFound()
  if (!mayDecide(signedIn, request)) return refused(c)
  const { value, problems, typed } = await readForm(c, decision)
  if (problems) return showRequest(c, request, problems, typed)

  const refusal = await decideRequest(db, request.id, value, { by: signedIn, at: now })
  if (refusal === 'decided_already') return done(c, `/pathway-requests/${request.id}`, t.refusal[refusal])
  if (refusal) return showRequest(c, request, { comment: t.refusal[refusal] }, typed)
  return done(c, '/pathway-requests', t[value.verdict])
})

const decision = z.object({ verdict: choiceField(['granted', 'refused']), comment: optionalText(1000) })

type Place = { programme: Programme; administration: Administration }

/** An open programme and an administration of the referent's own; or the answer to give instead. */
async function findPlace(c: Context<WebEnv>): Promise<Place | Response> {
  const { db, signedIn, now, zone } = c.var
  const programme = await findProgramme(db, Number(c.req.param('programme')))
  const administration = await findAdministration(db, Number(c.req.param('administration')), signedIn)
  if (!programme || !isOpen(programme, dayOf(now, zone)) || !administration) return c.notFound()
  return mayAsk(signedIn, administration) ? { programme, administration } : refused(c)
}

const idsOf = ({ programme, administration }: Place) => ({ programmeId: programme.id, administrationId: administration.id })
const urlOf = ({ programme, administration }: Place) => `/orientation/${programme.id}/${administration.id}/request`

async function showAsking(c: Context<WebEnv>, place: Place, problems: Problems | null = null, typed: Typed = {}) {
  const { db, language, dates } = c.var
  const enrolment = await findEnrolment(db, idsOf(place))
  const content = askPage(language, dates, {
    url: urlOf(place),
    administration: place.administration,
    pathways: (await pathwaysOf(db, place.programme.id)).filter((pathway) => pathway.id !== enrolment?.pathwayId),
    chosen: c.req.query('pathway') ?? '',
    requests: await requestsOf(db, idsOf(place)),
    problems,
    typed,
  })
  return page(c, { title: words[language].title, content, status: problems ? 422 : 200 })
}

function showRequest(c: Context<WebEnv>, request: PathwayRequest, problems: Problems | null = null, typed: Typed = {}) {
  const { language, dates, signedIn } = c.var
  const t = words[language]
  const content = requestPage(language, dates, { request, mayDecide: mayDecide(signedIn, request), problems, typed })
  const breadcrumb = [{ href: '/pathway-requests', label: t.list }]
  return page(c, { title: t.requestOf(request.administration), content, breadcrumb, status: problems ? 422 : 200 })
}
