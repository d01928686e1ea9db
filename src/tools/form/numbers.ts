import type { Language } from '../../language/language.ts'

/**
 * A number as it is written in this language ("1.234,5" in Italian, "1,234.5" in English), with a point and nothing else;
 * null when it is none.
 */
export function readNumber(text: string, language: Language): string | null {
  const [thousands, decimal] = language === 'it' ? (['.', ','] as const) : ([',', '.'] as const)
  const tight = text.replace(/[\s\u00A0]/g, '')
  const grouped = new RegExp(`^-?\\d{1,3}(\\${thousands}\\d{3})+(\\${decimal}\\d{1,6})?$`).test(tight)
  const plain = (grouped ? tight.replaceAll(thousands, '') : tight).replace(/[.,]/, '.')
  return /^-?\d{1,12}(\.\d{1,6})?$/.test(plain) ? String(Number(plain)) : null
}

/** A kept number as it is written in a field of this language. */
export const writtenNumber = (kept: string, language: Language): string => (language === 'it' ? kept.replace('.', ',') : kept)
