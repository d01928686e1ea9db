import { nameFor } from '../administrations/referents/names.ts'
import { fromMoment } from '../database/moment.ts'
import type { Database, ToolName } from '../database/schema.ts'
import type { Language } from '../language/language.ts'
import { worksheetFields } from '../pathways/queries.ts'
import type { Answers, Field } from '../pathways/worksheets/fields.ts'
import type { Person } from '../web/env.ts'
import { type Feed, feedOf } from './feed.ts'
import { toolCalled } from './registry.ts'
import { noteField } from './rules.ts'
import { type FormTool, isPaged } from './tool.ts'
import { words } from './words.ts'

export type Worksheet = {
  id: number
  answers: Answers
  /** Goes up with every save; 0 when nobody has saved yet. */
  revision: number
  /** The open page that saved last by itself. */
  formKey: string | null
  savedAt: Temporal.Instant
  /** Null where this viewer may not read the name. */
  savedBy: string | null
}

type Ids = { enrolmentId: number; moduleId: number }

/** What is to be filled in for a tool that has only fields of its own, in order; one that is only a link asks for a note. */
export async function fieldsToFill(db: Database, moduleId: number, language: Language = 'it'): Promise<Field[]> {
  const fields = await worksheetFields(db, moduleId)
  if (fields.length === 0) return noteFields(language)
  return fields.map(({ id, label, help, kind, required, settings }) => ({ ...settings, name: `field-${id}`, label, help, kind, required }))
}

/** Of a tool that is only a link. */
export const noteFields = (language: Language): Field[] => [
  { name: noteField, label: words[language].note, help: words[language].noteHelp, kind: 'text', required: true },
]

/** A form to work on: the product's tool, if it is one, its fields, and what other tools hand over. */
export type ToolForm = { tool: FormTool | null; fields: readonly Field[]; feed: Feed }

/** Undefined for tools with pages of their own. */
export async function findForm(
  db: Database,
  { enrolmentId, moduleId, tool: name }: Ids & { tool: ToolName | null },
  language: Language,
): Promise<ToolForm | undefined> {
  const tool = name && toolCalled(name)
  if (tool && isPaged(tool)) return undefined
  const feed = await feedOf(db, enrolmentId)
  if (!tool) return { tool: null, feed, fields: await fieldsToFill(db, moduleId, language) }
  return { tool, feed, fields: tool.fields(language, feed) }
}

export async function findToolName(db: Database, moduleId: number): Promise<ToolName | null> {
  const row = await db.selectFrom('module').where('id', '=', moduleId).select('tool').executeTakeFirst()
  return row?.tool ?? null
}

export async function findWorksheet(
  db: Database,
  { enrolmentId, moduleId }: Ids,
  viewer: Person | null = null,
): Promise<Worksheet | undefined> {
  const row = await db
    .selectFrom('worksheet')
    .innerJoin('enrolment', 'enrolment.id', 'worksheet.enrolment_id')
    .where('enrolment_id', '=', enrolmentId)
    .where('module_id', '=', moduleId)
    .select(['worksheet.id', 'answers', 'revision', 'form_key', 'saved_at'])
    .select(nameFor(viewer, 'worksheet.saved_by', 'enrolment.administration_id').as('savedBy'))
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      answers: JSON.parse(row.answers) as Answers,
      revision: row.revision,
      formKey: row.form_key,
      savedAt: fromMoment(row.saved_at),
      savedBy: row.savedBy,
    }
  )
}
