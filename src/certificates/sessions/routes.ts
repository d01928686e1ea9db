import { type Context, Hono } from 'hono'
import { requirePerson } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import { id } from '../../web/paths.ts'
import { done, page, refused } from '../../web/respond.ts'
import { issueAttestation, standingAttestation } from './actions.ts'
import { attestationPage } from './pages.ts'
import { findAttended } from './queries.ts'
import { attestationRefusal } from './rules.ts'
import { words } from './words.ts'

export const attestationRoutes = new Hono<WebEnv>()

// Of a session that somebody attended; there is nothing here for anybody else.
attestationRoutes.get(`/sessions/${id('id')}/certificate`, requirePerson, async (c) => {
  const { db, now, language, dates } = c.var
  const found = await findAttended(db, claimOf(c), now)
  if (!found) return c.notFound()
  const standing = await standingAttestation(db, claimOf(c))
  const content = attestationPage(language, dates, { found, standing, refusal: attestationRefusal(found) })
  const breadcrumb = [{ href: `/sessions/${found.sessionId}`, label: found.session }]
  return page(c, { title: words[language].title, content, breadcrumb })
})

attestationRoutes.post(`/sessions/${id('id')}/certificate`, requirePerson, async (c) => {
  const { db, now, language, zone } = c.var
  const t = words[language]
  const claim = claimOf(c)
  const outcome = await issueAttestation(db, claim, { at: now, zone })
  if ('id' in outcome) return done(c, `/sessions/${claim.sessionId}/certificate`, t.issuedFlash)
  return outcome.refusal === 'not_found' ? c.notFound() : refused(c, t.refusal[outcome.refusal])
})

const claimOf = (c: Context<WebEnv>) => ({ sessionId: Number(c.req.param('id')), personId: c.var.signedIn.id })
