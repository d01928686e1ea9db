import type { Language } from '../../language/language.ts'

/** A room as its provider knows it. */
export type Room = { meetingId: string; title: string }

/** Addresses of ours that the provider may use. */
export type Surroundings = {
  /** Where it tells us that the room has closed; holds a secret. */
  ended: string
  /** Where people go who leave the room. */
  home: string
}

export type Visitor = { personId: number; name: string; language: Language; moderator: boolean }

/** Somebody in the room; `personId` is null for whoever did not come in through our door. */
export type Inside = { personId: number | null; name: string }

/** Whoever lends rooms. `open` and `inside` reject with a `RoomFailure`. */
export type RoomProvider = {
  /** Makes sure that the room is there; again and again changes nothing. */
  open(room: Room, surroundings: Surroundings): Promise<void>
  /** The address by which this person enters. */
  doorFor(room: Room, visitor: Visitor): string
  /** Who is in the room now; null when it isn't open, or when the provider can't tell. */
  inside(room: Room): Promise<Inside[] | null>
}

export const roomFailures = ['unreachable', 'too_slow', 'not_authorised', 'refused', 'unreadable'] as const
export type RoomFailureReason = (typeof roomFailures)[number]

/** Why the provider did not do what was asked. */
export class RoomFailure extends Error {
  readonly reason: RoomFailureReason

  constructor(reason: RoomFailureReason, detail: string, options?: ErrorOptions) {
    super(`${reason}: ${detail}`, options)
    this.reason = reason
  }
}

/** Any room that has an address of its own: nothing to open, and nobody tells us who is inside. */
export const roomByLink = (address: string): RoomProvider => ({
  open: async () => {},
  doorFor: () => address,
  inside: async () => null,
})
