/**
 * Reads the link of a personal room as people have it: `https://example.webex.com/meet/jdoe`, without the scheme, with
 * `/join/`, with the name of the site in the path, with a query. Cisco's own clients accept these forms.
 */
const link =
  /^(?:https?:\/\/)?([a-z0-9.-]+\.[a-z]{2,})(?::\d+)?\/(?:[^/?#\s]+\/)?(?:meet|join)\/([^/?#\s]+)\/?(?:[?#]\S*)?$/i

export interface RoomLink {
  /** In lower case. */
  siteUrl: string
  roomId: string
}

/** Undefined for everything else, such as the link of a single meeting. */
export function readRoomLink(text: string): RoomLink | undefined {
  const [, siteUrl, roomId] = link.exec(text.replace(/^<(.*)>$/, '$1')) ?? []
  if (siteUrl === undefined || roomId === undefined) return undefined
  return { siteUrl: siteUrl.toLowerCase(), roomId: decoded(roomId) }
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
