import { html } from 'hono/html'
import type { ModulePanel } from '../pathways/modules/panel.ts'
import { workForm } from './form/page.ts'
import { answerBlocks } from './form/show.ts'
import { otherForms, toolDoor, worksheetText } from './pages.ts'
import { findForm, findWorksheet } from './queries.ts'
import { toolCalled } from './registry.ts'
import { isPaged } from './tool.ts'

/** On a tool's page: its worksheet, to fill in or to read; of the product's tools, the way to their own page. */
export const toolPanel: ModulePanel = async (c, open) => {
  if (open.kind !== 'tool') return null
  const { db, person, language, dates } = c.var
  const showing = { language, dates, today: open.today }
  const tool = open.tool && toolCalled(open.tool)
  if (tool && isPaged(tool)) return toolDoor(open, tool, showing, null)
  const worksheet = await findWorksheet(db, open, person)
  if (tool) return toolDoor(open, tool, showing, worksheet)

  const form = await findForm(db, { ...open, tool: null }, language)
  if (!form) return null
  const work = { open, form, worksheet }
  if (!open.mayWork) return worksheetText(work, worksheet ? answerBlocks(form.fields, worksheet.answers, showing) : null, showing)
  return html`${workForm(work, showing)}${worksheet && otherForms(open, showing, { versions: true })}`
}
