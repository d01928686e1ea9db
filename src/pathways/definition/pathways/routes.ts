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
import { addPathway, changePathway, setPathwayModules } from '../actions.ts'
import { modulesToChoose, pathwaysWithModules } from '../queries.ts'
import type { RefusedStep } from '../rules.ts'
import { words } from '../words.ts'
import { checkPathwayForm, pathwayDetails, rearranged, seenModules, typedSteps } from './form.ts'
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
  const { db, language, signedIn } = c.var
  const pathway = await pathwayOutline(db, Number(c.req.param('id')))
  if (!pathway) return c.notFound()
  const content = pathwayPage(language, pathway, isNationalCoordinator(signedIn))
  return page(c, { title: pathway.title, content, breadcrumb: toPathways(c, pathway) })
})

pathwayDefinitionRoutes.get(`/pathways/${id('id')}/edit`, requireNationalCoordinator, async (c) => {
  const pathway = await pathwayOutline(c.var.db, Number(c.req.param('id')))
  return pathway ? showEdit(c, pathway) : c.notFound()
})

pathwayDefinitionRoutes.post(`/pathways/${id('id')}/edit`, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const pathway = await pathwayOutline(db, Number(c.req.param('id')))
  if (!pathway) return c.notFound()
  const { typed } = await readForm(c, z.looseObject({}))
  const { value, problems } = checkPathwayForm(typed)
  if (problems) return showEdit(c, pathway, { typed, problems })

  const steps = rearranged(typedSteps(typed), { button: String(typed.do ?? ''), added: value.added })
  const outcome = await setPathwayModules(db, pathway.id, steps, { by: signedIn, at: now }, seenModules(typed))
  if ('refusal' in outcome) return showEdit(c, pathway, { typed, problems: beside(c, outcome) })

  if (value.title !== pathway.title || value.summary !== pathway.summary)
    await changePathway(db, pathway.id, value, { by: signedIn, at: now })
  const next = typed.do === 'save' ? `/pathways/${pathway.id}` : `/pathways/${pathway.id}/edit#steps`
  return done(c, next, words[language].pathwaySaved)
})

type Tried = { typed: Typed; problems: Problems }

async function showEdit(c: Context<WebEnv>, pathway: PathwayOutline, tried?: Tried) {
  const { db, language } = c.var
  const content = editPathwayPage(language, {
    pathway,
    steps: tried ? typedSteps(tried.typed) : pathway.modules,
    // What was first seen stays so, or a second try would overwrite a colleague's change.
    seen: tried ? seenModules(tried.typed) : pathway.modules.map(({ moduleId }) => moduleId),
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
