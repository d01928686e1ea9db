import type { Generated, Kysely, Transaction } from 'kysely'

/**
 * The data model on one page, the same in both engines.
 * `Moment` is a UTC instant as text with milliseconds and `Z`; `Day` is `YYYY-MM-DD`; `Json` is JSON text.
 * Facts carry a moment and an author (`…_at`, `…_by`); there are no flags.
 */
export interface Schema {
  person: PersonTable
  role_grant: RoleGrantTable
  sign_in_code: SignInCodeTable
  sign_in: SignInTable
  administration: AdministrationTable
  register_import: RegisterImportTable
  referent: ReferentTable
  programme: ProgrammeTable
  module: ModuleTable
  worksheet_field: WorksheetFieldTable
  pathway: PathwayTable
  pathway_module: PathwayModuleTable
  prerequisite: PrerequisiteTable
  intake_question: IntakeQuestionTable
  intake_option: IntakeOptionTable
  intake_answer: IntakeAnswerTable
  rule: RuleTable
  assignment_run: AssignmentRunTable
  enrolment: EnrolmentTable
  progress: ProgressTable
  completion_evidence: CompletionEvidenceTable
  worksheet: WorksheetTable
  submission: SubmissionTable
  submission_file: SubmissionFileTable
  session: SessionTable
  session_trainer: SessionTrainerTable
  registration: RegistrationTable
  attendance: AttendanceTable
  attendance_import: AttendanceImportTable
  attendance_interval: AttendanceIntervalTable
  attendance_name: AttendanceNameTable
  question: QuestionTable
  answer: AnswerTable
  faq_entry: FaqEntryTable
  calendar_feed: CalendarFeedTable
  outbox: OutboxTable
  history: HistoryTable
}

export type Database = Kysely<Schema>
export type Tx = Transaction<Schema>

type Id = Generated<number>
type Moment = string
type Day = string
type Json = string

// People ---------------------------------------------------------------------------------------------------------

export interface PersonTable {
  id: Id
  name: string
  /** Lower case; unique. */
  email: string
  language: Generated<'it' | 'en'>
  created_at: Moment
}

/** A trainer or coordinator; `region_code` null means the whole country. */
export interface RoleGrantTable {
  id: Id
  person_id: number
  role: 'trainer' | 'coordinator'
  region_code: string | null
  granted_at: Moment
  granted_by: number | null
  revoked_at: Moment | null
  revoked_by: number | null
}

/** One e-mailed link and six-digit code; only their hashes are kept. Unknown addresses get a row too, so that limits are the same. */
export interface SignInCodeTable {
  id: Id
  email: string
  link_hash: string
  code_hash: string
  attempts: Generated<number>
  created_at: Moment
  expires_at: Moment
  used_at: Moment | null
}

/** A browser that is signed in. */
export interface SignInTable {
  id: Id
  token_hash: string
  person_id: number
  created_at: Moment
  expires_at: Moment
  last_seen_at: Moment
  ended_at: Moment | null
}

// Administrations ------------------------------------------------------------------------------------------------

export interface AdministrationTable {
  id: Id
  /** IPA code as published. */
  code: string
  /** The code in lower case: the register mixes cases. Unique. */
  code_key: string
  name: string
  /** Name and code, folded for search: lower case, no accents. */
  search_text: string
  category: string
  kind: string
  municipality_code: string | null
  province: string | null
  region_code: string
  tax_code: string | null
  website: string | null
  email: string | null
  created_at: Moment
  changed_at: Moment
  /** When the body left the register; never deleted. */
  closed_at: Moment | null
}

export interface RegisterImportTable {
  id: Id
  file_name: string
  stored_name: string
  state: 'previewed' | 'running' | 'finished' | 'failed'
  /** The counts and the first refused rows of the preview. */
  outcome: Json
  processed: Generated<number>
  total: Generated<number>
  created_at: Moment
  created_by: number
  finished_at: Moment | null
}

export interface ReferentTable {
  id: Id
  administration_id: number
  person_id: number
  since: Moment
  invited_by: number | null
  until: Moment | null
  ended_by: number | null
}

// Programmes -----------------------------------------------------------------------------------------------------

export interface ProgrammeTable {
  id: Id
  title: string
  summary: Generated<string>
  starts_on: Day
  ends_on: Day
  created_at: Moment
  created_by: number | null
  published_at: Moment | null
}

