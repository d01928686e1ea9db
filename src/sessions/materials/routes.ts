import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { checkFiles } from '../../pathways/assignments/files.ts'
import { requireStaff } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import { choiceField, optionalLink, optionalText, type Problems, readForm, type Typed } from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done, page, refused } from '../../web/respond.ts'
import { readFiles, sendFile, withKeptFiles } from '../../web/uploads.ts'
import { countWritten } from '../follow-up/queries.ts'
import { findSession, type Session } from '../queries.ts'
import { manageRefusal } from '../rules.ts'
import { toSession } from '../show.ts'
import { addMaterials, askFollowUp, removeMaterial } from './actions.ts'
import { materialsPage } from './pages.ts'
import { materialsOf, readerOf } from './queries.ts'
import { audiences, isShown, type MaterialRefusal, phases } from './rules.ts'
import { words } from './words.ts'

export const materialRoutes = new Hono<WebEnv>()

materialRoutes.get(`/sessions/${id('id')}/materials`, requireStaff, (c) =>
  managed(c, (session) => showMaterials(c, session, { status: 200 })),
)

const materialForm = z.object({
  title: optionalText(200).transform((text) => text.replace(/\s+/g, ' ')),
  link: optionalLink,
  phase: choiceField(phases),
  audience: choiceField(audiences),
})

materialRoutes.post(`/sessions/${id('id')}/materials`, requireStaff, (c) =>
  managed(c, async (session) => {
    const { db, signedIn, now, language, uploads: folder } = c.var
    const t = words[language]
    const { value, problems, typed } = await readForm(c, materialForm)
    const checked = await checkFiles(await readFiles(c, 'files'))
    const filesProblem = 'problem' in checked && { files: t.filesProblem[checked.problem](checked.name) }
    if (problems || 'problem' in checked)
      return showMaterials(c, session, { status: 422, problems: { ...problems, ...filesProblem }, typed })

    const outcome = await withKeptFiles(folder, checked.uploads, (files) =>
      addMaterials(db, session.id, { ...value, files }, { by: signedIn, at: now }),
    )
    if ('added' in outcome) return done(c, `/sessions/${session.id}/materials`, t.added(outcome.added))
    const refusal = { [fieldOfRefusal[outcome.refusal]]: t.refusal[outcome.refusal] }
    return showMaterials(c, session, { status: 422, problems: refusal, typed })
  }),
)

const fieldOfRefusal: Record<MaterialRefusal, string> = {
  not_found: 'files',
  cancelled: 'files',
  nothing: 'files',
  too_many: 'files',
  attended_before: 'audience',
}

materialRoutes.post(`/sessions/${id('id')}/materials/${id('material')}/remove`, requireStaff, (c) =>
  managed(c, async (session) => {
    const { db, signedIn, now, language } = c.var
    const asked = { id: Number(c.req.param('material')), sessionId: session.id }
    const title = await removeMaterial(db, asked, { by: signedIn, at: now })
    return title === undefined ? c.notFound() : done(c, `/sessions/${session.id}/materials`, words[language].removed(title))
  }),
)

/** A file is a download, a link leads on; to whom it isn't shown it isn't there. */
materialRoutes.get(`/sessions/${id('id')}/materials/${id('material')}`, async (c) => {
  const { db, person, now } = c.var
  const session = await findSession(db, Number(c.req.param('id')), person)
  const material = session && (await materialsOf(db, session.id)).find((each) => each.id === Number(c.req.param('material')))
  if (!session || !material) return c.notFound()
  if (!isShown(material, session, { reader: await readerOf(db, session, person), now })) return c.notFound()
  c.header('Cache-Control', 'private, no-store')
  if (material.file) return sendFile(c, material.file)
  return material.link ? c.redirect(material.link, 302) : c.notFound()
})

materialRoutes.post(`/sessions/${id('id')}/follow-up`, requireStaff, (c) =>
  managed(c, async (session) => {
    const { db, signedIn, now, language } = c.var
    const t = words[language]
    const { value, problems, typed } = await readForm(c, z.object({ note: optionalText(2000) }))
    if (problems) return showMaterials(c, session, { status: 422, problems, typed })
    const outcome = await askFollowUp(db, session.id, value.note, { by: signedIn, at: now })
    if ('id' in outcome) return done(c, `/sessions/${session.id}/materials`, t.sent)
    return showMaterials(c, session, { status: 422, problems: { note: t.refusal[outcome.refusal] }, typed })
  }),
)

// A form with problems stays at this address: whoever reloads it comes back.
materialRoutes.get(`/sessions/${id('id')}/follow-up`, requireStaff, (c) => c.redirect(`/sessions/${c.req.param('id')}/materials`, 303))

async function managed(c: Context<WebEnv>, work: (session: Session) => Promise<Response>): Promise<Response> {
  const session = await findSession(c.var.db, Number(c.req.param('id')), c.var.signedIn)
  if (!session) return c.notFound()
  if (manageRefusal(session, c.var.signedIn)) return refused(c)
  return work(session)
}

type Shown = { status: 200 | 422; problems?: Problems; typed?: Typed }

async function showMaterials(c: Context<WebEnv>, session: Session, { status, problems, typed }: Shown) {
  const { db, language } = c.var
  const managing = { session, materials: await materialsOf(db, session.id), written: await countWritten(db, session.id) }
  const content = materialsPage(c.var, { ...managing, problems: problems ?? null, typed: typed ?? {} })
  return page(c, { title: words[language].title, content, breadcrumb: toSession(c, session), status })
}
