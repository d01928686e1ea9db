import { anyOf, capitals, loosely, reworded, rotations } from './patterns.ts'
import type { Persons } from './without-persons.ts'

/** The administration, by its name and by its place alone, becomes "l’amministrazione". */
export function withoutBodies(text: string, { administrations }: Persons): string {
  const whole = anyOf(administrations.map(loosely), 'giu', { before: String.raw`${article}(?:([nv]ostr[oa]|[ms]u[oa])\s+)?` })
  const placeNames = administrations.flatMap(places).flatMap(capitals)
  const inPlace = anyOf(placeNames, 'gu', { before: String.raw`(?<!\s)\s+(?:a|ad|di|da|in|per)\s+` })

  const named = reworded(text, whole, theBody)
  const placed = inPlace ? named.replace(inPlace, '') : named
  return reworded(placed, anyOf(placeNames, 'gu', { before: article }), theBody)
}

/** People, by their whole names however they are written, and by parts of them where they are written as names. */
export function withoutNames(text: string, { names }: Persons): string {
  const whole = anyOf(names.filter(isWhole).flatMap(rotations).map(loosely), 'giu', { before: titled })
  const parts = names.flatMap((name) => name.split(/\s+/)).filter((part) => part.length >= 3)
  const run = parts.length > 0 ? oneOrMore(parts.flatMap(capitals)) : ''
  const initial = String.raw`(?:(?<!\p{L})\p{Lu}\.\s*)?`
  return reworded(reworded(text, whole, aPerson), anyOf([run], 'gu', { before: titled + initial }), aPerson)
}

const isWhole = (name: string) => /\S\s+\S/.test(name)
const oneOrMore = (words: readonly string[]) => String.raw`(?:${words.join('|')})(?:\s+(?:${words.join('|')}))*`

const elided = (stems: string) => `(?:${stems})['’]`
// A group of its own that ignores case would be shorter, but V8 matches it wrongly once a process has compiled many patterns.
const anyCase = (words: string) => words.replace(/\p{L}/gu, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`)
const before = anyCase('il|lo|la|del|dello|della|al|allo|alla|dal|dallo|dalla|nel|nello|nella|sul|sullo|sulla|col|di|a|da')
const article = String.raw`(?:(?<!\p{L})((?:${before})(?=\s)|${elided(anyCase('l|dell|all|dall|nell|sull'))})\s*)?`
const title = String.raw`gentil(?:e|issim[ao])|gent\.?m[ao]|dott(?:\.?ssa|oressa|ore?|\.)?|dr\.?(?:ssa)?|sig(?:\.?ra|nora|nore?|\.)?|ing(?:\.|egnere?)|arch(?:\.|itetto)|avv(?:\.|ocato)|prof(?:\.?ssa|essoressa|essore?|\.)?|geom\.|rag\.|collega|referente`
/** An article only counts before a title: "della dott.ssa Rosa". */
const titled = String.raw`(?:${article}(?<!\p{L})(?:(?:${title})\s+){1,3})?`

function theBody(found?: string, possessive?: string): string {
  if (possessive) return `${found ? `${found} ` : ''}${possessive} ${/a$/i.test(possessive) ? 'amministrazione' : 'ente'}`
  return `${joined[prepositionOf(found)] ?? 'l’'}amministrazione`
}

const joined: Record<string, string> = { di: 'dell’', a: 'all’', da: 'dall’', in: 'nell’', su: 'sull’', con: 'con l’' }

function aPerson(found?: string): string {
  const preposition = prepositionOf(found)
  return `${preposition && `${preposition} `}una persona`
}

/** `della` is `di` and an article; a bare article has none. */
function prepositionOf(found = ''): string {
  const lower = found.toLowerCase()
  return Object.entries(contractions).find(([, pattern]) => pattern.test(lower))?.[0] ?? ''
}
const contractions = { di: /^d(i$|el)/, a: /^a(l|$)/, da: /^da/, in: /^ne/, su: /^su/, con: /^co/ }

/** "Salerno" of "Comune di Salerno" and of "Camera di Commercio di Salerno", "Calabria" of "Regione Calabria". */
function places(administration: string): string[] {
  const parts = administration.split(/\s+di\s+/i)
  const region = administration.match(/^regione\s+(.+)/i)?.[1]
  return [parts.slice(1).join(' di '), parts.length > 1 ? parts.at(-1) : '', region].filter(
    (place) => place !== undefined && place.length >= 4,
  ) as string[]
}
