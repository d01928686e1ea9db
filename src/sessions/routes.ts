import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { regions } from '../administrations/regions.ts'
import { trainers } from '../people/queries.ts'
import { requireStaff } from '../people/require.ts'
import { isTrainer, staffScope } from '../people/rules.ts'
import type { WebEnv } from '../web/env.ts'
import { optionalIdField, type Problems, readForm, requiredText, type Typed } from '../web/forms.ts'
import { readList } from '../web/lists.ts'
import { id } from '../web/paths.ts'
import { done, fragment, page, refused, wantsFragment } from '../web/respond.ts'
import { cancelSession, changeSession, createSession, publishSession } from './actions.ts'
import { percentagesRoutes } from './attendance/percentages/routes.ts'
import { attendanceRoutes } from './attendance/routes.ts'
import { lastPlanned, modulesToMeetFor } from './choices/queries.ts'
import { feedbackRoutes } from './feedback/routes.ts'
import { asTheModule, type Choices, editSessionForm, fieldOfRefusal, newSessionForm, reachField, sessionFieldsFrom } from './form.ts'
import { invitationRoutes } from './invitations/routes.ts'
import { materialRoutes } from './materials/routes.ts'
import { minutesRoutes } from './minutes/routes.ts'
import { cancelSessionPage, editSessionPage, newSessionPage, sessionList, sessionsPage } from './pages.ts'
import { programmeRoutes } from './programme/routes.ts'
import { findSession, listSessions, type Session, sessionFilters, sessionSorts } from './queries.ts'
import { registrationRoutes } from './registration/routes.ts'
import { roomRoutes } from './rooms/routes.ts'
import { type CancelRefusal, type ChangeRefusal, type CreateRefusal, manageRefusal, type PublishRefusal, publishRefusal } from './rules.ts'
import { cancelFollowing, changeFollowing, createSeries, publishFollowing, type SeriesRefusal } from './series/actions.ts'
import { placeInSeries } from './series/queries.ts'
import { showSession, toList, toSession, viewing } from './show.ts'
import { words } from './words.ts'

export const sessionRoutes = new Hono<WebEnv>()

sessionRoutes.route('/', programmeRoutes)
sessionRoutes.route('/', registrationRoutes)
sessionRoutes.route('/', attendanceRoutes)
sessionRoutes.route('/', percentagesRoutes)
sessionRoutes.route('/', roomRoutes)
sessionRoutes.route('/', invitationRoutes)
sessionRoutes.route('/', feedbackRoutes)
sessionRoutes.route('/', minutesRoutes)
sessionRoutes.route('/', materialRoutes)

sessionRoutes.get('/sessions', async (c) => {
  const { db, person, language, now } = c.var
  if (!person) return c.redirect('/programme', 303)
  const list = readList(c, sessionSorts, sessionFilters)
  const listed = { list, ...(await listSessions(db, list, person, now)) }
  if (wantsFragment(c)) return fragment(c, sessionList(viewing(c), listed))
  return page(c, { title: words[language].title, content: sessionsPage(viewing(c), listed) })
})

sessionRoutes.get('/sessions/new', requireStaff, async (c) => {
  const asked = z.object({ module: optionalIdField.optional() }).safeParse(c.req.query())
  return showNewPage(c, asked.data?.module ?? null, 200)
})

