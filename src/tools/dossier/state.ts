import type { Language } from '../../language/language.ts'
import type { ModuleStanding } from '../../pathways/progress/standing.ts'
import { words } from '../../pathways/progress/words.ts'

export const stateName = ({ state }: Pick<ModuleStanding, 'state'>, language: Language): string => words[language].state[state]
