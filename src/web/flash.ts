import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

const name = 'percorsi_flash'

/** A sentence for the next page, kept in a cookie for a minute: no state on the server. */
export function writeFlash(c: Context, message: string) {
  setCookie(c, name, encodeURIComponent(message.slice(0, 500)), { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: 60 })
}

export function takeFlash(c: Context): string | null {
  const value = getCookie(c, name)
  if (value === undefined) return null
  deleteCookie(c, name, { path: '/' })
  try {
    return decodeURIComponent(value)
  } catch {
    return null
  }
}
