import type { Context } from 'hono'
import type { Database, Tx } from '../database/schema.ts'
import type { Dates } from '../language/dates.ts'
import type { Language } from '../language/language.ts'
import type { OpenModule } from '../pathways/modules/panel.ts'
import type { FoundModule } from '../pathways/modules/queries.ts'
import type { Answers, Field } from '../pathways/worksheets/fields.ts'
import type { Html, WebEnv } from '../web/env.ts'
import type { Block } from './document/blocks.ts'
import type { Feed } from './feed.ts'

/** Where a tool is worked on: one module of one enrolment. */
export type Place = Pick<OpenModule, 'enrolmentId' | 'moduleId' | 'administrationId' | 'programmeId'>

/** How things are shown. */
export type Showing = { language: Language; dates: Dates; today: Temporal.PlainDate }

type Words = { title: string; purpose: string }

/**
 * A tool that is a form: what is written is kept by the worksheet, with its versions, conflicts, print and export; the tool
 * says which fields there are and what follows from what was written in them.
 */
export type FormTool = {
  words: Record<Language, Words>
  fields: (language: Language, feed: Feed) => readonly Field[]
  /** What to begin with, from what other tools have found. */
  begin?: (feed: Feed, language: Language) => Answers
  /** What is wrong across fields, by the field's name (`table-2-column` for a cell), in words. */
  problems?: (answers: Answers, language: Language) => Record<string, string>
  /** What is still missing besides required fields before it counts as completed, in words. */
  missing?: (answers: Answers, language: Language) => readonly string[]
  /** What follows from it. */
  findings?: (answers: Answers, feed: Feed, showing: Showing) => readonly Block[]
  /** More on its page, below the findings. */
  more?: (c: Context<WebEnv>, found: FoundModule) => Promise<Html | null>
  /** In the transaction that saves. */
  whenSaved?: (tx: Tx, saved: { place: Place; answers: Answers; by: { id: number }; at: Temporal.Instant }) => Promise<void>
}

/**
 * A tool with pages and tables of its own. Its routes save, and record that the work has begun (`recordState`); the page, the
 * way to complete it, print, PDF and dossier are the framework's.
 */
export type PagedTool = {
  words: Record<Language, Words>
  /** Below the h1 of `/tools/:enrolment/:module`, to work on where `found.open.mayWork`, else to read. */
  page: (c: Context<WebEnv>, found: FoundModule) => Promise<Html>
  /** What is still missing before it counts as completed, one sentence each; asked in the transaction that completes it. */
  missing: (tx: Database, place: Place, language: Language) => Promise<readonly string[]>
  /** What was produced with it; null when nothing yet. */
  document: (db: Database, place: Place, showing: Showing) => Promise<readonly Block[] | null>
}

export type Tool = FormTool | PagedTool

export const isPaged = (tool: Tool): tool is PagedTool => 'page' in tool
