import { type Cell, csv } from '../../web/csv.ts'
import { definitions, type Figures, figures } from '../definitions.ts'
import { groupName } from '../groups.ts'
import { periodInWords, type Reading } from '../reading.ts'
import type { View } from '../urls.ts'
import { words } from '../words.ts'
import { inOrder } from './order.ts'
import type { Participation } from './queries.ts'

type Exported = { view: View; found: Participation; everywhere: boolean }

/** The table as a file: filter and definitions first, so that they travel with the figures. */
export function participationCsv(reading: Reading, { view, found, everywhere }: Exported): string {
  const { rows, roc, total } = found
  const { language } = reading
  const t = words[language]
  const line = (label: string, values: Figures): Cell[] => [label, ...figures.map((figure) => values[figure])]

  return csv([
    [t.programme, view.programme.title],
    [t.file.period, periodInWords(reading, view.period)],
    [t.by, t.grouping[view.by]],
    ...(view.by === 'administration' ? [[everywhere ? t.onlyInvolved : t.onlyYourRegions]] : []),
    ...figures.map((figure) => [definitions[language][figure].label, definitions[language][figure].meaning]),
    [],
    [t.grouping[view.by], ...figures.map((figure) => definitions[language][figure].label)],
    ...inOrder(view.by, rows).map(({ key, name, figures }) => line(groupName(view.by, key, name, language), figures)),
    line(t.roc, roc),
    line(t.total, total),
  ])
}
