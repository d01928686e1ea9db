import type { SizeClass } from '../database/schema.ts'
import { fold } from '../language/fold.ts'
import type { Language } from '../language/language.ts'

export const sizeClasses = ['small', 'medium', 'large'] as const satisfies readonly SizeClass[]

const names: Record<SizeClass, Record<Language, string>> = {
  small: { it: 'Piccola', en: 'Small' },
  medium: { it: 'Media', en: 'Medium' },
  large: { it: 'Grande', en: 'Large' },
}

export const isSizeClass = (text: string | undefined): text is SizeClass => sizeClasses.some((size) => size === text)

export const sizeName = (size: SizeClass, language: Language): string => names[size][language]

/** The size class by its name in either language, masculine or feminine; null where it says something else. */
export function sizeByName(text: string): SizeClass | null {
  const name = fold(text).replace(/o$/, 'a')
  return sizeClasses.find((size) => [size, ...Object.values(names[size]).map(fold)].includes(name)) ?? null
}
