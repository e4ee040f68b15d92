/** The one table from a refusal of the rule to what a caller is told: a new reason does not compile until it has a row. */
import type { AddressedBy } from '../rooms/batch-shape.ts'
import type { ItemField, ItemRefusal, RefusalReason } from '../rooms/refusal.ts'
import { ApiError, type ErrorStatus } from './errors.ts'

interface Words {
  status: ErrorStatus
  description: string
  /** The field at fault; null for the item as a whole. */
  field: ItemField | 'address' | null
}

/** Published: the one description of the official 400 example. What is reserved is used, as far as others may know. */
const usedBySomeoneElse = 'Personal meeting room ID is being used by someone else.'

const words: Record<RefusalReason, Words> = {
  AddressMissing: { status: 400, description: 'Each item needs email or personId.', field: null },
  AddressBoth: { status: 400, description: 'An item cannot have both email and personId.', field: 'personId' },
  AddressMixed: {
    status: 400,
    description: 'All items must have email, or all must have personId.',
    field: 'address',
  },
  RoomIdMissing: {
    status: 400,
    description: 'Each item needs personalMeetingRoomId, or systemGenerated with the value true.',
    field: null,
  },
  RoomIdBoth: {
    status: 400,
    description: 'An item cannot have both personalMeetingRoomId and systemGenerated with the value true.',
    field: 'systemGenerated',
  },
  RoomIdMixed: {
    status: 400,
    description: 'All items must have personalMeetingRoomId, or all must have systemGenerated with the value true.',
    field: null,
  },
  PersonUnknown: { status: 404, description: 'Person was not found on this site.', field: 'address' },
  PersonTwice: { status: 400, description: 'Person appears more than once in the request.', field: 'address' },
  NoPersonalRoom: { status: 400, description: 'Person has no personal meeting room on this site.', field: 'address' },
  RoomIdMalformed: {
    status: 400,
    description: 'Personal meeting room ID is not valid.',
    field: 'personalMeetingRoomId',
  },
  RoomIdTwice: {
    status: 400,
    description: 'Personal meeting room ID appears more than once in the request.',
    field: 'personalMeetingRoomId',
  },
  RoomIdTaken: { status: 400, description: usedBySomeoneElse, field: 'personalMeetingRoomId' },
  RoomIdReserved: { status: 400, description: usedBySomeoneElse, field: 'personalMeetingRoomId' },
}

/** The answer to a batch that was refused: every offender, by its place in the request. */
export function refusedBatch(refusals: ItemRefusal[], by: AddressedBy): ApiError {
  const faults = refusals.map(refusal => {
    const { description, field } = words[refusal.reason]
    const name = 'field' in refusal ? refusal.field : field === 'address' ? by : field
    const item = `#/personalMeetingRoomIds/${refusal.item}`
    return {
      description: refusal.reason === 'RoomIdMalformed' ? refusal.fault : description,
      pointer: name === null ? item : `${item}/${name}`,
    }
  })
  return new ApiError(words[refusals[0]!.reason].status, faults)
}
