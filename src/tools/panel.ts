import type { ModulePanel } from '../pathways/modules/panel.ts'
import { fieldsToFill, findWorksheet } from './queries.ts'
import { worksheetForm, worksheetText } from './worksheet.ts'

/** On a tool's page: its worksheet, to fill in or to read. */
export const toolPanel: ModulePanel = async (c, open) => {
  if (open.kind !== 'tool') return null
  const { db, person } = c.var
  const tool = { open, fields: await fieldsToFill(db, open.moduleId), worksheet: await findWorksheet(db, open, person) }
  return open.mayWork ? worksheetForm(tool, c.var) : worksheetText(tool, c.var)
}
