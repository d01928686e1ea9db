import { plain, stemsOfWord, wordsOf } from './stems.ts'

/** One word of a search: any of its stems finds it; `beginning` finds also the words that start so. */
export type Term = { stems: readonly string[]; beginning: string | null }

const mostTerms = 12
const longestSearch = 500
const shortestStem = 4
const longestEnding = 6

/**
 * What to look for. The last word may be unfinished, as one searches while typing: it also finds the words that begin
 * like it (`questio`) and, when it has grown past its stem (`pubblicaz`), the stem that it will have.
 */
export function searchTerms(text: string): Term[] {
  const words = [...new Set(wordsOf(text.slice(0, longestSearch)))]
  const last = words.at(-1)
  return words.slice(-mostTerms).map((word) => (word === last ? unfinished(word) : { stems: stemsOfWord(word), beginning: null }))
}

function unfinished(word: string): Term {
  const typed = plain(word)
  const shorter = Array.from({ length: longestEnding }, (_, index) => typed.slice(0, typed.length - index))
  const found = [...stemsOfWord(word), ...shorter.filter((each) => each.length >= shortestStem)]
  return { stems: [...new Set(found)], beginning: shared(found[0] ?? typed, typed) }
}

/** The stem, or what was typed when the stemmer has changed its letters. */
const shared = (stem: string, typed: string) => (typed.startsWith(stem) ? stem : typed)
