import { describeFreshness } from '../../directory/sync/freshness.ts'
import { asMessage } from '../../messages/message.ts'
import { render } from '../../messages/render.ts'
import { freshnessOf } from '../../store/mirror/next-rooms.ts'
import { getSync, isRead } from '../../store/mirror/sync-state.ts'
import type { Site } from '../../store/sites/sites.ts'
import { fromStoredOrNull } from '../../store/stored-message.ts'
import type { Db } from '../../store/tables.ts'
import type { SyncAnswer } from '../../wire/sites.ts'

/** How far the reading of a mirrored site has come. */
export async function syncAnswer(db: Db, site: Site, now: number): Promise<SyncAnswer> {
  const sync = (await getSync(db, site.site_id))!
  const freshness = await freshnessOf(db, site.site_id)
  const words = describeFreshness(freshness, now)
  const reason = fromStoredOrNull(sync.stop_reason)
  const { rooms, unread, failed, newestAt, oldestAt } = freshness
  const state = isRead(sync, now) ? 'reading' : sync.wanted === 1 ? 'waiting' : 'stopped'
  const pace = state === 'reading' ? sync.rooms_per_minute : null
  return {
    siteUrl: site.url,
    target: site.target ?? '',
    state,
    phase: sync.phase,
    listed: sync.listed,
    oddEntries: sync.odd_entries,
    missing: sync.missing,
    known: sync.known,
    rooms,
    unread,
    failed,
    newestReadAt: asTime(newestAt),
    oldestReadAt: asTime(oldestAt),
    listedAt: asTime(sync.list_ended_at),
    roomsPerMinute: pace,
    secondsLeft: pace === null || pace === 0 ? null : Math.ceil((unread / pace) * 60),
    freshness: render(words),
    freshnessMessage: words,
    stopReason: reason === null ? null : render(reason),
    stopMessage: asMessage(reason),
  }
}

function asTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
