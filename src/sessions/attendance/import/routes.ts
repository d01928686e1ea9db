import { type Context, Hono } from 'hono'
import { formatNumber } from '../../../language/numbers.ts'
import { requirePerson } from '../../../people/require.ts'
import { readBody } from '../../../web/body.ts'
import type { WebEnv } from '../../../web/env.ts'
import type { Problems, Typed } from '../../../web/forms.ts'
import { id } from '../../../web/paths.ts'
import { done, page } from '../../../web/respond.ts'
import { cleanFileName, readFiles } from '../../../web/uploads.ts'
import { registeredSeenBy } from '../../registration/queries.ts'
import { importAttendance, type Preview, previewAttendance, undoAttendanceImport } from './actions.ts'
import { choicesIn, typedIn } from './choices.ts'
import { tableToTell } from './columns/actions.ts'
import { columnsRoutes } from './columns/routes.ts'
import { forgetUpload, keepUpload, readUpload, uploadName } from './kept.ts'
import { crumbs, home, managedSession, pathOf, placeOf } from './managed.ts'
import { minutesIn } from './minutes.ts'
import { uploadPage } from './pages.ts'
import { previewPage } from './preview-page.ts'
import { type ImportSession, importsOf, isImportOf, seenPeople } from './queries.ts'
import { importRefusal, words } from './words.ts'

export const attendanceImportRoutes = new Hono<WebEnv>()

attendanceImportRoutes.route('/', columnsRoutes)

attendanceImportRoutes.get(home, requirePerson, async (c) => {
  const session = await managedSession(c)
  return session instanceof Response ? session : showUpload(c, session)
})

attendanceImportRoutes.post(home, requirePerson, async (c) => {
  const session = await managedSession(c)
  if (session instanceof Response) return session
  const { db, now, zone, language } = c.var
  const [file] = await readFiles(c, 'file')
  if (!file) return showUpload(c, session, { file: 'file_missing' })

  const bytes = new Uint8Array(await file.arrayBuffer())
  const preview = await previewAttendance(db, session.id, bytes, { zone })
  const mayBeTold = 'refusal' in preview && preview.refusal === 'unknown_shape' && (await tableToTell(bytes)) !== null
  if ('refusal' in preview && !mayBeTold) return showUpload(c, session, { file: importRefusal(preview, language, zone) })
  const upload = await keepUpload(placeOf(c, session), bytes, now)
  const query = new URLSearchParams({ file: cleanFileName(file.name) })
  return done(c, `${pathOf(session)}/${upload}${mayBeTold ? '/columns' : ''}?${query}`)
})

attendanceImportRoutes.get(`${home}/:upload{${uploadName}}`, requirePerson, async (c) => {
  const session = await managedSession(c)
  if (session instanceof Response) return session
  return showPreview(c, session, { upload: c.req.param('upload'), fileName: cleanFileName(c.req.query('file') ?? '') })
})

attendanceImportRoutes.post(`${home}/confirm`, requirePerson, async (c) => {
  const session = await managedSession(c)
  if (session instanceof Response) return session
  const { db, now, zone, language, signedIn } = c.var
  const t = words[language]
  const typed = typedIn(await readBody(c))
  const kept = { upload: String(typed.upload ?? ''), fileName: cleanFileName(String(typed.file ?? '')) }
  const bytes = await readUpload(placeOf(c, session), kept.upload)
  if (!bytes) return done(c, pathOf(session), t.gone)

  const preview = await previewAttendance(db, session.id, bytes, { zone })
  if ('refusal' in preview) return showUpload(c, session, { file: importRefusal(preview, language, zone) })
  const { matches, problems } = await choicesIn(db, session.id, { typed, participants: preview.participants, person: signedIn })
  if (problems.length > 0)
    return showPreview(c, session, { ...kept, typed, problems: Object.fromEntries(problems.map((name) => [name, t.noReferent])) })

  const outcome = await importAttendance(db, session.id, { fileName: kept.fileName, bytes, matches }, { by: signedIn, at: now, zone })
  if ('refusal' in outcome) return showUpload(c, session, { file: importRefusal(outcome, language, zone) })
  await forgetUpload(placeOf(c, session), kept.upload)
  const matched = outcome.participants.filter(({ person }) => person).length
  const count = (number: number) => formatNumber(number, language)
  return done(
    c,
    pathOf(session),
    outcome.alreadyImported ? t.unchanged : t.done(count(matched), count(outcome.participants.length - matched)),
  )
})

attendanceImportRoutes.post(`/sessions/${id('id')}/attendance/imports/${id('import')}/undo`, requirePerson, async (c) => {
  const session = await managedSession(c)
  if (session instanceof Response) return session
  const { db, now, language, signedIn } = c.var
  const t = words[language]
  const importId = Number(c.req.param('import'))
  if (!(await isImportOf(db, importId, session.id))) return c.notFound()
  const outcome = await undoAttendanceImport(db, importId, { by: signedIn, at: now })
  return done(c, pathOf(session), 'refusal' in outcome ? t.undoneAlready : t.undoDone)
})

async function showUpload(c: Context<WebEnv>, session: ImportSession, problems: Problems | null = null) {
  const { db, language, dates } = c.var
  const content = uploadPage({ language, dates, session, past: await importsOf(db, session.id), problems })
  return page(c, { title: words[language].title, content, breadcrumb: crumbs(c, session).slice(0, 2), status: problems ? 422 : 200 })
}

type Kept = { upload: string; fileName: string; typed?: Typed; problems?: Record<string, string> }

async function showPreview(c: Context<WebEnv>, session: ImportSession, { upload, fileName, typed = {}, problems = {} }: Kept) {
  const { db, language, zone, signedIn } = c.var
  const bytes = await readUpload(placeOf(c, session), upload)
  if (!bytes) return done(c, pathOf(session), words[language].gone)
  const preview = await previewAttendance(db, session.id, bytes, { zone })
  if ('refusal' in preview) return showUpload(c, session, { file: importRefusal(preview, language, zone) })

  const registered = await registeredSeenBy(db, session.id, signedIn)
  const seen = await seenPeople(db, matchedIds(preview), signedIn)
  for (const { personId } of registered) seen.add(personId)
  const minutes = (index: number) => minutesIn(preview.participants[index]?.participant.intervals ?? [], session)
  const content = previewPage({ language, session, minutes, preview, upload, fileName, registered, seen, problems, typed })
  const status = Object.keys(problems).length > 0 ? 422 : 200
  return page(c, { title: words[language].previewTitle, content, breadcrumb: crumbs(c, session), status })
}

const matchedIds = ({ participants }: Preview) => participants.flatMap(({ person }) => person?.id ?? [])
