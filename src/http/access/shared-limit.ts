import type { SharedCalls } from '../../store/store.ts'

interface Lease {
  left: number
  /** True where nothing was granted: the token's limit for this minute is used up. */
  isUsedUp: boolean
  /** When the window ends, in milliseconds since this process began: no clock change can move that. */
  until: number
}

/** With more leases than this, the expired ones are removed. */
const manyLeases = 10_000

/**
 * One limit on a token's calls for all processes on a database. Each process takes calls on lease, a few at a time, and
 * grants them by itself; all leases of a minute together never exceed the limit. What an idle process holds on lease
 * when the others have used up the rest is lost until the minute ends.
 */
export class SharedLimit {
  readonly #calls: SharedCalls
  readonly #perMinute: number
  readonly #leases = new Map<string, Lease>()
  readonly #renewals = new Map<string, Promise<Lease>>()

  constructor(calls: SharedCalls, perMinute: number) {
    this.#calls = calls
    this.#perMinute = perMinute
  }

  /** Counts a call. */
  async count(tokenId: string): Promise<{ isExceeded: boolean; ttlInSeconds: number }> {
    for (;;) {
      const lease = this.#current(tokenId) ?? (await this.#renew(tokenId))
      if (lease.left > 0) {
        lease.left -= 1
        return { isExceeded: false, ttlInSeconds: 0 }
      }
      if (lease.isUsedUp) return { isExceeded: true, ttlInSeconds: Math.ceil((lease.until - performance.now()) / 1000) }
    }
  }

  /** The lease that can still grant a call; those who waited for it together may have used it up. */
  #current(tokenId: string): Lease | undefined {
    const lease = this.#leases.get(tokenId)
    return lease !== undefined && lease.until > performance.now() && (lease.left > 0 || lease.isUsedUp)
      ? lease
      : undefined
  }

  /** Calls that arrive while a lease is being requested wait for the same one. */
  #renew(tokenId: string): Promise<Lease> {
    let renewal = this.#renewals.get(tokenId)
    if (renewal === undefined) {
      renewal = this.#ask(tokenId).finally(() => this.#renewals.delete(tokenId))
      this.#renewals.set(tokenId, renewal)
    }
    return renewal
  }

  async #ask(tokenId: string): Promise<Lease> {
    const { granted, endsInMs } = await this.#calls.lease(tokenId, this.#perMinute)
    if (this.#leases.size >= manyLeases) this.#dropEnded()
    const lease = { left: granted, isUsedUp: granted === 0, until: performance.now() + endsInMs }
    this.#leases.set(tokenId, lease)
    return lease
  }

  #dropEnded(): void {
    for (const [tokenId, { until }] of this.#leases) if (until <= performance.now()) this.#leases.delete(tokenId)
  }
}
