import type { Database } from '../../database/schema.ts'
import { claimLook, noteEnded, notePresences } from './actions.ts'
import type { Server } from './bigbluebutton/address.ts'
import { bigBlueButton } from './bigbluebutton/provider.ts'
import { importStays } from './evidence.ts'
import { RoomFailure, type RoomProvider } from './provider.ts'
import { roomsToLookAt, staysIn } from './queries.ts'

type Setting = { now: Temporal.Instant; zone: string }

const pause = Temporal.Duration.from({ seconds: 60 })
const longestOverrun = Temporal.Duration.from({ hours: 2 })

/**
 * Looks once a minute into each open room and keeps who is there; a room that is gone, or whose session has long been over,
 * is closed with us too. A server that does not answer now is asked again a minute later.
 */
export async function watchRooms(db: Database, server: Server, { now, zone }: Setting): Promise<void> {
  const lookedBefore = now.subtract(pause)
  const provider = bigBlueButton(server)
  for (const room of await roomsToLookAt(db, { lookedBefore, endedAfter: now.subtract(longestOverrun) })) {
    if (!(await claimLook(db, room.id, { at: now, lookedBefore }))) continue
    const inside = room.isOver ? null : await lookInto(provider, room)
    if (inside === 'unknown') continue
    if (inside) await notePresences(db, room.id, inside, now)
    else await closeRoom(db, room, { now, zone })
  }
}

async function lookInto(provider: RoomProvider, room: { meetingId: string; title: string }) {
  try {
    return await provider.inside(room)
  } catch (error) {
    if (error instanceof RoomFailure) return 'unknown' as const
    throw error
  }
}

/** The room is closed: what was seen in it becomes evidence of attendance. Twice changes nothing. */
export async function closeRoom(db: Database, { id, sessionId }: { id: number; sessionId: number }, { now, zone }: Setting): Promise<void> {
  await noteEnded(db, sessionId, now)
  await importSeen(db, { id, sessionId }, { now, zone })
}

/** What was seen in the room until now, as evidence of attendance. */
export const importSeen = async (db: Database, { id, sessionId }: { id: number; sessionId: number }, { now, zone }: Setting) =>
  importStays(db, sessionId, { stays: await staysIn(db, id), fileName: seenFile }, { at: now, zone })

const seenFile = 'bigbluebutton-visti-in-aula.csv'
