import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requirePerson } from '../../../people/require.ts'
import type { WebEnv } from '../../../web/env.ts'
import { manyField, optionalText, type Problems, readForm, requiredText, type Typed } from '../../../web/forms.ts'
import { id } from '../../../web/paths.ts'
import { done } from '../../../web/respond.ts'
import { attachment } from '../../../web/uploads.ts'
import { type Found, foundSurvey, surveyPageOf, workedSurvey } from '../found.ts'
import { itemsOf } from '../queries.ts'
import { type ChangeRefusal, changeRefusal } from '../rules.ts'
import { dimensions, type Item, type ItemKind, itemKinds, type Option, surveyPath } from '../survey.ts'
import { words as surveyWords } from '../words.ts'
import { addFromBank, addOwn, changeItem, fingerprint, type ItemContent, moveItem, removeItem } from './actions.ts'
import { limesurveyStructure } from './limesurvey.ts'
import { builderPage, itemPage, previewPage } from './pages.ts'
import { drawQuestionnaire } from './print.ts'
import { paperPage } from './sheet.ts'
import { words } from './words.ts'

export const questionnaireRoutes = new Hono<WebEnv>()

const home = `/surveys/${id('survey')}` as const
const builderPath = (found: Found) => `${surveyPath(found.survey)}/questionnaire`

questionnaireRoutes.get(`${home}/questionnaire`, requirePerson, async (c) => {
  const found = await foundSurvey(c)
  return found ? showBuilder(c, found) : c.notFound()
})

async function showBuilder(c: Context<WebEnv>, found: Found, problem?: string) {
  const { db, language } = c.var
  const items = await itemsOf(db, found.survey.id)
  const fixed = changeRefusal(found.survey) ?? (found.mayWork ? null : 'reading')
  const content = builderPage({ survey: found.survey, items, language, fixed, ...(problem && { problem }) })
  return surveyPageOf(c, found, { title: words[language].builderTitle, content, status: problem ? 422 : 200 })
}

const refusalShown = (c: Context<WebEnv>, found: Found, refusal: ChangeRefusal) =>
  showBuilder(c, found, surveyWords[c.var.language].changeRefusal[refusal])

// A form with problems stays at these addresses: whoever reloads one comes back to the questions.
questionnaireRoutes.get(`${home}/items`, requirePerson, async (c) => {
  const found = await foundSurvey(c)
  return found ? c.redirect(builderPath(found), 303) : c.notFound()
})

questionnaireRoutes.post(`${home}/items`, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  if (found instanceof Response) return found
  const { db, now, language, signedIn } = c.var
  const { value } = await readForm(c, z.object({ keys: manyField }))
  if (!value || value.keys.length === 0) return showBuilder(c, found, words[language].nothingChosen)
  const outcome = await addFromBank(db, found.survey.id, value.keys, { by: signedIn, at: now })
  if ('refusal' in outcome) return refusalShown(c, found, outcome.refusal)
  return done(c, builderPath(found), words[language].added(outcome.added))
})

questionnaireRoutes.get(`${home}/items/new`, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  if (found instanceof Response) return found
  const refusal = changeRefusal(found.survey)
  if (refusal) return refusalShown(c, found, refusal)
  const kind = itemKinds.find((each) => each === c.req.query('kind')) ?? 'scale'
  return showItem(c, found, { kind })
})

type ItemView = {
  kind: ItemKind
  item?: Item
  before?: string
  conflict?: Item
  problems?: Problems
  typed?: Typed
  status?: 200 | 409 | 422
}

function showItem(c: Context<WebEnv>, found: Found, { status = 200, ...view }: ItemView) {
  const t = words[c.var.language]
  const content = itemPage({ survey: found.survey, language: c.var.language, ...view })
  return surveyPageOf(c, found, { title: view.item ? t.editTitle : t.ownTitle, content, status })
}

questionnaireRoutes.get(`${home}/items/own`, requirePerson, async (c) => {
  const found = await foundSurvey(c)
  return found ? c.redirect(builderPath(found), 303) : c.notFound()
})

questionnaireRoutes.post(`${home}/items/own`, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  if (found instanceof Response) return found
  const { db, now, language, signedIn } = c.var
  const { content, kind, problems, typed } = await readItem(c)
  if (!content) return showItem(c, found, { kind, problems, typed, status: 422 })
  const outcome = await addOwn(db, found.survey.id, content, { by: signedIn, at: now })
  if ('refusal' in outcome) return refusalShown(c, found, outcome.refusal)
  return done(c, builderPath(found), words[language].added(1))
})

const item = `${home}/items/${id('item')}` as const

questionnaireRoutes.get(item, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  if (found instanceof Response) return found
  const shown = await itemIn(c, found)
  if (!shown) return c.notFound()
  const refusal = changeRefusal(found.survey)
  return refusal ? refusalShown(c, found, refusal) : showItem(c, found, { kind: shown.kind, item: shown, before: fingerprint(shown) })
})

const itemIn = async (c: Context<WebEnv>, found: Found) =>
  (await itemsOf(c.var.db, found.survey.id)).find((each) => each.id === Number(c.req.param('item')))

