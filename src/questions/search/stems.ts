import { stemmer } from '@orama/stemmers/italian'
import { stopWords } from './stop-words.ts'

/**
 * The Italian stems of a text, as the index keeps them: small letters and digits only, so that the tokenisers of both
 * engines take each for one word. A word that ends in an accent leaves the stem of its plain spelling too (`qualità`, `qualita`).
 */
export const stems = (text: string): string[] => wordsOf(text).flatMap(stemsOfWord)

/** The words that count, lower case, with their accents: the stemmer needs them. */
export function wordsOf(text: string): string[] {
  const found = withAccents(text.normalize('NFC').toLowerCase()).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return found.filter((word) => {
    const bare = plain(word)
    return bare !== '' && !stopWords.has(bare) && (bare.length > 1 || /\d/.test(bare))
  })
}

export function stemsOfWord(word: string): string[] {
  const found = [stem(word), /[àáèéìíòóùú]$/.test(word) ? stem(plain(word)) : '']
  return [...new Set(found.filter(Boolean))]
}

/** Lower case without accents; letters of other alphabets are left out, one engine would keep them and the other not. */
export const plain = (word: string): string =>
  word
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, longest)

const longest = 40

const stem = (word: string) => families.find(([beginning]) => beginning.test(word))?.[1] ?? plain(stemmer(word))

/** The register and many keyboards write `citta'` for `città`; the apostrophe of `dell'ente` and of 'quoted words' is another thing. */
function withAccents(text: string): string {
  return text
    .replace(/[’‘`´]/g, "'")
    .replace(/(?<![\p{L}\p{N}])'(?=\p{L})([^'\n]{1,80})'(?![\p{L}\p{N}])/gu, ' $1 ')
    .replace(/(?<=\p{L})([aeiou])'(?![\p{L}\p{N}])/gu, (_, vowel: string) => accented[vowel] ?? vowel)
}

const accented: Record<string, string> = { a: 'à', e: 'è', i: 'ì', o: 'ò', u: 'ù' }

/** Words of the offer whose forms the stemmer keeps apart (`iscriversi`, `iscrizione`) or takes for another (`comunicazione`, `comune`). */
const families: readonly (readonly [RegExp, string])[] = [
  [/^iscri[stvz]/, 'iscriv'],
  [/^rispo[ns]/, 'rispond'],
  [/^sce[gl]/, 'scegl'],
  [/^comunic/, 'comunic'],
  [/^racco[gl]/, 'raccogl'],
  [/^richie/, 'richied'],
  [/^conclu/, 'conclud'],
  [/^ade[rs]/, 'ader'],
  [/^gesti/, 'gest'],
  [/^scad/, 'scad'],
  [/^uten[tz]/, 'utent'],
  [/^acce(d|ss[oi]$)/, 'acced'],
  [/^compil/, 'compil'],
  [/^estra/, 'estra'],
  [/^ent[ei]$/, 'ent'],
]
