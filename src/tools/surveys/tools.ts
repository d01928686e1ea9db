import { html } from 'hono/html'
import type { Database } from '../../database/schema.ts'
import { dayOf } from '../../language/dates.ts'
import type { Block } from '../document/blocks.ts'
import { feedOf } from '../feed.ts'
import type { PagedTool, Showing } from '../tool.ts'
import { analysisBlocks, collectionBlocks, questionnaireBlocks } from './blocks.ts'
import { newSurveyForm, surveyCards } from './pages.ts'
import { type ListedSurvey, surveysOf } from './queries.ts'
import { surveyPath } from './survey.ts'
import { words } from './words.ts'

type Stage = 'questionnaire' | 'collection' | 'analysis'

/** The three tools of a survey: each shows the administration's surveys and leads to its own part of them. */
const stageTool = (
  stage: Stage,
  {
    missing,
    blocks,
  }: {
    missing: (surveys: readonly ListedSurvey[]) => boolean
    blocks: (db: Database, survey: ListedSurvey, showing: Showing) => Promise<Block[]>
  },
): PagedTool => ({
  words: { it: words.it.tool[stage], en: words.en.tool[stage] },
  page: async (c, { open }) => {
    const { db, now, zone, language } = c.var
    const t = words[language]
    const surveys = await surveysOf(db, open.enrolmentId)
    const { service } = await feedOf(db, open.enrolmentId)
    const begins = stage === 'questionnaire' && open.mayWork
    return html`
${surveys.length > 0 ? surveyCards({ surveys, language, today: dayOf(now, zone), to: (survey) => doorOf(stage, survey) }) : html`<div class="empty">${begins ? t.none : t.noneToRead}</div>`}
${begins && newSurveyForm({ enrolmentId: open.enrolmentId, chosen: service, language })}`
  },
  missing: async (tx, { enrolmentId }, language) =>
    missing(await surveysOf(tx, enrolmentId)) ? [words[language].tool[stage].missing] : [],
  document: async (db, { enrolmentId }, showing) => {
    const surveys = (await surveysOf(db, enrolmentId)).toReversed()
    if (surveys.length === 0) return null
    const parts = await Promise.all(
      surveys.map(async (survey) => [{ kind: 'heading' as const, text: survey.title }, ...(await blocks(db, survey, showing))]),
    )
    return parts.flat()
  },
})

const published = ({ publishedAt }: ListedSurvey) => publishedAt !== null
const readable = (survey: ListedSurvey) => published(survey) && survey.received >= survey.minimumCell

/** Where the tool leads: while a survey is in preparation to its questions, afterwards to what the stage is about. */
function doorOf(stage: Stage, survey: ListedSurvey): string {
  if (!published(survey) || stage === 'questionnaire') return published(survey) ? surveyPath(survey) : `${surveyPath(survey)}/questionnaire`
  return stage === 'collection' ? surveyPath(survey) : `${surveyPath(survey)}/analysis`
}

export const questionnaireTool = stageTool('questionnaire', { missing: (surveys) => !surveys.some(published), blocks: questionnaireBlocks })
export const collectionTool = stageTool('collection', { missing: (surveys) => !surveys.some(readable), blocks: collectionBlocks })
export const analysisTool = stageTool('analysis', { missing: (surveys) => !surveys.some(readable), blocks: analysisBlocks })
