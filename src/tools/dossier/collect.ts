import { fromMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import type { Enrolment } from '../../pathways/progress/queries.ts'
import type { ModuleStanding } from '../../pathways/progress/standing.ts'
import type { Block } from '../document/blocks.ts'
import { writtenBlocks } from '../document/content.ts'
import { feedOf } from '../feed.ts'
import { noteFields } from '../queries.ts'
import { toolCalled } from '../registry.ts'
import { isPaged, type Showing } from '../tool.ts'
import { type LastSubmission, lastSubmissionsOf, ownFieldsOf, toolsOf, worksheetsOf } from './queries.ts'
import { stateName } from './state.ts'
import { words } from './words.ts'

export type Piece = { moduleId: number; title: string; state: string; blocks: readonly Block[] }
export type Phase = { title: string; pieces: readonly Piece[] }

type Followed = Pick<Enrolment, 'id' | 'programmeId' | 'administrationId'>

/**
 * Everything that an administration has produced on a pathway, phase by phase; phases and modules where there is nothing yet
 * are left out. A fixed number of queries, and those of the tools that have tables of their own.
 */
export async function collectDossier(
  db: Database,
  { id: enrolmentId, programmeId, administrationId }: Followed,
  modules: readonly ModuleStanding[],
  showing: Showing,
): Promise<Phase[]> {
  const tools = await toolsOf(
    db,
    modules.map(({ moduleId }) => moduleId),
  )
  const worksheets = await worksheetsOf(db, enrolmentId)
  const ownFields = await ownFieldsOf(db, [...tools.keys()])
  const submissions = await lastSubmissionsOf(db, enrolmentId)
  const feed = await feedOf(db, enrolmentId)

  const blocksOf = async ({ moduleId }: ModuleStanding): Promise<readonly Block[] | null> => {
    const submission = submissions.get(moduleId)
    if (submission) return submissionBlocks(submission, showing)
    const name = tools.get(moduleId)
    const tool = name ? toolCalled(name) : null
    if (tool && isPaged(tool)) return tool.document(db, { enrolmentId, moduleId, programmeId, administrationId }, showing)
    const answers = worksheets.get(moduleId)
    if (!answers) return null
    const fields = tool ? tool.fields(showing.language, feed) : (ownFields.get(moduleId) ?? noteFields(showing.language))
    return writtenBlocks({ tool: tool ?? null, fields, feed }, answers, showing)
  }

  const phases = new Map<string, Piece[]>()
  for (const module of modules) {
    const blocks = await blocksOf(module)
    if (!blocks) continue
    const piece = { moduleId: module.moduleId, title: module.title, state: stateName(module, showing.language), blocks }
    phases.set(module.section, [...(phases.get(module.section) ?? []), piece])
  }
  return [...phases].map(([title, pieces]) => ({ title: title || words[showing.language].noPhase, pieces }))
}

function submissionBlocks({ version, text, handedInAt, files }: LastSubmission, { language, dates }: Showing): Block[] {
  const t = words[language]
  return [
    { kind: 'text', text: t.handedIn(version, dates.shortDay(fromMoment(handedInAt))) },
    ...(text ? [{ kind: 'text' as const, text }] : []),
    ...(files.length > 0
      ? [
          { kind: 'heading' as const, text: t.files },
          { kind: 'list' as const, items: files },
        ]
      : []),
  ]
}
