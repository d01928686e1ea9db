import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { instantFrom } from '../../language/dates.ts'
import { requirePerson, requireStaff } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import {
  choiceField,
  type FormResult,
  manyField,
  optionalDayAndTime,
  optionalText,
  type Problems,
  readForm,
  requiredNumber,
  type Typed,
} from '../../web/forms.ts'
import { type ListRequest, readList } from '../../web/lists.ts'
import { id } from '../../web/paths.ts'
import { done, fragment, page, refused, wantsFragment } from '../../web/respond.ts'
import { findAnySession, findSession, type Session } from '../queries.ts'
import { words as registrationWords } from '../registration/words.ts'
import { manageRefusal } from '../rules.ts'
import { toSession } from '../show.ts'
import { acceptInvitation, declineInvitation, invite, withdrawInvitation } from './actions.ts'
import { invitationPage } from './answer-pages.ts'
import {
  guestFilters,
  guestSorts,
  guestsFromLines,
  invitationFilters,
  invitationSorts,
  listCandidates,
  listInvitations,
  seesInvitation,
} from './guests.ts'
import { candidateList, invitationList, invitationsPage, invitePage, placesRange } from './pages.ts'
import { findInvitationTo } from './queries.ts'
import { type Guest, guestRoles, type InviteRefusal, mostGuests } from './rules.ts'
import { words } from './words.ts'

export const invitationRoutes = new Hono<WebEnv>()

// Whoever is in charge invites. -------------------------------------------------------------------------------------------

invitationRoutes.get(`/sessions/${id('id')}/invitations`, requireStaff, (c) =>
  managed(c, async (session) => {
    const { db, signedIn, now, language } = c.var
    const list = readList(c, invitationSorts, invitationFilters)
    const listed = { session, list, ...(await listInvitations(db, list, { sessionId: session.id, person: signedIn, now })) }
    if (wantsFragment(c)) return fragment(c, invitationList(c.var, listed))
    return page(c, { title: words[language].title, content: invitationsPage(c.var, listed), breadcrumb: toSession(c, session) })
  }),
)

invitationRoutes.get(`/sessions/${id('id')}/invitations/new`, requireStaff, (c) =>
  managed(c, (session) => showInvitePage(c, session, { status: 200 })),
)

const inviteForm = z.object({
  guest: manyField,
  lines: optionalText(40_000),
  role: choiceField(guestRoles),
  keeps: z.enum(['yes', 'no'], 'choice').default('no'),
  until: optionalDayAndTime.pipe(z.object({ day: z.string(), time: z.string() }, 'required')),
  places: requiredNumber(placesRange),
})

invitationRoutes.post(`/sessions/${id('id')}/invitations`, requireStaff, (c) =>
  managed(c, async (session) => {
    const { db, signedIn, now, language, zone } = c.var
    const t = words[language]
    const form = await readForm(c, inviteForm)
    const { value, typed } = form
    if (form.problems || !value) return showInvitePage(c, session, { status: 422, problems: form.problems, typed })
    const lapsesAt = instantFrom(value.until.day, value.until.time, zone)
    if (!lapsesAt) return showInvitePage(c, session, { status: 422, problems: { until: 'no_such_time' }, typed })
    const { guests, problem } = await guestsOf(c, form)
    if (problem) return showInvitePage(c, session, { status: 422, problems: problem, typed })

    const plan = { guests, role: value.role, keepsPlaces: value.keeps === 'yes' && session.capacity !== null, lapsesAt }
    const outcome = await invite(db, session.id, plan, { by: signedIn, at: now })
    if ('invited' in outcome) return done(c, `/sessions/${session.id}/invitations`, t.sent(outcome.invited, outcome.already))
    const problems = { [fieldOfRefusal[outcome.refusal]]: t.refusal[outcome.refusal] }
    return showInvitePage(c, session, { status: 422, problems, typed })
  }),
)

const fieldOfRefusal: Record<InviteRefusal, string> = {
  not_found: 'guest',
  cancelled: 'guest',
  not_published: 'guest',
  started: 'guest',
  nobody: 'guest',
  too_many: 'guest',
  not_a_referent: 'guest',
  too_few_places: 'keeps',
  lapses_in_the_past: 'until',
  lapses_after_start: 'until',
}

/** Those who are ticked, and those whose lines were pasted; only such as this person may see. */
async function guestsOf(
  c: Context<WebEnv>,
  { value }: Extract<FormResult<z.output<typeof inviteForm>>, { problems: null }>,
): Promise<{ guests: Guest[]; problem: Problems | null }> {
  const { db, signedIn, language } = c.var
  const t = words[language]
  const ticked = value.guest.slice(0, mostGuests + 1).flatMap(readTick)
  const only = ticked.map(({ administrationId }) => administrationId)
  const seen = await listCandidates(db, everything(c), { sessionId: 0, person: signedIn, only })
  const visible = new Set(seen.rows.map((row) => row.id))
  const pasted = await guestsFromLines(db, value.lines, signedIn)
  if (pasted.unknown.length > 0) return { guests: [], problem: { lines: t.unknownLines(pasted.unknown.join('; ')) } }
  if (pasted.ambiguous.length > 0) return { guests: [], problem: { lines: t.ambiguousLines(pasted.ambiguous.join('; ')) } }
  const named = [...ticked.filter(({ administrationId }) => visible.has(administrationId)), ...pasted.guests]
  return { guests: named.map((guest) => ({ ...guest, places: guest.personId === null ? value.places : 1 })), problem: null }
}

