import { faultsOf, readCalendar } from './stage.ts'

type Kept = { uid: string; sequence: number; stamp: string; start: string | null; summary: string | null; status: string | null }

/**
 * A calendar program that keeps state: it reads snapshots of feeds (RFC 5545) and obeys mailed messages (iTIP, RFC 5546), newer
 * ones by SEQUENCE and then DTSTAMP. What no program should have to bear is among the `faults`.
 */
export function openCalendarClient() {
  const kept = new Map<string, Kept>()
  const faults: string[] = []
  let feedTag: string | null = null

  const isNewer = (one: Kept, other: Kept | undefined) =>
    other === undefined || one.sequence > other.sequence || (one.sequence === other.sequence && one.stamp >= other.stamp)

  function take(text: string) {
    faults.push(...faultsOf(text))
    const { method, events } = readCalendar(text)
    return {
      method,
      events: events.map(({ uid, sequence, stamp, start, summary, status }) => {
        const event = { uid: uid ?? '', sequence, stamp: stamp ?? '', start, summary, status }
        const before = kept.get(event.uid)
        if (before && sequence < before.sequence) faults.push(`SEQUENCE fell from ${before.sequence} to ${sequence}: ${summary}`)
        return event
      }),
    }
  }

  return {
    faults,
    /** What the person sees: title, start and status of each. */
    shows: () => [...kept.values()].map(({ summary, start, status }) => [summary, start, status]),
    sequenceOf: (uid: string) => kept.get(uid)?.sequence,

    /** A snapshot replaces what the feed held; what has left it is gone. */
    subscribe: async (fetch: (headers: Record<string, string>) => Promise<{ status: number; text: string; headers: Headers }>) => {
      const answer = await fetch(feedTag ? { 'If-None-Match': feedTag } : {})
      feedTag = answer.headers.get('etag')
      if (answer.status === 304) return
      const { events } = take(answer.text)
      const there = new Set(events.map(({ uid }) => uid))
      for (const uid of kept.keys()) if (!there.has(uid)) kept.delete(uid)
      for (const event of events) if (isNewer(event, kept.get(event.uid))) kept.set(event.uid, event)
    },

    /** A message changes the one meeting that it is about; a CANCEL takes it away. */
    obey: (text: string) => {
      const { method, events } = take(text)
      for (const event of events) {
        if (!isNewer(event, kept.get(event.uid))) continue
        if (method === 'CANCEL') kept.set(event.uid, { ...event, status: 'CANCELLED' })
        else kept.set(event.uid, event)
      }
    },
  }
}
