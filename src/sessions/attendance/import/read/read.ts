import type { FileProblem } from '../../../../administrations/csv/decode.ts'
import { isTable } from './columns.ts'
import { type Entries, entriesOf, type Ignored } from './entries.ts'
import { type Grid, gridsOf, type Row } from './grid.ts'
import { type Frame, orderOf } from './order.ts'
import { type Participant, participantsOf } from './participants.ts'
import { providerOf, rowsReport } from './rows.ts'
import { tablesOf } from './tables.ts'
import { isTeamsList, isTeamsReport, teamsList, teamsReport } from './teams.ts'
import { type LearnedColumns, learnedTable } from './told.ts'

export type ReadAttendance = { provider: string; participants: Participant[]; ignored: Ignored[] }
export type ReadRefusal = FileProblem | 'cut' | 'unknown_shape' | 'no_rows' | 'other_day' | 'ambiguous'

/**
 * Reads who was in the room and when from what meeting programs export, told apart by shape: Teams, Zoom (meetings and
 * webinars), Google Meet, BigBlueButton, plain lists. Times are local to `zone`; the session's day decides whether day or
 * month comes first. Lists whose columns somebody has told us once are read so. `detail` of a refusal: the line of the cut,
 * or the ISO days that the file may mean.
 */
export function readAttendance(
  bytes: Uint8Array,
  frame: Frame,
  learned: ReadonlyMap<string, LearnedColumns> = new Map(),
): ReadAttendance | { refusal: ReadRefusal; detail?: string } {
  const grids = gridsOf(bytes)
  if ('problem' in grids) return { refusal: grids.problem }

  for (const grid of grids) {
    const found = 'rows' in grid ? (learnedReport(grid.rows, learned) ?? reportIn(grid.rows)) : null
    if (found) return inTime(found, frame)
  }
  return refusalFor(grids)
}

type Report = Entries & { provider: string }

/** The columns that somebody told us win over what we would read. */
function learnedReport(rows: readonly Row[], learned: ReadonlyMap<string, LearnedColumns>): Report | null {
  const table = learned.size > 0 ? learnedTable(rows, learned) : null
  return table && { provider: 'told', ...entriesOf([table]) }
}

function reportIn(rows: readonly Row[]): Report | null {
  const tables = tablesOf(rows)
  if (isTeamsReport(tables)) return { provider: 'teams', ...teamsReport(tables) }
  const list = tables.find(isTeamsList)
  if (list) return { provider: 'teams', ...teamsList(list) }
  const usable = tables.filter(({ columns }) => isTable(columns))
  return usable.length > 0 ? { provider: providerOf(usable), ...rowsReport(usable) } : null
}

function inTime({ provider, ...found }: Report, frame: Frame) {
  if (found.entries.length + found.ignored.length === 0) return { refusal: 'no_rows' as const }
  const times = found.entries.flatMap(({ join, leave }) => [join, leave].filter((time) => time !== null))
  const order = orderOf(times, frame)
  return 'refusal' in order ? order : { provider, ...participantsOf(found, order.order, frame) }
}

function refusalFor(grids: readonly Grid[]): { refusal: ReadRefusal; detail?: string } {
  const cuts = grids.flatMap((grid) => ('cut' in grid ? [grid.cut] : []))
  return cuts.length > 0 ? { refusal: 'cut', detail: String(cuts[0]) } : { refusal: 'unknown_shape' }
}
