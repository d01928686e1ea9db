import type { Database } from '../../database/schema.ts'
import { plain, wordsOf } from './stems.ts'
import { searchTerms, type Term } from './terms.ts'
import { completionsOf, type Known, knownAmong, slipsOf } from './vocabulary.ts'

/** One word of a search with the known stems that it may stand for; `weight` between 0 and 1 says how surely. */
export type Meant = { stems: readonly (Known & { weight: number })[] }

const mostUnknown = 4

/** What a text looks for: each word by its stems, the last also by how it may go on, and what nobody knows by what was probably meant. */
export async function understand(db: Database, text: string): Promise<Meant[]> {
  const terms = searchTerms(text)
  const words = [...new Set(wordsOf(text.slice(0, 500)))].slice(-terms.length)
  const known = new Map((await knownAmong(db, [...new Set(terms.flatMap(({ stems }) => stems))])).map((row) => [row.stem, row]))
  let unknown = 0

  const meant: Meant[] = []
  for (const [index, term] of terms.entries()) {
    const found = term.stems.flatMap((stem) => {
      const row = known.get(stem)
      return row ? [{ ...row, weight: weightOf(term, stem) }] : []
    })
    const completions = term.beginning ? await completionsOf(db, term.beginning) : []
    const all = [...found, ...completions.filter(({ stem }) => !known.has(stem)).map((row) => ({ ...row, weight: 0.8 }))]
    if (all.length === 0 && unknown < mostUnknown) {
      unknown += 1
      const slips = await slipsOf(db, [...new Set([plain(words[index] ?? ''), term.stems[0] ?? ''])])
      all.push(...slips.map((row) => ({ ...row, weight: 0.6 })))
    }
    meant.push({ stems: all })
  }
  return meant
}

/** The last word's shortened forms are guesses; its own stem is not. */
const weightOf = ({ stems, beginning }: Term, stem: string) => (beginning === null || stem === stems[0] ? 1 : 0.7)

/** The same for the search among entries, which looks for stems as they are: what was probably meant is looked for, too. */
export async function understoodTerms(db: Database, text: string): Promise<Term[]> {
  const meant = await understand(db, text)
  return searchTerms(text).map((term, index) => ({
    ...term,
    stems: [...new Set([...term.stems, ...(meant[index]?.stems ?? []).map(({ stem }) => stem)])],
  }))
}
