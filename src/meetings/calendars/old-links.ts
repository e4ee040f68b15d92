/**
 * Finds the old links and SIP addresses of rooms in any text: `/meet/` and `/join/`, with the site's name in the path,
 * percent-encoded inside other links. An ID counts as a whole: `john` is not found in `john.andersen`.
 */
import { roomIdKey, roomLink } from '../../rooms/room-id.ts'

export interface NewRoom {
  oldId: string
  /** Null where nobody knows it yet: the site's rule will give it. */
  newId: string | null
}

export interface OldLink extends NewRoom {
  /** safeLink: inside a link of Outlook's Safe Links, which is replaced as a whole. */
  kind: 'link' | 'sip' | 'safeLink'
  /** What is to be replaced, and by what; null where the new ID is not known. */
  start: number
  end: number
  replacement: string | null
}

const idOf = '[A-Za-z0-9._-]+'
/** What may stand before an address: nothing that could be part of it, or the newline of iCalendar, `\n`. */
const before = '(?<=^|\\\\[nN]|[^A-Za-z0-9._%+\\\\-])'
const urlEnd = '[^\\s"\'<>\\\\)\\]]*'

export class OldLinks {
  readonly #siteUrl: string
  readonly #rooms: ReadonlyMap<string, NewRoom>
  readonly #pattern: RegExp
  readonly #site: string

  /** @param rooms by the old ID in lower case */
  constructor(siteUrl: string, rooms: ReadonlyMap<string, NewRoom>) {
    this.#siteUrl = siteUrl
    this.#site = siteUrl.toLowerCase()
    this.#rooms = rooms
    const site = siteUrl.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const encoded = `%2F%2F${site}(?:%3A\\d+)?%2F(?:${idOf}%2F)?(?:meet|join)%2F`
    this.#pattern = new RegExp(
      [
        `https?://[a-z0-9.-]*safelinks\\.protection\\.outlook\\.com/${urlEnd}?${encoded}(?<safe>${idOf})${urlEnd}`,
        `${encoded}(?<inner>${idOf})`,
        `${before}${site}(?::\\d+)?/(?:${idOf}/)?(?:meet|join)/(?<link>${idOf})`,
        `${before}(?<sip>${idOf})@${site}(?![A-Za-z0-9-]|\\.[A-Za-z0-9])`,
      ].join('|'),
      'gid',
    )
  }

  /** In order, and without overlaps. */
  find(text: string): OldLink[] {
    // Most texts do not even name the site.
    if (!text.toLowerCase().includes(this.#site)) return []
    const found: OldLink[] = []
    for (const match of text.matchAll(this.#pattern)) {
      const groups = match.groups!
      const name = ['safe', 'inner', 'link', 'sip'].find(each => groups[each] !== undefined)!
      const room = this.#roomOf(groups[name]!)
      if (room === undefined) continue
      const { oldId, newId } = room
      if (name === 'safe') {
        const replacement = newId === null ? null : roomLink(this.#siteUrl, newId)
        const end = match.index + match[0].length
        found.push({ oldId, newId, kind: 'safeLink', start: match.index, end, replacement })
      } else {
        const start = match.indices!.groups![name]![0]
        const kind = name === 'sip' ? 'sip' : 'link'
        found.push({ oldId, newId, kind, start, end: start + oldId.length, replacement: newId })
      }
    }
    return found
  }

  /** The same text with the new links; those whose new one is not known stay. */
  replace(text: string): string {
    let result = ''
    let at = 0
    for (const { start, end, replacement } of this.find(text)) {
      if (replacement === null) continue
      result += text.slice(at, start) + replacement
      at = end
    }
    return result + text.slice(at)
  }

  /** A full stop after a link ends a sentence, unless it belongs to the ID. */
  #roomOf(run: string): NewRoom | undefined {
    return this.#rooms.get(roomIdKey(run)) ?? this.#rooms.get(roomIdKey(run.replace(/\.+$/, '')))
  }
}
