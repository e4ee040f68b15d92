/**
 * What a personal meeting room ID may look like.
 *
 * Source: help.webex.com, "personal room ID": 1 to 64 characters, at least one letter, no symbols but `-` `.` `_`,
 * unique on the site. That letters and digits mean ASCII ones is Roomkey's decision (docs/batch-refresh.md): the ID stands in a
 * link and in a SIP address, and letters that only look alike would make two rooms seem one.
 */
import { type Message, message } from '../messages/message.ts'

export const maxRoomIdLength = 64

const allowed = /^[A-Za-z0-9._-]+$/
const letter = /[A-Za-z]/

/** IDs are stored as given and compared without regard to case: this is what is compared. */
export function roomIdKey(id: string): string {
  return id.toLowerCase()
}

/** What is wrong with an ID, or nothing when it is well formed. */
export function roomIdFault(id: string): Message | undefined {
  if (id.length === 0) return message('idEmpty')
  if (id.length > maxRoomIdLength) return message('idTooLong', { max: maxRoomIdLength })
  if (!allowed.test(id)) return message('idCharacters')
  if (!letter.test(id)) return message('idNoLetter')
  return undefined
}

/** The public link of a room, e.g. `https://example.webex.com/meet/jdoe`. */
export function roomLink(siteUrl: string, id: string): string {
  return `https://${siteUrl}/meet/${id}`
}

/** The SIP address of a room, e.g. `jdoe@example.webex.com`. */
export function roomSipAddress(siteUrl: string, id: string): string {
  return `${id}@${siteUrl}`
}
