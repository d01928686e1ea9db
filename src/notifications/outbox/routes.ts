import { type Context, Hono } from 'hono'
import { requireNationalCoordinator } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import { type ListRequest, readList } from '../../web/lists.ts'
import { id } from '../../web/paths.ts'
import { fragment, page, wantsFragment } from '../../web/respond.ts'
import { mailList, mailPage, outboxPage, subjectOf } from './pages.ts'
import { findMail, listMails, mailSorts } from './queries.ts'
import { mailStates } from './rules.ts'
import { words } from './words.ts'

/** What was written to whom. With `showSecrets`, mails that let their reader sign in can be read too: never in production. */
export function outboxRoutes({ showSecrets = false } = {}) {
  const routes = new Hono<WebEnv>()

  routes.get('/outbox', requireNationalCoordinator, async (c) => {
    const { db, language, dates } = c.var
    const list = readMailList(c)
    const shown = { language, dates, showSecrets, list, ...(await listMails(db, list, showSecrets)) }
    return wantsFragment(c) ? fragment(c, mailList(shown)) : page(c, { title: words[language].title, content: outboxPage(shown) })
  })

  routes.get(`/outbox/${id('id')}`, requireNationalCoordinator, async (c) => {
    const { db, language, dates } = c.var
    const mail = await findMail(db, Number(c.req.param('id')))
    if (!mail) return c.notFound()
    const shown = { language, dates, showSecrets }
    const breadcrumb = [{ href: '/outbox', label: words[language].title }]
    return page(c, { title: subjectOf(mail, shown), content: mailPage(mail, shown), breadcrumb })
  })

  return routes
}

/** The newest mails come first until somebody sorts them. */
function readMailList(c: Context<WebEnv>): ListRequest<(typeof mailSorts)[number]> {
  const { filters, ...list } = readList(c, mailSorts, ['state'])
  const state = mailStates.find((each) => each === filters.state)
  return { ...list, descending: list.descending || c.req.query('sort') === undefined, filters: state ? { state } : {} }
}
