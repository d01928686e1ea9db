import type { Language } from './language.ts'

const formatters = {
  it: new Intl.NumberFormat('it-IT', { useGrouping: 'always' }),
  en: new Intl.NumberFormat('en-GB'),
} satisfies Record<Language, Intl.NumberFormat>

/** "22.878" in Italian, "22,878" in English. */
export const formatNumber = (value: number, language: Language): string => formatters[language].format(value)

/** "12,5%" of a share between 0 and 1; a dash when there is nothing to divide by. */
export function formatShare(part: number, whole: number, language: Language): string {
  if (whole === 0) return '–'
  const locale = language === 'it' ? 'it-IT' : 'en-GB'
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(part / whole)
}

const decimals = new Map<string, Intl.NumberFormat>()

/** "4,20" in Italian, "4.20" in English: always so many digits, so that columns line up. */
export function formatDecimal(value: number, language: Language, digits = 2): string {
  const key = `${language} ${digits}`
  const formatter =
    decimals.get(key) ??
    new Intl.NumberFormat(language === 'it' ? 'it-IT' : 'en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  decimals.set(key, formatter)
  return formatter.format(value)
}
