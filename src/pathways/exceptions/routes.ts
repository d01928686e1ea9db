import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { dayOf } from '../../language/dates.ts'
import { formatNumber } from '../../language/numbers.ts'
import { requireCoordinator } from '../../people/require.ts'
import { toProgramme } from '../../programmes/crumbs.ts'
import { findProgramme, type Programme } from '../../programmes/queries.ts'
import type { WebEnv } from '../../web/env.ts'
import { choiceField, manyField, optionalIdField, optionalText, type Problems, readForm, type Typed } from '../../web/forms.ts'
import { readList } from '../../web/lists.ts'
import { id } from '../../web/paths.ts'
import { done, fragment, page, wantsFragment } from '../../web/respond.ts'
import { coordinatorScope } from '../assign/queries.ts'
import { words as assignWords } from '../assign/words.ts'
import { pathwaysOf } from '../definition/queries.ts'
import { resolveExceptions } from './actions.ts'
import { exceptionList, exceptionsPage } from './pages.ts'
import { type Exceptions, findExceptions, keyOf, listedExceptions } from './queries.ts'
import { type ExceptionKind, exceptionKinds, remedies, resolutionRefusal } from './rules.ts'
import { words } from './words.ts'

export const exceptionRoutes = new Hono<WebEnv>()

const exceptions = `/programmes/${id('id')}/exceptions`

exceptionRoutes.get(exceptions, requireCoordinator, async (c) => {
  const found = await find(c)
  if (!found) return c.notFound()
  const first = exceptionKinds.find((kind) => found.exceptions[kind].length > 0) ?? 'unmatched'
  return show(c, found, first)
})

for (const kind of exceptionKinds) {
  exceptionRoutes.get(`${exceptions}/${kind}`, requireCoordinator, async (c) => {
    const found = await find(c)
    return found ? show(c, found, kind) : c.notFound()
  })

  exceptionRoutes.post(`${exceptions}/${kind}`, requireCoordinator, async (c) => {
    const found = await find(c)
    return found ? resolve(c, found, kind) : c.notFound()
  })
}

const fieldsOf = (kind: ExceptionKind) =>
  z.object({
    remedy: choiceField(remedies[kind] as readonly [(typeof remedies)[ExceptionKind][number]]),
    chosen: manyField,
    every: manyField,
    pathway: optionalIdField,
    reason: optionalText(300),
    day: optionalText(10),
  })

type Found = { programme: Programme; exceptions: Exceptions }

async function find(c: Context<WebEnv>): Promise<Found | undefined> {
  const { db, signedIn, now, zone } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return undefined
  return { programme, exceptions: await findExceptions(db, { programmeId: programme.id, scope: coordinatorScope(signedIn), now, zone }) }
}

async function resolve(c: Context<WebEnv>, found: Found, kind: ExceptionKind) {
  const { db, language, signedIn, now, zone } = c.var
  const t = words[language]
  const { value, problems, typed } = await readForm(c, fieldsOf(kind))
  if (problems) return show(c, found, kind, { problems, typed, chosen: new Set() })

  const listed = listedExceptions(found.exceptions[kind], listOf(c, found.programme, kind))
  const chosen = new Set(value.every.includes('yes') ? listed.map(keyOf) : value.chosen)
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value.day) ? readDay(value.day) : null
  const asked = { remedy: value.remedy, pathwayId: value.pathway, reason: value.reason, day }
  const refused = resolutionRefusal({ ...asked, count: chosen.size }, dayOf(now, zone)) ?? (await unknownPathway(c, found, value.pathway))
  if (refused) return show(c, found, kind, { problems: { [refused.field]: t.refusal[refused.refusal] }, typed, chosen })

  const resolution = { programmeId: found.programme.id, kind, chosen, ...asked }
  const count = await resolveExceptions(db, resolution, { by: signedIn, at: now, scope: coordinatorScope(signedIn), zone })
  const sentence = `${t.resolved(formatNumber(count, language))}${value.remedy === 'assign' || value.remedy === 'move' ? ` ${t.toRuns}` : ''}`
  return done(c, `/programmes/${found.programme.id}/exceptions/${kind}`, sentence)
}

function readDay(text: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    return null
  }
}

async function unknownPathway(c: Context<WebEnv>, { programme }: Found, pathwayId: number | null) {
  const known = pathwayId === null || (await pathwaysOf(c.var.db, programme.id)).some((pathway) => pathway.id === pathwayId)
  return known ? null : ({ field: 'pathway', refusal: 'pathway_missing' } as const)
}

const listOf = (c: Context<WebEnv>, programme: Programme, kind: ExceptionKind) => ({
  ...readList(c, ['name', 'region'], ['region']),
  path: `/programmes/${programme.id}/exceptions/${kind}`,
})

type Trouble = { problems: Problems; typed: Typed; chosen: ReadonlySet<string> }

async function show(c: Context<WebEnv>, { programme, exceptions: found }: Found, kind: ExceptionKind, trouble: Trouble | null = null) {
  const { db, language, dates } = c.var
  const list = listOf(c, programme, kind)
  const shown = {
    programmeId: programme.id,
    kind,
    counts: { unmatched: found.unmatched.length, elsewhere: found.elsewhere.length, due: found.due.length, closed: found.closed.length },
    listed: listedExceptions(found[kind], list),
    list,
    pathways: await pathwaysOf(db, programme.id),
    problems: trouble?.problems ?? null,
    typed: trouble?.typed ?? {},
    chosen: trouble?.chosen ?? new Set<string>(),
  }
  if (wantsFragment(c) && !trouble) return fragment(c, exceptionList(language, dates, shown))
  return page(c, {
    title: words[language].title,
    content: exceptionsPage(language, dates, shown),
    breadcrumb: [...toProgramme(language, programme), { href: `/programmes/${programme.id}/assign`, label: assignWords[language].title }],
    status: trouble ? 422 : 200,
  })
}
