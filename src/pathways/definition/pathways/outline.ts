import { html } from 'hono/html'
import type { Dates } from '../../../language/dates.ts'
import type { Language } from '../../../language/language.ts'
import type { Html } from '../../../web/env.ts'
import type { PathwayModule, PathwayOutline, Section } from '../../queries.ts'
import { words } from '../words.ts'
import { inPhases } from './phases.ts'

/** The modules phase by phase, each with what is asked of it. */
export function phases(language: Language, dates: Dates, { modules, sections }: Pick<PathwayOutline, 'modules' | 'sections'>): Html {
  return html`${inPhases(modules).map(
    ({ section, steps }) => html`
${section && html`<h2>${section}</h2>`}
${enough(language, sections, section, modules)}
<ol start="${steps[0]?.position ?? 1}">${steps.map((step) => stepLine(language, dates, step, modules))}</ol>`,
  )}`
}

function enough(language: Language, sections: readonly Section[], title: string, modules: readonly PathwayModule[]): Html {
  const needed = sections.find((section) => section.title === title)?.needed
  const mandatory = modules.filter(({ section, optional }) => section === title && !optional).length
  return needed !== undefined && needed < mandatory ? html`<p>${words[language].enough(needed, mandatory)}</p>` : html``
}

function stepLine(language: Language, dates: Dates, step: PathwayModule, modules: readonly PathwayModule[]): Html {
  const t = words[language]
  const notes = [
    t.kinds[step.kind],
    step.optional ? t.optional.toLowerCase() : null,
    dueInWords(language, dates, step, modules),
    step.notBefore && t.opensOn(dates.plainDay(step.notBefore)),
    step.metBy === 'all' ? t.metByAll : step.metBy === 'at_least' ? t.metByAtLeast(step.metByCount ?? 1) : null,
    step.requires.length > 0 ? t.opensAfter(step.requires.map((id) => `«${titleOf(modules, id)}»`).join(', ')) : null,
  ]
  return html`<li><strong>${step.title}</strong><br><small>${notes.filter(Boolean).join(' · ')}</small></li>`
}

function dueInWords(language: Language, dates: Dates, step: PathwayModule, modules: readonly PathwayModule[]): string | null {
  const t = words[language]
  if (step.dueFrom === null) return null
  if (step.dueFrom === 'fixed') return step.dueOn && t.dueFixed(dates.plainDay(step.dueOn))
  return t.dueOf[step.dueFrom](step.dueAfterDays ?? 0, titleOf(modules, step.dueModuleId ?? 0))
}

const titleOf = (modules: readonly PathwayModule[], wanted: number): string =>
  modules.find(({ moduleId }) => moduleId === wanted)?.title ?? ''