/** "a5": an administration; "p7-5": one of its referents. */
function readTick(value: string): Omit<Guest, 'places'>[] {
  const [, person, administration] = value.match(/^(?:a|p(\d{1,9})-)(\d{1,9})$/) ?? []
  return administration === undefined
    ? []
    : [{ administrationId: Number(administration), personId: person === undefined ? null : Number(person) }]
}

const everything = (c: Context<WebEnv>): ListRequest<'name'> => ({
  path: c.req.path,
  q: '',
  sort: 'name',
  descending: false,
  page: 1,
  filters: {},
})

type Shown = { status: 200 | 422; problems?: Problems; typed?: Typed }

async function showInvitePage(c: Context<WebEnv>, session: Session, { status, problems, typed = {} }: Shown) {
  const { db, signedIn, language } = c.var
  const path = `/sessions/${session.id}/invitations/new`
  const list = { ...(status === 200 ? readList(c, guestSorts, guestFilters) : everything(c)), path }
  // What was ticked stays in sight beside what is wrong.
  const chosen = [typed.guest ?? []]
    .flat()
    .flatMap(readTick)
    .map(({ administrationId }) => administrationId)
  const found = await listCandidates(db, list, { sessionId: session.id, person: signedIn, ...(chosen.length > 0 && { only: chosen }) })
  const inviting = { session, list, ...found, problems: problems ?? null, typed }
  if (status === 200 && wantsFragment(c)) return fragment(c, candidateList(c.var, inviting))
  const breadcrumb = [...toSession(c, session), { href: `/sessions/${session.id}/invitations`, label: words[language].title }]
  return page(c, { title: words[language].inviteTitle, content: invitePage(c.var, inviting), breadcrumb, status })
}

invitationRoutes.post(`/sessions/${id('id')}/invitations/${id('invitation')}/withdraw`, requireStaff, (c) =>
  managed(c, async (session) => {
    const { db, signedIn, now, language } = c.var
    const t = words[language]
    const asked = { id: Number(c.req.param('invitation')), sessionId: session.id }
    if (!(await seesInvitation(db, asked, signedIn))) return c.notFound()
    const outcome = await withdrawInvitation(db, asked, { by: signedIn, at: now })
    if ('refusal' in outcome && outcome.refusal === 'not_found') return c.notFound()
    return done(c, `/sessions/${session.id}/invitations`, 'id' in outcome ? t.withdrawn : t.refusal[outcome.refusal])
  }),
)

async function managed(c: Context<WebEnv>, work: (session: Session) => Promise<Response>): Promise<Response> {
  const session = await findSession(c.var.db, Number(c.req.param('id')), c.var.signedIn)
  if (!session) return c.notFound()
  if (manageRefusal(session, c.var.signedIn)) return refused(c)
  return work(session)
}

// Whoever is invited answers. ---------------------------------------------------------------------------------------------

invitationRoutes.get(`/invitations/${id('id')}`, requirePerson, (c) => showInvitation(c))

invitationRoutes.post(`/invitations/${id('id')}`, requirePerson, async (c) => {
  const { db, signedIn, now, language } = c.var
  const t = words[language]
  const found = await findInvitationTo(db, Number(c.req.param('id')), signedIn)
  if (!found) return c.notFound()
  const { value } = await readForm(c, z.object({ answer: choiceField(['yes', 'no']) }))
  if (!value) return showInvitation(c, t.unanswered)
  const answer = value.answer === 'yes' ? acceptInvitation : declineInvitation
  const outcome = await answer(db, found.id, { by: signedIn, at: now })
  if ('refusal' in outcome) return showInvitation(c, sentenceOf(outcome.refusal, language))
  return value.answer === 'yes' ? done(c, `/sessions/${found.sessionId}`, t.accepted) : done(c, '/', t.declined)
})

type Refusal = Extract<Awaited<ReturnType<typeof acceptInvitation | typeof declineInvitation>>, { refusal: string }>['refusal']

function sentenceOf(refusal: Refusal, language: WebEnv['Variables']['language']): string {
  const own: Partial<Record<Refusal, string>> = words[language].refusal
  const shared: Partial<Record<Refusal, string>> = registrationWords[language].refusal
  return own[refusal] ?? shared[refusal] ?? words[language].refusal.not_found
}

async function showInvitation(c: Context<WebEnv>, notice?: string) {
  const { db, signedIn, language } = c.var
  const invitation = await findInvitationTo(db, Number(c.req.param('id')), signedIn)
  const session = invitation && (await findAnySession(db, invitation.sessionId))
  if (!invitation || !session) return c.notFound()
  const content = invitationPage(c.var, { invitation, session, notice })
  return page(c, { title: words[language].mineTitle, content, breadcrumb: toSession(c, session), status: notice === undefined ? 200 : 422 })
}
