import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { crumbsInModule } from '../pathways/modules/crumbs.ts'
import { modulePath } from '../pathways/modules/panel.ts'
import { type FoundModule, findOpenModule } from '../pathways/modules/queries.ts'
import { words as moduleWords } from '../pathways/modules/words.ts'
import { requirePerson } from '../people/require.ts'
import type { Html, WebEnv } from '../web/env.ts'
import { optionalText, readForm } from '../web/forms.ts'
import { id } from '../web/paths.ts'
import { done, page, refused } from '../web/respond.ts'
import { saveWorksheet } from './actions.ts'
import { conflictPage, problemPage, refusalPage } from './pages.ts'
import { fieldsToFill, findWorksheet } from './queries.ts'
import type { WorksheetField } from './rules.ts'
import { words } from './words.ts'
import { mostCharacters } from './worksheet.ts'

/** Mount at `/tools`. */
export const toolRoutes = new Hono<WebEnv>()

const path = `/${id('enrolment')}/${id('module')}` as const

// A form with problems stays at this address: whoever reloads it comes back to the module.
toolRoutes.get(path, requirePerson, async (c) => {
  const found = await findTool(c)
  return found ? c.redirect(modulePath(found.open), 303) : c.notFound()
})

toolRoutes.post(path, requirePerson, async (c) => {
  const { db, now, language, signedIn } = c.var
  const found = await findTool(c)
  if (!found) return c.notFound()
  const { open } = found
  if (!open.mayWork) return refused(c, moduleWords[language].onlyReferents)

  const t = words[language]
  const tool = { open, fields: await fieldsToFill(db, open.moduleId), worksheet: await findWorksheet(db, open, signedIn) }
  const { value: answers, problems, typed } = await readForm(c, answersOf(tool.fields))
  if (problems) return show(c, found, 422, problemPage(tool, c.var, { problems, typed }))

  const { revision, complete } = saving.parse(typed)
  const outcome = await saveWorksheet(db, { ...open, answers, revision, complete: complete === 'yes' }, { by: signedIn, at: now })
  if ('refusal' in outcome) return show(c, found, 422, refusalPage(tool, t.refusal[outcome.refusal]))
  if ('missing' in outcome) {
    const required = Object.fromEntries(outcome.missing.map((name) => [name, 'required' as const]))
    return show(c, found, 422, problemPage(tool, c.var, { problems: required, typed }))
  }
  if ('conflict' in outcome) {
    const theirs = await findWorksheet(db, open, signedIn)
    if (theirs) return show(c, found, 409, conflictPage(tool, c.var, { theirs, yours: answers, typed }))
  }
  return done(c, modulePath(open), complete === 'yes' ? t.savedAndComplete : t.saved)
})

async function findTool(c: Context<WebEnv>): Promise<FoundModule | undefined> {
  const found = await findOpenModule(c.var, { enrolmentId: Number(c.req.param('enrolment')), moduleId: Number(c.req.param('module')) })
  return found?.open.kind === 'tool' ? found : undefined
}

const answersOf = (fields: readonly WorksheetField[]) =>
  z.object(Object.fromEntries(fields.map(({ name }) => [name, optionalText(mostCharacters)])))

/** An unreadable revision counts as none seen: then nothing is written over. */
const saving = z.object({ revision: z.coerce.number().int().catch(0), complete: z.literal('yes').optional().catch(undefined) })

function show(c: Context<WebEnv>, found: FoundModule, status: 409 | 422, content: Html) {
  return page(c, {
    title: words[c.var.language].title,
    content,
    breadcrumb: crumbsInModule(found, c.var.signedIn, c.var.language),
    status,
  })
}
