import { setTimeout as pause } from 'node:timers/promises'
import type { SSEStreamingApi } from 'hono/streaming'

/** Rates in milliseconds. */
export type Pace = { look: number; last: number }
export const usualPace: Pace = { look: 2_000, last: 10 * 60_000 }

/** All that one process serves at a time; a browser that finds no room tries again by itself. */
const mostStreams = 300
const open = new Set<AbortController>()

export const hasRoomForStream = () => open.size < mostStreams

/** Lets the process stop: each browser connects anew elsewhere. */
export const endStreams = () => {
  for (const each of open) each.abort()
}

/**
 * Looks again and again and writes what has changed, until the browser goes or the time is up; then the browser connects
 * anew, and rights are looked at anew. The first look is written in any case: the page may be older than the line.
 */
export async function streamChanges(stream: SSEStreamingApi, { look, last }: Pace, changes: () => Promise<string | null>): Promise<void> {
  const gone = new AbortController()
  open.add(gone)
  stream.onAbort(() => gone.abort())
  try {
    for (let passed = 0; passed < last && !gone.signal.aborted; passed += look) {
      const data = await changes()
      // A comment keeps proxies from closing a quiet line, and tells us when nobody listens any more.
      if (data === null) await stream.write(': \n\n')
      else await stream.writeSSE({ data })
      await pause(look, undefined, { signal: gone.signal, ref: false })
    }
  } catch (error) {
    if (!gone.signal.aborted) throw error
  } finally {
    open.delete(gone)
  }
}
