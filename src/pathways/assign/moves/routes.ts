import { type Context, Hono } from 'hono'
import { requireCoordinator, requireNationalCoordinator } from '../../../people/require.ts'
import { isNationalCoordinator } from '../../../people/rules.ts'
import { toProgramme } from '../../../programmes/crumbs.ts'
import { findProgramme, type Programme } from '../../../programmes/queries.ts'
import type { WebEnv } from '../../../web/env.ts'
import { readList } from '../../../web/lists.ts'
import { id } from '../../../web/paths.ts'
import { done, fragment, page, wantsFragment } from '../../../web/respond.ts'
import { pathwaysOf } from '../../definition/queries.ts'
import { markPreviewed, publishRules } from '../../rules/versions/actions.ts'
import { publicationRefusal } from '../../rules/versions/rules.ts'
import { words as ruleWords } from '../../rules/words.ts'
import { coordinatorScope } from '../queries.ts'
import { moveList, movesPage } from './pages.ts'
import { listedMoves, movesOfDraft } from './queries.ts'
import { words } from './words.ts'

/** What a draft of the rules would move, and putting it into force. */
export const moveRoutes = new Hono<WebEnv>()

const rules = `/programmes/${id('id')}/rules`

moveRoutes.get(`${rules}/preview`, requireCoordinator, async (c) => {
  const programme = await findProgramme(c.var.db, Number(c.req.param('id')))
  return programme ? showMoves(c, programme) : c.notFound()
})

moveRoutes.post(`${rules}/preview`, requireNationalCoordinator, async (c) => {
  const { db, signedIn, now } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  await markPreviewed(db, programme.id, { by: signedIn, at: now })
  return done(c, `/programmes/${programme.id}/rules/preview`)
})

moveRoutes.post(`${rules}/publish`, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  const version = (await movesOfDraft(db, programme.id, []))?.draft.version ?? 0
  const outcome = await publishRules(db, programme.id, { by: signedIn, at: now })
  if ('id' in outcome) return done(c, `/programmes/${programme.id}/rules`, words[language].published(version))
  if (outcome.refusal === 'no_draft') return done(c, `/programmes/${programme.id}/rules`, words[language].refusal.no_draft)
  return showMoves(c, programme, words[language].refusal[outcome.refusal])
})

async function showMoves(c: Context<WebEnv>, programme: Programme, problem: string | null = null) {
  const { db, language, signedIn } = c.var
  const t = words[language]
  const found = await movesOfDraft(db, programme.id, coordinatorScope(signedIn))
  if (!found) return done(c, `/programmes/${programme.id}/rules`, t.refusal.no_draft)
  const list = {
    ...readList(c, ['name', 'region'], ['from', 'to', 'region', 'category']),
    path: `/programmes/${programme.id}/rules/preview`,
  }
  const notLooked = publicationRefusal(found.draft)
  const mayPublish = isNationalCoordinator(signedIn)
  const shown = {
    ...found,
    programmeId: programme.id,
    version: found.draft.version,
    listed: listedMoves(found.moves, list),
    pathways: await pathwaysOf(db, programme.id),
    list,
    problem: problem ?? (notLooked && mayPublish ? t.refusal[notLooked] : null),
    next: mayPublish ? (notLooked ? ('look_again' as const) : ('publish' as const)) : null,
  }
  if (wantsFragment(c)) return fragment(c, moveList(language, shown))
  return page(c, {
    title: t.title(shown.version),
    content: movesPage(language, shown),
    breadcrumb: [...toProgramme(language, programme), { href: `/programmes/${programme.id}/rules`, label: ruleWords[language].title }],
    status: problem ? 422 : 200,
  })
}
