/** Audits of sites, kept while they are true: going through a million rooms takes a while. */

import { type AuditedRoom, auditRooms } from '../audit/audit-rooms.ts'
import type { Audit } from '../audit/audit-shape.ts'
import type { GuessContext } from '../audit/guessability.ts'
import { KnownNumbers } from '../audit/known-numbers.ts'
import { roomsOfSite } from '../audit/rooms-of-site.ts'
import { roomIdKey } from '../rooms/room-id.ts'
import { newestChange } from '../store/all-rooms.ts'
import type { Site } from '../store/sites.ts'
import type { Db } from '../store/tables.ts'

/** An audit that took longer than this is not made again at every change, but once a minute. */
const quickMs = 1000
const minuteMs = 60_000

interface Kept {
  change: number
  numbers: KnownNumbers
  audit: Promise<Audit>
  /** When it was done, and how long it took; absent while it is under way. */
  done?: { at: number; tookMs: number }
}

export class KeptAudits {
  readonly #db: Db
  readonly #kept = new Map<number, Kept>()

  constructor(db: Db) {
    this.#db = db
  }

  /** The audit of a site as it is now, or as it was a minute ago where that is expensive to know. */
  async of(site: Site): Promise<Audit> {
    const change = await newestChange(this.#db, site.site_id)
    const kept = this.#kept.get(site.site_id)
    if (kept !== undefined && isGood(kept, change, Date.now())) return kept.audit
    const numbers = new KnownNumbers()
    const begun: Kept = { change, numbers, audit: this.#audit(site, numbers, Date.now(), () => begun) }
    this.#kept.set(site.site_id, begun)
    return begun.audit
  }

  /**
   * What is known of a site where one of its rooms is judged by itself. Which other numbers are near is known once the
   * site's audit has been made.
   */
  contextOf(site: Site): GuessContext {
    const rule = { prefix: site.id_prefix, length: site.id_length }
    const kept = this.#kept.get(site.site_id)
    if (kept?.done === undefined) return rule
    return { ...rule, neighboursOf: key => kept.numbers.neighbours(site.url, key) }
  }

  async #audit(site: Site, numbers: KnownNumbers, now: number, own: () => Kept): Promise<Audit> {
    try {
      const rule = { prefix: site.id_prefix, length: site.id_length }
      let pass = 0
      const audit = await auditRooms(
        () => {
          pass += 1
          return roomsToAudit(this.#db, site, pass === 1 ? numbers : null)
        },
        { now, rule },
      )
      own().done = { at: Date.now(), tookMs: Date.now() - now }
      return audit
    } catch (error) {
      this.#kept.delete(site.site_id)
      throw error
    }
  }
}

function isGood({ change, done }: Kept, newest: number, now: number): boolean {
  if (done === undefined || change === newest) return true
  return done.tookMs > quickMs && now - done.at < minuteMs
}

async function* roomsToAudit(db: Db, site: Site, numbers: KnownNumbers | null): AsyncGenerator<AuditedRoom> {
  for await (const room of roomsOfSite(db, site)) {
    numbers?.add(site.url, roomIdKey(room.roomId))
    yield room
  }
}
