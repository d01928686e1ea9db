import type { Language } from '../../language/language.ts'
import { isReferentOf } from '../../people/rules.ts'
import type { Person } from '../../web/env.ts'
import type { Crumb } from '../../web/layout.ts'
import type { Enrolment } from '../progress/queries.ts'
import { words } from '../progress/words.ts'
import { modulePath, pathwayPath } from './panel.ts'
import type { FoundModule } from './queries.ts'

/** Referents come from their own pathway, staff from the administration. */
export function crumbsToPathway(enrolment: Enrolment, person: Person, language: Language): Crumb[] {
  const t = words[language]
  if (isReferentOf(person, enrolment.administrationId)) return [{ href: '/pathway', label: t.mine }]
  return [
    { href: '/administrations', label: t.administrations },
    { href: `/administrations/${enrolment.administrationId}`, label: enrolment.administration },
  ]
}

export const crumbsToModule = ({ enrolment }: FoundModule, person: Person, language: Language): Crumb[] => [
  ...crumbsToPathway(enrolment, person, language),
  { href: pathwayPath(enrolment.id), label: enrolment.pathway },
]

/** For a page of the module's own, such as a form with problems. */
export const crumbsInModule = (found: FoundModule, person: Person, language: Language): Crumb[] => [
  ...crumbsToModule(found, person, language),
  { href: modulePath(found.open), label: found.open.title },
]
