import { randomBytes, randomInt } from 'node:crypto'

/** No 0, o, 1, i or l: typed from paper, none is taken for another. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'

/** What the public address of a survey ends with; long enough that nobody finds one by trying. */
export const newSurveyCode = (): string => Array.from({ length: 9 }, () => alphabet[randomInt(alphabet.length)]).join('')

export const newFormSecret = (): string => randomBytes(24).toString('base64url')
