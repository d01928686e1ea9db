import { asMoment } from '#src/database/moment.ts'
import type { Database, ModuleKind, RecordedState, Schema, SessionKind } from '#src/database/schema.ts'
import { carla } from '#test/cast.ts'

type Id = { id: number }

/** A moment of the office's clock, e.g. `2026-03-31 23:30`. */
export const rome = (text: string) => Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime('Europe/Rome').toInstant()

/** Writes rows as other features would, so that figures can be counted by hand. Moments are the office's clock. */
export function buildOn(db: Database) {
  const insert = async <T extends keyof Schema>(table: T, values: object): Promise<Id> =>
    db
      .insertInto(table)
      .values(values as never)
      .returning('id' as never)
      .executeTakeFirstOrThrow() as unknown as Promise<Id>
  const moment = (text: string) => asMoment(rome(text))
  const momentOrNull = (text: string | undefined) => (text ? moment(text) : null)

  /** Region, category and kind of the administration as they are now: what a snapshot copies. */
  const snapshot = async (administration: Id) =>
    db
      .selectFrom('administration')
      .where('id', '=', administration.id)
      .select(['region_code', 'category', 'kind'])
      .executeTakeFirstOrThrow()

  return {
    programme: (title = 'MiglioraPA') =>
      insert('programme', {
        title,
        starts_on: '2026-01-01',
        ends_on: '2026-12-31',
        created_at: moment('2026-01-01 09:00'),
        created_by: carla.id,
        published_at: moment('2026-01-01 09:00'),
      }),

    module: (programme: Id, kind: ModuleKind = 'webinar') =>
      insert('module', {
        programme_id: programme.id,
        kind,
        title: 'Scegliere il servizio',
        link: null,
        created_at: moment('2026-01-01 09:00'),
        created_by: null,
      }),

    pathway: (programme: Id, title = 'Standard') =>
      insert('pathway', { programme_id: programme.id, position: 1, title, created_at: moment('2026-01-01 09:00'), created_by: null }),

    administration: (
      name: string,
      {
        region,
        category = 'L6',
        kind = 'municipality',
        since = '2026-01-01 09:00',
        closed,
      }: { region: string; category?: string; kind?: string; since?: string; closed?: string },
    ) =>
      insert('administration', {
        code: name,
        code_key: name.toLowerCase(),
        name,
        search_text: name.toLowerCase(),
        category,
        kind,
        region_code: region,
        created_at: moment(since),
        changed_at: moment(since),
        closed_at: momentOrNull(closed),
      }),

    person: (name: string) =>
      insert('person', { name, email: `${name.replaceAll(' ', '.').toLowerCase()}@ente.example`, created_at: moment('2026-01-01 09:00') }),

    referent: (person: Id, administration: Id, { since = '2026-01-15 09:00', until }: { since?: string; until?: string } = {}) =>
      insert('referent', { person_id: person.id, administration_id: administration.id, since: moment(since), until: momentOrNull(until) }),

    enrolment: async (
      pathway: Id,
      administration: Id,
      { at = '2026-02-02 10:00', completed, ended }: { at?: string; completed?: string; ended?: string } = {},
    ) => {
      const { programme_id } = await db.selectFrom('pathway').where('id', '=', pathway.id).select('programme_id').executeTakeFirstOrThrow()
      return insert('enrolment', {
        programme_id,
        administration_id: administration.id,
        pathway_id: pathway.id,
        trace: '{}',
        ...(await snapshot(administration)),
        enrolled_at: moment(at),
        completed_at: momentOrNull(completed),
        ended_at: momentOrNull(ended),
      })
    },

    progress: (enrolment: Id, module: Id, state: RecordedState, at: string) =>
      insert('progress', { enrolment_id: enrolment.id, module_id: module.id, state, changed_at: moment(at), completed_at: null }),

    submission: (enrolment: Id, module: Id, by: Id, at: string) =>
      insert('submission', {
        enrolment_id: enrolment.id,
        module_id: module.id,
        version: 1,
        text: 'Ecco.',
        handed_in_at: moment(at),
        handed_in_by: by.id,
      }),

    /** Saved at these moments; the row keeps the last, the history all. */
    worksheet: async (enrolment: Id, module: Id, by: Id, ...at: string[]) => {
      const last = moment(at.at(-1) ?? '')
      const values = {
        enrolment_id: enrolment.id,
        module_id: module.id,
        answers: '{}',
        revision: at.length,
        saved_at: last,
        saved_by: by.id,
      }
      const { id } = await insert('worksheet', values)
      for (const each of at)
        await insert('history', { happening: 'worksheet_saved', subject: 'worksheet', subject_id: id, person_id: by.id, at: moment(each) })
    },

    session: (module: Id, kind: SessionKind, at: string, title = 'Guida agli strumenti') => makeSession(module, kind, at, title),

    registration: (session: Id, person: Id, administration: Id, at: string) =>
      insert('registration', {
        session_id: session.id,
        person_id: person.id,
        administration_id: administration.id,
        registered_at: moment(at),
        registered_by: person.id,
      }),

    attendance: async (session: Id, person: Id, administration: Id, minutes: number, status: Schema['attendance']['status'] = 'present') =>
      insert('attendance', {
        session_id: session.id,
        person_id: person.id,
        administration_id: administration.id,
        ...(await snapshot(administration)),
        status,
        minutes,
        source: 'manual',
        recorded_at: moment('2026-05-01 09:00'),
      }),

    question: (programme: Id, by: Id, administration: Id, at: string) =>
      insert('question', {
        programme_id: programme.id,
        administration_id: administration.id,
        asked_by: by.id,
        subject: 'Campione',
        body: 'Quanti?',
        asked_at: moment(at),
      }),

    /** The register says it is elsewhere now. */
    move: (administration: Id, region: string) =>
      db.updateTable('administration').set({ region_code: region }).where('id', '=', administration.id).execute(),
  }

  async function makeSession(module: Id, kind: SessionKind, at: string, title: string) {
    const { programme_id } = await db.selectFrom('module').where('id', '=', module.id).select('programme_id').executeTakeFirstOrThrow()
    return insert('session', {
      programme_id,
      module_id: module.id,
      kind,
      title,
      starts_at: moment(at),
      ends_at: asMoment(rome(at).add({ minutes: 90 })),
      threshold_minutes: 45,
      uid: crypto.randomUUID(),
      revised_at: moment('2026-01-01 09:00'),
      created_at: moment('2026-01-01 09:00'),
      created_by: carla.id,
    })
  }
}

export type Builder = ReturnType<typeof buildOn>
