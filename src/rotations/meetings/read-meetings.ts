/**
 * Reads which meetings the hosts of a rotation have in their rooms: at least one call for each, whatever is already kept
 * left out. Each host is saved alone, so that whoever is interrupted goes on from there.
 */
import { groupSeries } from '../../meetings/group-series.ts'
import type { HostReading } from '../../store/meetings/affected.ts'
import { readingsOf } from '../../store/meetings/affected.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import { eachItem, getRotation, type RotationItem } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'
import type { WebexClient } from '../../webex/calls/client.ts'
import { concurrently } from '../planning/concurrently.ts'

/** So many hosts at once: few, because what is read of them just then is lost when the process dies. */
const workers = 4
/** One that was read up to almost as far is not read again. */
const toleranceMs = 24 * 60 * 60 * 1000

export interface MeetingsWish {
  /** How far ahead, in milliseconds. */
  aheadMs: number
  /** Also hosts who were read already. */
  again: boolean
}

export interface MeetingsRead {
  /** Hosts whose meetings were read now, and those of which they could not be. */
  read: number
  unread: number
  /** Hosts who had been read before. */
  kept: number
}

export async function readMeetings(
  key: RotationKey,
  deps: { store: Store; client: WebexClient; now: () => number; onProgress?: (read: number) => void },
  { aheadMs, again }: MeetingsWish,
): Promise<MeetingsRead> {
  const { store, client, now } = deps
  const { site_url: siteUrl } = await getRotation(store.db, key)
  const done: MeetingsRead = { read: 0, unread: 0, kept: 0 }
  for await (const items of eachItem(store.db, key)) {
    const hosts = items.filter(({ kind, email, old_id }) => kind === 'move' && email !== '' && old_id !== null)
    const kept = await readingsOf(
      store.db,
      key,
      hosts.map(({ number }) => number),
    )
    await concurrently(hosts, workers, async item => {
      const from = now()
      const until = from + aheadMs
      const changed = isChanged(item)
      const last = kept.get(item.number)
      const isKept =
        last !== undefined &&
        last.reason === null &&
        last.changed === (changed ? 1 : 0) &&
        last.until >= until - toleranceMs
      if (isKept && !again) {
        done.kept += 1
        return
      }
      const found = await client.hostMeetings({ siteUrl, email: item.email, from, to: until })
      const result: HostReading['result'] =
        'meetings' in found ? { series: groupSeries(found.meetings) } : { reason: found.unread }
      const reading = { number: item.number, now: from, until, changed, result }
      await store.write('saveHostMeetings', { ...key, reading })
      if ('meetings' in found) done.read += 1
      else done.unread += 1
      deps.onProgress?.(done.read + done.unread)
    })
  }
  return done
}

/** Whether the room carries its new ID, as far as is known. */
function isChanged({ state, verified }: RotationItem): boolean {
  return state === 'done' || verified === 'changed' || verified === 'since'
}
