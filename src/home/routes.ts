import { type Context, Hono } from 'hono'
import { enrolmentCards } from '../pathways/progress/cards.ts'
import { currentEnrolments } from '../pathways/progress/queries.ts'
import { isStaff } from '../people/rules.ts'
import { pendingTiles } from '../sessions/invitations/panel.ts'
import { pendingInvitations } from '../sessions/invitations/queries.ts'
import type { Person, WebEnv } from '../web/env.ts'
import { page } from '../web/respond.ts'
import { dayPage, visitorPage } from './pages.ts'
import { comingSessions, reachDatabase, waitingForStaff } from './queries.ts'
import { words } from './words.ts'

export const homeRoutes = new Hono<WebEnv>()

homeRoutes.get('/', (c) => {
  const { person, language } = c.var
  return person ? showDay(c, person) : page(c, { title: words[language].title, content: visitorPage(language) })
})

const mostInvitations = 5

async function showDay(c: Context<WebEnv>, person: Person) {
  const { db, now, language, dates } = c.var
  const enrolments = await currentEnrolments(db, person.administrations, person)
  const content = dayPage({
    person,
    language,
    dates,
    sessions: await comingSessions(db, person, now),
    pathways: enrolments.length > 0 ? enrolmentCards(enrolments, language, 'h3') : null,
    invitations: pendingTiles(c.var, await pendingInvitations(db, person, { now, limit: mostInvitations })),
    waiting: isStaff(person) ? await waitingForStaff(db, person) : null,
  })
  return page(c, { title: words[language].title, content })
}

homeRoutes.get('/health', async (c) => {
  await reachDatabase(c.var.db)
  return c.json({ status: 'ok' })
})
