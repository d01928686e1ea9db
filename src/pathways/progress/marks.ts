import { html } from 'hono/html'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import { icon } from '../../web/icon.ts'
import type { ModuleState } from './rules.ts'
import type { LockReason, ModuleStanding } from './standing.ts'
import { words } from './words.ts'

/** What the marks of a page need: its language, its dates, and which day it is. */
export type Viewing = { language: Language; dates: Dates; today: Temporal.PlainDate }

const looks: Record<ModuleState, { tone: string; icon: Parameters<typeof icon>[0] }> = {
  locked: { tone: 'off', icon: 'it-locked' },
  available: { tone: 'busy', icon: 'it-arrow-right-circle' },
  in_progress: { tone: 'busy', icon: 'it-pencil' },
  submitted: { tone: 'waiting', icon: 'it-clock' },
  completed: { tone: 'good', icon: 'it-check-circle' },
  recognised: { tone: 'good', icon: 'it-check' },
  not_relevant: { tone: 'off', icon: 'it-minus-circle' },
}

/** The state in words, with its icon; and that it is late, when it is. */
export function stateMarks({ state, late }: Pick<ModuleStanding, 'state' | 'late'>, language: Language): Html {
  const t = words[language]
  const look = looks[state]
  return html`<span class="state ${look.tone}">${icon(look.icon)} ${t.state[state]}</span>${
    late && html` <span class="state late">${icon('it-warning-circle')} ${t.late}</span>`
  }`
}

/** "Scade il 16 giugno 2026 (tra 5 giorni)"; when it is done, since when; "7 giorni dopo «A»" while the day isn't known. */
export function dueSentence(module: ModuleStanding, { language, dates, today }: Viewing): string | null {
  const t = words[language]
  if (module.completedAt) return t.doneOn(dates.shortDay(module.completedAt))
  if (module.dueLater) return t.dueLater[module.dueLater.from](module.dueLater.days, quoted(module.dueLater.title, language))
  if (module.due === null) return null
  const days = today.until(module.due).days
  const sentence = `${days < 0 ? t.wasDue(dates.plainDay(module.due)) : t.due(dates.plainDay(module.due))} (${t.fromToday(days)})`
  return module.extended ? `${sentence}, ${t.extended}` : sentence
}

/** "Si apre dopo «A» e «B», dal 16 giugno 2026." */
export function lockSentence(
  { lockReasons }: Pick<ModuleStanding, 'lockReasons'>,
  { language, dates }: Pick<Viewing, 'language' | 'dates'>,
) {
  const t = words[language]
  const said = lockReasons.map((reason) =>
    reason.reason === 'not_before' ? t.notBefore(dates.plainDay(reason.day)) : t.after(joined(afterTitles(reason, language), t.and)),
  )
  return t.opens(said.join(t.and))
}

const afterTitles = ({ titles }: Extract<LockReason, { reason: 'after' }>, language: Language) =>
  titles.map((title) => quoted(title, language))

const quoted = (title: string, language: Language) => (language === 'it' ? `«${title}»` : `“${title}”`)

/** "A, B e C" */
export const joined = (names: readonly string[], and: string): string =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')}${and}${names.at(-1)}` : (names[0] ?? '')

/** A bar with the same in words: "4 di 12 moduli". */
export function progressBar({ done, total }: { done: number; total: number }, id: string, language: Language, after = ''): Html {
  const t = words[language]
  return html`
<p class="mt-3"><label for="${id}">${t.progress}: <strong>${t.modulesDone(done, total)}</strong>${after}</label>
<progress id="${id}" value="${done}" max="${Math.max(total, 1)}">${t.modulesDone(done, total)}</progress></p>`
}
