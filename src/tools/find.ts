import type { Context } from 'hono'
import type { OpenModule } from '../pathways/modules/panel.ts'
import { type FoundModule, findOpenModule } from '../pathways/modules/queries.ts'
import type { WebEnv } from '../web/env.ts'
import type { Showing } from './tool.ts'

/** The tool in the address (`:enrolment`, `:module`); undefined when this person may not see it or it is none. */
export async function findTool(c: Context<WebEnv>): Promise<FoundModule | undefined> {
  const found = await findOpenModule(c.var, { enrolmentId: Number(c.req.param('enrolment')), moduleId: Number(c.req.param('module')) })
  return found?.open.kind === 'tool' ? found : undefined
}

export const showingOf = (c: Context<WebEnv>, { today }: Pick<OpenModule, 'today'>): Showing => ({
  language: c.var.language,
  dates: c.var.dates,
  today,
})
