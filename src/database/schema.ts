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
  second_factor: SecondFactorTable
  recovery_code: RecoveryCodeTable
  oidc_request: OidcRequestTable
  administration: AdministrationTable
  register_import: RegisterImportTable
  referent: ReferentTable
  programme: ProgrammeTable
  module: ModuleTable
  worksheet_field: WorksheetFieldTable
  pathway: PathwayTable
  pathway_module: PathwayModuleTable
  pathway_section: PathwaySectionTable
  prerequisite: PrerequisiteTable
  intake_question: IntakeQuestionTable
  intake_option: IntakeOptionTable
  intake_answer: IntakeAnswerTable
  rule: RuleTable
  rule_set: RuleSetTable
  addition: AdditionTable
  assignment_run: AssignmentRunTable
  enrolment: EnrolmentTable
  enrolment_module: EnrolmentModuleTable
  enrolment_move: EnrolmentMoveTable
  pathway_request: PathwayRequestTable
  progress: ProgressTable
  completion_evidence: CompletionEvidenceTable
  extension: ExtensionTable
  recognition: RecognitionTable
  withdrawal: WithdrawalTable
  certificate: CertificateTable
  worksheet: WorksheetTable
  worksheet_version: WorksheetVersionTable
  maturity_assessment: MaturityAssessmentTable
  improvement_action: ImprovementActionTable
  results_page: ResultsPageTable
  submission: SubmissionTable
  submission_file: SubmissionFileTable
  submission_draft: SubmissionDraftTable
  submission_score: SubmissionScoreTable
  submission_link: SubmissionLinkTable
  rubric_criterion: RubricCriterionTable
  survey: SurveyTable
  survey_item: SurveyItemTable
  survey_import: SurveyImportTable
  survey_response: SurveyResponseTable
  survey_hidden_text: SurveyHiddenTextTable
  session: SessionTable
  session_trainer: SessionTrainerTable
  session_series: SessionSeriesTable
  registration: RegistrationTable
  waiting_entry: WaitingEntryTable
  session_reminder: SessionReminderTable
  invitation: InvitationTable
  session_material: SessionMaterialTable
  session_follow_up: SessionFollowUpTable
  attendance: AttendanceTable
  attendance_import: AttendanceImportTable
  attendance_interval: AttendanceIntervalTable
  attendance_name: AttendanceNameTable
  attendance_columns: AttendanceColumnsTable
  attendance_counting: AttendanceCountingTable
  check_in_desk: CheckInDeskTable
  check_in: CheckInTable
  check_in_try: CheckInTryTable
  room_entry: RoomEntryTable
  session_room: SessionRoomTable
  room_stay: RoomStayTable
  feedback_question: FeedbackQuestionTable
  feedback_given: FeedbackGivenTable
  feedback_answer: FeedbackAnswerTable
  feedback_reply: FeedbackReplyTable
  session_minutes: SessionMinutesTable
  session_minutes_version: SessionMinutesVersionTable
  question: QuestionTable
  answer: AnswerTable
  question_file: QuestionFileTable
  question_follower: QuestionFollowerTable
  question_digest: QuestionDigestTable
  question_note: QuestionNoteTable
  question_index: QuestionIndexTable
  saved_reply: SavedReplyTable
  kept_draft: KeptDraftTable
  stem: StemTable
  stem_variant: StemVariantTable
  faq_entry: FaqEntryTable
  faq_version: FaqVersionTable
  faq_vote: FaqVoteTable
  help_search: HelpSearchTable
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
  /** What the browser says of itself, in short. */
  browser: Generated<string | null>
  /** When the second factor was given; without it a sign-in that needs one opens nothing. */
  second_factor_at: Generated<Moment | null>
}

/** An authenticator app (TOTP). `last_step` is the newest step of time whose code was used: none is taken twice. */
export interface SecondFactorTable {
  id: Id
  person_id: number
  secret: string
  created_at: Moment
  confirmed_at: Moment | null
  last_step: Generated<number>
  wrong: Generated<number>
  wrong_since: Moment | null
}

