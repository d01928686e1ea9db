import { type AliasableExpression, expressionBuilder, type StringReference, sql } from 'kysely'
import type { Schema } from '../../database/schema.ts'
import type { Span } from '../period.ts'

/**
 * One fact behind a figure: what it counts for (`unit_id`: an administration, a person or an attendance), where it
 * counts, when it was and what. Numbers and the rows that they open are made of the same facts.
 */
export type Fact = {
  unit_id: number
  administration_id: number
  person_id: number | null
  region_code: string
  category: string
  kind: string
  at: string
  what: string
  title: string
  minutes: number
  /** The session, for attendance; else 0. */
  source_id: number
}
export type Facts = AliasableExpression<Fact>

type Column = StringReference<Schema, keyof Schema>
const eb = expressionBuilder<Schema, keyof Schema>()

/** The fact happened in the period. */
export const during = (moment: Column, { since, before }: Span) =>
  eb.and([...(since ? [eb(moment, '>=', since)] : []), ...(before ? [eb(moment, '<', before)] : [])])

/** What lasts from one moment to another (null: until now) was so when the period ended. */
export const lastingAtTheEnd = (from: Column, until: Column, { before }: Span) =>
  before === null ? eb(until, 'is', null) : eb.and([eb(from, '<', before), eb.or([eb(until, 'is', null), eb(until, '>=', before)])])

/** What the fact is, in a word of ours. */
export const word = (what: string) => sql<string>`${sql.lit(what)}`.as('what')
export const noTitle = sql<string>`''`.as('title')
const zero = eb.lit(0).$castTo<number>()
export const noMinutes = zero.as('minutes')
export const noSource = zero.as('source_id')
/** For facts that have neither title nor minutes. */
export const named = (what: string) => [word(what), noTitle, noMinutes, noSource] as const

/** A fact of an administration, not of a person; in a union PostgreSQL wants to know the type of its nulls. */
export const nobody = sql<number | null>`cast(null as integer)`.as('person_id')
