import { html } from 'hono/html'
import { formatNumber } from '../../language/numbers.ts'
import type { listTable } from '../../web/lists.ts'
import { type Figure, type Unit, unitOf } from '../definitions.ts'
import { hoursFrom } from '../hours.ts'
import type { Reading } from '../reading.ts'
import { words } from '../words.ts'
import { administrationsOf, evidenceInWords, placesInWords, sessionInWords } from './evidence.ts'
import type { CountedRow, RowSort } from './queries.ts'

type Column = Parameters<typeof listTable<CountedRow, RowSort>>[0]['columns'][number]

/** The table of the rows behind a figure: what is counted, then the evidence. */
export const columnsOf = (reading: Reading, figure: Figure): readonly Column[] => columns[unitOf[figure]](reading, figure)

const columns: Record<Unit, (reading: Reading, figure: Figure) => readonly Column[]> = {
  administration: (reading, figure) => {
    const { language } = reading
    const t = words[language].column
    return [
      { label: t.administration, sort: 'name', cell: ({ id, name }) => html`<a href="/administrations/${id}">${name}</a>` },
      { label: t.region, cell: (row) => placesInWords(row, 'region', language) },
      { label: t.kind, cell: (row) => placesInWords(row, 'kind', language) },
      ...(figure === 'registered' ? [] : [evidence(reading, figure)]),
      when(reading, figure),
    ]
  },

  person: (reading, figure) => {
    const { language } = reading
    const t = words[language].column
    return [
      person(reading),
      { label: t.administrations, cell: administrationLinks },
      ...(figure === 'referents' ? [] : [{ label: t.sessions, cell: (row: CountedRow) => sessionLinks(reading, row) }, hours(reading)]),
      when(reading, figure),
    ]
  },

  attendance: (reading, figure) => {
    const { language } = reading
    const t = words[language].column
    return [
      person(reading),
      { label: t.administration, cell: administrationLinks },
      { label: t.session, cell: sessionTitles },
      when(reading, figure),
      { label: t.minutes, sort: 'minutes', numeric: true, cell: ({ minutes }) => formatNumber(minutes, language) },
    ]
  },
}

const person = ({ language }: Reading): Column => ({ label: words[language].column.person, sort: 'name', cell: ({ name }) => name })

const when = ({ language, dates }: Reading, figure: Figure): Column => ({
  label: words[language].when[figure],
  sort: 'at',
  cell: ({ at }) => dates.moment(at),
})

const hours = ({ language }: Reading): Column => ({
  label: words[language].column.hours,
  sort: 'minutes',
  numeric: true,
  cell: ({ minutes }) => formatNumber(hoursFrom(minutes), language),
})

const evidence = (reading: Reading, figure: Figure): Column => ({
  label: figure === 'active' ? words[reading.language].column.acts : words[reading.language].column.pathway,
  cell: (row) => evidenceInWords(reading, figure, row),
})

const administrationLinks = (row: CountedRow) =>
  html`${administrationsOf(row).map(({ id, name }, index) => html`${index > 0 && ', '}<a href="/administrations/${id}">${name}</a>`)}`

const sessionLinks = (reading: Reading, { evidence }: CountedRow) =>
  html`<ul class="list-unstyled mb-0">${evidence.map((each) => html`<li><a href="/sessions/${each.sessionId}">${sessionInWords(reading, each)}</a></li>`)}</ul>`

const sessionTitles = ({ evidence }: CountedRow) =>
  html`${evidence.map(({ sessionId, title }) => html`<a href="/sessions/${sessionId}">${title}</a>`)}`
