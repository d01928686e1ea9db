import type { MaturityLevel } from '../database/schema.ts'
import type { Language } from '../language/language.ts'

/** How far an administration is in listening to its users, from the least; from its self-assessment. */
export const maturityLevels = ['starting', 'developing', 'established', 'advanced'] as const satisfies readonly MaturityLevel[]

const names: Record<MaturityLevel, Record<Language, string>> = {
  starting: { it: 'Agli inizi', en: 'Starting' },
  developing: { it: 'In sviluppo', en: 'Developing' },
  established: { it: 'Consolidata', en: 'Established' },
  advanced: { it: 'Avanzata', en: 'Advanced' },
}

export const maturityName = (level: MaturityLevel, language: Language): string => names[level][language]
