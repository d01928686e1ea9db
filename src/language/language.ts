export const languages = ['it', 'en'] as const
export type Language = (typeof languages)[number]

/** A feature's texts: Italian first; English must have the same shape, or it doesn't compile. */
export function dictionary<W>(it: W, en: NoInfer<W>): Record<Language, W> {
  return { it, en }
}

/** The first of our languages that the browser asks for; Italian otherwise. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const asked = (acceptLanguage ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase())
  return asked.find((code): code is Language => (languages as readonly string[]).includes(code)) ?? 'it'
}
