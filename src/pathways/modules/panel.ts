import type { Context } from 'hono'
import type { ModuleKind, ToolName } from '../../database/schema.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import type { ModuleState } from '../progress/rules.ts'

/** A module of an administration's pathway, as it stands for the person who opened it. */
export type OpenModule = {
  enrolmentId: number
  administrationId: number
  /** Of the administration, today. */
  region: string
  programmeId: number
  moduleId: number
  kind: ModuleKind
  /** Of a tool: which of the product's; null: a worksheet of its own fields. */
  tool: ToolName | null
  title: string
  state: ModuleState
  /** The person is a referent of the administration, which still follows the pathway. */
  mayWork: boolean
  /** In the programme's zone: hand it to the action, which refuses what opens later. */
  today: Temporal.PlainDate
}

/** A part of the module's page that another feature brings, a section with its h2; null where it has nothing to say. */
export type ModulePanel = (c: Context<WebEnv>, module: OpenModule) => Promise<Html | null>

export const pathwayPath = (enrolmentId: number) => `/pathway/${enrolmentId}`
export const modulePath = ({ enrolmentId, moduleId }: { enrolmentId: number; moduleId: number }) =>
  `${pathwayPath(enrolmentId)}/modules/${moduleId}`
