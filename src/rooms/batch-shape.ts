/**
 * The mixing rules of a batch, from the official description of the operation: all items carry `email` or all carry
 * `personId`; all carry `personalMeetingRoomId` or all carry `systemGenerated: true`; never both on one item.
 */
import type { ItemField, ItemRefusal } from './refusal.ts'

export const maxBatchSize = 100

export interface RequestedItem {
  email?: string
  personId?: string
  personalMeetingRoomId?: string
  systemGenerated?: boolean
}

/** How the people of a batch are addressed. */
export type AddressedBy = 'email' | 'personId'

/** A batch whose shape is right: each person's address, and the ID given, or null where the site's rule gives it. */
export interface BatchShape {
  by: AddressedBy
  items: { address: string; id: string | null }[]
}

/** Reads the shape of a batch of at least one item, or lists every item that breaks a rule. */
export function readBatchShape(requested: readonly RequestedItem[]): BatchShape | { refusals: ItemRefusal[] } {
  const faults = requested.flatMap((entry, item) => ownFault(entry, item))
  if (faults.length > 0) return { refusals: faults }

  const by = addressField(requested[0]!)
  const idField = roomIdField(requested[0]!)
  const mixed = requested.flatMap((entry, item): ItemRefusal[] => {
    if (addressField(entry) !== by) return [{ reason: 'AddressMixed', item, field: addressField(entry) }]
    if (roomIdField(entry) !== idField) return [{ reason: 'RoomIdMixed', item, field: roomIdField(entry) }]
    return []
  })
  if (mixed.length > 0) return { refusals: mixed }

  return { by, items: requested.map(entry => ({ address: entry[by]!, id: entry.personalMeetingRoomId ?? null })) }
}

function ownFault(entry: RequestedItem, item: number): ItemRefusal[] {
  const hasId = entry.personalMeetingRoomId !== undefined
  const hasEmail = entry.email !== undefined
  const hasPersonId = entry.personId !== undefined
  if (hasEmail && hasPersonId) return [{ reason: 'AddressBoth', item }]
  if (!hasEmail && !hasPersonId) return [{ reason: 'AddressMissing', item }]
  if (hasId && entry.systemGenerated === true) return [{ reason: 'RoomIdBoth', item }]
  if (!hasId && entry.systemGenerated !== true) return [{ reason: 'RoomIdMissing', item }]
  return []
}

function addressField(entry: RequestedItem): AddressedBy {
  return entry.email !== undefined ? 'email' : 'personId'
}

function roomIdField(entry: RequestedItem): ItemField {
  return entry.personalMeetingRoomId !== undefined ? 'personalMeetingRoomId' : 'systemGenerated'
}
