import { isIPv6 } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/**
 * The network address that a request comes from, as far as it can be known. Behind so many `proxies` of our own it is what the
 * outermost of them wrote into X-Forwarded-For; what stands further left was written by the sender and proves nothing.
 * Of IPv6 only the network (the first 64 bits): one household or office has all the rest.
 */
export function addressOf(c: Context, proxies: number): string {
  const forwarded = (c.req.header('X-Forwarded-For') ?? '').split(',').map((part) => part.trim())
  const address = proxies > 0 ? forwarded.at(-proxies) : undefined
  return networkOf(address || connectionOf(c))
}

function connectionOf(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? ''
  } catch {
    // Called without a connection, as tests do.
    return ''
  }
}

function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped || !isIPv6(address)) return mapped ?? address.slice(0, 64)
  const [before = '', after] = address.toLowerCase().split('::')
  const left = before.split(':').filter(Boolean)
  const right = (after ?? '').split(':').filter(Boolean)
  const zeros = after === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0')
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::`
}
