import type { Database } from '../../database/schema.ts'
import type { OpenModule } from '../../pathways/modules/panel.ts'
import type { Answers } from '../../pathways/worksheets/fields.ts'
import { answerBlocks } from '../form/show.ts'
import { findForm, findWorksheet, type ToolForm } from '../queries.ts'
import { toolCalled } from '../registry.ts'
import { isPaged, type Place, type Showing } from '../tool.ts'
import { words } from '../words.ts'
import type { Block } from './blocks.ts'

/** What was produced with a tool, what follows from it first; null when nothing yet. */
export async function toolDocument(
  db: Database,
  place: Place & Pick<OpenModule, 'tool'>,
  showing: Showing,
): Promise<readonly Block[] | null> {
  const tool = place.tool && toolCalled(place.tool)
  if (tool && isPaged(tool)) return tool.document(db, place, showing)
  const form = await findForm(db, place, showing.language)
  const worksheet = await findWorksheet(db, place)
  if (!form || !worksheet) return null
  return writtenBlocks(form, worksheet.answers, showing)
}

/** The findings of a form, then what was written in it. */
export function writtenBlocks(form: ToolForm, answers: Answers, showing: Showing): readonly Block[] {
  const findings = form.tool?.findings?.(answers, form.feed, showing) ?? []
  const written = answerBlocks(form.fields, answers, showing)
  if (findings.length === 0) return written
  const t = words[showing.language]
  return [{ kind: 'heading', text: t.findings }, ...findings, { kind: 'heading', text: t.inputs }, ...written]
}
