import { readFile } from 'node:fs/promises'
import { inviteReferent } from '../administrations/referents/actions.ts'
import { roc } from '../administrations/regions.ts'
import { importRegister } from '../administrations/register/actions.ts'
import type { Tx } from '../database/schema.ts'
import { findOrCreatePerson, grantRole } from '../people/actions.ts'
import { inOfficeHours } from './calendar.ts'
import { cast } from './cast.ts'
import { domainOf, inventedPerson, repeatable } from './names.ts'
import { after, isPast, type Story } from './story.ts'

export type Staff = { carla: { id: number }; enzo: { id: number }; paolo: { id: number }; tina: { id: number } }

export async function hireStaff(tx: Tx, at: Temporal.Instant): Promise<Staff> {
  const person = async (who: { name: string; email: string }) => ({ id: await findOrCreatePerson(tx, who, at) })
  const [carla, enzo, paolo, tina] = [await person(cast.carla), await person(cast.enzo), await person(cast.paolo), await person(cast.tina)]
  await grantRole(tx, carla.id, { role: 'coordinator', region: null }, { by: null, at })
  await grantRole(tx, enzo.id, { role: 'coordinator', region: '18' }, { by: carla, at })
  await grantRole(tx, paolo.id, { role: 'trainer', region: null }, { by: carla, at })
  await grantRole(tx, tina.id, { role: 'trainer', region: '01' }, { by: carla, at })
  return { carla, enzo, paolo, tina }
}

export async function importRegisterOf(tx: Tx, { carla }: Staff, at: Temporal.Instant) {
  const bytes = await readFile(new URL('administrations.csv', import.meta.url))
  await importRegister(tx, bytes, { by: carla, at })
}

export type DemoAdministration = {
  id: number
  code: string
  kind: string
  region: string
  roc: boolean
  invitedAt: Temporal.Instant
  referents: number[]
}

const known: Record<string, readonly { name: string; email: string }[]> = { c_h703: [cast.rosa, cast.luca], c_d086: [cast.nadia] }

/** One to three referents each; the administrations of our known people come first. */
export async function inviteReferents(story: Story): Promise<DemoAdministration[]> {
  const { tx, staff, begin, zone } = story
  const chance = repeatable(2013)
  const rows = await tx.selectFrom('administration').orderBy('id').select(['id', 'code', 'name', 'kind', 'region_code']).execute()

  const invited: DemoAdministration[] = []
  let invention = 0
  for (const { id, code, name, kind, region_code } of rows) {
    const invitedAt = inOfficeHours(known[code] ? after(begin, -3) : after(begin, chance() * 20 - 8), zone, chance)
    const people = known[code] ?? Array.from({ length: 1 + Math.floor(chance() * 2.3) }, () => inventedPerson(invention++, domainOf(name)))
    if (!isPast(story, invitedAt)) continue

    for (const person of people) await inviteReferent(tx, { administrationId: id, ...person }, { by: staff.carla, at: invitedAt })
    const referents = await tx.selectFrom('referent').where('administration_id', '=', id).orderBy('id').select('person_id').execute()
    invited.push({
      id,
      code,
      kind,
      region: region_code,
      roc: (roc as readonly string[]).includes(region_code),
      invitedAt,
      referents: referents.map(({ person_id }) => person_id),
    })
  }
  return invited
}
