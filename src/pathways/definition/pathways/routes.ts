import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requireNationalCoordinator, requireStaff } from '../../../people/require.ts'
import { isCoordinator, isNationalCoordinator } from '../../../people/rules.ts'
import { toProgramme } from '../../../programmes/crumbs.ts'
import { allProgrammes, findProgramme } from '../../../programmes/queries.ts'
import type { WebEnv } from '../../../web/env.ts'
import { type Problems, readForm, type Typed } from '../../../web/forms.ts'
import { id } from '../../../web/paths.ts'
import { done, page } from '../../../web/respond.ts'
import { type PathwayOutline, pathwayOutline } from '../../queries.ts'
import { addPathway, changePathway, movePathway, type Plan, removePathway } from '../actions.ts'
import { modulesToChoose, pathwaysWithModules } from '../queries.ts'
import { type RefusedStep, sectionRefusals, timingRefusals } from '../rules.ts'
import { savePlan } from '../versions/actions.ts'
import { draftOf, pathwayVersions } from '../versions/queries.ts'
import { words as versionWords } from '../versions/words.ts'
import { words } from '../words.ts'
import { checkPathwayForm, pathwayDetails, rearranged, sectionField, seenModules, typedSections, typedSteps } from './form.ts'
import { editPathwayPage, newPathwayForm } from './form-page.ts'
import { pathwayPage, pathwaysPage } from './pages.ts'

export const pathwayDefinitionRoutes = new Hono<WebEnv>()

pathwayDefinitionRoutes.get('/pathways', requireStaff, async (c) => {
  const { db, language, signedIn } = c.var
  const programmes = await allProgrammes(db)
  const wanted = Number(c.req.query('programme'))
  const programme = programmes.find((each) => each.id === wanted) ?? programmes[0]
  const pathways = programme ? await pathwaysWithModules(db, programme.id) : []
  const content = pathwaysPage(language, { programmes, programme, pathways }, isNationalCoordinator(signedIn))
  const breadcrumb = programme && isCoordinator(signedIn) ? toProgramme(language, programme) : []
  return page(c, { title: words[language].pathways, content, breadcrumb })
})

pathwayDefinitionRoutes.get(`/programmes/${id('id')}/pathways/new`, requireNationalCoordinator, async (c) => {
  const { db, language } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  const content = newPathwayForm(language, programme.id)
  return page(c, { title: words[language].createPathway, content, breadcrumb: toProgramme(language, programme) })
})

pathwayDefinitionRoutes.post(`/programmes/${id('id')}/pathways`, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  const { value, problems, typed } = await readForm(c, z.object(pathwayDetails))
  if (problems) {
    const content = newPathwayForm(language, programme.id, problems, typed)
    return page(c, { title: words[language].createPathway, content, breadcrumb: toProgramme(language, programme), status: 422 })
  }
  const pathwayId = await addPathway(db, programme.id, value, { by: signedIn, at: now })
  return done(c, `/pathways/${pathwayId}/edit`, words[language].pathwayCreated(value.title))
})

pathwayDefinitionRoutes.get(`/pathways/${id('id')}`, requireStaff, async (c) => {
  const pathway = await findRoot(c)
  return pathway ? showPathway(c, pathway) : c.notFound()
})

pathwayDefinitionRoutes.get(`/pathways/${id('id')}/edit`, requireNationalCoordinator, async (c) => {
  const pathway = await findRoot(c)
  return pathway ? showEdit(c, pathway) : c.notFound()
})

pathwayDefinitionRoutes.post(`/pathways/${id('id')}/edit`, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const pathway = await findRoot(c)
  if (!pathway) return c.notFound()
  const { typed } = await readForm(c, z.looseObject({}))
  const { value, problems } = checkPathwayForm(typed)
  if (problems) return showEdit(c, pathway, { typed, problems })

  const steps = rearranged(typedSteps(typed), { button: String(typed.do ?? ''), added: value.added })
  const plan = { steps, sections: typedSections(typed) }
  const wrong = await planProblems(c, pathway, plan, typed)
  if (wrong) return showEdit(c, pathway, { typed, problems: wrong })
  const who = { by: signedIn, at: now }
  const outcome = await savePlan(db, pathway.id, plan, who, seenModules(typed))
  if ('refusal' in outcome) return showEdit(c, pathway, { typed, problems: beside(c, outcome) })

  const { title, summary, certificatePercent } = pathway
  if (value.title !== title || value.summary !== summary || value.certificatePercent !== certificatePercent)
    await changePathway(db, pathway.id, value, who)
  const next = typed.do !== 'save' ? '/edit#steps' : outcome.draft ? '/version' : ''
  return done(c, `/pathways/${pathway.id}${next}`, outcome.draft ? versionWords[language].draftSaved : words[language].pathwaySaved)
})

