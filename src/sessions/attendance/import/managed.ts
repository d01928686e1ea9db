import type { Context } from 'hono'
import type { WebEnv } from '../../../web/env.ts'
import { id } from '../../../web/paths.ts'
import { refused } from '../../../web/respond.ts'
import { manageRefusal } from '../../rules.ts'
import { findImportSession, type ImportSession, trainersOf } from './queries.ts'
import { words } from './words.ts'

export const home = `/sessions/${id('id')}/attendance/import`
export const pathOf = ({ id }: { id: number }) => `/sessions/${id}/attendance/import`

/** The session of the address for those in charge of it; others are refused, or don't learn that there is a draft. */
export async function managedSession(c: Context<WebEnv>): Promise<ImportSession | Response> {
  const { db, signedIn, language } = c.var
  const session = await findImportSession(db, Number(c.req.param('id')))
  if (!session) return c.notFound()
  const refusal = manageRefusal({ ...session, trainers: await trainersOf(db, session.id) }, signedIn)
  if (!refusal) return session
  return session.publishedAt ? refused(c, words[language].notInCharge) : c.notFound()
}

/** Where this person's upload for this session is kept. */
export const placeOf = (c: Context<WebEnv>, session: ImportSession) => ({
  uploads: c.var.uploads,
  personId: c.var.signedIn.id,
  sessionId: session.id,
})

/** The pages above those of an import. */
export const crumbs = (c: Context<WebEnv>, session: ImportSession) => {
  const t = words[c.var.language]
  return [
    { href: '/sessions', label: t.sessions },
    { href: `/sessions/${session.id}`, label: session.title },
    { href: pathOf(session), label: t.title },
  ]
}
