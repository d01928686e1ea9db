import { kindOf } from '#src/administrations/kinds.ts'
import { regionOfMunicipality } from '#src/administrations/regions.ts'
import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { cast } from '#src/demo/cast.ts'
import { fold } from '#src/language/fold.ts'

/** Monday 2 March 2026, noon in Rome. */
export const noon = Temporal.Instant.from('2026-03-02T11:00:00Z')

/** Bodies and people of every test, with fixed ids. */
export const salerno = { id: 1, code: 'c_h703', name: 'Comune di Salerno', category: 'L6', municipality: '065116' }
export const cosenza = { id: 2, code: 'c_d086', name: 'Comune di Cosenza', category: 'L6', municipality: '078045' }
export const asl = { id: 3, code: 'asl_sa', name: 'Azienda Sanitaria Locale di Salerno', category: 'L7', municipality: '065116' }
export const torino = { id: 4, code: 'c_l219', name: 'Comune di Torino', category: 'L6', municipality: '001272' }

export const rosa = { id: 1, ...cast.rosa }
export const nadia = { id: 2, ...cast.nadia }
export const paolo = { id: 3, ...cast.paolo }
export const carla = { id: 4, ...cast.carla }
export const enzo = { id: 5, ...cast.enzo }
export const luca = { id: 6, ...cast.luca }
export const tina = { id: 7, ...cast.tina }

/**
 * Rosa and Luca are referents of the Comune di Salerno (Campania), Nadia of the Comune di Cosenza (Calabria); Paolo is a
 * trainer of the whole country, Tina of Piemonte; Carla is the national coordinator, Enzo that of Calabria.
 */
export async function addCast(db: Database) {
  const at = asMoment(noon.subtract({ hours: 24 * 30 }))
  const created = { created_at: at, changed_at: at, closed_at: null }

  await db
    .insertInto('administration')
    .values(
      [salerno, cosenza, asl, torino].map(({ code, name, category, municipality }) => ({
        code,
        code_key: code,
        name,
        search_text: fold(`${name} ${code}`),
        category,
        kind: kindOf(category, name),
        municipality_code: municipality,
        province: null,
        region_code: regionOfMunicipality(municipality) ?? '',
        tax_code: null,
        website: null,
        email: null,
        ...created,
      })),
    )
    .execute()
  await db
    .insertInto('person')
    .values(
      [rosa, nadia, paolo, carla, enzo, luca, tina].map(({ name, email }) => ({ name, email, language: 'it' as const, created_at: at })),
    )
    .execute()
  await db
    .insertInto('role_grant')
    .values(
      (
        [
          [paolo, 'trainer', null],
          [tina, 'trainer', '01'],
          [carla, 'coordinator', null],
          [enzo, 'coordinator', '18'],
        ] as const
      ).map(([person, role, region_code]) => ({
        person_id: person.id,
        role,
        region_code,
        granted_at: at,
        granted_by: null,
        revoked_at: null,
        revoked_by: null,
      })),
    )
    .execute()
  await db
    .insertInto('referent')
    .values(
      [
        [rosa, salerno],
        [luca, salerno],
        [nadia, cosenza],
      ].map(([person, administration]) => ({
        person_id: person?.id ?? 0,
        administration_id: administration?.id ?? 0,
        since: at,
        invited_by: carla.id,
        until: null,
        ended_by: null,
      })),
    )
    .execute()
}
