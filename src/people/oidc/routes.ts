import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { WebEnv } from '../../web/env.ts'
import { page } from '../../web/respond.ts'
import { safePath } from '../rules.ts'
import { emailPage } from '../sign-in/pages.ts'
import { browserOf, enter } from '../sign-in/routes.ts'
import { words } from '../sign-in/words.ts'
import { rememberRequest, signInByEmail, takeRequest } from './actions.ts'
import type { identityProvider } from './provider.ts'

export type IdentityProvider = ReturnType<typeof identityProvider>

/** Ties the way back to the browser that left: without it a stranger could sign somebody in as themselves. */
const stateCookie = 'percorsi_oidc'

export function oidcRoutes(provider: IdentityProvider) {
  const routes = new Hono<WebEnv>()

  // A link, not a form: the content policy lets forms lead nowhere but here.
  routes.get('/sign-in/oidc', async (c) => {
    const proof = provider.newProof()
    let address: string
    try {
      address = await provider.addressFor(proof, c.var.language)
    } catch {
      return turnedAway(c, words[c.var.language].elsewhere.unreachable)
    }
    await rememberRequest(c.var.db, proof, safePath(c.req.query('next')), c.var.now)
    setCookie(c, stateCookie, proof.state, { ...cookieOptions(c), maxAge: 900 })
    return c.redirect(address, 303)
  })

  routes.get('/sign-in/oidc/callback', async (c) => {
    const { db, now, language } = c.var
    const t = words[language].elsewhere
    const query = new URL(c.req.url).searchParams
    const state = query.get('state') ?? ''
    const own = getCookie(c, stateCookie)
    deleteCookie(c, stateCookie, cookieOptions(c))
    const request = own !== undefined && own === state ? await takeRequest(db, state, now) : null
    if (!request) return turnedAway(c, t.tooOld)
    if (query.has('error')) return turnedAway(c, t.refused)

    let identity: Awaited<ReturnType<IdentityProvider['identityFrom']>>
    try {
      identity = await provider.identityFrom(query, request)
    } catch {
      return turnedAway(c, t.refused)
    }
    if ('refusal' in identity) return turnedAway(c, t[identity.refusal])
    const token = await signInByEmail(db, identity.email, now, browserOf(c))
    return token ? enter(c, token, request.next) : turnedAway(c, t.unknown(identity.email))
  })

  return routes
}

const cookieOptions = (c: Context<WebEnv>) =>
  ({ path: '/sign-in', httpOnly: true, sameSite: 'Lax', secure: c.var.baseUrl.startsWith('https:') }) as const

function turnedAway(c: Context<WebEnv>, problem: string) {
  const content = emailPage(c.var, '/', { problem })
  return page(c, { title: words[c.var.language].title, content, status: 422 })
}
