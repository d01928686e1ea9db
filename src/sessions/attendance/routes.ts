import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requireStaff } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import { choiceField, emailField, optionalIdField, optionalText, type Problems, readForm, type Typed } from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done, page, refused } from '../../web/respond.ts'
import { findSession, type Session } from '../queries.ts'
import { manageRefusal } from '../rules.ts'
import { toSession } from '../show.ts'
import { recordAttendance } from './actions.ts'
import { minutesFrom, readRows, reasonName, statusName } from './form.ts'
import { attendancePage } from './pages.ts'
import { attendeesSeenBy, type ReferentFound, referentsByEmail } from './queries.ts'
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
    const { rows, problems } = readRows(await attendeesSeenBy(db, session.id, signedIn), typed, session, t.refusal)
    if (Object.keys(problems).length > 0) return showAttendance(c, session, { status: 422, problems, typed })

    const outcome = await recordAttendance(db, session.id, rows, { by: signedIn, at: now })
    if ('recorded' in outcome) return done(c, `/sessions/${session.id}/attendance`, t.saved(outcome.recorded))
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
  const attendees = await attendeesSeenBy(c.var.db, session.id, c.var.signedIn)
  const content = attendancePage(c.var, { session, attendees, problems, typed, adding })
  return page(c, { title: words[c.var.language].title, content, breadcrumb: toSession(c, session), status })
}
