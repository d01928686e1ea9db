import type { ExpressionBuilder } from 'kysely'
import { seenBy } from '../../administrations/queries.ts'
import { asMoment } from '../../database/moment.ts'
import type { Database, Schema } from '../../database/schema.ts'
import { fold } from '../../language/fold.ts'
import type { Person } from '../../web/env.ts'
import { type ListRequest, rowsPerPage } from '../../web/lists.ts'
import { inOurWords, isOpen, used } from './queries.ts'
import type { Guest, GuestRole, InvitationState } from './rules.ts'

// Whom whoever is in charge has invited, and whom they can invite. -------------------------------------------------------

export const invitationSorts = ['administration', 'until', 'role'] as const
export const invitationFilters = ['state'] as const

export type InvitationRow = {
  id: number
  administration: string
  /** Null: whoever comes for the administration. */
  person: string | null
  role: GuestRole
  places: number
  placesKept: number
  used: number
  lapsesAt: Temporal.Instant
  acceptedAt: Temporal.Instant | null
  declinedAt: Temporal.Instant | null
  withdrawnAt: Temporal.Instant | null
  lapsedAt: Temporal.Instant | null
}

/** The invitations of a session whose administrations this person may see; `others`: how many more there are. */
export async function listInvitations(
  db: Database,
  list: ListRequest<(typeof invitationSorts)[number]>,
  { sessionId, person, now }: { sessionId: number; person: Person; now: Temporal.Instant },
): Promise<{ rows: InvitationRow[]; total: number; others: number }> {
  const words = fold(list.q).split(' ').filter(Boolean)
  const all = db
    .selectFrom('invitation')
    .innerJoin('administration', 'administration.id', 'invitation.administration_id')
    .leftJoin('person', 'person.id', 'invitation.person_id')
    .where('invitation.session_id', '=', sessionId)
  const count = async (query: typeof all) =>
    Number((await query.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count)
  const seen = all.where((eb) => seenBy(eb, person))
  const matching = seen
    .where((eb) =>
      eb.and(
        words.map((word) => eb.or([eb('search_text', 'like', `%${word}%`), eb(eb.fn('lower', ['person.name']), 'like', `%${word}%`)])),
      ),
    )
    .where((eb) => inState(eb, list.filters.state, now))
  const column = ({ administration: 'administration.search_text', until: 'lapses_at', role: 'role' } as const)[list.sort]
  const rows = await matching
    .select(['invitation.id', 'administration.name as administration', 'person.name as person', 'role', 'places'])
    .select(['places_kept as placesKept', 'lapses_at', 'accepted_at', 'declined_at', 'withdrawn_at', 'lapsed_at'])
    .select((eb) => used(eb).as('used'))
    .orderBy(column, list.descending ? 'desc' : 'asc')
    .orderBy('invitation.id')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  return { rows: rows.map(inOurWords), total: await count(matching), others: (await count(all)) - (await count(seen)) }
}

/** Whether this is one of the session's invitations that the person may see. */
export async function seesInvitation(db: Database, { id, sessionId }: { id: number; sessionId: number }, person: Person): Promise<boolean> {
  const row = await db
    .selectFrom('invitation')
    .innerJoin('administration', 'administration.id', 'invitation.administration_id')
    .where('invitation.id', '=', id)
    .where('invitation.session_id', '=', sessionId)
    .where((eb) => seenBy(eb, person))
    .select('invitation.id')
    .executeTakeFirst()
  return row !== undefined
}

function inState(eb: ExpressionBuilder<Schema, 'invitation'>, state: string | undefined, now: Temporal.Instant) {
  const no = (column: 'accepted_at' | 'declined_at' | 'withdrawn_at' | 'lapsed_at') => eb(`invitation.${column}`, 'is', null)
  const past = eb('invitation.lapses_at', '<=', asMoment(now))
  const unanswered = [no('accepted_at'), no('declined_at'), no('withdrawn_at')]
  const states: Record<InvitationState, () => ReturnType<typeof eb.and>> = {
    waiting: () => eb.and([...unanswered, no('lapsed_at'), eb.not(past)]),
    accepted: () => eb.and([eb('invitation.accepted_at', 'is not', null), no('declined_at'), no('withdrawn_at')]),
    declined: () => eb.and([eb('invitation.declined_at', 'is not', null)]),
    withdrawn: () => eb.and([eb('invitation.withdrawn_at', 'is not', null)]),
    lapsed: () => eb.and([...unanswered, eb.or([eb('invitation.lapsed_at', 'is not', null), past])]),
  }
  return Object.hasOwn(states, state ?? '') ? states[state as InvitationState]() : eb.and([])
}

export const guestSorts = ['name'] as const
export const guestFilters = ['region'] as const

export type Candidate = {
  id: number
  name: string
  region: string
  /** Invited as a whole already. */
  invited: boolean
  referents: { id: number; name: string; invited: boolean }[]
}

/** Administrations with referents of today that this person may invite; those named, where some are. */
export async function listCandidates(
  db: Database,
  list: ListRequest<(typeof guestSorts)[number]>,
  { sessionId, person, only }: { sessionId: number; person: Person; only?: readonly number[] },
): Promise<{ rows: Candidate[]; total: number }> {
  const words = fold(list.q).split(' ').filter(Boolean)
  const region = list.filters.region ?? ''
  const matching = db
    .selectFrom('administration')
    .where((eb) => seenBy(eb, person))
    .where((eb) => eb.exists(referentsOf(eb)))
    .where((eb) => eb.and(words.map((word) => eb.or([eb('search_text', 'like', `%${word}%`), eb.exists(referentsOf(eb, word))]))))
    .$if(region !== '', (query) => query.where('region_code', '=', region))
    .$if(only !== undefined, (query) => query.where('administration.id', 'in', [...(only ?? []), none]))
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .select(['administration.id', 'administration.name', 'administration.region_code as region'])
    .orderBy('search_text', list.descending ? 'desc' : 'asc')
    .orderBy('administration.id')
    .$if(only === undefined, (query) => query.limit(rowsPerPage).offset((list.page - 1) * rowsPerPage))
    .execute()
  return { rows: await withReferents(db, sessionId, rows), total: Number(total) }
}

/** No administration has this id: an empty list isn't SQL. */
const none = 0

const referentsOf = (eb: ExpressionBuilder<Schema, 'administration'>, word?: string) =>
  eb
    .selectFrom('referent')
    .innerJoin('person', 'person.id', 'referent.person_id')
    .whereRef('referent.administration_id', '=', 'administration.id')
    .where('referent.until', 'is', null)
    .$if(word !== undefined, (query) => query.where((or) => or(or.fn('lower', ['person.name']), 'like', `%${word}%`)))
    .select('referent.id')

async function withReferents(
  db: Database,
  sessionId: number,
  rows: readonly Pick<Candidate, 'id' | 'name' | 'region'>[],
): Promise<Candidate[]> {
  const ids = [...rows.map(({ id }) => id), none]
  const referents = await db
    .selectFrom('referent')
    .innerJoin('person', 'person.id', 'referent.person_id')
    .where('referent.administration_id', 'in', ids)
    .where('referent.until', 'is', null)
    .orderBy('person.name')
    .orderBy('person.id')
    .select(['referent.administration_id as administrationId', 'person.id', 'person.name'])
    .execute()
  const invited = await db
    .selectFrom('invitation')
    .where('session_id', '=', sessionId)
    .where('administration_id', 'in', ids)
    .where((eb) => isOpen(eb))
    .select(['administration_id', 'person_id'])
    .execute()
  const known = new Set(invited.map(({ administration_id, person_id }) => `${administration_id} ${person_id ?? ''}`))
  const grouped = Map.groupBy(referents, ({ administrationId }) => administrationId)
  return rows.map((row) => ({
    ...row,
    invited: known.has(`${row.id} `),
    referents: (grouped.get(row.id) ?? []).map(({ id, name }) => ({ id, name, invited: known.has(`${row.id} ${id}`) })),
  }))
}

export type PastedGuests = { guests: Omit<Guest, 'places'>[]; unknown: string[]; ambiguous: string[] }

const mostLines = 500

/** The guests that pasted lines name, as far as this person may see them: by a referent's e-mail, or an administration's code or exact name. */
export async function guestsFromLines(db: Database, text: string, person: Person): Promise<PastedGuests> {
  const lines = [
    ...new Set(
      text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ].slice(0, mostLines)
  if (lines.length === 0) return { guests: [], unknown: [], ambiguous: [] }
  const keys = lines.map((line) => line.toLowerCase())
  const byEmail = await db
    .selectFrom('referent')
    .innerJoin('person', 'person.id', 'referent.person_id')
    .innerJoin('administration', 'administration.id', 'referent.administration_id')
    .where('person.email', 'in', keys)
    .where('referent.until', 'is', null)
    .where((eb) => seenBy(eb, person))
    .orderBy('referent.id')
    .select(['person.email as key', 'person.id as personId', 'administration.id as administrationId'])
    .execute()
  const byName = await db
    .selectFrom('administration')
    .where((eb) => seenBy(eb, person))
    .where((eb) => eb.exists(referentsOf(eb)))
    .where((eb) => eb.or([eb('code_key', 'in', keys), eb('name', 'in', lines)]))
    .orderBy('id')
    .select(['id as administrationId', 'code_key', 'name'])
    .execute()

  const read: PastedGuests = { guests: [], unknown: [], ambiguous: [] }
  for (const line of lines) {
    const key = line.toLowerCase()
    const referent = byEmail.find((row) => row.key === key)
    const found = byName.filter(({ code_key }) => code_key === key)
    const named = found.length > 0 ? found : byName.filter(({ name }) => name === line)
    if (referent) read.guests.push({ administrationId: referent.administrationId, personId: referent.personId })
    else if (named.length > 1) read.ambiguous.push(line)
    else if (named[0]) read.guests.push({ administrationId: named[0].administrationId, personId: null })
    else read.unknown.push(line)
  }
  return read
}