sessionRoutes.post('/sessions', requireStaff, async (c) => {
  const { db, signedIn, now, language, zone } = c.var
  const t = words[language]
  const form = asTheModule(await readForm(c, newSessionForm), await modulesToMeetFor(db))
  const { value, fields, problems, typed } = sessionFieldsFrom(form, zone)
  if (problems) return showNewPage(c, null, 422, problems, typed)
  if (manageRefusal(inChargeOf(fields), signedIn)) return showNewPage(c, null, 422, { regionCode: t.refusal.not_in_charge }, typed)

  const publishing = value.next === 'publish'
  const unpublishable = publishing ? publishRefusal({ ...fields, publishedAt: null, cancelledAt: null }, now) : null
  if (unpublishable) return showNewPage(c, null, 422, { [fieldOfRefusal[unpublishable]]: t.refusal[unpublishable] }, typed)

  const planned = { ...fields, moduleId: value.module }
  const { repetition, times } = value
  if (repetition && times) {
    const made = await createSeries(db, planned, { repetition, times, zone }, { by: signedIn, at: now })
    if ('id' in made) {
      if (publishing) await publishFollowing(db, made.id, { by: signedIn, at: now })
      return done(c, `/sessions/${made.id}`, publishing ? t.publishedSeries(made.sessions) : t.createdSeries(made.sessions))
    }
    return showNewPage(c, null, 422, seriesProblem(c, made, 'repetition'), typed)
  }
  const outcome = await createSession(db, planned, { by: signedIn, at: now })
  if ('id' in outcome) {
    if (publishing) await publishSession(db, outcome.id, { by: signedIn, at: now })
    return done(c, `/sessions/${outcome.id}`, publishing ? t.published : t.created)
  }
  return showNewPage(c, null, 422, { [fieldOfRefusal[outcome.refusal]]: t.refusal[outcome.refusal] }, typed)
})

sessionRoutes.get(`/sessions/${id('id')}`, async (c) => {
  const session = await findSession(c.var.db, Number(c.req.param('id')), c.var.person)
  return session ? showSession(c, session) : c.notFound()
})

sessionRoutes.get(`/sessions/${id('id')}/edit`, requireStaff, (c) => managed(c, (session) => showEditPage(c, session, 200)))

sessionRoutes.post(`/sessions/${id('id')}/edit`, requireStaff, (c) =>
  managed(c, async (session) => {
    const { db, signedIn, now, language, zone } = c.var
    const t = words[language]
    const { value, fields, problems, typed } = sessionFieldsFrom(await readForm(c, editSessionForm), zone)
    if (problems) return showEditPage(c, session, 422, problems, typed)
    if (manageRefusal(inChargeOf(fields), signedIn)) return showEditPage(c, session, 422, { regionCode: t.refusal.not_in_charge }, typed)

    if (value.reach === 'following') {
      const changed = await changeFollowing(db, { id: session.id, fields, zone }, { by: signedIn, at: now })
      if ('id' in changed) return done(c, `/sessions/${session.id}`, t.changed)
      return showEditPage(c, session, 422, seriesProblem(c, changed, 'reach'), typed)
    }
    const outcome = await changeSession(db, session.id, fields, { by: signedIn, at: now })
    if ('id' in outcome) return done(c, `/sessions/${session.id}`, t.changed)
    return showEditPage(c, session, 422, { [fieldOfRefusal[outcome.refusal]]: t.refusal[outcome.refusal] }, typed)
  }),
)

sessionRoutes.post(`/sessions/${id('id')}/publish`, requireStaff, (c) =>
  managed(c, async (session) => {
    const { db, signedIn, now, language } = c.var
    const t = words[language]
    const outcome = await publishSession(db, session.id, { by: signedIn, at: now })
    if ('id' in outcome) return done(c, `/sessions/${session.id}`, t.published)
    return showSession(c, session, { status: 422, notice: t.refusal[outcome.refusal] })
  }),
)

sessionRoutes.post(`/sessions/${id('id')}/publish-following`, requireStaff, (c) =>
  managed(c, async (session) => {
    const { db, signedIn, now, language } = c.var
    const outcome = await publishFollowing(db, session.id, { by: signedIn, at: now })
    if ('sessions' in outcome) return done(c, `/sessions/${session.id}`, words[language].publishedSeries(outcome.sessions))
    return showSession(c, session, { status: 422, notice: seriesProblem(c, outcome, 'title').title ?? '' })
  }),
)

sessionRoutes.get(`/sessions/${id('id')}/cancel`, requireStaff, (c) => managed(c, (session) => showCancelPage(c, session, 200)))

