import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { formatNumber } from '../../../language/numbers.ts'
import { requireNationalCoordinator, requireStaff } from '../../../people/require.ts'
import { isNationalCoordinator } from '../../../people/rules.ts'
import type { WebEnv } from '../../../web/env.ts'
import { idField, manyField, readForm } from '../../../web/forms.ts'
import { id } from '../../../web/paths.ts'
import { done, page } from '../../../web/respond.ts'
import { type PathwayOutline, pathwayOutline } from '../../queries.ts'
import { words as definitionWords } from '../words.ts'
import { discardVersion, moveToToday, publishVersion } from './actions.ts'
import { draftPage, earlierPage } from './pages.ts'
import { draftOf, followersOf, pathwayVersions } from './queries.ts'
import { words } from './words.ts'

export const pathwayVersionRoutes = new Hono<WebEnv>()

const version = `/pathways/${id('id')}/version`

pathwayVersionRoutes.get(version, requireNationalCoordinator, async (c) => {
  const pathway = await findRoot(c)
  return pathway ? showDraft(c, pathway) : c.notFound()
})

pathwayVersionRoutes.post(version, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const pathway = await findRoot(c)
  if (!pathway) return c.notFound()
  const { value, typed } = await readForm(c, z.object({ draft: idField, seen: manyField }))
  const publishing = { draftId: value?.draft ?? 0, seen: (value?.seen ?? []).map(Number), move: typed.who === 'move' }
  const outcome = await publishVersion(db, pathway.id, publishing, { by: signedIn, at: now })
  if ('version' in outcome) return done(c, `/pathways/${pathway.id}`, words[language].published(outcome.version))
  return showDraft(c, pathway, words[language].refusal[outcome.refusal])
})

pathwayVersionRoutes.post(`${version}/discard`, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const pathway = await findRoot(c)
  if (!pathway) return c.notFound()
  await discardVersion(db, pathway.id, { by: signedIn, at: now })
  return done(c, `/pathways/${pathway.id}`, words[language].discarded)
})

pathwayVersionRoutes.get(`/pathways/${id('id')}/versions/${id('version')}`, requireStaff, async (c) => {
  const { language, dates, signedIn } = c.var
  const found = await findEarlier(c)
  if (!found) return c.notFound()
  const content = earlierPage(language, dates, { ...found, mayDefine: isNationalCoordinator(signedIn) })
  return page(c, { title: found.pathway.title, content, breadcrumb: crumbs(c, found.pathway) })
})

pathwayVersionRoutes.post(`/pathways/${id('id')}/versions/${id('version')}/move`, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const found = await findEarlier(c)
  if (!found) return c.notFound()
  const count = await moveToToday(db, found.pathway.id, found.earlier.id, { by: signedIn, at: now })
  return done(c, `/pathways/${found.pathway.id}`, words[language].moved(formatNumber(count, language)))
})

async function findRoot(c: Context<WebEnv>): Promise<PathwayOutline | undefined> {
  const pathway = await pathwayOutline(c.var.db, Number(c.req.param('id')))
  return pathway?.rootId === null ? pathway : undefined
}

async function findEarlier(c: Context<WebEnv>) {
  const pathway = await findRoot(c)
  const versions = pathway ? await pathwayVersions(c.var.db, pathway.id) : []
  const found = versions.find(({ version: number, archivedAt }) => number === Number(c.req.param('version')) && archivedAt !== null)
  const earlier = found && (await pathwayOutline(c.var.db, found.id))
  return pathway && earlier ? { pathway, earlier, followers: found.followers } : undefined
}

async function showDraft(c: Context<WebEnv>, pathway: PathwayOutline, problem: string | null = null) {
  const { db, language, dates } = c.var
  const draft = await draftOf(db, pathway.id)
  if (!draft) return done(c, `/pathways/${pathway.id}`, words[language].refusal.no_draft)
  const followers = await followersOf(db, pathway.id, draft)
  return page(c, {
    title: words[language].title(draft.version),
    content: draftPage(language, dates, { pathway, draft, followers, problem }),
    breadcrumb: crumbs(c, pathway),
    status: problem ? 422 : 200,
  })
}

const crumbs = (c: Context<WebEnv>, pathway: PathwayOutline) => [
  { href: `/pathways?programme=${pathway.programmeId}`, label: definitionWords[c.var.language].pathways },
  { href: `/pathways/${pathway.id}`, label: pathway.title },
]
