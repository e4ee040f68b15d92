/** Why a batch is refused. Closed: a new reason does not compile until the edge has words and a status for it. */

import type { Message } from '../messages/message.ts'

export type ItemField = 'email' | 'personId' | 'personalMeetingRoomId' | 'systemGenerated'

/** A refusal that is one item's fault. `item` counts from 0 in the order of the request. */
export type ItemRefusal =
  | { reason: 'AddressMissing'; item: number }
  | { reason: 'AddressBoth'; item: number }
  | { reason: 'AddressMixed'; item: number; field: ItemField }
  | { reason: 'RoomIdMissing'; item: number }
  | { reason: 'RoomIdBoth'; item: number }
  | { reason: 'RoomIdMixed'; item: number; field: ItemField }
  | { reason: 'PersonUnknown'; item: number }
  | { reason: 'PersonTwice'; item: number }
  | { reason: 'NoPersonalRoom'; item: number }
  | { reason: 'RoomIdMalformed'; item: number; fault: Message }
  | { reason: 'RoomIdTwice'; item: number }
  | { reason: 'RoomIdTaken'; item: number }
  | { reason: 'RoomIdReserved'; item: number }

export type RefusalReason = ItemRefusal['reason']