export type ModuleKind = 'webinar' | 'virtual_classroom' | 'seminar' | 'tool' | 'assignment' | 'reading'

export interface ModuleTable {
  id: Id
  programme_id: number
  kind: ModuleKind
  title: string
  summary: Generated<string>
  /** Markdown: what to read, do or hand in. */
  body: Generated<string>
  link: string | null
  created_at: Moment
  created_by: number | null
}

/** The fields of a tool's worksheet. */
export interface WorksheetFieldTable {
  id: Id
  module_id: number
  position: number
  label: string
  help: Generated<string>
}

export interface PathwayTable {
  id: Id
  programme_id: number
  position: number
  title: string
  summary: Generated<string>
  created_at: Moment
  created_by: number | null
}

export interface PathwayModuleTable {
  id: Id
  pathway_id: number
  module_id: number
  position: number
  /** The phase it belongs to, shown as a heading. */
  section: Generated<string>
  /** Days from enrolment; null: no due date. */
  due_after_days: number | null
  optional_at: Moment | null
}

/** `module_id` opens when `required_module_id` is done, within one pathway. */
export interface PrerequisiteTable {
  pathway_id: number
  module_id: number
  required_module_id: number
}

export interface IntakeQuestionTable {
  id: Id
  programme_id: number
  position: number
  /** Names the characteristic in rules, e.g. `experience`; unique in its programme. */
  name: string
  kind: 'single' | 'multiple' | 'number' | 'yes_no' | 'text'
  label: string
  help: Generated<string>
  required: Generated<number>
  removed_at: Moment | null
}

export interface IntakeOptionTable {
  id: Id
  intake_question_id: number
  position: number
  value: string
  label: string
}

/** Dated and kept: a changed answer closes the old one with `replaced_at`. */
export interface IntakeAnswerTable {
  id: Id
  intake_question_id: number
  administration_id: number
  value: Json
  answered_at: Moment
  answered_by: number | null
  replaced_at: Moment | null
}

export interface RuleTable {
  id: Id
  programme_id: number
  position: number
  title: string
  pathway_id: number
  condition: Json
  created_at: Moment
  created_by: number | null
  removed_at: Moment | null
}

export interface AssignmentRunTable {
  id: Id
  programme_id: number
  enrolled: number
  created_at: Moment
  created_by: number | null
}

/** An administration follows a pathway; `region_code`, `category` and `kind` are as they were that day. */
export interface EnrolmentTable {
  id: Id
  programme_id: number
  administration_id: number
  pathway_id: number
  rule_id: number | null
  assignment_run_id: number | null
  trace: Json
  region_code: string
  category: string
  kind: string
  enrolled_at: Moment
  enrolled_by: number | null
  completed_at: Moment | null
  ended_at: Moment | null
  ended_by: number | null
}

/** States that facts made; `locked` and `available` follow from the pathway and are never stored. */
export type RecordedState = 'in_progress' | 'submitted' | 'completed' | 'recognised' | 'not_relevant'

export interface ProgressTable {
  id: Id
  enrolment_id: number
  module_id: number
  state: RecordedState
  changed_at: Moment
  changed_by: number | null
  completed_at: Moment | null
}

/** Append-only: what a completion stands on. */
export interface CompletionEvidenceTable {
  id: Id
  enrolment_id: number
  module_id: number
  kind: 'attendance' | 'submission' | 'worksheet' | 'reading'
  /** The attendance, submission or worksheet row. */
  source_id: number | null
  person_id: number | null
  recorded_at: Moment
  recorded_by: number | null
}

/** What an administration wrote in a tool; `revision` guards against overwriting a colleague. */
export interface WorksheetTable {
  id: Id
  enrolment_id: number
  module_id: number
  answers: Json
  revision: number
  saved_at: Moment
  saved_by: number
}

export interface SubmissionTable {
  id: Id
  enrolment_id: number
  module_id: number
  version: number
  text: string
  handed_in_at: Moment
  handed_in_by: number
  verdict: 'accepted' | 'to_revise' | null
  comment: Generated<string>
  reviewed_at: Moment | null
  reviewed_by: number | null
}

