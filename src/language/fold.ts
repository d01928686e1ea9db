/**
 * Text as it is compared and searched: lower case, no accents, one space between words.
 * The register writes accents as apostrophes (`Citta'`), so an apostrophe that ends a word is dropped.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replace(/'(?=$|[^\p{L}\p{N}])/gu, '')
    .replace(/[^\p{L}\p{N}@._'-]+/gu, ' ')
    .trim()
}
