import { html } from 'hono/html'
import type { Dates } from '../language/dates.ts'
import type { Language } from '../language/language.ts'
import type { Programme, programmeSorts } from '../programmes/queries.ts'
import type { Html } from '../web/env.ts'
import { type ListRequest, listTable } from '../web/lists.ts'
import { participationUrl } from './urls.ts'
import { words } from './words.ts'

type Shown = {
  language: Language
  dates: Dates
  list: ListRequest<(typeof programmeSorts)[number]>
  rows: readonly Programme[]
  total: number
}

/** The programmes, each leading to its figures. */
export function programmesPage({ language, dates, list, rows, total }: Shown): Html {
  const t = words[language]
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.intro}</p>
${listTable({
  language,
  caption: t.programmes,
  list,
  rows,
  total,
  empty: t.noProgrammes,
  columns: [
    {
      label: t.programme,
      sort: 'title',
      cell: (programme) => html`<a href="${participationUrl(wholeOf(programme))}">${programme.title}</a>`,
    },
    { label: t.days, sort: 'starts', cell: ({ startsOn, endsOn }) => `${dates.plainDay(startsOn)} - ${dates.plainDay(endsOn)}` },
  ],
})}`
}

/** The view one starts from: the whole programme, by region. */
export const wholeOf = (programme: Programme) => ({ programme, period: { from: null, until: null }, by: 'region' as const })
