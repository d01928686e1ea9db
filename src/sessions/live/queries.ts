import type { ExpressionBuilder } from 'kysely'
import { seenBy } from '../../administrations/queries.ts'
import { fromMomentOrNull } from '../../database/moment.ts'
import type { Database, Schema } from '../../database/schema.ts'
import { fold } from '../../language/fold.ts'
import type { Person } from '../../web/env.ts'
import { type ListRequest, rowsPerPage } from '../../web/lists.ts'

export type Figures = { registered: number; checkedIn: number; entered: number }
export type Pulse = Figures & { latest: string }

/** How many are registered, have checked in and have gone into the room; `latest` changes with whoever comes or goes. One query. */
export async function pulseOf(db: Database, sessionId: number): Promise<Pulse> {
  const row = await db
    .selectNoFrom((eb) => [
      eb
        .selectFrom('registration')
        .where('session_id', '=', sessionId)
        .where('cancelled_at', 'is', null)
        .select((each) => each.fn.countAll<number>().as('count'))
        .as('registered'),
      eb
        .selectFrom('registration')
        .where('session_id', '=', sessionId)
        .select((each) => each.fn.max('id').as('newest'))
        .as('newest'),
      eb
        .selectFrom('check_in')
        .where('session_id', '=', sessionId)
        .select((each) => each.fn.countAll<number>().as('count'))
        .as('checkedIn'),
      eb
        .selectFrom('room_entry')
        .where('session_id', '=', sessionId)
        .select((each) => each.fn.countAll<number>().as('count'))
        .as('entered'),
    ])
    .executeTakeFirstOrThrow()
  const figures = { registered: Number(row.registered), checkedIn: Number(row.checkedIn), entered: Number(row.entered) }
  return { ...figures, latest: `${figures.registered} ${row.newest} ${figures.checkedIn} ${figures.entered}` }
}

export type LivePerson = {
  personId: number
  name: string
  administration: string
  checkedInAt: Temporal.Instant | null
  enteredAt: Temporal.Instant | null
}

export const liveSorts = ['checked', 'name', 'administration'] as const
export const liveFilters = ['state'] as const
export const liveStates = ['checked', 'missing'] as const

/** The registered whom this person may see, by default those who checked in last first; two queries. */
export async function livePeople(
  db: Database,
  sessionId: number,
  list: ListRequest<(typeof liveSorts)[number]>,
  person: Person,
): Promise<{ rows: LivePerson[]; total: number }> {
  const wanted = fold(list.q).split(' ').filter(Boolean)
  const matching = registeredWithSigns(db, sessionId)
    .where((eb) => seenBy(eb, person))
    .where((eb) => eb.and(wanted.map((word) => isCalled(eb, word))))
    .$if(list.filters.state === 'checked', (query) => query.where('check_in.id', 'is not', null))
    .$if(list.filters.state === 'missing', (query) => query.where('check_in.id', 'is', null))
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const direction = list.descending ? 'desc' : 'asc'
  const rows = await matching
    .select(['person.id as personId', 'person.name', 'administration.name as administration'])
    .select(['check_in.scanned_at', 'room_entry.entered_at'])
    .$if(list.sort === 'checked', (query) =>
      query.orderBy((eb) => eb.fn.coalesce('check_in.scanned_at', eb.val('')), list.descending ? 'asc' : 'desc'),
    )
    .$if(list.sort === 'administration', (query) => query.orderBy('administration.search_text', direction))
    .orderBy('person.name', list.sort === 'name' ? direction : 'asc')
    .orderBy('person.id')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  return {
    rows: rows.map(({ scanned_at, entered_at, ...row }) => ({
      ...row,
      checkedInAt: fromMomentOrNull(scanned_at),
      enteredAt: fromMomentOrNull(entered_at),
    })),
    total: Number(total),
  }
}

const registeredWithSigns = (db: Database, sessionId: number) =>
  db
    .selectFrom('registration')
    .innerJoin('person', 'person.id', 'registration.person_id')
    .innerJoin('administration', 'administration.id', 'registration.administration_id')
    .leftJoin('check_in', (join) =>
      join.onRef('check_in.person_id', '=', 'registration.person_id').onRef('check_in.session_id', '=', 'registration.session_id'),
    )
    .leftJoin('room_entry', (join) =>
      join.onRef('room_entry.person_id', '=', 'registration.person_id').onRef('room_entry.session_id', '=', 'registration.session_id'),
    )
    .where('registration.session_id', '=', sessionId)
    .where('registration.cancelled_at', 'is', null)

/** A word of their name, or of their administration's. */
const isCalled = (eb: ExpressionBuilder<Schema, 'person' | 'administration'>, word: string) =>
  eb.or([eb(eb.fn('lower', ['person.name']), 'like', `%${word}%`), eb('administration.search_text', 'like', `%${word}%`)])

export type WalkIn = { personId: number; name: string; email: string; checkedInAt: Temporal.Instant }
const walkInsShown = 50

/** Who has checked in without being registered, among the referents whom this person may see; the latest first. */
export async function walkIns(db: Database, sessionId: number, person: Person): Promise<WalkIn[]> {
  const rows = await db
    .selectFrom('check_in')
    .innerJoin('person', 'person.id', 'check_in.person_id')
    .where('check_in.session_id', '=', sessionId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('registration')
            .whereRef('registration.person_id', '=', 'check_in.person_id')
            .where('registration.session_id', '=', sessionId)
            .where('registration.cancelled_at', 'is', null)
            .select('registration.id'),
        ),
      ),
    )
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('referent')
          .innerJoin('administration', 'administration.id', 'referent.administration_id')
          .whereRef('referent.person_id', '=', 'check_in.person_id')
          .where('referent.until', 'is', null)
          .where((eb) => seenBy(eb, person))
          .select('referent.id'),
      ),
    )
    .orderBy('check_in.scanned_at', 'desc')
    .limit(walkInsShown)
    .select(['person.id as personId', 'person.name', 'person.email', 'check_in.scanned_at'])
    .execute()
  return rows.map(({ scanned_at, ...row }) => ({ ...row, checkedInAt: fromMomentOrNull(scanned_at) as Temporal.Instant }))
}
