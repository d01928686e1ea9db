import { expressionBuilder } from 'kysely'
import { seenBy } from '../administrations/queries.ts'
import type { Schema } from '../database/schema.ts'
import type { Person } from '../web/env.ts'

/** Who asks: a person, who sees administrations and people of their own regions, or the operator at the command line, who sees all. */
export type Viewer = Person | 'operator'

/** Which rows of `administration` the viewer may see, for queries that join it. */
export function seenByViewer(viewer: Viewer) {
  const eb = expressionBuilder<Schema, 'administration'>()
  return viewer === 'operator' ? eb.and([]) : seenBy(eb, viewer)
}
