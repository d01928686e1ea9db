import { nameOrFormer } from '../../administrations/referents/names.ts'
import type { Language } from '../../language/language.ts'
import type { Question } from '../queries.ts'
import { words } from '../words.ts'

/** Whoever reads from outside reads no name; a colleague's missing name is that of somebody who has left. */
export const askerOf = ({ asker, readsNames }: Pick<Question, 'asker' | 'readsNames'>, language: Language): string =>
  readsNames ? nameOrFormer(asker, language) : words[language].someReferent
