import type { ToolName } from '../database/schema.ts'
import type { OfferedTool } from '../pathways/definition/rules.ts'
import { communicationPlan } from './communication/tool.ts'
import { improvementPlan } from './improvement/tool.ts'
import { selfAssessment } from './maturity/tool.ts'
import { processMap } from './process-map/tool.ts'
import { samplingPlan } from './sampling/tool.ts'
import { serviceChoice } from './service-choice/tool.ts'
import { analysisTool, collectionTool, questionnaireTool } from './surveys/tools.ts'
import type { Tool } from './tool.ts'

/** The product's tools. A new one gets its name in `pathways/definition/rules` (`toolNames`) and its line here. */
const registry: Record<OfferedTool, Tool> = {
  service_choice: serviceChoice,
  process_map: processMap,
  sampling_plan: samplingPlan,
  improvement_plan: improvementPlan,
  communication_plan: communicationPlan,
  self_assessment: selfAssessment,
  questionnaire: questionnaireTool,
  collection: collectionTool,
  analysis: analysisTool,
}

export const toolCalled = (name: ToolName): Tool | undefined => (registry as Partial<Record<ToolName, Tool>>)[name]
