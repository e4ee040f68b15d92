/** How long the rooms have carried their IDs. */

import { dayMs } from '../../time.ts'
import type { Audit } from '../../wire/audit.ts'
import { NumberColumn } from '../attacker/number-column.ts'

const bandLimits = [30, 90, 365, 3 * 365, null]

export class Ages {
  readonly #now: number
  readonly #days = new NumberColumn()
  readonly #bands = bandLimits.map(() => 0)
  #unknown = 0

  /** `now` in milliseconds since 1970. */
  constructor(now: number) {
    this.#now = now
  }

  /** `since` in milliseconds since 1970, where it is known. */
  add(since: number | undefined): void {
    if (since === undefined) {
      this.#unknown += 1
      return
    }
    const days = Math.max(0, (this.#now - since) / dayMs)
    this.#days.push(days)
    const band = bandLimits.findIndex(limit => limit === null || days < limit)
    this.#bands[band]! += 1
  }

  result(): Pick<Audit, 'ages'> {
    const oldestDays = this.#days.size === 0 ? null : this.#days.values().reduce((a, b) => Math.max(a, b))
    const bands = bandLimits.map((underDays, band) => ({ underDays, rooms: this.#bands[band]! }))
    return { ages: { unknown: this.#unknown, medianDays: this.#days.median() ?? null, oldestDays, bands } }
  }
}
