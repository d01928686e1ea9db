import type { RoomKind } from '../../database/schema.ts'
import type { Server } from './bigbluebutton/address.ts'
import { bigBlueButton } from './bigbluebutton/provider.ts'
import { type RoomProvider, roomByLink } from './provider.ts'

/** Who lends the room of this session; null when nobody does, or when the server it counted on is not there any more. */
export function providerOf({ room, joinUrl }: { room: RoomKind; joinUrl: string | null }, server: Server | null): RoomProvider | null {
  if (room === 'bigbluebutton') return server && bigBlueButton(server)
  return joinUrl === null ? null : roomByLink(joinUrl)
}
