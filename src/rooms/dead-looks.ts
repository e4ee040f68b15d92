/**
 * Tells somebody who tries IDs from people who open links. Whoever enumerates a site, from one address or from
 * thousands, looks for many different IDs that no room ever had. People open links that work, links that worked before a
 * rotation, and now and then one with a typing error. So what counts are the different IDs that nobody ever had, and
 * their share of all looks.
 */

const minuteMs = 60_000

/** Within that time, so many different IDs that nobody ever had are too many. */
const bounds = [
  { minutes: 1, ids: 60 },
  { minutes: 60, ids: 600 },
]
/** Typing errors are a smaller share of all looks than that. */
const minShare = 0.05

/** What is kept of a site, at most. */
const maxIds = 2000
const maxClients = 1000
const spanMs = Math.max(...bounds.map(({ minutes }) => minutes)) * minuteMs

/** What was seen of somebody who enumerates a site. */
export interface Enumeration {
  /** Within so many minutes. */
  minutes: number
  /** Different IDs that were looked for and never had by any room; at least so many. */
  ids: number
  /** All looks at links of the site. */
  looks: number
  /** From how many clients the IDs that nobody had were looked for; at least so many. */
  clients: number
  /** The five of them that looked most often. */
  busiest: { client: string; looks: number }[]
}

/** The looks at links of one site. Times are milliseconds that never go back. */
export class DeadLooks {
  /** When each ID that nobody ever had was looked for last, the longest ago first. */
  readonly #ids = new Map<string, number>()
  readonly #clients = new Map<string, { looks: number; at: number }>()
  /** All looks, by minute. */
  readonly #looks = new Map<number, number>()

  /** @param never the ID, in lower case, if no room ever had it. */
  add(at: number, client: string, never: string | null): void {
    const minute = Math.floor(at / minuteMs)
    this.#looks.set(minute, (this.#looks.get(minute) ?? 0) + 1)
    this.#forget(at)
    if (never === null) return
    this.#ids.delete(never)
    this.#ids.set(never, at)
    const { looks } = this.#clients.get(client) ?? { looks: 0 }
    this.#clients.delete(client)
    this.#clients.set(client, { looks: looks + 1, at })
  }

  /** Whether somebody enumerates the site now. */
  judge(now: number): Enumeration | null {
    for (const { minutes, ids: tooMany } of bounds) {
      const since = now - minutes * minuteMs
      const ids = countSince(this.#ids.values(), since)
      const looks = this.#looksSince(since)
      if (ids < tooMany || ids < looks * minShare) continue
      const clients = [...this.#clients].filter(([, { at }]) => at >= since)
      const busiest = clients
        .map(([client, { looks }]) => ({ client, looks }))
        .sort((a, b) => b.looks - a.looks)
        .slice(0, 5)
      return { minutes, ids, looks, clients: clients.length, busiest }
    }
    return null
  }

  /** Counts whole minutes, so up to one more: that makes the share smaller, and never raises an alarm. */
  #looksSince(since: number): number {
    let sum = 0
    for (const [minute, looks] of this.#looks) if ((minute + 1) * minuteMs > since) sum += looks
    return sum
  }

  #forget(now: number): void {
    const since = now - spanMs
    for (const [key, at] of this.#ids) {
      if (at >= since && this.#ids.size < maxIds) break
      this.#ids.delete(key)
    }
    for (const [client, { at }] of this.#clients) {
      if (at >= since && this.#clients.size < maxClients) break
      this.#clients.delete(client)
    }
    for (const minute of this.#looks.keys()) {
      if ((minute + 1) * minuteMs > since) break
      this.#looks.delete(minute)
    }
  }
}

function countSince(times: Iterable<number>, since: number): number {
  let count = 0
  for (const at of times) if (at >= since) count += 1
  return count
}