export interface SubmissionFileTable {
  id: Id
  submission_id: number
  name: string
  stored_name: string
  media_type: string
  bytes: number
}

// Sessions -------------------------------------------------------------------------------------------------------

export type SessionKind = 'webinar' | 'virtual_classroom' | 'seminar' | 'infoday' | 'working_table'

export interface SessionTable {
  id: Id
  programme_id: number
  module_id: number
  kind: SessionKind
  title: string
  description: Generated<string>
  starts_at: Moment
  ends_at: Moment
  place: string | null
  join_url: string | null
  capacity: number | null
  /** Stamped at publication: minutes of presence that count as attended. */
  threshold_minutes: number
  region_code: string | null
  /** Globally unique and stable, the same in mail and feed. */
  uid: string
  /** Only goes up; the SEQUENCE of RFC 5545. */
  revision: Generated<number>
  revised_at: Moment
  created_at: Moment
  created_by: number
  published_at: Moment | null
  cancelled_at: Moment | null
  cancelled_by: number | null
  cancellation_reason: string | null
}

export interface SessionTrainerTable {
  session_id: number
  person_id: number
}

export interface RegistrationTable {
  id: Id
  session_id: number
  person_id: number
  administration_id: number
  registered_at: Moment
  registered_by: number
  cancelled_at: Moment | null
  cancelled_by: number | null
}

/** The fact, one row a person and session; the administration, region, category and kind are as they were that day. */
export interface AttendanceTable {
  id: Id
  session_id: number
  person_id: number
  administration_id: number
  region_code: string
  category: string
  kind: string
  status: 'present' | 'partial' | 'absent' | 'excused'
  minutes: number
  source: 'manual' | 'import'
  reason: string | null
  recorded_at: Moment
  recorded_by: number | null
}

export interface AttendanceImportTable {
  id: Id
  session_id: number
  file_name: string
  /** SHA-256 of the bytes: the same file twice changes nothing. */
  content_hash: string
  provider: string
  imported_at: Moment
  imported_by: number | null
  undone_at: Moment | null
}

/** Evidence: when somebody was in the room. `person_id` is null while nobody has been matched. */
export interface AttendanceIntervalTable {
  id: Id
  attendance_import_id: number
  session_id: number
  name: string
  email: string | null
  person_id: number | null
  joined_at: Moment
  left_at: Moment
}

/** A display name that a trainer has matched to a person, remembered for the next file. */
export interface AttendanceNameTable {
  id: Id
  name_key: string
  person_id: number
  learned_at: Moment
  learned_by: number
}

// Help desk ------------------------------------------------------------------------------------------------------

export interface QuestionTable {
  id: Id
  programme_id: number
  module_id: number | null
  administration_id: number
  asked_by: number
  subject: string
  body: string
  asked_at: Moment
  solved_at: Moment | null
}

export interface AnswerTable {
  id: Id
  question_id: number
  body: string
  answered_at: Moment
  answered_by: number
}

export interface FaqEntryTable {
  id: Id
  programme_id: number
  module_id: number | null
  question: string
  answer: string
  /** Italian stems of question and answer, space-separated; both engines index these. */
  stems: string
  answer_id: number | null
  owner_id: number
  published_at: Moment | null
  published_by: number | null
  review_on: Day
}

// Calendars, notifications, history ----------------------------------------------------------------------------------

export interface CalendarFeedTable {
  id: Id
  person_id: number
  token_hash: string
  label: string
  created_at: Moment
  last_used_at: Moment | null
  revoked_at: Moment | null
}

/** A mail is written with the change that causes it; jobs claim rows under a lease and send. */
export interface OutboxTable {
  id: Id
  message_id: string
  person_id: number | null
  recipient: string
  subject: string
  text: string
  html: string
  calendar: string | null
  calendar_method: 'REQUEST' | 'CANCEL' | null
  created_at: Moment
  claimed_until: Moment | null
  attempts: Generated<number>
  last_error: string | null
  sent_at: Moment | null
}

/** Append-only. `subject_id` is a row of `subject`. */
export interface HistoryTable {
  id: Id
  happening: string
  subject: string
  subject_id: number
  administration_id: number | null
  person_id: number | null
  at: Moment
  reason: string | null
  details: Json | null
  /** When those concerned were told; null while the notifications job has not seen it. */
  told_at: Moment | null
}
