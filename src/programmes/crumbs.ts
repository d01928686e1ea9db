import type { Language } from '../language/language.ts'
import type { Crumb } from '../web/layout.ts'
import { words } from './words.ts'

export const toProgrammes = (language: Language): Crumb[] => [{ href: '/programmes', label: words[language].programmes }]

/** The pages above one that belongs to a programme. */
export const toProgramme = (language: Language, { id, title }: { id: number; title: string }): Crumb[] => [
  ...toProgrammes(language),
  { href: `/programmes/${id}`, label: title },
]
