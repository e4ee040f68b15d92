import type { RefreshRequest } from '../refresh/refresh-rooms.ts'

/**
 * A batch in a form that is cheap to send to the writer's thread. A structured clone of a hundred small objects costs
 * the writer, whose time limits the service, five times as much as two texts.
 */
export type PackedRequest = Omit<RefreshRequest, 'items'> & { addresses: string; ids: string }

export function packRequest({ items, ...request }: RefreshRequest): PackedRequest {
  return {
    ...request,
    addresses: JSON.stringify(items.map(({ address }) => address)),
    ids: JSON.stringify(items.map(({ id }) => id)),
  }
}

export function unpackRequest({ addresses, ids, ...request }: PackedRequest): RefreshRequest {
  const given = JSON.parse(ids) as (string | null)[]
  const items = (JSON.parse(addresses) as string[]).map((address, index) => ({ address, id: given[index]! }))
  return { ...request, items }
}
