import type { Database, MetBy } from '../../database/schema.ts'
import { dayOf } from '../../language/dates.ts'
import { isReferentOf } from '../../people/rules.ts'
import type { Person, WebEnv } from '../../web/env.ts'
import { metSoFar, requirementOf } from '../progress/evidence.ts'
import { isPersonBound } from '../progress/met-by.ts'
import { type EnrolmentWithReasons, findEnrolment, pathwayStanding } from '../progress/queries.ts'
import type { ModuleStanding } from '../progress/standing.ts'
import { findModule } from '../queries.ts'
import type { OpenModule } from './panel.ts'

type Asked = Pick<WebEnv['Variables'], 'db' | 'now' | 'zone'> & { signedIn: Person }

export type FoundModule = {
  open: OpenModule
  standing: ModuleStanding
  enrolment: EnrolmentWithReasons
  body: string
  link: string | null
  asked: AskedOfReferents
}

/** Who has to do it, where persons do it; `named` are those of today who are still missing. */
export type AskedOfReferents = { metBy: MetBy; done: number; needed: number; named: readonly string[]; doneByMe: boolean }

/** A module of an enrolment, or undefined when this person may not see it or the pathway doesn't have it. Hand it `c.var`. */
export async function findOpenModule(
  { db, now, zone, signedIn: person }: Asked,
  { enrolmentId, moduleId }: { enrolmentId: number; moduleId: number },
): Promise<FoundModule | undefined> {
  const enrolment = await findEnrolment(db, enrolmentId, person)
  if (!enrolment) return undefined
  const { modules } = await pathwayStanding(db, enrolment, { now, zone })
  const standing = modules.find((each) => each.moduleId === moduleId)
  const module = standing && (await findModule(db, moduleId))
  if (!standing || !module) return undefined

  const { administrationId, region, programmeId, endedAt } = enrolment
  const { kind, title, state } = standing
  const { tool } = module
  const mayWork = isReferentOf(person, administrationId) && endedAt === null
  return {
    open: { enrolmentId, administrationId, region, programmeId, moduleId, kind, tool, title, state, mayWork, today: dayOf(now, zone) },
    standing,
    enrolment,
    body: module.body,
    link: module.link,
    asked: await askedOfReferents(db, { enrolmentId, moduleId }, person),
  }
}

async function askedOfReferents(db: Database, ids: { enrolmentId: number; moduleId: number }, me: Person): Promise<AskedOfReferents> {
  const requirement = await requirementOf(db, ids)
  if (!isPersonBound(requirement.kind)) return { metBy: 'any', done: 0, needed: 1, named: [], doneByMe: false }
  const { done, needed, missing, persons, referents } = await metSoFar(
    db,
    { ...ids, administrationId: requirement.administrationId },
    requirement,
  )
  const named = referents.filter(({ id }) => missing.includes(id)).map(({ name }) => name)
  return { metBy: requirement.metBy, done, needed, named, doneByMe: persons.includes(me.id) }
}
