import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { regions } from '../../../administrations/regions.ts'
import { requireCoordinator, requirePerson } from '../../../people/require.ts'
import { covers } from '../../../people/rules.ts'
import type { WebEnv } from '../../../web/env.ts'
import { choiceField, dayField, optionalDay, optionalText, type Problems, readForm, requiredText, type Typed } from '../../../web/forms.ts'
import { readList } from '../../../web/lists.ts'
import { id } from '../../../web/paths.ts'
import { done, fragment, page, refused, wantsFragment } from '../../../web/respond.ts'
import { crumbsInModule } from '../../modules/crumbs.ts'
import { modulePath } from '../../modules/panel.ts'
import { type FoundModule, findOpenModule } from '../../modules/queries.ts'
import { extendDue, takeBack, type WhenReopened } from './actions.ts'
import { askPage, coordinationPage, recognitionList, recognitionPage, recognitionsPage } from './pages.ts'
import { coordinationPath } from './panel.ts'
import { ageLimit, coordinationOf, findRecognition, listRecognitions, type Recognition, recognitionSorts } from './queries.ts'
import { askRecognition, decideRecognition, recogniseStraightAway } from './recognition.ts'
import { coordinationRefusal, wantedStates } from './rules.ts'
import { words } from './words.ts'

type Typing = { problems?: Problems | null; typed?: Typed }

/** Asking for recognition, deciding, extending, taking back; `whenReopened` is what other features do when a pathway is complete no more. */
export function coordinationRoutes({ whenReopened }: { whenReopened: WhenReopened }) {
  const routes = new Hono<WebEnv>()
  const ofModule = `/pathway/${id('enrolment')}/modules/${id('module')}` as const

  // One module ------------------------------------------------------------------------------------------------------

  routes.get(`${ofModule}/recognition`, requirePerson, async (c) => {
    const found = await find(c)
    if (!found) return c.notFound()
    if (coordinationRefusal(c.var.signedIn, found.open) === null) return done(c, coordinationPath(found.open))
    return found.open.mayWork ? showAsking(c, found) : refused(c, words[c.var.language].notAllowed.out_of_scope)
  })

  routes.post(`${ofModule}/recognition`, requirePerson, async (c) => {
    const { db, language, signedIn, now, zone } = c.var
    const t = words[language]
    const found = await find(c)
    if (!found) return c.notFound()
    const coordinates = coordinationRefusal(signedIn, found.open) === null
    if (!coordinates && !found.open.mayWork) return refused(c, t.notAllowed.out_of_scope)
    const show = coordinates ? showCoordinating : showAsking
    const { value, problems, typed } = await readForm(c, recognitionForm)
    if (problems) return show(c, found, { problems, typed })

    const request = { ...idsOf(c), wanted: value.wanted, evidence: value.evidence, doneOn: value.doneOn }
    const who = { by: signedIn, at: now, zone }
    const asked = coordinates ? await recogniseStraightAway(db, request, who) : await askRecognition(db, request, who)
    const refusal = asked !== null && typeof asked === 'object' ? ('refusal' in asked ? asked.refusal : null) : asked
    if (refusal) return show(c, found, { problems: { [refusal in ofTheDay ? 'doneOn' : 'evidence']: t.refusal[refusal] }, typed })
    return done(c, modulePath(found.open), coordinates ? t.recognised : t.asked)
  })

  routes.get(`${ofModule}/coordination`, requirePerson, async (c) => {
    const found = await findToCoordinate(c)
    return found instanceof Response ? found : showCoordinating(c, found)
  })

  // Forms with problems stay at their address: whoever reloads comes back to the page they are on.
  for (const form of ['extension', 'take-back'] as const)
    routes.get(`${ofModule}/coordination/${form}`, requirePerson, async (c) => {
      const found = await findToCoordinate(c)
      return found instanceof Response ? found : done(c, coordinationPath(found.open))
    })

  routes.post(`${ofModule}/coordination/extension`, requirePerson, async (c) => {
    const { db, language, dates, signedIn, now, zone } = c.var
    const found = await findToCoordinate(c)
    if (found instanceof Response) return found
    const { value, problems, typed } = await readForm(c, z.object({ dueOn: dayField, extensionReason: requiredText(1000) }))
    if (problems) return showCoordinating(c, found, { problems, typed })

    const { enrolmentId, moduleId } = idsOf(c)
    const dueOn = Temporal.PlainDate.from(value.dueOn)
    const wanted = { enrolmentIds: [enrolmentId], moduleId, dueOn, reason: value.extensionReason }
    const outcome = await extendDue(db, wanted, { by: signedIn, at: now, zone })
    if ('refusal' in outcome) return showCoordinating(c, found, { problems: { dueOn: words[language].refusal[outcome.refusal] }, typed })
    return done(c, modulePath(found.open), words[language].extended(dates.plainDay(dueOn)))
  })

  routes.post(`${ofModule}/coordination/take-back`, requirePerson, async (c) => {
    const { db, language, signedIn, now } = c.var
    const found = await findToCoordinate(c)
    if (found instanceof Response) return found
    const { value, problems, typed } = await readForm(c, z.object({ reason: requiredText(1000) }))
    if (problems) return showCoordinating(c, found, { problems, typed })

    const refusal = await takeBack(db, { ...idsOf(c), reason: value.reason }, { by: signedIn, at: now, whenReopened })
    if (refusal) return showCoordinating(c, found, { problems: { reason: words[language].refusal[refusal] }, typed })
    return done(c, modulePath(found.open), words[language].takenBack)
  })

  // The list of requests --------------------------------------------------------------------------------------------

  routes.get('/recognitions', requireCoordinator, async (c) => {
    const { db, language, dates, signedIn } = c.var
    const list = readList(c, recognitionSorts, ['state', 'wanted', 'region'])
    const regionCodes = regions.map(({ code }) => code).filter((code) => covers(signedIn.coordinator, code))
    const listed = { list, regionCodes, ...(await listRecognitions(db, list, signedIn)) }
    if (wantsFragment(c)) return fragment(c, recognitionList(language, dates, listed))
    return page(c, { title: words[language].list, content: recognitionsPage(language, dates, listed) })
  })

  routes.get(`/recognitions/${id('id')}`, requireCoordinator, async (c) => {
    const recognition = await findRecognition(c.var.db, Number(c.req.param('id')), c.var.signedIn)
    return recognition ? showRecognition(c, recognition) : c.notFound()
  })

  routes.post(`/recognitions/${id('id')}`, requireCoordinator, async (c) => {
    const { db, language, signedIn, now, zone } = c.var
    const t = words[language]
    const recognition = await findRecognition(db, Number(c.req.param('id')), signedIn)
    if (!recognition) return c.notFound()
    const notAllowed = coordinationRefusal(signedIn, recognition)
    if (notAllowed) return refused(c, t.notAllowed[notAllowed])
    const { value, problems, typed } = await readForm(c, decision)
    if (problems) return showRecognition(c, recognition, { problems, typed })

    const refusal = await decideRecognition(db, recognition.id, value, { by: signedIn, at: now, zone })
    if (refusal === 'already_decided') return done(c, `/recognitions/${recognition.id}`, t.refusal[refusal])
    if (refusal) return showRecognition(c, recognition, { problems: { comment: t.refusal[refusal] }, typed })
    return done(c, '/recognitions', t[value.verdict])
  })

  return routes
}

