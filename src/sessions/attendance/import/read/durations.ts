const units: [pattern: RegExp, seconds: number][] = [
  [/^(h|hrs?|hours?|or[ae]|std|stunden?|heures?|horas?|uur|tim|godz)$/, 3600],
  [/^(m|mn|mins?|minut[a-zé]*)$/, 60],
  [/^(s|secs?|second[a-z]*|seg|sek|sekunden?|segundos?)$/, 1],
]

export type Unit = 'hours' | 'minutes' | 'seconds'
const secondsIn: Record<Unit, number> = { hours: 3600, minutes: 60, seconds: 1 }
/** No session lasts longer: `45:30` is minutes and seconds. */
const mostHours = 24

/** What bare numbers under this header are, folded; null where it doesn't say. */
export function unitIn(header: string): Unit | null {
  if (/minut|\bmin\b|\bmn\b/.test(header)) return 'minutes'
  if (/second|sekund|\bsec\b|\bsek\b/.test(header)) return 'seconds'
  return /\b(ore|hours?|stunden|heures|horas|uren)\b/.test(header) ? 'hours' : null
}

/**
 * Seconds of `58`, `58 min`, `1 hr 2 min`, `3h 23m 17s`, `1 ora 2 minuti`, `01:02:30`; null where it can't be read. Bare
 * numbers are minutes unless the header says otherwise, two figures with a colon are hours and minutes unless it says minutes.
 */
export function secondsOf(text: string, unit: Unit | null = null): number | null {
  const plain = text.trim().toLowerCase()
  if (/^\d{1,5}([.,]\d{1,3})?$/.test(plain)) return Math.round(Number(plain.replace(',', '.')) * secondsIn[unit ?? 'minutes'])
  const clock = /^(\d{1,3}):(\d{2})(?::(\d{2}))?$/.exec(plain)
  return clock ? clockSeconds(clock.slice(1, 4), unit) : fromUnits(plain)
}

function clockSeconds([first, second, third]: (string | undefined)[], unit: Unit | null): number {
  const [a, b] = [Number(first), Number(second)]
  if (third !== undefined) return a * 3600 + b * 60 + Number(third)
  return unit === 'minutes' || a >= mostHours ? a * 60 + b : a * 3600 + b * 60
}

function fromUnits(plain: string): number | null {
  const parts = [...plain.matchAll(/(\d{1,5}) ?([a-zà-ù]+)\.?/g)]
  const rest = plain.replace(/(\d{1,5}) ?([a-zà-ù]+)\.?/g, '').replace(/[\s,]|\b(e|and|et|und|y)\b/g, '')
  if (parts.length === 0 || rest !== '') return null
  let seconds = 0
  for (const [, count, unit = ''] of parts) {
    const known = units.find(([pattern]) => pattern.test(unit))
    if (!known) return null
    seconds += Number(count) * known[1]
  }
  return seconds
}
