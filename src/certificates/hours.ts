import type { Language } from '../language/language.ts'
import { words } from './words.ts'

/** Minutes as people say them: "5 ore e 30 minuti". */
export function hoursInWords(minutes: number, language: Language): string {
  const t = words[language]
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return [hours > 0 ? t.hour(hours) : null, rest > 0 || hours === 0 ? t.minute(rest) : null].filter((part) => part !== null).join(t.and)
}