/** For a day without the phone; each once. */
export interface RecoveryCodeTable {
  id: Id
  person_id: number
  code_hash: string
  created_at: Moment
  used_at: Moment | null
}

/** Somebody on the way to the identity provider and back. */
export interface OidcRequestTable {
  id: Id
  state_hash: string
  nonce: string
  verifier: string
  next: string
  created_at: Moment
  used_at: Moment | null
}

// Administrations ------------------------------------------------------------------------------------------------

export type SizeClass = 'small' | 'medium' | 'large'

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
  /** Where the register says how large it is: `small`, `medium` or `large`. */
  size_class: Generated<SizeClass | null>
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

/** The tools that the product brings; a module of kind `tool` without one is a worksheet of the coordinator's own fields. */
export type ToolName =
  | 'service_choice'
  | 'process_map'
  | 'sampling_plan'
  | 'questionnaire'
  | 'collection'
  | 'analysis'
  | 'improvement_plan'
  | 'communication_plan'
  | 'self_assessment'

export interface ModuleTable {
  id: Id
  programme_id: number
  kind: ModuleKind
  title: string
  summary: Generated<string>
  /** Markdown: what to read, do or hand in. */
  body: Generated<string>
  link: string | null
  /** For modules of kind `tool`: which one; null: a worksheet of its own fields. */
  tool: Generated<ToolName | null>
  /** Earlier work may be recognised when it is at most so many months old; null: however old. */
  recognition_months: Generated<number | null>
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
  kind: Generated<FieldKind>
  /** 1: the worksheet counts as complete only when it is filled in. */
  required: Generated<number>
  /** What its kind needs: options of a choice, columns of a table, bounds of a number. */
  settings: Generated<Json>
}

/** Several lines, one line, a number, one of several options, rows and columns, a day. */
export type FieldKind = 'text' | 'line' | 'number' | 'choice' | 'table' | 'date'

/**
 * A row without `root_id` is the pathway as it is today: rules, lists and addresses name it. With `root_id` it is the draft of
 * its next version or, once `archived_at`, a version that some administrations still follow.
 */
export interface PathwayTable {
  id: Id
  programme_id: number
  position: number
  title: string
  summary: Generated<string>
  root_id: Generated<number | null>
  version: Generated<number>
  archived_at: Generated<Moment | null>
  /** Certificates need at least this share of the hours offered. */
  certificate_percent: Generated<number>
  created_at: Moment
  created_by: number | null
}

/** How many modules of a section are needed; a section without a row needs all that are not optional. */
export interface PathwaySectionTable {
  id: Id
  pathway_id: number
  title: string
  needed: number
}

export interface PathwayModuleTable {
  id: Id
  pathway_id: number
  module_id: number
  position: number
  /** The phase it belongs to, shown as a heading. */
  section: Generated<string>
  /** What the due date is counted from; null: there is none. */
  due_from: Generated<DueFrom | null>
  /** Days after that. */
  due_after_days: number | null
  /** For `module` and `session`: which module. */
  due_module_id: Generated<number | null>
  /** For `fixed`. */
  due_on: Generated<Day | null>
  not_before: Generated<Day | null>
  optional_at: Moment | null
  /** Which referents have to do it, where persons do it: attendance and readings. */
  met_by: Generated<MetBy>
  /** For `at_least`. */
  met_by_count: Generated<number | null>
}

/** `enrolment`: the day it began; `module`: when that module is done; `session`: the last session of that module; `fixed`: `due_on`. */
export type DueFrom = 'enrolment' | 'module' | 'session' | 'fixed'
export type MetBy = 'any' | 'all' | 'at_least'

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

/** A version of a programme's rules: draft until `live_at`, in force until `replaced_at`. */
export interface RuleSetTable {
  id: Id
  programme_id: number
  version: number
  created_at: Moment
  created_by: number | null
  changed_at: Moment
  previewed_at: Moment | null
  previewed_by: number | null
  live_at: Moment | null
  live_by: number | null
  replaced_at: Moment | null
}

