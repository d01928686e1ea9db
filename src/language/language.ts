export const languages = ['it', 'en'] as const
export type Language = (typeof languages)[number]

/** A feature's texts: Italian first; English must have the same shape, or it doesn't compile. */
export function dictionary<W>(it: W, en: NoInfer<Shape<W>>): Record<Language, Shape<W>> {
  return { it: it as Shape<W>, en }
}

/** The same keys and arguments, with any text. */
type Shape<W> = W extends string
  ? string
  : W extends (...args: infer A) => infer R
    ? (...args: A) => Shape<R>
    : { [K in keyof W]: Shape<W[K]> }

/** The first of our languages that the browser asks for; Italian otherwise. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const asked = (acceptLanguage ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase())
  return asked.find((code): code is Language => (languages as readonly string[]).includes(code)) ?? 'it'
}
