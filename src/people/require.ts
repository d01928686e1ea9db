import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Person, WebEnv } from '../web/env.ts'
import { done, refused, wantsFragment } from '../web/respond.ts'
import { isCoordinator, isNationalCoordinator, isStaff } from './rules.ts'

/** Where a sign-in gets what it lacks. */
export const secondFactorPath = { second_factor: '/sign-in/second-factor', setting_up: '/me/second-factor' } as const

// Guards of single routes: behind one of them `c.var.signedIn` is the person. Visitors are led to sign in and back.
export const requirePerson = guard(() => true)
export const requireStaff = guard(isStaff)
export const requireCoordinator = guard(isCoordinator)
export const requireNationalCoordinator = guard(isNationalCoordinator)

function guard(allowed: (person: Person) => boolean) {
  return createMiddleware<WebEnv>(async (c, next) => {
    const { person } = c.var
    if (!person) return toSignIn(c)
    if (!allowed(person)) return refused(c)
    c.set('signedIn', person)
    await next()
  })
}

function toSignIn(c: Context<WebEnv>) {
  const { pathname, search } = new URL(c.req.url)
  const next = c.req.method === 'GET' && !wantsFragment(c) ? `?next=${encodeURIComponent(pathname + search)}` : ''
  return done(c, `${c.var.signIn?.lacks ? secondFactorPath[c.var.signIn.lacks] : '/sign-in'}${next}`)
}
