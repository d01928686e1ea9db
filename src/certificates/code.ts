import { randomInt } from 'node:crypto'

/** No 0, O, 1, I or L: read aloud or copied from paper, none is taken for another. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const length = 12

/** A new verification code, in groups of four: "7KQM-2XWA-9PTD". */
export const newCode = (): string => grouped(Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join(''))

/** The code as it is kept, from one typed in any case, with or without dashes and spaces; null when it can't be one. */
export function readCode(typed: string): string | null {
  const plain = typed.toUpperCase().replace(/[\s\p{Pd}]/gu, '')
  const isOne = plain.length === length && [...plain].every((sign) => alphabet.includes(sign))
  return isOne ? grouped(plain) : null
}

const grouped = (plain: string) => plain.replace(/(.{4})(?=.)/g, '$1-')
