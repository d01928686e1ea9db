import { createHmac, randomBytes } from 'node:crypto'

/** So many answers of one network at once, then one more every second: an office of three hundred gets through in five minutes. */
const burst = 120
const perSecond = 1
/** In a day, of one network to one survey. */
const perDay = 3_000
const mostKept = 50_000

type Bucket = { left: number; at: number; today: number }

/**
 * Keeps one network from flooding a survey, without keeping who anybody is: addresses are only known as keyed hashes, the key
 * is made anew every day, and neither leaves the memory of this process. Each process counts for itself.
 */
export function newFloodGuard() {
  let day = ''
  let salt = randomBytes(32)
  const buckets = new Map<string, Bucket>()

  function renew(now: Temporal.Instant) {
    const today = now.toString().slice(0, 10)
    if (today === day) return
    day = today
    salt = randomBytes(32)
    buckets.clear()
  }

  /** Seconds to wait before this answer is taken; 0 takes it and counts it. */
  function secondsToWait({ address, surveyId }: { address: string; surveyId: number }, now: Temporal.Instant): number {
    renew(now)
    const key = createHmac('sha256', salt).update(`${surveyId} ${address}`).digest('base64url')
    const at = now.epochMilliseconds / 1000
    const kept = buckets.get(key) ?? { left: burst, at, today: 0 }
    const left = Math.min(burst, kept.left + Math.max(0, at - kept.at) * perSecond)
    const wait = kept.today >= perDay ? secondsUntilTomorrow(now) : left >= 1 ? 0 : Math.ceil((1 - left) / perSecond)
    // Those who wrote last are kept longest.
    buckets.delete(key)
    buckets.set(key, { left: wait === 0 ? left - 1 : left, at, today: kept.today + (wait === 0 ? 1 : 0) })
    if (buckets.size > mostKept) buckets.delete(buckets.keys().next().value as string)
    return wait
  }

  return { secondsToWait, kept: () => buckets.size }
}

export type FloodGuard = ReturnType<typeof newFloodGuard>

const secondsUntilTomorrow = (now: Temporal.Instant) => 86_400 - (Math.floor(now.epochMilliseconds / 1000) % 86_400)
