/**
 * What may be relied on of a target. What Webex does not document is not relied on: whether a refused batch changed
 * nobody, whether two people can swap IDs in one batch, and how soon a read shows a change.
 */
import type { Rotation } from '../../store/rotations/rotations.ts'

export interface Profile {
  name: 'webex' | 'roomkey'
  /** How long after a call a read may still show what was there before it, in milliseconds. */
  settleMs: number
  /** `inBatch`: a batch is judged by its final state. `forbidden`: an ID must be free before the call that takes it. */
  swaps: 'inBatch' | 'forbidden'
  /** A refused batch has certainly changed nobody. */
  refusalsAtomic: boolean
  /** How a batch names its people. A person ID stays with its person, an e-mail may be given to another. */
  addressBy: 'personId' | 'email'
  /** The list of people shows each room as it is now, so that the rooms need not be read one by one. */
  listedRoomsFresh: boolean
}

const minute = 60_000

export const profiles: Record<Profile['name'], Profile> = {
  // "It may take up to 30 minutes to see the updated personal room ID", and a call may arrive a little late.
  webex: {
    name: 'webex',
    settleMs: 31 * minute,
    swaps: 'forbidden',
    refusalsAtomic: false,
    addressBy: 'personId',
    listedRoomsFresh: false,
  },
  roomkey: {
    name: 'roomkey',
    settleMs: 2_000,
    swaps: 'inBatch',
    refusalsAtomic: true,
    addressBy: 'personId',
    listedRoomsFresh: true,
  },
}

/** Webex's documented delay before a change shows everywhere. */
export const visibleAfterMs = 30 * minute

/**
 * Until when a late reading may show a room's new ID although it has another, in milliseconds since 1970: what an undo
 * gives back was there before.
 */
export function hadItUntil({
  undo_of,
  created_at,
  profile,
}: Pick<Rotation, 'undo_of' | 'created_at' | 'profile'>): number {
  return undo_of === null ? 0 : created_at + profiles[profile].settleMs
}
