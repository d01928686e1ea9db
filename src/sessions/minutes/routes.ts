import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requirePerson, requireStaff } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import { type Problems, readForm, requiredNumber, requiredText, type Typed } from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done, page, refused } from '../../web/respond.ts'
import { attachment, cleanFileName } from '../../web/uploads.ts'
import { findSession, type Session } from '../queries.ts'
import { manageRefusal } from '../rules.ts'
import { toSession } from '../show.ts'
import { publishMinutes, saveMinutes, withdrawMinutes } from './actions.ts'
import { editMinutesPage, minutesDocument, minutesPage, noMinutesPage, versionPage, versionsPage } from './pages.ts'
import { contributorsOf, findMinutes, findVersion, versionsOf } from './queries.ts'
import { longestMinutes, minutesRefusal } from './rules.ts'
import { words } from './words.ts'

export const minutesRoutes = new Hono<WebEnv>()

const home = `/sessions/${id('id')}/minutes`
const pathOf = ({ id }: { id: number }) => `/sessions/${id}/minutes`

// Whoever is in charge reads the newest version, everybody else the published one.
minutesRoutes.get(home, requirePerson, async (c) => {
  const session = await seen(c)
  return session ? read(c, session) : c.notFound()
})

minutesRoutes.get(`${home}/download`, requirePerson, async (c) => {
  const { db, signedIn } = c.var
  const session = await seen(c)
  const minutes = session && (await findMinutes(db, session.id))
  if (!session || !minutes) return c.notFound()
  const asked = manageRefusal(session, signedIn) ? NaN : Number(c.req.query('version'))
  const wanted = Number.isInteger(asked) && asked > 0 ? asked : minutes.publishedVersion
  const version = wanted === null ? undefined : await findVersion(db, minutes.id, wanted)
  if (!version) return c.notFound()
  const contributors = (await contributorsOf(db, [session.id])).get(session.id) ?? []
  c.header('Content-Disposition', attachment(cleanFileName(`${words[c.var.language].title} ${session.title}.html`)))
  c.header('Cache-Control', 'private, no-store')
  return c.html(minutesDocument(c.var, { session, body: version.body, contributors }))
})

minutesRoutes.get(`${home}/edit`, requireStaff, (c) => managed(c, (session) => write(c, session)))

minutesRoutes.post(`${home}/edit`, requireStaff, (c) =>
  managed(c, async (session) => {
    const { db, signedIn, now, language } = c.var
    const t = words[language]
    const { value, problems, typed } = await readForm(c, z.object({ body: requiredText(longestMinutes), basedOn: requiredNumber() }))
    if (problems) return write(c, session, { problems, typed })
    const outcome = await saveMinutes(db, { sessionId: session.id, ...value }, { by: signedIn, at: now })
    if ('version' in outcome) return done(c, pathOf(session), t.saved)
    return write(c, session, {
      problems: { body: t.refusal[outcome.refusal] },
      typed,
      changedMeanwhile: outcome.refusal === 'changed_meanwhile',
    })
  }),
)

minutesRoutes.post(`${home}/publish`, requireStaff, (c) =>
  managed(c, async (session) => {
    const { db, signedIn, now, language } = c.var
    const t = words[language]
    const { value } = await readForm(c, z.object({ version: requiredNumber() }))
    const outcome = await publishMinutes(db, { sessionId: session.id, version: value?.version ?? 0 }, { by: signedIn, at: now })
    if ('version' in outcome) return done(c, pathOf(session), t.publishedFlash)
    return read(c, session, outcome.refusal === 'changed_meanwhile' ? t.publishChanged : t.refusal[outcome.refusal])
  }),
)

minutesRoutes.post(`${home}/withdraw`, requireStaff, (c) =>
  managed(c, async (session) => {
    const { db, signedIn, now, language } = c.var
    const withdrawn = await withdrawMinutes(db, session.id, { by: signedIn, at: now })
    return done(c, pathOf(session), withdrawn ? words[language].withdrawn : words[language].notPublished)
  }),
)

minutesRoutes.get(`${home}/versions`, requireStaff, (c) =>
  managed(c, async (session) => {
    const minutes = await findMinutes(c.var.db, session.id)
    if (!minutes) return c.notFound()
    const content = versionsPage(c.var, { session, minutes, versions: await versionsOf(c.var.db, minutes.id) })
    return page(c, { title: words[c.var.language].versions, content, breadcrumb: toMinutes(c, session) })
  }),
)

minutesRoutes.get(`${home}/versions/${id('version')}`, requireStaff, (c) =>
  managed(c, async (session) => {
    const minutes = await findMinutes(c.var.db, session.id)
    const version = minutes && (await findVersion(c.var.db, minutes.id, Number(c.req.param('version'))))
    if (!version) return c.notFound()
    const content = versionPage(c.var, session, version)
    return page(c, { title: words[c.var.language].title, content, breadcrumb: toMinutes(c, session) })
  }),
)

const seen = (c: Context<WebEnv>) => findSession(c.var.db, Number(c.req.param('id')), c.var.signedIn)

/** For whoever is in charge, once there is something to write down. */
async function managed(c: Context<WebEnv>, work: (session: Session) => Promise<Response>): Promise<Response> {
  const { signedIn, now, language } = c.var
  const session = await seen(c)
  if (!session) return c.notFound()
  if (manageRefusal(session, signedIn)) return refused(c)
  const refusal = minutesRefusal(session, now)
  return refusal ? refused(c, words[language].refusal[refusal]) : work(session)
}

async function read(c: Context<WebEnv>, session: Session, problem: string | null = null) {
  const { db, signedIn, language } = c.var
  const title = words[language].title
  const inCharge = manageRefusal(session, signedIn) === null
  const minutes = await findMinutes(db, session.id)
  const wanted = inCharge ? minutes?.version : minutes?.publishedVersion
  const version = minutes && wanted ? await findVersion(db, minutes.id, wanted) : undefined
  const breadcrumb = toSession(c, session)
  if (inCharge && !minutes) return page(c, { title, content: noMinutesPage(c.var, session), breadcrumb, status: problem ? 422 : 200 })
  if (!minutes || !version) return c.notFound()
  const contributors = (await contributorsOf(db, [session.id])).get(session.id) ?? []
  const content = minutesPage(c.var, { session, minutes, version, contributors, inCharge, problem })
  return page(c, { title, content, breadcrumb, status: problem ? 422 : 200 })
}

type Written = { problems?: Problems | null; typed?: Typed; changedMeanwhile?: boolean }

/** Whoever saves again after having been told of another version has read it: theirs goes on top of that one. */
async function write(c: Context<WebEnv>, session: Session, { problems = null, typed = {}, changedMeanwhile = false }: Written = {}) {
  const { db, language } = c.var
  const minutes = await findMinutes(db, session.id)
  const version = minutes && (await findVersion(db, minutes.id, minutes.version))
  const basedOn = problems && !changedMeanwhile ? Number(typed.basedOn) || 0 : (minutes?.version ?? 0)
  const content = editMinutesPage(c.var, { session, basedOn, body: version?.body ?? '', problems, typed, changedMeanwhile })
  return page(c, { title: words[language].editTitle, content, breadcrumb: toSession(c, session), status: problems ? 422 : 200 })
}

const toMinutes = (c: Context<WebEnv>, session: Session) => [
  ...toSession(c, session),
  { href: pathOf(session), label: words[c.var.language].title },
]
