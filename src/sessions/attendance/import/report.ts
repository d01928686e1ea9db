import type { Database } from '../../../database/schema.ts'
import type { Language } from '../../../language/language.ts'
import { importAttendance, type MatchedPerson, previewAttendance } from './actions.ts'
import type { MatchedBy } from './matching.ts'
import { minutesIn } from './minutes.ts'
import { findImportSession, type ImportSession } from './queries.ts'
import { statusFor, type Who } from './recompute.ts'
import { ignoredReason, importRefusal } from './words.ts'

type Options = Who & { dryRun: boolean; zone: string; language?: Language }
export type AttendanceReport = {
  participants: {
    name: string
    email: string | null
    minutes: number
    intervals: { from: string; until: string }[]
    match: MatchedBy | null
    person_id: number | null
    /** `absent`: not there for a minute of the session; no attendance is recorded of it. */
    status: 'present' | 'partial' | 'absent'
  }[]
  unmatched: string[]
  ignored: { line: number; reason: string }[]
  /** The same file had been imported before: nothing changed. */
  already_imported: boolean
}

/** The operator's verb: imports what can be matched without anybody's help, or says with `dryRun` what that would be. */
export async function attendanceReport(
  db: Database,
  sessionId: number,
  fileName: string,
  bytes: Uint8Array,
  { dryRun, by, at, zone, language = 'it' }: Options,
): Promise<AttendanceReport | { refusal: string }> {
  const session = await findImportSession(db, sessionId)
  if (!session) return { refusal: importRefusal({ refusal: 'no_such_session' }, language, zone) }
  const outcome = dryRun
    ? await previewAttendance(db, sessionId, bytes, { zone })
    : await importAttendance(db, sessionId, { fileName, bytes }, { by, at, zone })
  if ('refusal' in outcome) return { refusal: importRefusal(outcome, language, zone) }

  return {
    participants: outcome.participants.map((each) => rowOf(each, session)),
    unmatched: outcome.participants.filter(({ person }) => !person).map(({ participant }) => participant.name),
    ignored: outcome.ignored.map(({ line, reason }) => ({ line, reason: ignoredReason(reason, language) })),
    already_imported: outcome.alreadyImported,
  }
}

function rowOf({ participant, by, person }: MatchedPerson, session: ImportSession): AttendanceReport['participants'][number] {
  const minutes = minutesIn(participant.intervals, session)
  return {
    name: participant.name,
    email: participant.email,
    minutes,
    intervals: participant.intervals.map(({ from, until }) => ({ from: from.toString(), until: until.toString() })),
    match: by === 'hand' ? null : by,
    person_id: person?.id ?? null,
    status: statusFor(minutes, session) ?? 'absent',
  }
}
