/**
 * What may be relied on of a target. What Webex does not document is not relied on: whether a refused batch changed
 * nobody, whether two people can swap IDs in one batch, and how soon a read shows a change.
 */
import { type Message, message } from '../../messages/message.ts'
import { maxRoomIdLength, roomIdFault } from '../../rooms/room-id.ts'
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
  /** Whether an ID that one room gave up can be given to another at once; absent where that is not known. */
  freedIds?: 'free' | 'reserved'
  /** How long a new ID may be, where that is less than documented. */
  maxIdLength?: number
  /** New IDs may contain no underscore, though that is documented. */
  noUnderscores?: true
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

/** A call whose answer never came may take so long until it acts. */
const lostCallMs = minute

/**
 * Until when a late reading may show a room's new ID although it has another, in milliseconds since 1970: what an undo
 * gives back was there before.
 *
 * @param undoneAt when the rotation that it undoes last did anything, where that is known
 */
export function hadItUntil(
  rotation: Pick<Rotation, 'undo_of' | 'created_at' | 'profile' | 'behaviour'>,
  undoneAt: number | null = null,
): number {
  if (rotation.undo_of === null) return 0
  const changedAt = undoneAt === null ? rotation.created_at : Math.min(rotation.created_at, undoneAt + lostCallMs)
  return changedAt + profileOf(rotation).settleMs
}

/** What a rotation relies on: as it was planned, whatever is relied on by now. */
export function profileOf({ profile, behaviour }: Pick<Rotation, 'profile' | 'behaviour'>): Profile {
  return behaviour === null ? profiles[profile] : JSON.parse(behaviour)
}

/** What is wrong with a new ID, or what the target has been seen to refuse though it is documented. */
export function newIdFault({ maxIdLength = maxRoomIdLength, noUnderscores }: Profile, id: string): Message | undefined {
  const fault = roomIdFault(id)
  if (fault !== undefined) return fault
  if (id.length > maxIdLength) return message('idTooLong', { max: maxIdLength })
  return noUnderscores && id.includes('_') ? message('idUnderscore') : undefined
}
