import type { Language } from '../language/language.ts'
import { isCoordinator, isReferent, isStaff } from '../people/rules.ts'
import type { NavigationLink, Person } from '../web/env.ts'
import { words } from './words.ts'

/** The main menu: what this person comes for, first things first. */
export function navigationFor(person: Person | null, language: Language): NavigationLink[] {
  const t = words[language].navigation
  const links: [string, string, boolean][] = [
    ['/pathway', t.pathway, isReferent(person)],
    ['/administrations', t.administrations, isStaff(person)],
    ['/programmes', t.programmes, isCoordinator(person)],
    ['/pathways', t.pathways, isStaff(person) && !isCoordinator(person)],
    ['/sessions', t.sessions, isStaff(person)],
    ['/submissions', t.submissions, isStaff(person)],
    ['/help', t.help, !isStaff(person)],
    ['/questions', t.questions, isStaff(person) || isReferent(person)],
    ['/reports', t.reports, isCoordinator(person)],
    ['/programme', t.programme, !isStaff(person)],
    ['/faq', t.faq, true],
  ]
  return links.filter(([, , shown]) => shown).map(([href, label]) => ({ href, label }))
}