/** A rule of a version that adds a module to whichever pathway is chosen. */
export interface AdditionTable {
  id: Id
  rule_set_id: number
  position: number
  title: string
  module_id: number
  condition: Json
  created_at: Moment
  created_by: number | null
}

export interface RuleTable {
  id: Id
  programme_id: number
  rule_set_id: number
  position: number
  title: string
  pathway_id: number
  condition: Json
  created_at: Moment
  created_by: number | null
  removed_at: Moment | null
}

/** Under way until `finished_at`; `scope` is "national" or a list of region codes. */
export interface AssignmentRunTable {
  id: Id
  programme_id: number
  rule_set_id: Generated<number | null>
  scope: Generated<Json>
  /** 1: those who follow another pathway are moved, too. */
  moving: Generated<number>
  enrolled: number
  moved: Generated<number>
  processed: Generated<number>
  total: Generated<number>
  /** Until then the process that took it works on it. */
  claimed_until: Generated<Moment | null>
  created_at: Moment
  created_by: number | null
  finished_at: Generated<Moment | null>
  undone_at: Generated<Moment | null>
  undone_by: Generated<number | null>
}

/** An administration follows a pathway; `region_code`, `category` and `kind` are as they were that day. */
export interface EnrolmentTable {
  id: Id
  programme_id: number
  administration_id: number
  pathway_id: number
  rule_id: number | null
  /** The version of the rules that made it. */
  rule_set_id: Generated<number | null>
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

/** A module on top of the pathway's own, because a rule or a person added it. */
export interface EnrolmentModuleTable {
  id: Id
  enrolment_id: number
  module_id: number
  addition_id: number | null
  /** In Italian, as it was that day. */
  reason: string
  added_at: Moment
  added_by: number | null
  removed_at: Moment | null
}

/** Append-only: from which pathway an enrolment came to which, and on what it stood before. */
export interface EnrolmentMoveTable {
  id: Id
  enrolment_id: number
  from_pathway_id: number
  to_pathway_id: number
  from_rule_id: number | null
  from_rule_set_id: number | null
  from_trace: Json
  assignment_run_id: number | null
  reason: string | null
  moved_at: Moment
  moved_by: number | null
}

/** A referent asks for another pathway than the one proposed or followed; a coordinator decides. */
export interface PathwayRequestTable {
  id: Id
  programme_id: number
  administration_id: number
  pathway_id: number
  reason: string
  asked_at: Moment
  asked_by: number
  verdict: 'granted' | 'refused' | null
  comment: Generated<string>
  decided_at: Moment | null
  decided_by: number | null
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

/** A later due date for one administration; the newest counts. */
export interface ExtensionTable {
  id: Id
  enrolment_id: number
  module_id: number
  due_on: Day
  reason: string
  granted_at: Moment
  granted_by: number | null
}

/** Earlier work to be credited, or a module that doesn't concern the administration: asked, then decided; or decided at once. */
export interface RecognitionTable {
  id: Id
  enrolment_id: number
  module_id: number
  wanted: 'recognised' | 'not_relevant'
  /** What the earlier work was, or why the module isn't relevant. */
  evidence: string
  /** When the earlier work was done. */
  done_on: Day | null
  asked_at: Moment
  asked_by: number | null
  verdict: 'granted' | 'refused' | null
  comment: Generated<string>
  decided_at: Moment | null
  decided_by: number | null
}

/** A coordinator took a completion back: evidence from before counts no more. */
export interface WithdrawalTable {
  id: Id
  enrolment_id: number
  module_id: number
  /** The state that was taken back. */
  state: RecordedState
  reason: string
  withdrawn_at: Moment
  withdrawn_by: number
}

/**
 * Of a pathway (`enrolment_id`): of the administration or of one of its referents (`person_id`); or of a single session
 * (`session_id`), of who attended it. Figures and names are as they were that day.
 */
export interface CertificateTable {
  id: Id
  /** What `/verify/:code` takes. */
  code: string
  enrolment_id: Generated<number | null>
  session_id: Generated<number | null>
  /** For whom; a process of the version before leaves it empty, then it is the enrolment's. */
  administration_id: Generated<number | null>
  person_id: number | null
  minutes_offered: number
  minutes_attended: number
  percent: number
  threshold_percent: number
  content: Json
  issued_at: Moment
  issued_by: number | null
  revoked_at: Moment | null
  revoked_by: number | null
  revocation_reason: string | null
}

/** What an administration wrote in a tool; `revision` guards against overwriting a colleague. */
export interface WorksheetTable {
  id: Id
  enrolment_id: number
  module_id: number
  answers: Json
  revision: number
  /** The open page that saved last by itself: its own savings are no conflict. Null after a saving by hand. */
  form_key: Generated<string | null>
  saved_at: Moment
  saved_by: number
}

export type Saving = 'by_hand' | 'automatic' | 'restored'

/** Append-only, except that a saving by the page itself takes the place of the one before by the same person. */
export interface WorksheetVersionTable {
  id: Id
  worksheet_id: number
  revision: number
  answers: Json
  saving: Generated<Saving>
  saved_at: Moment
  saved_by: number
}

export type MaturityLevel = 'starting' | 'developing' | 'established' | 'advanced'

/** How far an administration says it is in listening to its users; the one without `replaced_at` counts. */
export interface MaturityAssessmentTable {
  id: Id
  administration_id: number
  level: MaturityLevel
  /** From 0 to 100. */
  score: number
  assessed_at: Moment
  assessed_by: number
  replaced_at: Moment | null
}

/** An action of an improvement plan with its day, as the plan was saved last; whom its day was told, and when. */
export interface ImprovementActionTable {
  id: Id
  enrolment_id: number
  module_id: number
  position: number
  title: string
  ends_on: Day
  status: 'to_start' | 'under_way' | 'done' | 'dropped'
  /** That it ends soon; that it is overdue. */
  soon_told_at: Moment | null
  late_told_at: Moment | null
}

/** What an administration tells citizens of its results; public until `withdrawn_at`, as it was that day. */
export interface ResultsPageTable {
  id: Id
  enrolment_id: number
  module_id: number
  content: Json
  published_at: Moment
  published_by: number
  withdrawn_at: Moment | null
  withdrawn_by: number | null
}

export interface SubmissionTable {
  id: Id
  enrolment_id: number
  module_id: number
  version: number
  text: string
  handed_in_at: Moment
  handed_in_by: number
  verdict: 'accepted' | 'to_revise' | 'refused' | null
  comment: Generated<string>
  reviewed_at: Moment | null
  reviewed_by: number | null
  /** Who is reviewing it, so that nobody else does. */
  claimed_by: Generated<number | null>
  claimed_at: Generated<Moment | null>
}

/** What reviewers of an assignment judge. */
export interface RubricCriterionTable {
  id: Id
  module_id: number
  position: number
  label: string
  /** The most that it can earn. */
  points: number
}

/** What a version earned, criterion by criterion, as the rubric was that day. */
export interface SubmissionScoreTable {
  id: Id
  submission_id: number
  position: number
  label: string
  points: number
  of: number
}

/** A version refers to what was produced with a tool; `revision` is that of its worksheet that day. */
export interface SubmissionLinkTable {
  id: Id
  submission_id: number
  module_id: number
  revision: number | null
}

/** A text that isn't handed in yet; `revision` guards against overwriting a colleague. */
export interface SubmissionDraftTable {
  id: Id
  enrolment_id: number
  module_id: number
  text: string
  revision: number
  saved_at: Moment
  saved_by: number
}

export interface SubmissionFileTable {
  id: Id
  submission_id: number
  name: string
  stored_name: string
  media_type: string
  bytes: number
}

// Surveys --------------------------------------------------------------------------------------------------------

/** What citizens are asked about a service. Answers are taken from `published_at` until the day, the number or `closed_at`. */
export interface SurveyTable {
  id: Id
  enrolment_id: number
  /** The survey of which this one is the re-measurement, with the same questionnaire. */
  repeats_id: number | null
  /** What `/s/:code` takes. */
  code: string
  title: string
  service: string
  family: 'counter' | 'online' | 'telephone' | 'territory' | 'internal'
  /** The scale goes from 1 to so many. */
  points: number
  introduction: Generated<string>
  introduction_en: Generated<string>
  /** How many people the invitation reached, for the response rate. */
  reached: number | null
  /** Breakdowns show nothing about fewer people than these. */
  minimum_cell: Generated<number>
  /** The last day on which answers are taken, in the programme's zone. */
  closes_on: Day | null
  most_answers: number | null
  /** Signs the forms that are handed out, so that they survive a restart. */
  form_secret: string
  /** Goes up with every change of questionnaire or settings; guards against overwriting a colleague. */
  revision: Generated<number>
  created_at: Moment
  created_by: number
  published_at: Moment | null
  published_by: number | null
  closed_at: Moment | null
  closed_by: number | null
}

/** One question: on both scales (satisfaction and importance), one choice of several, or free text. */
export interface SurveyItemTable {
  id: Id
  survey_id: number
  position: number
  /** Names its columns in files: `Q1`, `P1`, `T1`; never changes. */
  code: string
  kind: 'scale' | 'choice' | 'text'
  dimension: string | null
  /** The entry of the bank that it came from, unless its text was changed. */
  bank_key: string | null
  text_it: string
  text_en: Generated<string>
  /** Of a choice: codes with their labels. */
  options: Generated<Json>
}

/** One filled-in questionnaire; nothing says whose. Online ones have no author and no time of day. */
export interface SurveyResponseTable {
  id: Id
  survey_id: number
  source: 'online' | 'paper' | 'import'
  /** The form, sheet or row it came on: the same one counts once. */
  form_key: string
  answers: Json
  received_on: Day
  /** Who keyed it in from paper. */
  keyed_by: number | null
  survey_import_id: number | null
}

export interface SurveyImportTable {
  id: Id
  survey_id: number
  file_name: string
  layout: 'own' | 'limesurvey'
  content_hash: string
  /** The same, until the import is undone: the same file can't be imported twice. */
  standing_hash: string | null
  answers: number
  imported_at: Moment
  imported_by: number
  undone_at: Moment | null
  undone_by: number | null
}

/** The administration keeps a free text from being shown, for instance because it names somebody. */
export interface SurveyHiddenTextTable {
  id: Id
  survey_response_id: number
  item_code: string
  reason: string
  hidden_at: Moment
  hidden_by: number
}

// Sessions -------------------------------------------------------------------------------------------------------

export type SessionKind = 'webinar' | 'virtual_classroom' | 'seminar' | 'infoday' | 'working_table'

export type Admission = 'open' | 'invitation'

export type RoomKind = 'link' | 'bigbluebutton'

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
  /** Where a map shows the place. */
  map_url: Generated<string | null>
  /** How many the room holds. */
  room_capacity: Generated<number | null>
  join_url: string | null
  /** Where it meets online: at `join_url`, or in a room that we open ourselves. */
  room: Generated<RoomKind>
  capacity: number | null
  /** Who can register: whoever follows the programme, or the invited alone. */
  admission: Generated<Admission>
  /** Stamped at publication: minutes of presence that count as attended. */
  threshold_minutes: number
  /** Of the duration, where the threshold was given so: the minutes follow from it. */
  threshold_percent: Generated<number | null>
  /** A trainer decided that going in by our own link counts as presence. */
  entries_counted_at: Generated<Moment | null>
  entries_counted_by: Generated<number | null>
  region_code: string | null
  registration_opens_at: Generated<Moment | null>
  registration_closes_at: Generated<Moment | null>
  /** At most so many people of one administration. */
  administration_cap: Generated<number | null>
  /** The waiting list moves up until so many hours before the start. */
  promotion_stops_hours: Generated<number>
  /** When people are reminded, in hours before the start, such as `24,1`; empty: never. */
  reminder_hours: Generated<string>
  series_id: Generated<number | null>
  /** Those who attended get a mail so many hours after the end, or when somebody in charge asks for it; null and nobody: never. */
  follow_up_hours: Generated<number | null>
  follow_up_note: Generated<string>
  follow_up_asked_at: Generated<Moment | null>
  follow_up_asked_by: Generated<number | null>
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

/** Sessions planned together. */
export interface SessionSeriesTable {
  id: Id
  repetition: 'weekly' | 'fortnightly' | 'monthly'
  created_at: Moment
  created_by: number
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
  /** Through which invitation, if through one. */
  invitation_id: Generated<number | null>
}

/**
 * An administration (up to `places` of its referents) or one named referent is asked to come; until it ends, `places_kept`
 * of them are nobody else's. It ends when it is declined or withdrawn, or lapses on its date.
 */
export interface InvitationTable {
  id: Id
  session_id: number
  administration_id: number
  person_id: number | null
  role: 'participant' | 'discussant'
  places: number
  places_kept: number
  lapses_at: Moment
  invited_at: Moment
  invited_by: number
  accepted_at: Moment | null
  accepted_by: number | null
  declined_at: Moment | null
  declined_by: number | null
  withdrawn_at: Moment | null
  withdrawn_by: number | null
  lapsed_at: Moment | null
}

/** A file in the uploads folder or a link; who finds it, and from when. */
export interface SessionMaterialTable {
  id: Id
  session_id: number
  phase: 'before' | 'after' | 'recording'
  audience: 'everybody' | 'registered' | 'attended'
  title: string
  link: string | null
  file_name: string | null
  stored_name: string | null
  media_type: string | null
  bytes: number | null
  added_at: Moment
  added_by: number
  removed_at: Moment | null
  removed_by: number | null
}

/** Whoever attended has been written to after the session. */
export interface SessionFollowUpTable {
  id: Id
  session_id: number
  person_id: number
  written_at: Moment
}

/** Somebody waits for a place: first come, first served, as far as the administration's cap allows. */
export interface WaitingEntryTable {
  id: Id
  session_id: number
  person_id: number
  administration_id: number
  asked_at: Moment
  asked_by: number
  promoted_at: Moment | null
  left_at: Moment | null
  left_by: number | null
}

/** Somebody was reminded of a session that begins then; one that moves reminds again. */
export interface SessionReminderTable {
  id: Id
  registration_id: number
  hours: number
  starts_at: Moment
  written_at: Moment
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
  /** By hand, from files, or from the person's own check-in. */
  source: 'manual' | 'import' | 'check_in'
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

/** Where people check themselves in at a session: what its rotating codes are made of. */
export interface CheckInDeskTable {
  id: Id
  session_id: number
  secret: string
  /** Whoever checks in so many minutes after the start counts from the start. */
  grace_minutes: number
  opened_at: Moment
  opened_by: number
  closed_at: Moment | null
}

/** Evidence: somebody typed or scanned the code shown in the room. */
export interface CheckInTable {
  id: Id
  session_id: number
  person_id: number
  way: 'typed' | 'scanned'
  /** The moment of the scan, also where signing in took until later. */
  scanned_at: Moment
  recorded_at: Moment
  /** One scan is good for one person. */
  ticket: string | null
  /** When it became attendance, after the session's end. */
  counted_at: Moment | null
}

/** How often somebody typed a wrong code: six digits must not be guessed. */
export interface CheckInTryTable {
  id: Id
  session_id: number
  person_id: number
  wrong: number
}

/** Evidence: somebody went into the online room through our page, for the first time. */
export interface RoomEntryTable {
  id: Id
  session_id: number
  person_id: number
  entered_at: Moment
}

/** Which columns of a list that we didn't know hold what, remembered by its shape. */
export interface AttendanceColumnsTable {
  id: Id
  shape: string
  columns: Json
  learned_at: Moment
  learned_by: number
}

/** What a status counts as in a programme's percentages, where a coordinator changed it. */
export interface AttendanceCountingTable {
  id: Id
  programme_id: number
  status: AttendanceTable['status']
  counts_as: 'attended' | 'missed' | 'left_out'
  set_at: Moment
  set_by: number
}

/** The room of a session on the server of virtual classrooms; open from `opened_at` until `ended_at`. */
export interface SessionRoomTable {
  id: Id
  session_id: number
  /** What the server calls it; random, so that nobody guesses another's. */
  meeting_id: string
  opened_at: Moment | null
  opened_by: number | null
  /** When we last asked who is inside. */
  looked_at: Moment | null
  ended_at: Moment | null
  /** The last failure, until something works again. */
  failed_at: Moment | null
  failure: string | null
}

/** Somebody was seen in a room, time and again between the two moments. */
export interface RoomStayTable {
  id: Id
  session_room_id: number
  /** Null for whoever did not come in through our own door. */
  person_id: number | null
  name: string
  first_seen_at: Moment
  last_seen_at: Moment
}

/** What a trainer asks on top of the standard questions. */
export interface FeedbackQuestionTable {
  id: Id
  session_id: number
  kind: 'rating' | 'text'
  label: string
  added_at: Moment
  added_by: number
  removed_at: Moment | null
  removed_by: number | null
}

/** That somebody has answered, once; what they answered is kept apart. */
export interface FeedbackGivenTable {
  session_id: number
  person_id: number
  given_at: Moment
}

/** An answer without its author; its id is drawn by lot, so that not even the order says whose it is. */
export interface FeedbackAnswerTable {
  id: Id
  session_id: number
}

/** `question` is the name of a standard one, or the id of a trainer's own. */
export interface FeedbackReplyTable {
  feedback_answer_id: number
  question: string
  /** 1 to 5. */
  rating: number | null
  text: string | null
}

/** What a meeting came to; everybody who follows its module reads the published version. */
export interface SessionMinutesTable {
  id: Id
  session_id: number
  published_version: number | null
  published_at: Moment | null
  published_by: number | null
}

export interface SessionMinutesVersionTable {
  id: Id
  session_minutes_id: number
  version: number
  /** Markdown. */
  body: string
  saved_at: Moment
  saved_by: number
}

// Help desk ------------------------------------------------------------------------------------------------------

/** `private`: to the administration and the staff of its region; the others: to the whole programme, with or without the administration's name. */
export type Visibility = 'private' | 'unnamed' | 'named'
export type QuestionState = 'waiting' | 'answered' | 'solved' | 'merged'
export type Priority = 'high' | 'normal' | 'low'
export type Channel = 'web' | 'call' | 'chat'

export interface QuestionTable {
  id: Id
  programme_id: number
  module_id: number | null
  administration_id: number
  asked_by: number
  subject: string
  body: string
  asked_at: Moment
  visibility: Generated<Visibility>
  /** How it came. */
  channel: Generated<Channel>
  /** Staff who wrote it down for whoever asked. */
  entered_by: Generated<number | null>
  /** Whose turn it is: staff's, the asker's, nobody's; or it goes on in another question. */
  state: Generated<QuestionState>
  priority: Generated<Priority>
  assigned_to: Generated<number | null>
  assigned_at: Generated<Moment | null>
  assigned_by: Generated<number | null>
  /** By when staff should answer, counted in working hours; null when it isn't their turn. */
  due_at: Generated<Moment | null>
  first_answered_at: Generated<Moment | null>
  /** Working minutes from asking to the first answer and to the solution, as they were counted that day. */
  first_answer_minutes: Generated<number | null>
  solution_minutes: Generated<number | null>
  solved_at: Moment | null
  solved_by: Generated<number | null>
  /** The answer of which the asker said that it solved it. */
  solving_answer_id: Generated<number | null>
  merged_into_id: Generated<number | null>
  merged_at: Generated<Moment | null>
  merged_by: Generated<number | null>
}

export interface AnswerTable {
  id: Id
  question_id: number
  body: string
  answered_at: Moment
  answered_by: number
  verified_at: Generated<Moment | null>
  verified_by: Generated<number | null>
}

/** Attached to the question or, with `answer_id`, to one of its answers. */
export interface QuestionFileTable {
  id: Id
  question_id: number
  answer_id: number | null
  name: string
  stored_name: string
  media_type: string
  bytes: number
}

export type Delivery = 'at_once' | 'daily' | 'none'

export interface QuestionFollowerTable {
  id: Id
  question_id: number
  person_id: number
  delivery: Delivery
  followed_at: Moment
  changed_at: Moment
}

/** Somebody's daily letter: it told of what happened up to `until`. */
export interface QuestionDigestTable {
  id: Id
  person_id: number
  day: Day
  until: Moment
}

/** Between staff. */
export interface QuestionNoteTable {
  id: Id
  question_id: number
  body: string
  written_at: Moment
  written_by: number
}

/** The stems of what may be suggested while typing: public questions that have an answer. */
export interface QuestionIndexTable {
  question_id: number
  subject: string
  body: string
}

export interface SavedReplyTable {
  id: Id
  title: string
  body: string
  saved_at: Moment
  saved_by: number
  removed_at: Moment | null
  removed_by: number | null
}

/** What somebody had written when their sign-in ended; given back to the same person in the same browser. */
export interface KeptDraftTable {
  id: Id
  token_hash: string
  person_id: number
  path: string
  fields: Json
  kept_at: Moment
}

/** A stem that is known, and in how many texts it was when they were learned. */
export interface StemTable {
  id: Id
  stem: string
  uses: number
}

/** The stem and what is left of it without one letter: two words that share one are a slip of the finger apart. */
export interface StemVariantTable {
  id: Id
  variant: string
  stem_id: number
}

/** A proposal until `decided_at`; public while `published_at` is there; afterwards withdrawn. */
export interface FaqEntryTable {
  id: Id
  programme_id: number
  module_id: number | null
  question: string
  answer: string
  /** Empty: there is no English yet. */
  question_en: Generated<string>
  answer_en: Generated<string>
  /** Italian stems of question and answer, space-separated; both engines index these. */
  stems: string
  answer_id: number | null
  owner_id: number
  proposed_at: Generated<Moment | null>
  proposed_by: Generated<number | null>
  decided_at: Generated<Moment | null>
  decided_by: Generated<number | null>
  published_at: Moment | null
  published_by: number | null
  review_on: Day
  /** When somebody last said that it holds. */
  read_at: Generated<Moment | null>
  /** The review date of which its owner was told. */
  review_told_for: Generated<Day | null>
}

export interface FaqVersionTable {
  id: Id
  faq_entry_id: number
  version: number
  question: string
  answer: string
  question_en: Generated<string>
  answer_en: Generated<string>
  written_at: Moment
  written_by: number
}

/** Did it help? One vote a person; the last one counts. */
export interface FaqVoteTable {
  id: Id
  faq_entry_id: number
  person_id: number
  vote: 'yes' | 'no'
  voted_at: Moment
}

/** What was looked for at the help desk and how it ended; administration and region as they were that day. */
export interface HelpSearchTable {
  id: Id
  text: string
  outcome: 'helped' | 'asked' | 'nothing'
  faq_entry_id: number | null
  /** What helped, or what was asked. */
  question_id: number | null
  programme_id: number | null
  module_id: number | null
  administration_id: number | null
  region_code: string | null
  person_id: number | null
  searched_at: Moment
}

// Calendars, notifications, history ----------------------------------------------------------------------------------

export interface CalendarFeedTable {
  id: Id
  person_id: number
  /** What concerns its owner, what they train, or all of one administration; checked whenever it is read. */
  scope: Generated<'person' | 'trainer' | 'administration'>
  administration_id: Generated<number | null>
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
