import { dayOf } from '../../language/dates.ts'
import { type Cell, csv } from '../../web/csv.ts'
import { definitions, type Figure, unitOf } from '../definitions.ts'
import { hoursFrom } from '../hours.ts'
import { periodInWords, type Reading } from '../reading.ts'
import type { View } from '../urls.ts'
import { words } from '../words.ts'
import { administrationsOf, evidenceInWords, placesInWords } from './evidence.ts'
import type { CountedRow } from './queries.ts'

type Counts = { total: number; shown: number; minutes: number }
type Opened = { view: View; figure: Figure; part: string; counts: Counts; rows: readonly CountedRow[]; zone: string }

/** One line for each thing that the figure counts, under the figure, its definition and the filter. */
export function rowsCsv(reading: Reading, { view, figure, part, counts, rows, zone }: Opened): string {
  const { language } = reading
  const t = words[language]
  const { label, meaning } = definitions[language][figure]
  const hidden = counts.total - counts.shown

  return csv([
    [t.programme, view.programme.title],
    [t.file.period, periodInWords(reading, view.period)],
    [t.file.figure, label],
    [t.file.definition, meaning],
    [t.file.part, part],
    [t.file.value, figure === 'hours' ? hoursFrom(counts.minutes) : counts.total],
    ...(hidden > 0 ? [[t.hidden(`${hidden} ${t.count[unitOf[figure]](hidden)}`)]] : []),
    [],
    unitOf[figure] === 'administration'
      ? [t.column.administration, ...shared(language, figure)]
      : [t.column.person, t.column.administrations, ...shared(language, figure), t.column.minutes],
    ...rows.map((row) => line(reading, figure, row, zone)),
  ])
}

const shared = (language: Reading['language'], figure: Figure) => {
  const { grouping, file, when } = words[language]
  return [grouping.region, grouping.category, grouping.kind, file.evidence, when[figure]]
}

function line(reading: Reading, figure: Figure, row: CountedRow, zone: string): Cell[] {
  const places = (['region', 'category', 'kind'] as const).map((by) => placesInWords(row, by, reading.language))
  const common = [...places, evidenceInWords(reading, figure, row), dayOf(row.at, zone).toString()]
  if (unitOf[figure] === 'administration') return [row.name, ...common]

  const administrations = administrationsOf(row).map(({ name }) => name)
  return [row.name, administrations.join(', '), ...common, row.minutes]
}