questionnaireRoutes.post(item, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  if (found instanceof Response) return found
  const { db, now, language, signedIn } = c.var
  const shown = await itemIn(c, found)
  if (!shown) return refusalShown(c, found, 'not_found')
  const { content, problems, typed } = await readItem(c, shown)
  const before = typeof typed.before === 'string' ? typed.before : ''
  if (!content) return showItem(c, found, { kind: shown.kind, item: shown, before, problems, typed, status: 422 })
  const outcome = await changeItem(db, { surveyId: found.survey.id, itemId: shown.id, content, before }, { by: signedIn, at: now })
  if ('refusal' in outcome) return refusalShown(c, found, outcome.refusal)
  if ('conflict' in outcome) {
    const { conflict } = outcome
    return showItem(c, found, { kind: shown.kind, item: shown, before: fingerprint(conflict), conflict, typed, status: 409 })
  }
  return done(c, builderPath(found), words[language].saved)
})

for (const direction of ['up', 'down'] as const)
  questionnaireRoutes.post(`${item}/${direction}`, requirePerson, async (c) => {
    const found = await workedSurvey(c)
    if (found instanceof Response) return found
    const { db, now, language, signedIn } = c.var
    const place = { surveyId: found.survey.id, itemId: Number(c.req.param('item')), direction }
    const outcome = await moveItem(db, place, { by: signedIn, at: now })
    if ('refusal' in outcome) return refusalShown(c, found, outcome.refusal)
    return done(c, `${builderPath(found)}#item-${place.itemId}`, words[language].moved)
  })

questionnaireRoutes.post(`${item}/remove`, requirePerson, async (c) => {
  const found = await workedSurvey(c)
  if (found instanceof Response) return found
  const { db, now, language, signedIn } = c.var
  const outcome = await removeItem(db, found.survey.id, Number(c.req.param('item')), { by: signedIn, at: now })
  if ('refusal' in outcome) return refusalShown(c, found, outcome.refusal)
  return done(c, builderPath(found), words[language].removed)
})

questionnaireRoutes.get(`${home}/preview`, requirePerson, async (c) => {
  const found = await foundSurvey(c)
  if (!found) return c.notFound()
  const { db, language } = c.var
  const content = previewPage({ survey: found.survey, items: await itemsOf(db, found.survey.id), language })
  return surveyPageOf(c, found, { title: words[language].previewTitle, content })
})

questionnaireRoutes.get(`${home}/paper`, requirePerson, async (c) => {
  const found = await foundSurvey(c)
  if (!found) return c.notFound()
  const { db, language } = c.var
  const content = paperPage({ survey: found.survey, items: await itemsOf(db, found.survey.id), language })
  return surveyPageOf(c, found, { title: words[language].paperTitle, content })
})

questionnaireRoutes.get(`${home}/questionnaire.pdf`, requirePerson, async (c) => {
  const found = await foundSurvey(c)
  if (!found) return c.notFound()
  const { db, baseUrl, now } = c.var
  const bytes = await drawQuestionnaire({ survey: found.survey, items: await itemsOf(db, found.survey.id), baseUrl, now })
  c.header('Content-Type', 'application/pdf')
  c.header('Content-Disposition', attachment('questionario.pdf'))
  return c.body(new Uint8Array(bytes))
})

questionnaireRoutes.get(`${home}/limesurvey.txt`, requirePerson, async (c) => {
  const found = await foundSurvey(c)
  if (!found) return c.notFound()
  c.header('Content-Type', 'text/plain; charset=utf-8')
  c.header('Content-Disposition', attachment('limesurvey.txt'))
  return c.body(limesurveyStructure(found.survey, await itemsOf(c.var.db, found.survey.id)))
})

// What was typed about a question --------------------------------------------------------------------------------------

const texts = z.object({ it: requiredText(300), en: optionalText(300), options: optionalText(2000) })

async function readItem(c: Context<WebEnv>, kept?: Item) {
  const t = words[c.var.language]
  const { value, problems, typed } = await readForm(c, texts)
  const kind = kept?.kind ?? itemKinds.find((each) => each === typed.kind) ?? 'scale'
  const dimension = kind === 'scale' ? (dimensions.find((each) => each === typed.dimension) ?? null) : null
  const options = kind === 'choice' ? optionsIn(value?.options ?? '', kept?.options ?? []) : []
  const found: Problems = {
    ...problems,
    ...(kind === 'scale' && dimension === null && { dimension: t.dimensionProblem }),
    ...(kind === 'choice' && value && (options.length < 2 || options.length > 12) && { options: t.optionsProblem }),
  }
  const sound = value !== null && Object.keys(found).length === 0
  const content: ItemContent | null = sound ? { kind, dimension, it: value.it, en: value.en, options } : null
  return { content, kind, problems: found, typed }
}

/** One a line, `italiano | english`; a choice that was there keeps its code. */
function optionsIn(text: string, kept: readonly Option[]): Option[] {
  const lines = text
    .split('\n')
    .map((line) => line.split('|').map((part) => part.trim().slice(0, 120)))
    .filter(([it]) => it)
  const codes = new Set(kept.map(({ code }) => code))
  return lines.map(([it = '', en = '']) => {
    const same = kept.find((option) => option.it === it)
    const code = same?.code ?? freeCode(codes)
    codes.add(code)
    return { code, it, en }
  })
}

function freeCode(taken: ReadonlySet<string>): string {
  let number = 1
  while (taken.has(`A${number}`)) number += 1
  return `A${number}`
}
