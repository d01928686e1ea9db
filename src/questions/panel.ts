import type { ModulePanel } from '../pathways/modules/panel.ts'
import { isReferentOf } from '../people/rules.ts'
import { modulePanel } from './pages.ts'
import { questionsOnModule } from './queries.ts'
import { searchFaq } from './search/queries.ts'

const entriesShown = 5
const questionsShown = 5

/** On a module's page: what has been answered already, what the administration has asked, and the way to ask. */
export const questionPanel: ModulePanel = async (c, { moduleId, administrationId }) => {
  const { db, person, language } = c.var
  const faq = await searchFaq(db, '', { moduleId, limit: entriesShown, offset: 0 })
  const questions = await questionsOnModule(db, { administrationId, moduleId, limit: questionsShown }, person)
  return modulePanel(language, { moduleId, administrationId, faq, questions, mayAsk: isReferentOf(person, administrationId) })
}
