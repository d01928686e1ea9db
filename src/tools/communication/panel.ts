import type { Context } from 'hono'
import type { FoundModule } from '../../pathways/modules/queries.ts'
import { covers } from '../../people/rules.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import { feedOf } from '../feed.ts'
import { toolPath } from '../paths.ts'
import { resultsContent, sameContent } from './page-content.ts'
import { publicationSection } from './pages.ts'
import { publishedResultsOf, writtenResults } from './queries.ts'

/** Below the communication plan: its public page. Coordinators of the region may take it off the public, too. */
export async function publicationPanel(c: Context<WebEnv>, { open, enrolment }: FoundModule): Promise<Html> {
  const { db, language, dates, signedIn } = c.var
  const page = await publishedResultsOf(db, open)
  const now = resultsContent(await writtenResults(db, open), await feedOf(db, open.enrolmentId), enrolment.administration)
  const publication = {
    path: toolPath(open),
    page,
    changed: page !== undefined && now !== null && !sameContent(page.content, now),
    mayPublish: open.mayWork && now !== null,
    mayWithdraw: open.mayWork || covers(signedIn.coordinator, open.region),
  }
  return publicationSection(publication, { language, dates, today: open.today })
}
