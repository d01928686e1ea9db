import type { Context } from 'hono'
import { pathwayPath } from '../../../pathways/modules/panel.ts'
import type { PathwayPanel } from '../../../pathways/progress/panel.ts'
import { isReferentOf } from '../../../people/rules.ts'
import type { WebEnv } from '../../../web/env.ts'
import { type Group, percentagesPanel } from './pages.ts'
import { expectedSessions } from './queries.ts'
import { percentagesOf } from './rules.ts'
import { words } from './words.ts'

type Followed = { id: number; programmeId: number; administrationId: number; administration: string }

/** The sessions of an administration in the programme of its pathway and, for its referent, their own, with the figures they make. */
export async function groupsOf(c: Context<WebEnv>, { programmeId, administrationId, administration }: Followed): Promise<Group[]> {
  const { db, person, now, language } = c.var
  const t = words[language]
  const group = async (title: string, of: Parameters<typeof expectedSessions>[1]['of']) => {
    const sessions = await expectedSessions(db, { programmeId, of, now })
    return { title, sessions, percentages: percentagesOf(sessions.map(({ outcome }) => outcome)) }
  }
  if (!person || !isReferentOf(person, administrationId)) return [await group(t.ofThisAdministration(administration), { administrationId })]
  return [await group(t.ofAdministration, { administrationId }), await group(t.own, { personId: person.id })]
}

/** On the page of a pathway: how often the administration and its referent were there. */
export const attendancePanel: PathwayPanel = async (c, { enrolment }) => {
  if (!c.var.person) return null
  const groups = await groupsOf(c, enrolment)
  return percentagesPanel(c.var.language, { groups, href: `${pathwayPath(enrolment.id)}/attendance` })
}
