import * as z from 'zod'
import { personOf } from './provider.ts'

export type Stay = { personId: number | null; name: string; from: Temporal.Instant; until: Temporal.Instant }

/** "2026-03-10 09:00:04 +0000" or "2026-03-10T09:00:04.000+00:00", as servers of different age write it. */
const moment = z.string().transform((text, context) => {
  const [, day, time, sign] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}(?:\.\d+)?) ?(Z|[+-]\d{2}:?\d{2})$/.exec(text) ?? []
  try {
    return Temporal.Instant.from(`${day}T${time}${sign}`)
  } catch {
    context.addIssue({ code: 'custom', message: 'no moment' })
    return z.NEVER
  }
})

const analytics = z.object({
  meeting_id: z.string(),
  data: z.object({
    finish: moment.optional().catch(undefined),
    attendees: z
      .array(
        z.object({
          ext_user_id: z.union([z.string(), z.number()]).transform(String).catch(''),
          name: z.string().max(1000),
          joins: z.array(moment).max(1000),
          leaves: z.array(moment).max(1000),
        }),
      )
      .max(10_000),
  }),
})

/** Who was in a meeting and when, from what the server tells when it is over; null when it can't be read. */
export function readAnalytics(body: unknown): { meetingId: string; stays: Stay[] } | null {
  const { data } = analytics.safeParse(body)
  if (!data) return null
  const { meeting_id, data: meeting } = data
  const stays = meeting.attendees.flatMap(({ ext_user_id, name, joins, leaves }) =>
    inPairs(joins, leaves, meeting.finish).map((stay) => ({ personId: personOf(ext_user_id), name, ...stay })),
  )
  return { meetingId: meeting_id, stays }
}

/**
 * Each time somebody came, until they left before coming again. Whoever is connected twice comes and leaves twice:
 * overlapping times count once later, so the first who leaves belongs to the first who came.
 */
function inPairs(joins: readonly Temporal.Instant[], leaves: readonly Temporal.Instant[], finish: Temporal.Instant | undefined) {
  const [came, left] = [joins.toSorted(Temporal.Instant.compare), leaves.toSorted(Temporal.Instant.compare)]
  return came.flatMap((from, index) => {
    const until = left[index] ?? finish
    return until && Temporal.Instant.compare(from, until) < 0 ? [{ from, until }] : []
  })
}
