/** Watches looks at links for somebody who tries IDs, and reports them: a log line, the audit log, a metric. */
import { DeadLooks, type Enumeration } from '../../rooms/dead-looks.ts'
import type { FoundRoom } from '../../store/rooms/lookup.ts'
import type { Site } from '../../store/sites/sites.ts'
import type { Api } from '../app.ts'

/** Somebody who goes on is reported again after that time. */
const againMs = 60 * 60_000

export interface Look {
  /** The ID, in lower case. */
  key: string
  found: FoundRoom
  client: string
}

/** Of this process alone: several processes on one database each see their own looks. */
export class GuessWatch {
  readonly #api: Api
  readonly #sites = new Map<number, { looks: DeadLooks; reportedAt: number }>()
  /** How often somebody was reported. */
  reports = 0

  constructor(api: Api) {
    this.#api = api
  }

  looked(site: Site, { key, found, client }: Look): void {
    const { clock } = this.#api.app
    const now = clock.elapsed()
    const seen = this.#sites.get(site.site_id) ?? { looks: new DeadLooks(), reportedAt: Number.NEGATIVE_INFINITY }
    this.#sites.set(site.site_id, seen)
    seen.looks.add(now, client, found.wasHeld ? null : key)
    if (found.wasHeld || now - seen.reportedAt < againMs) return
    const enumeration = seen.looks.judge(now)
    if (enumeration === null) return
    seen.reportedAt = now
    this.#report(site, enumeration)
  }

  #report(site: Site, enumeration: Enumeration): void {
    const { app, store } = this.#api
    this.reports += 1
    app.log.warn({ siteUrl: site.url, ...enumeration }, 'somebody tries IDs of rooms')
    const { busiest, ...counts } = enumeration
    const detail = { ...counts, busiest: busiest.map(({ client, looks }) => `${client} (${looks})`) }
    const event = { siteId: site.site_id, action: 'site.enumerated', subject: site.url, detail }
    store
      .write('recordAuditEvent', { tokenId: 'roomkey', trackingId: 'none', now: app.clock.now(), event })
      .catch((error: unknown) => app.log.error({ err: error }, 'the audit log could not be written'))
  }
}
