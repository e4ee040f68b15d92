/**
 * Translates the rule's refusals into errors for the caller, in one table: a new reason does not compile until it has a
 * row.
 */

import { type Message, message } from '../../messages/message.ts'
import type { AddressedBy } from '../../rooms/batch-shape.ts'
import type { ItemField, ItemRefusal, RefusalReason } from '../../rooms/refusal.ts'
import { ApiError, type ErrorStatus } from '../plumbing/errors.ts'

interface Words {
  status: ErrorStatus
  description: Message
  /** The field at fault; null for the item as a whole. */
  field: ItemField | 'address' | null
}

/** Published: the only description in the official 400 example. A reserved ID looks like a used one to callers. */
const usedBySomeoneElse = message('idTaken')

const words: Record<RefusalReason, Words> = {
  AddressMissing: { status: 400, description: message('itemAddressMissing'), field: null },
  AddressBoth: { status: 400, description: message('itemAddressBoth'), field: 'personId' },
  AddressMixed: { status: 400, description: message('itemAddressMixed'), field: 'address' },
  RoomIdMissing: { status: 400, description: message('itemIdMissing'), field: null },
  RoomIdBoth: { status: 400, description: message('itemIdBoth'), field: 'systemGenerated' },
  RoomIdMixed: { status: 400, description: message('itemIdMixed'), field: null },
  PersonUnknown: { status: 404, description: message('noPerson'), field: 'address' },
  PersonTwice: { status: 400, description: message('personTwice'), field: 'address' },
  NoPersonalRoom: { status: 400, description: message('noRoom'), field: 'address' },
  RoomIdMalformed: { status: 400, description: message('idInvalid'), field: 'personalMeetingRoomId' },
  RoomIdTwice: { status: 400, description: message('idTwice'), field: 'personalMeetingRoomId' },
  RoomIdTaken: { status: 400, description: usedBySomeoneElse, field: 'personalMeetingRoomId' },
  RoomIdReserved: { status: 400, description: usedBySomeoneElse, field: 'personalMeetingRoomId' },
}

/** The answer to a refused batch: every offending item, by its index in the request. */
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
