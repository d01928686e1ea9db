import type { Database } from '../../../database/schema.ts'
import { fold } from '../../../language/fold.ts'
import { type Registered, registeredFor } from '../../registration/queries.ts'
import { inParts, isReferentNow } from './queries.ts'
import { nameKeys } from './read/names.ts'
import type { Participant } from './read/participants.ts'

export type MatchedBy = 'email' | 'learned' | 'name'
/** Why nobody was matched: several bear the name, somebody's name is similar, the address or the name is nobody's. */
export type UnmatchedBecause = 'namesakes' | 'similar' | 'unknown_email' | 'unknown_name'
export type Matched = {
  participant: Participant
  by: MatchedBy | null
  person: { id: number; name: string } | null
  because: UnmatchedBecause | null
  /** Registered people who share words of the name, where nobody was matched; the likeliest first. */
  suggestions: Registered[]
}
type Known = { id: number; name: string }

/** Who each participant is: by address, by a name learned before, by the exact name among the registered. Namesakes are never guessed. */
export async function matchParticipants(db: Database, sessionId: number, participants: readonly Participant[]): Promise<Matched[]> {
  const registered = await registeredFor(db, sessionId)
  const byEmail = await peopleByEmail(db, participants, registered)
  const learned = await learnedNames(db, participants)
  const names = registered.map(({ personId, name }) => ({ key: fold(name), id: personId, name }))
  const byName = uniqueByName(names)
  const similar = similarTo(registered)

  return participants.map((participant) => {
    const keys = nameKeys([participant.name, ...participant.otherNames])
    const found: [MatchedBy, Known | undefined][] = [
      ['email', byEmail.get(participant.email ?? '')],
      ['learned', onlyOne(keys.map((key) => learned.get(key)))],
      ['name', onlyOne(keys.map((key) => byName.get(key)))],
    ]
    const [by, person] = found.find(([, person]) => person) ?? []
    if (by && person) return { participant, by, person, because: null, suggestions: [] }
    const suggestions = similar(keys)
    const because = becauseOf(participant, { shared: names.some(({ key }) => keys.includes(key)), suggestions })
    return { participant, by: null, person: null, because, suggestions }
  })
}

/** `shared`: registered people bear exactly this name, and more than one do, or one would have been matched. */
function becauseOf(
  { email }: Participant,
  { shared, suggestions }: { shared: boolean; suggestions: readonly Registered[] },
): UnmatchedBecause {
  if (shared) return 'namesakes'
  if (suggestions.length > 0) return 'similar'
  return email ? 'unknown_email' : 'unknown_name'
}

async function peopleByEmail(db: Database, participants: readonly Participant[], registered: readonly Registered[]) {
  const emails = [...new Set(participants.flatMap(({ email }) => email ?? []))]
  const referents = await inParts(emails, (part) =>
    db.selectFrom('person').where('email', 'in', part).where(isReferentNow).select(['id', 'name', 'email']).execute(),
  )
  const known = [...registered.map(({ personId, name, email }) => ({ id: personId, name, email })), ...referents]
  return new Map(known.map(({ email, ...person }): [string, Known] => [email, person]))
}

async function learnedNames(db: Database, participants: readonly Participant[]) {
  const keys = [...new Set(participants.flatMap(({ name, otherNames }) => nameKeys([name, ...otherNames])))]
  const rows = await inParts(keys, (part) =>
    db
      .selectFrom('attendance_name')
      .innerJoin('person', 'person.id', 'attendance_name.person_id')
      .where('name_key', 'in', part)
      .select(['name_key as key', 'person.id', 'person.name'])
      .execute(),
  )
  return uniqueByName(rows)
}

/** A name that two people bear says nothing. */
function uniqueByName(rows: readonly (Known & { key: string })[]): Map<string, Known> {
  const found = new Map<string, Known | null>()
  for (const { key, id, name } of rows) {
    const other = found.get(key)
    found.set(key, other === undefined || other?.id === id ? { id, name } : null)
  }
  return new Map([...found].filter((entry): entry is [string, Known] => entry[1] !== null))
}

function onlyOne(people: readonly (Known | undefined)[]): Known | undefined {
  const found = new Map(people.filter((person) => person !== undefined).map((person) => [person.id, person]))
  return found.size === 1 ? [...found.values()][0] : undefined
}

const mostSuggestions = 12

/** Finds registered people who share words of a name, those who share most first. */
function similarTo(registered: readonly Registered[]): (keys: readonly string[]) => Registered[] {
  const byWord = new Map<string, Registered[]>()
  for (const person of registered)
    for (const word of new Set(wordsOf(fold(person.name)))) byWord.set(word, [...(byWord.get(word) ?? []), person])
  return (keys) => {
    const shared = new Map<Registered, number>()
    for (const word of new Set(keys.flatMap(wordsOf)))
      for (const person of byWord.get(word) ?? []) shared.set(person, (shared.get(person) ?? 0) + 1)
    return [...shared]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, mostSuggestions)
      .map(([person]) => person)
  }
}

const wordsOf = (key: string) => key.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= 3)
