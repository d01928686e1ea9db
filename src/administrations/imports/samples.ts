import { html } from 'hono/html'
import type { Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import type { Html } from '../../web/env.ts'
import { categoryName, kindName } from '../kinds.ts'
import { regionName } from '../regions.ts'
import type { RegisterPreview } from '../register/actions.ts'
import type { Change } from '../register/compare.ts'
import { isSizeClass, sizeName } from '../sizes.ts'
import { words } from './words.ts'

/** The first bodies of each sort, folded up, with what changes in them. */
export function changedBodies(language: Language, { samples, ...counts }: RegisterPreview): Html {
  const t = words[language]
  const sorts = (['created', 'updated', 'closed'] as const).filter((sort) => samples[sort].length > 0)
  return html`${sorts.map(
    (sort) => html`
<details class="tile mb-3">
  <summary><strong>${t.samples[sort](formatNumber(counts[sort], language))}</strong></summary>
  ${sort === 'closed' && html`<p>${t.closedExplained}</p>`}
  ${counts[sort] > samples[sort].length && html`<p>${t.firstOnes(formatNumber(samples[sort].length, language))}</p>`}
  <ul>${samples[sort].map(
    ({ name, code, changes }) =>
      html`<li>${name} <small>${code}</small>${changes.length > 0 && html`<br><small>${changes.map((change) => sentence(change, language)).join(' · ')}</small>`}</li>`,
  )}</ul>
</details>`,
  )}`
}

function sentence({ field, from, to }: Change, language: Language): string {
  const t = words[language]
  if (field === 'closed') return t.field.closed
  const shown = (value: string | null) => {
    if (!value) return t.nothing
    if (field === 'kind') return kindName(value, language)
    if (field === 'region') return regionName(value)
    if (field === 'sizeClass' && isSizeClass(value)) return sizeName(value, language)
    return field === 'category' ? categoryName(value) : value
  }
  return `${t.field[field]}: ${shown(from)} → ${shown(to)}`
}