for (const direction of ['up', 'down'] as const)
  pathwayDefinitionRoutes.post(`/pathways/${id('id')}/${direction}`, requireNationalCoordinator, async (c) => {
    const { db, language, signedIn, now } = c.var
    const pathway = await findRoot(c)
    if (!pathway) return c.notFound()
    await movePathway(db, pathway.id, direction, { by: signedIn, at: now })
    return done(c, `/pathways?programme=${pathway.programmeId}`, words[language].moved)
  })

pathwayDefinitionRoutes.post(`/pathways/${id('id')}/remove`, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const pathway = await findRoot(c)
  if (!pathway) return c.notFound()
  const refusal = await removePathway(db, pathway.id, { by: signedIn, at: now })
  if (refusal) return showPathway(c, pathway, words[language].removalRefusal[refusal])
  return done(c, `/pathways?programme=${pathway.programmeId}`, words[language].pathwayRemoved)
})

/** A pathway by its own address; drafts and earlier versions have theirs. */
async function findRoot(c: Context<WebEnv>): Promise<PathwayOutline | undefined> {
  const pathway = await pathwayOutline(c.var.db, Number(c.req.param('id')))
  return pathway?.rootId === null ? pathway : undefined
}

async function showPathway(c: Context<WebEnv>, pathway: PathwayOutline, problem: string | null = null) {
  const { db, language, dates, signedIn } = c.var
  const versions = await pathwayVersions(db, pathway.id)
  const mayDefine = isNationalCoordinator(signedIn)
  const draft = mayDefine && (await draftOf(db, pathway.id)) !== undefined
  const content = pathwayPage(language, dates, { pathway, versions, draft, mayDefine, problem })
  return page(c, { title: pathway.title, content, breadcrumb: toPathways(c, pathway), status: problem ? 422 : 200 })
}

/** What is wrong with dates, numbers and sections, beside their fields; null when nothing is. */
async function planProblems(
  c: Context<WebEnv>,
  pathway: PathwayOutline,
  { steps, sections }: Plan,
  typed: Typed,
): Promise<Problems | null> {
  const { db, language } = c.var
  const t = words[language]
  const programme = await findProgramme(db, pathway.programmeId)
  const timing = programme && timingRefusals(steps, await modulesToChoose(db, pathway.programmeId), programme)[0]
  if (timing) return { [`${timing.field}-${timing.moduleId}`]: t.timing[timing.refusal] }
  const [section] = sectionRefusals(sections, steps)
  return section ? { [sectionField(typed, section.section)]: t.sectionRefusal[section.refusal] } : null
}

type Tried = { typed: Typed; problems: Problems }

async function showEdit(c: Context<WebEnv>, pathway: PathwayOutline, tried?: Tried) {
  const { db, language } = c.var
  const plan = (await draftOf(db, pathway.id)) ?? pathway
  const [today] = await pathwayVersions(db, pathway.id)
  const content = editPathwayPage(language, {
    pathway,
    steps: tried ? typedSteps(tried.typed) : plan.modules,
    sections: tried ? typedSections(tried.typed) : plan.sections,
    followed: (today?.followers ?? 0) > 0,
    // What was first seen stays so, or a second try would overwrite a colleague's change.
    seen: tried ? seenModules(tried.typed) : plan.modules.map(({ moduleId }) => moduleId),
    choosable: await modulesToChoose(db, pathway.programmeId),
    ...tried,
  })
  const breadcrumb = [...toPathways(c, pathway), { href: `/pathways/${pathway.id}`, label: pathway.title }]
  return page(c, { title: words[language].edit, content, breadcrumb, status: tried ? 422 : 200 })
}

function beside(c: Context<WebEnv>, { refusal, moduleId }: RefusedStep): Problems {
  const sentence = words[c.var.language].refusal[refusal]
  return { [refusal === 'module_unknown' || refusal === 'module_twice' ? 'added' : `module-${moduleId}`]: sentence }
}

const toPathways = (c: Context<WebEnv>, { programmeId }: { programmeId: number }) => [
  { href: `/pathways?programme=${programmeId}`, label: words[c.var.language].pathways },
]
