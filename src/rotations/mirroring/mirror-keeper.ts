/**
 * Keeps mirrors up to date for as long as the service runs: reads every mirrored site that is to be read and that no
 * other process reads, at a share of what its target allows.
 */
import { randomUUID } from 'node:crypto'
import type { MessageOrText } from '../../messages/message.ts'
import { mirrorsToRead } from '../../store/mirror/sync-state.ts'
import type { Site } from '../../store/sites/sites.ts'
import type { Store } from '../../store/store.ts'
import { systemClock } from '../../webex/calls/clock.ts'
import { TargetError } from '../../webex/calls/target-error.ts'
import { isRefusal } from '../refusal.ts'
import { connect, type Route, type RouteRefusal } from '../target/connect.ts'
import { sharedBudget } from '../target/share.ts'
import { readMirror } from './read-mirror.ts'

export interface MirrorKeeperDeps {
  store: Store
  /** The route to a target elsewhere, by this machine's sign-in. */
  routeTo: (target: string) => Route | RouteRefusal
  /** Of what a target allows, above 0 and up to 1. */
  share: number
  /** Told what stopped a reading; it is tried again later. */
  onFailure: (site: Site, reason: MessageOrText | unknown) => void
  /** Which process this is. Default: this one; tests have several in one. */
  owner?: string
  lookEveryMs?: number
}

const lookEveryMs = 2_000
/** How soon a site is tried again whose target could not be read: doubling, up to the longest. */
const retryMs = { first: 30_000, longest: 15 * 60_000 }

export class MirrorKeeper {
  readonly #deps: MirrorKeeperDeps
  readonly #stop = new AbortController()
  readonly #reading = new Map<number, Promise<void>>()
  readonly #failures = new Map<number, { count: number; until: number }>()
  #looking: Promise<void> = Promise.resolve()

  constructor(deps: MirrorKeeperDeps) {
    this.#deps = deps
  }

  start(): void {
    this.#looking = this.#look()
  }

  /** Ends all reading; what was read is saved. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#looking
    await Promise.all(this.#reading.values())
  }

  async #look(): Promise<void> {
    const { store, onFailure } = this.#deps
    while (!this.#stop.signal.aborted) {
      const sites = await mirrorsToRead(store.db, systemClock.now()).catch(() => [])
      for (const site of sites) {
        if (this.#reading.has(site.site_id) || this.#isWaiting(site.site_id)) continue
        const reading = this.#read(site)
          .catch(error => {
            this.#noteFailure(site.site_id, error)
            onFailure(site, error instanceof TargetError ? error.reason : error)
          })
          .finally(() => this.#reading.delete(site.site_id))
        this.#reading.set(site.site_id, reading)
      }
      await systemClock.sleep(this.#deps.lookEveryMs ?? lookEveryMs, this.#stop.signal)
    }
  }

  async #read(site: Site): Promise<void> {
    const { store, routeTo, share, owner } = this.#deps
    const { target, profile } = site
    if (target === null || profile === null) return
    const route = routeTo(target)
    if (isRefusal(route)) return this.#wait(site.site_id, retryMs.first)
    const clock = route.clock ?? systemClock
    const { signal } = this.#stop
    const session = connect(target, { ...route, budget: sharedBudget(route.budget, share, clock) }, { giveUp: signal })
    try {
      await readMirror(store, session.client, {
        siteId: site.site_id,
        siteUrl: site.url_key,
        profile,
        options: { once: false, acceptShrink: false, patient: true },
        trackingId: `ROOMKEY_${randomUUID()}`,
        // The share lets one call go at a time.
        readers: 1,
        signal,
        clock,
        ...(owner === undefined ? {} : { owner }),
      })
      this.#failures.delete(site.site_id)
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      session.end()
    }
  }

  #isWaiting(siteId: number): boolean {
    return (this.#failures.get(siteId)?.until ?? 0) > systemClock.now()
  }

  #noteFailure(siteId: number, error: unknown): void {
    const count = (this.#failures.get(siteId)?.count ?? 0) + 1
    const waitMs = Math.min(retryMs.longest, retryMs.first * 2 ** (count - 1))
    const asked = error instanceof TargetError ? (error.until ?? 0) - systemClock.now() : 0
    this.#wait(siteId, Math.max(waitMs, asked), count)
  }

  #wait(siteId: number, ms: number, count = 0): void {
    this.#failures.set(siteId, { count, until: systemClock.now() + ms })
  }
}