sessionRoutes.post(`/sessions/${id('id')}/cancel`, requireStaff, (c) =>
  managed(c, async (session) => {
    const { db, signedIn, now, language } = c.var
    const t = words[language]
    const { value, problems, typed } = await readForm(c, z.object({ reason: requiredText(500), reach: reachField }))
    if (problems)
      return showCancelPage(c, session, 422, problems.reason === 'required' ? { reason: t.refusal.reason_missing } : problems, typed)
    if (value.reach === 'following') {
      const calledOff = await cancelFollowing(db, { id: session.id, reason: value.reason }, { by: signedIn, at: now })
      if ('sessions' in calledOff) return done(c, `/sessions/${session.id}`, t.calledOffSeries(calledOff.sessions))
      return showCancelPage(c, session, 422, seriesProblem(c, calledOff, 'reach'), typed)
    }
    const outcome = await cancelSession(db, session.id, value.reason, { by: signedIn, at: now })
    if ('id' in outcome) return done(c, `/sessions/${session.id}`, t.calledOff)
    return showCancelPage(c, session, 422, { reason: t.refusal[outcome.refusal] }, typed)
  }),
)

/** Which session of a series is in the way, and why, beside a field. */
function seriesProblem(
  c: Context<WebEnv>,
  { refusal, startsAt }: SeriesRefusal<CreateRefusal | ChangeRefusal | PublishRefusal | CancelRefusal>,
  field: string,
): Record<string, string> {
  const t = words[c.var.language]
  return { [field]: t.inSeries(c.var.dates.day(startsAt), refusal === 'no_such_time' ? t.noSuchTime : t.refusal[refusal]) }
}

/** The session for whoever is in charge of it: not found when they can't see it, refused when it isn't theirs. */
async function managed(c: Context<WebEnv>, work: (session: Session) => Promise<Response>): Promise<Response> {
  const session = await findSession(c.var.db, Number(c.req.param('id')), c.var.signedIn)
  if (!session) return c.notFound()
  if (manageRefusal(session, c.var.signedIn)) return refused(c)
  return work(session)
}

async function showNewPage(
  c: Context<WebEnv>,
  moduleId: number | null,
  status: 200 | 422,
  problems: Problems | null = null,
  typed: Typed = {},
) {
  const { signedIn, language } = c.var
  const choices = await choicesFor(c)
  const start = { moduleId, trainerIds: isTrainer(signedIn) ? [signedIn.id] : [], last: await lastPlanned(c.var.db, signedIn.id) }
  const content = newSessionPage(c.var, choices, start, problems, typed)
  return page(c, { title: words[language].newTitle, content, breadcrumb: toList(c), status })
}

async function showEditPage(c: Context<WebEnv>, session: Session, status: 200 | 422, problems: Problems | null = null, typed: Typed = {}) {
  const inSeries = await placeInSeries(c.var.db, session, { asStaff: true })
  const content = editSessionPage(c.var, await choicesFor(c, session), { session, inSeries }, problems, typed)
  return page(c, { title: words[c.var.language].editTitle, content, breadcrumb: toSession(c, session), status })
}

async function showCancelPage(
  c: Context<WebEnv>,
  session: Session,
  status: 200 | 422,
  problems: Problems | null = null,
  typed: Typed = {},
) {
  const inSeries = await placeInSeries(c.var.db, session, { asStaff: true })
  const content = cancelSessionPage(viewing(c), { session, inSeries }, problems, typed)
  return page(c, { title: words[c.var.language].cancelTitle, content, breadcrumb: toSession(c, session), status })
}

/** Regional staff choose among their regions; who trained the session already stays to be chosen. */
async function choicesFor(c: Context<WebEnv>, session?: Session): Promise<Choices> {
  const { db, signedIn } = c.var
  const scope = staffScope(signedIn)
  const known = await trainers(db)
  const before = (session?.trainers ?? []).filter(({ id }) => !known.some((each) => each.id === id))
  return {
    modules: session ? [] : await modulesToMeetFor(db),
    regions: regions.filter(({ code }) => scope === 'national' || scope?.includes(code) || code === session?.regionCode),
    trainers: [...known, ...before],
  }
}

const inChargeOf = ({ regionCode, trainerIds }: { regionCode: string | null; trainerIds: readonly number[] }) => ({
  regionCode,
  trainers: trainerIds.map((id) => ({ id })),
})
