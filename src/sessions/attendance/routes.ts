import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requireStaff } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import { choiceField, emailField, optionalIdField, optionalText, type Problems, readForm, type Typed } from '../../web/forms.ts'
import { listUrl, readList } from '../../web/lists.ts'
import { id } from '../../web/paths.ts'
import { done, fragment, page, refused, wantsFragment } from '../../web/respond.ts'
import { countEntries } from '../check-in/counting.ts'
import { findSession, type Session } from '../queries.ts'
import { hasPassed, manageRefusal } from '../rules.ts'
import { toSession } from '../show.ts'
import { recordAttendance } from './actions.ts'
import { minutesFrom, peopleIn, readRows, reasonName, statusName } from './form.ts'
import { attendancePage, attendeesTable } from './pages.ts'
import { percentagesOfPeople } from './percentages/queries.ts'
import {
  attendeeFilters,
  attendeeSorts,
  attendeesAmong,
  enteredWithout,
  entriesCounted,
  listAttendees,
  type ReferentFound,
  referentsByEmail,
  unrecorded,
} from './queries.ts'
import { attendanceStatuses, takingRefusal } from './rules.ts'
import { words } from './words.ts'

export const attendanceRoutes = new Hono<WebEnv>()

const newAttendee = z.object({
  email: emailField,
  administration: optionalIdField.optional(),
  status: choiceField(attendanceStatuses),
  minutes: optionalText(9).optional(),
})

attendanceRoutes.get(`/sessions/${id('id')}/attendance`, requireStaff, (c) => taking(c, (session) => showAttendance(c, session)))

attendanceRoutes.post(`/sessions/${id('id')}/attendance`, requireStaff, (c) =>
  taking(c, async (session) => {
    const { db, signedIn, now, language } = c.var
    const t = words[language]
    const { typed } = await readForm(c, z.record(z.string(), z.unknown()))
    const { rows, problems } = readRows(await attendeesAmong(db, session.id, peopleIn(typed), signedIn), typed, session, t.refusal)
    if (Object.keys(problems).length > 0) return showAttendance(c, session, { status: 422, problems, typed })

    const outcome = await recordAttendance(db, session.id, rows, { by: signedIn, at: now })
    const list = listOf(c)
    const next = typed.onward === 'next' ? { page: list.page + 1 } : {}
    if ('recorded' in outcome) return done(c, isPlain(list, next) ? list.path : listUrl(list, next), t.saved(outcome.recorded))
    const { refusal, personId = 0 } = outcome
    const field = refusal === 'reason_missing' ? reasonName(personId) : statusName(personId)
    return showAttendance(c, session, { status: 422, problems: { [field]: t.refusal[refusal] }, typed })
  }),
)

attendanceRoutes.post(`/sessions/${id('id')}/attendance/people`, requireStaff, (c) =>
  taking(c, async (session) => {
    const { db, signedIn, now, language } = c.var
    const t = words[language]
    const { value, problems, typed } = await readForm(c, newAttendee)
    const again = (problems: Problems, choices: ReferentFound[] = []) =>
      showAttendance(c, session, { status: 422, adding: { problems, typed, choices } })
    if (problems) return again(problems)

    const choices = await referentsByEmail(db, value.email, signedIn)
    const chosen = choices.length === 1 ? choices[0] : choices.find(({ administrationId }) => administrationId === value.administration)
    if (choices.length === 0) return again({ email: t.noReferent })
    if (!chosen) return again({ administration: 'required' }, choices)
    const minutes = minutesFrom(value.minutes, value.status, session, t.refusal)
    if (typeof minutes === 'string') return again({ minutes }, choices)
    // Whoever is in the table already is corrected there, with a reason.
    const row = { personId: chosen.personId, administrationId: chosen.administrationId, status: value.status, minutes }
    const outcome = await recordAttendance(db, session.id, [row], { by: signedIn, at: now })
    if ('recorded' in outcome) return done(c, `/sessions/${session.id}/attendance`, t.saved(outcome.recorded))
    return again({ email: t.refusal[outcome.refusal] }, choices)
  }),
)

attendanceRoutes.post(`/sessions/${id('id')}/attendance/rest`, requireStaff, (c) =>
  taking(c, async (session) => {
    const { db, signedIn, now, language } = c.var
    const left = await unrecorded(db, session.id, signedIn)
    const rows = left.map(({ personId, administrationId }) => ({ personId, administrationId, status: 'absent' as const, minutes: 0 }))
    const outcome = hasPassed(session.endsAt, now) ? await recordAttendance(db, session.id, rows, { by: signedIn, at: now }) : null
    const sentence =
      outcome && 'refusal' in outcome ? words[language].refusal[outcome.refusal] : words[language].saved(outcome?.recorded ?? 0)
    return done(c, `/sessions/${session.id}/attendance`, sentence)
  }),
)

attendanceRoutes.post(`/sessions/${id('id')}/attendance/entries`, requireStaff, (c) =>
  taking(c, async (session) => {
    const { db, signedIn, now, language } = c.var
    const { value } = await readForm(c, z.object({ counted: choiceField(['yes', 'no']) }))
    if (value && hasPassed(session.endsAt, now)) await countEntries(db, session.id, value.counted === 'yes', { by: signedIn, at: now })
    return done(c, `/sessions/${session.id}/attendance`, words[language].entriesDone)
  }),
)

/** How the list was asked for, also where a form was posted to it. */
const listOf = (c: Context<WebEnv>) => ({
  ...readList(c, attendeeSorts, attendeeFilters),
  path: `/sessions/${Number(c.req.param('id'))}/attendance`,
})

const isPlain = ({ page, q, filters, sort, descending }: ReturnType<typeof listOf>, next: { page?: number }) =>
  (next.page ?? page) === 1 && q === '' && Object.keys(filters).length === 0 && sort === 'name' && !descending

/** The session for whoever is in charge of it, from its start on. */
async function taking(c: Context<WebEnv>, work: (session: Session) => Promise<Response>): Promise<Response> {
  const { db, signedIn, now, language } = c.var
  const session = await findSession(db, Number(c.req.param('id')), signedIn)
  if (!session) return c.notFound()
  if (manageRefusal(session, signedIn)) return refused(c)
  const refusal = takingRefusal(session, now)
  return refusal ? refused(c, words[language].refusal[refusal]) : work(session)
}

type Shown = { status?: 200 | 422; problems?: Problems | null; typed?: Typed } & Pick<Parameters<typeof attendancePage>[1], 'adding'>

async function showAttendance(c: Context<WebEnv>, session: Session, { status = 200, problems = null, typed = {}, adding }: Shown = {}) {
  const { db, signedIn, now, language } = c.var
  const list = listOf(c)
  const { rows, total } = await listAttendees(db, session.id, list, signedIn)
  const personIds = rows.map(({ personId }) => personId)
  const percentages = await percentagesOfPeople(db, { programmeId: session.programmeId, personIds, now })
  const entries = {
    over: hasPassed(session.endsAt, now),
    waiting: await enteredWithout(db, session.id),
    counted: await entriesCounted(db, session.id),
  }
  const shown = { session, list, rows, total, percentages, entries, problems, typed, adding }
  if (wantsFragment(c) && c.req.method === 'GET') return fragment(c, attendeesTable(c.var, shown))
  return page(c, { title: words[language].title, content: attendancePage(c.var, shown), breadcrumb: toSession(c, session), status })
}