const recognitionForm = z.object({
  wanted: choiceField(wantedStates),
  evidence: requiredText(2000),
  doneOn: optionalDay,
})
const decision = z.object({ verdict: choiceField(['granted', 'refused']), comment: optionalText(1000) })

/** Refusals that are about the day the work was done. */
const ofTheDay = { day_missing: true, in_future: true, too_old: true }

const idsOf = (c: Context<WebEnv>) => ({ enrolmentId: Number(c.req.param('enrolment')), moduleId: Number(c.req.param('module')) })
const find = (c: Context<WebEnv>): Promise<FoundModule | undefined> => findOpenModule(c.var, idsOf(c))

/** The module, for who coordinates its administration; or the answer to give instead. */
async function findToCoordinate(c: Context<WebEnv>): Promise<FoundModule | Response> {
  const found = await find(c)
  if (!found) return c.notFound()
  const notAllowed = coordinationRefusal(c.var.signedIn, found.open)
  return notAllowed ? refused(c, words[c.var.language].notAllowed[notAllowed]) : found
}

async function showAsking(c: Context<WebEnv>, found: FoundModule, { problems = null, typed = {} }: Typing = {}) {
  const { db, language, signedIn } = c.var
  const months = await ageLimit(db, found.open.moduleId)
  return page(c, {
    title: words[language].title,
    content: askPage(language, found.open, { months, problems, typed }),
    breadcrumb: crumbsInModule(found, signedIn, language),
    status: problems ? 422 : 200,
  })
}

async function showCoordinating(c: Context<WebEnv>, found: FoundModule, { problems = null, typed = {} }: Typing = {}) {
  const { db, language, dates, signedIn } = c.var
  const { recognitions } = await coordinationOf(db, found.open, signedIn)
  const content = coordinationPage(language, dates, found.open, {
    months: await ageLimit(db, found.open.moduleId),
    hasDue: found.standing.due !== null || found.standing.dueLater !== null,
    waiting: recognitions.find(({ decidedAt }) => decidedAt === null) ?? null,
    problems,
    typed,
  })
  return page(c, {
    title: words[language].coordinationOf(found.open.title),
    content,
    breadcrumb: crumbsInModule(found, signedIn, language),
    status: problems ? 422 : 200,
  })
}

function showRecognition(c: Context<WebEnv>, recognition: Recognition, { problems = null, typed = {} }: Typing = {}) {
  const { language, dates, signedIn } = c.var
  const t = words[language]
  const refusal = coordinationRefusal(signedIn, recognition)
  return page(c, {
    title: t.requestOf(recognition.administration),
    content: recognitionPage(language, dates, { recognition, refusal, problems, typed }),
    breadcrumb: [{ href: '/recognitions', label: t.list }],
    status: problems ? 422 : 200,
  })
}
