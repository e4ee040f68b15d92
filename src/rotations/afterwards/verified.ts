/** What a verification found, and the counting of it. */
import type { MessageOrText } from '../../messages/message.ts'
import { render } from '../../messages/render.ts'
import { mayBeWrong } from '../../rooms/list-sample.ts'
import type { RoomReading } from '../../webex/calls/client.ts'
import { visibleAfterMs } from '../target/profile.ts'
import type { ListSample } from '../target/read-sample.ts'
import type { Visible } from './judge-visible.ts'
import type { TouchedRoom } from './touched-rooms.ts'

export interface Verified {
  /** Rooms that were read and carry their new ID. */
  changed: number
  /** Whether these were changed cannot be told yet. */
  notYetVisible: number
  /** How many of these could not be read. */
  unread: number
  wrongs: number
  /** Rooms that were not read: the list of people shows their new ID, and a sample agreed with it. */
  listed: number
  /** Rooms that were not read, because only a sample was asked for; and how many of them may be wrong, at 95% certainty. */
  notRead: number
  mayBeWrong: number
  /** Where a verification that was interrupted is gone on with: since when what it read counts, in ISO 8601. */
  goneOnSince: string | null
  /** What the sample of the list said, where the list was asked for; where it does not agree, all rooms were read. */
  list: ListSample | null
  /** Rooms that carry an ID that they were given after the rotation: by which other rotation, or null for somebody else. */
  changedSince: { rotation: number | null; rooms: number }[]
  /** The first of those that are wrong. */
  wrong: { email: string; expected: string; found: string }[]
  /** The first of those that could not be read, and why not. */
  unreadable: { email: string; reason: MessageOrText }[]
  /** Rooms of the plan that are still to be changed, or of which it is not known: the rotation has not ended. */
  open: number
  /** From when on all can be told, in ISO 8601; null where that is now. */
  tellableAt: string | null
}

/** How many wrong rooms are listed by name; the report has them all. */
const maxListed = 100

export class VerifiedCounts {
  readonly #counts = { changed: 0, notYetVisible: 0, unread: 0, since: 0, wrong: 0, unchanged: 0 }
  readonly #sinceBy = new Map<number | null, number>()
  readonly #wrong: Verified['wrong'] = []
  readonly #unreadable: Verified['unreadable'] = []
  #latest = 0
  goneOnSince: number | null = null
  listed = 0
  notRead = 0
  list: ListSample | null = null

  /** Rooms that an interrupted verification has read. */
  addChanged(count: number, since: number): void {
    if (count > 0) this.goneOnSince = since
    this.#counts.changed += count
  }

  /** @param by the rotation that gave it the ID that it shows, or null for somebody else; undefined for what is not known. */
  add({ item, done, lastAt }: TouchedRoom, reading: RoomReading, visible: Visible, by?: number | null): void {
    this.#counts[visible] += 1
    if (by !== undefined) this.#sinceBy.set(by, (this.#sinceBy.get(by) ?? 0) + 1)
    if (visible === 'notYetVisible') this.#latest = Math.max(this.#latest, lastAt)
    const { email } = item
    if (visible === 'wrong' && this.#wrong.length < maxListed) {
      this.#wrong.push({ email, expected: (done ? item.settled_id : item.new_id) ?? '', found: shownBy(reading) })
    }
    if ('unclear' in reading && this.#unreadable.length < maxListed) {
      this.#unreadable.push({ email, reason: reading.unclear })
    }
  }

  result(open: number, now: number): Verified {
    const { changed, unread, wrong } = this.#counts
    const notYetVisible = this.#counts.notYetVisible + unread
    const tellable = Math.max(this.#latest + visibleAfterMs, unread > 0 ? now : 0)
    const isSampleRight = wrong === 0 && notYetVisible === 0
    return {
      changed,
      notYetVisible,
      unread,
      wrongs: wrong,
      listed: this.listed,
      notRead: this.notRead,
      mayBeWrong: isSampleRight ? mayBeWrong(this.notRead + changed, changed) : this.notRead,
      goneOnSince: this.goneOnSince === null ? null : new Date(this.goneOnSince).toISOString(),
      list: this.list,
      changedSince: [...this.#sinceBy].map(([rotation, rooms]) => ({ rotation, rooms })),
      wrong: this.#wrong,
      unreadable: this.#unreadable,
      open,
      tellableAt: notYetVisible === 0 ? null : new Date(tellable).toISOString(),
    }
  }
}

/** What a room shows, or why it shows none. */
export function shownBy(reading: RoomReading): string {
  if ('roomId' in reading) return reading.roomId
  return render('missing' in reading ? reading.missing : '')
}
