/** Any of these, as whole words; null when there are none, for an empty choice would match everywhere. */
export function anyOf(alternatives: readonly string[], flags: string, { before = '', after = '' } = {}): RegExp | null {
  const choice = [...new Set(alternatives.filter(Boolean))].sort((a, b) => b.length - a.length).join('|')
  return choice ? new RegExp(String.raw`${before}(?<![\p{L}\p{N}])(?:${choice})(?![\p{L}\p{N}])${after}`, flags) : null
}

/** A name as people write it: with or without accents, apostrophes instead, any space between its words. */
export const loosely = (name: string): string =>
  plainName(name)
    .split(' ')
    .map((word) => `${[...word].map((letter) => spellings[letter] ?? escaped(letter)).join('')}['’]?`)
    .join(String.raw`\s+`)

/** The same where it is written as a name: its capitals tell `Rosa` from `rosa`. */
export const capitals = (name: string): string[] => [loosely(inTitleCase(plainName(name))), loosely(plainName(name).toUpperCase())]

/** "Rosa Esposito" and "Esposito Rosa". */
export function rotations(name: string): string[] {
  const parts = plainName(name).split(' ')
  return parts.map((_, index) => [...parts.slice(index), ...parts.slice(0, index)].join(' '))
}

/** Puts other words in place, with a capital where they begin a sentence. */
export function reworded(text: string, pattern: RegExp | null, instead: (...groups: (string | undefined)[]) => string): string {
  if (!pattern) return text
  return text.replace(pattern, (...found) => {
    const offset = found.findIndex((each) => typeof each === 'number')
    const words = instead(...found.slice(1, offset))
    return /(?:^|[.!?\n])\s*$/.test(text.slice(Math.max(0, found[offset] - 5), found[offset])) ? capitalised(words) : words
  })
}

export const capitalised = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())

const plainName = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[’‘`´]/g, "'")
    .replace(/'(?![\p{L}\p{N}])/gu, '')
    .trim()
    .replace(/\s+/g, ' ')

const particles = new Set(['di', 'del', 'dei', 'della', 'delle', 'degli', 'in', 'al', 'a', 'e', 'la', 'sul', 'sulla', 'con'])

const inTitleCase = (name: string) =>
  name
    .toLowerCase()
    .split(' ')
    .map((word, index) =>
      index > 0 && particles.has(word) ? word : word.replace(/(?<![\p{L}\p{N}])\p{L}/gu, (letter) => letter.toUpperCase()),
    )
    .join(' ')

const spellings: Record<string, string> = {
  a: '[aàá]',
  e: '[eèé]',
  i: '[iìí]',
  o: '[oòó]',
  u: '[uùú]',
  A: '[AÀÁ]',
  E: '[EÈÉ]',
  I: '[IÌÍ]',
  O: '[OÒÓ]',
  U: '[UÙÚ]',
  "'": "['’]",
}

const escaped = (letter: string) => letter.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
