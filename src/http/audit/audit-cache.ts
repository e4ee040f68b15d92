/** A cache of site audits: going through a million rooms takes a while. */

import type { KnownNumbers } from '../../guessability/attacker/known-numbers.ts'
import type { GuessContext } from '../../guessability/guessability.ts'
import { auditRooms } from '../../guessability/site-report/audit-rooms.ts'
import { knownIdsOfSite, roomsOfSite, slicesOfIds, slicesOfSite } from '../../guessability/site-report/rooms-of-site.ts'
import { drawnBits } from '../../rotations/planning/drawn-bits.ts'
import { lastPerson } from '../../store/people/people.ts'
import { newestChange } from '../../store/rooms/all-rooms.ts'
import type { Site } from '../../store/sites/sites.ts'
import type { Audit } from '../../wire/audit.ts'
import type { Api } from '../app.ts'
import { type Audited, auditInThread } from './audit-in-thread.ts'
import type { AuditTask } from './audit-messages.ts'

/** A site with more people is audited in a thread, one such site at a time. */
const maxPeopleHere = 10_000

/** An audit that took longer than this is repeated once a minute at most, instead of at every change. */
const quickMs = 1000
const minuteMs = 60_000

interface CachedAudit {
  change: number
  audit: Promise<Audit>
  /** When it was made, how long it took, and the known IDs; absent while it is being made. */
  done?: { at: number; tookMs: number; numbers: KnownNumbers }
}

export class AuditCache {
  readonly #api: Api
  readonly #entries = new Map<number, CachedAudit>()
  readonly #stopping = new AbortController()
  /** The last of the audits that take turns. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(api: Api) {
    this.#api = api
    api.app.addHook('preClose', async () => this.#stopping.abort())
  }

  clear(): void {
    this.#entries.clear()
  }

  /** The audit of a site as it is now, or as it was up to a minute ago where making one is expensive. */
  async of(site: Site): Promise<Audit> {
    const change = await newestChange(this.#api.store.db, site.site_id)
    const cached = this.#entries.get(site.site_id)
    if (cached !== undefined && isCurrent(cached, change, performance.now())) return cached.audit
    const started: CachedAudit = { change, audit: this.#audit(site, this.#api.app.clock.now(), () => started) }
    this.#entries.set(site.site_id, started)
    return started.audit
  }

  /**
   * What is known of a site when one of its rooms is judged by itself. Numbers in nearby IDs are known only once the
   * site's audit has been made.
   */
  async contextOf(site: Site): Promise<GuessContext> {
    const rule = await this.#ruleOf(site)
    const numbers = this.#entries.get(site.site_id)?.done?.numbers
    return numbers === undefined ? rule : { ...rule, neighboursOf: key => numbers.neighbours(site.url, key) }
  }

  async #ruleOf({ id_prefix: prefix, id_length: length, url }: Site) {
    return { prefix, length, drawn: await drawnBits(this.#api.store.db, url) }
  }

  async #audit(site: Site, now: number, own: () => CachedAudit): Promise<Audit> {
    const began = performance.now()
    try {
      const rule = await this.#ruleOf(site)
      const people = await lastPerson(this.#api.store.db, site.site_id)
      const make = people > maxPeopleHere ? this.#inTurn : this.#here
      const { audit, numbers } = await make.call(this, site, { now, rule })
      own().done = { at: performance.now(), tookMs: performance.now() - began, numbers }
      return audit
    } catch (error) {
      this.#entries.delete(site.site_id)
      throw error
    }
  }

  async #here(site: Site, task: AuditTask): Promise<Audited> {
    const { db } = this.#api.store
    const known = await knownIdsOfSite(db, site)
    const audit = await auditRooms(() => roomsOfSite(db, site), { ...task, known })
    return { audit, numbers: known.numbers }
  }

  #inTurn(site: Site, task: AuditTask): Promise<Audited> {
    const { db } = this.#api.store
    const passes = () => ({ ids: slicesOfIds(db, site), rooms: slicesOfSite(db, site) })
    const made = this.#last.then(() => auditInThread(passes(), task, this.#stopping.signal))
    this.#last = made.catch(() => undefined)
    return made
  }
}

function isCurrent({ change, done }: CachedAudit, newest: number, now: number): boolean {
  if (done === undefined || change === newest) return true
  return done.tookMs > quickMs && now - done.at < minuteMs
}
