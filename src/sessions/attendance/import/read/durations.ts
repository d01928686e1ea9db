const units: [pattern: RegExp, seconds: number][] = [
  [/^(h|hrs?|hours?|or[ae]|std|stunden?|heures?|horas?)$/, 3600],
  [/^(m|mins?|minut[a-z]*)$/, 60],
  [/^(s|secs?|second[a-z]*|sek|sekunden?|segundos?)$/, 1],
]

/** Seconds of `58`, `58 min`, `1 hr 2 min`, `3h 23m 17s`, `1 ora 2 minuti`, `01:02:30`; null where it can't be read. Bare numbers are minutes. */
export function secondsOf(text: string): number | null {
  const plain = text.trim().toLowerCase()
  if (/^\d{1,5}([.,]\d{1,3})?$/.test(plain)) return Math.round(Number(plain.replace(',', '.')) * 60)
  const clock = /^(\d{1,3}):(\d{2})(?::(\d{2}))?$/.exec(plain)
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0)
  return fromUnits(plain)
}

function fromUnits(plain: string): number | null {
  const parts = [...plain.matchAll(/(\d{1,5}) ?([a-zà-ù]+)\.?/g)]
  const rest = plain.replace(/(\d{1,5}) ?([a-zà-ù]+)\.?/g, '').replace(/[\s,]|\be\b|\band\b/g, '')
  if (parts.length === 0 || rest !== '') return null
  let seconds = 0
  for (const [, count, unit = ''] of parts) {
    const known = units.find(([pattern]) => pattern.test(unit))
    if (!known) return null
    seconds += Number(count) * known[1]
  }
  return seconds
}
