import { type Context, Hono } from 'hono'
import { requirePerson } from '../../../../people/require.ts'
import { readBody } from '../../../../web/body.ts'
import type { WebEnv } from '../../../../web/env.ts'
import type { Typed } from '../../../../web/forms.ts'
import { done, page } from '../../../../web/respond.ts'
import { cleanFileName } from '../../../../web/uploads.ts'
import { typedIn } from '../choices.ts'
import { readUpload, uploadName } from '../kept.ts'
import { crumbs, home, managedSession, pathOf, placeOf } from '../managed.ts'
import type { ImportSession } from '../queries.ts'
import { columnsOf } from '../read/columns.ts'
import type { Row } from '../read/grid.ts'
import { words as importWords } from '../words.ts'
import { learnColumns, tableToTell } from './actions.ts'
import { columnsPage } from './pages.ts'
import { type ColumnsRefusal, tellableRoles } from './rules.ts'
import { words } from './words.ts'

export const columnsRoutes = new Hono<WebEnv>()

const columnsPath = `${home}/:upload{${uploadName}}/columns` as const

columnsRoutes.get(columnsPath, requirePerson, (c) =>
  telling(c, (told) =>
    showColumns(c, { ...told, headerAt: headerIn(c.req.query('header'), told.rows), fileName: c.req.query('file') ?? '' }),
  ),
)

columnsRoutes.post(columnsPath, requirePerson, (c) =>
  telling(c, async ({ session, rows }) => {
    const { db, now, language, signedIn } = c.var
    const typed = typedIn(await readBody(c))
    const headerAt = headerIn(String(typed.header ?? ''), rows)
    const fileName = cleanFileName(String(typed.file ?? ''))
    const cells = (rows[headerAt] ?? rows[0])?.cells ?? []
    const width = Math.max(...rows.map((row) => row.cells.length))
    const roles = Array.from({ length: width }, (_, index) => tellableRoles.find((role) => role === typed[`column-${index}`]) ?? null)
    const told = { cells, hasHeader: headerAt >= 0, roles, whole: typed.whole === 'yes' }
    const outcome = await learnColumns(db, told, { by: signedIn, at: now })
    if ('refusal' in outcome) return showColumns(c, { session, rows, headerAt, fileName, typed, refusal: outcome.refusal })
    return done(c, `${pathOf(session)}/${c.req.param('upload')}?${new URLSearchParams({ file: fileName })}`, words[language].learned)
  }),
)

type Telling = { session: ImportSession; rows: Row[] }

/** The kept file as a table, for whoever uploaded it. */
async function telling(c: Context<WebEnv>, work: (told: Telling) => Promise<Response>): Promise<Response> {
  const session = await managedSession(c)
  if (session instanceof Response) return session
  const bytes = await readUpload(placeOf(c, session), c.req.param('upload') ?? '')
  const rows = bytes && (await tableToTell(bytes))
  return rows ? work({ session, rows }) : done(c, pathOf(session), importWords[c.var.language].gone)
}

/** The row of headers asked for; else the first that is as wide as most rows. */
function headerIn(asked: string | undefined, rows: readonly Row[]): number {
  const number = Number(asked)
  if (asked && Number.isInteger(number) && number >= -1 && number < rows.length) return number
  const widths = rows.map(({ cells }) => cells.filter(Boolean).length)
  const usual = widths.toSorted((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 0
  return Math.max(
    0,
    widths.findIndex((width) => width >= usual),
  )
}

type Shown = Telling & { headerAt: number; fileName: string; typed?: Typed; refusal?: ColumnsRefusal | null }

function showColumns(c: Context<WebEnv>, { session, rows, headerAt, fileName, typed = {}, refusal = null }: Shown) {
  const { language } = c.var
  const guess = Object.entries(columnsOf(rows[headerAt]?.cells ?? [], rows.slice(headerAt + 1)))
  const guessed: (string | null)[] = []
  for (const [role, index] of guess) guessed[index] = role
  const shown = { path: c.req.path, fileName: cleanFileName(fileName), rows, headerAt, guessed, refusal, typed }
  const content = columnsPage(language, shown)
  const breadcrumb = crumbs(c, session)
  return Promise.resolve(page(c, { title: words[language].title, content, breadcrumb, status: refusal ? 422 : 200 }))
}
