/**
 * Shows rooms as they were a while ago, in every answer that contains them: the room itself, the preferences around it,
 * the list of people, one person. Webex says "It may take up to 30 minutes to see the updated personal room ID" of its
 * own page and is silent about its API, so no way of reading is assumed to be fresher than another.
 */
import { currentIds } from '../../store/rooms/current-ids.ts'
import type { Db } from '../../store/tables.ts'
import type { RefreshRoomIdsAnswer, RefreshRoomIdsRequest } from '../../wire/refresh-room-ids.ts'

/** The ID that a room carried until it took another at that time. */
interface Change {
  at: number
  before: string
}

/** The IDs that the rooms of a batch carry before it, by lower-case e-mail and by personId. */
export type Before = ReadonlyMap<string, string>

export async function readBefore(db: Db, { siteUrl, personalMeetingRoomIds }: RefreshRoomIdsRequest): Promise<Before> {
  const emails = personalMeetingRoomIds.flatMap(({ email }) => (email === undefined ? [] : [email.toLowerCase()]))
  const personIds = personalMeetingRoomIds.flatMap(({ personId }) => personId ?? [])
  return currentIds(db, siteUrl, emails, personIds)
}

export class StaleReads {
  /** By the SIP address that a room has after the change, in lower case; oldest first. */
  readonly #changes = new Map<string, Change[]>()

  remember(before: Before, { siteUrl, personalMeetingRoomIds }: RefreshRoomIdsAnswer, at: number): void {
    for (const { email, personId, personalMeetingRoomId: after } of personalMeetingRoomIds) {
      const was = before.get(email.toLowerCase()) ?? before.get(personId)
      // A batch that is sent again gets the same answer, and changes nobody.
      if (was === undefined || was === after) continue
      const address = addressOf(after, siteUrl)
      this.#changes.set(address, [...(this.#changes.get(address) ?? []), { at, before: was }])
    }
  }

  forget(): void {
    this.#changes.clear()
  }

  /** A JSON answer with each room as it was at that time. */
  asOf(time: number, answer: string): string {
    const shown = JSON.parse(answer, (name, value) => {
      if (name === 'personalMeetingRoomLink' && typeof value === 'string') {
        const [, start = '', site = '', id = ''] = /^(https:\/\/([^/]+)\/meet\/)(.+)$/.exec(value) ?? []
        return start === '' ? value : start + this.#idAsOf(time, id, site)
      }
      if (name === 'sipAddress' && typeof value === 'string') return this.#sipAsOf(time, value)
      if (value?.type === 'personal-room') return { ...value, value: this.#sipAsOf(time, value.value) }
      return value
    })
    return JSON.stringify(shown)
  }

  #sipAsOf(time: number, sipAddress: string): string {
    const at = sipAddress.lastIndexOf('@')
    const site = sipAddress.slice(at + 1)
    return `${this.#idAsOf(time, sipAddress.slice(0, at), site)}@${site}`
  }

  /** Goes back from change to change; each must be older than the one after it, since two rooms may have swapped. */
  #idAsOf(time: number, id: string, site: string): string {
    let shown = id
    for (let until = Number.POSITIVE_INFINITY; ; ) {
      const change = this.#changes.get(addressOf(shown, site))?.findLast(({ at }) => at < until)
      if (change === undefined || change.at <= time) return shown
      shown = change.before
      until = change.at
    }
  }
}

function addressOf(id: string, siteUrl: string): string {
  return `${id}@${siteUrl}`.toLowerCase()
}
