/**
 * A store that treats batches as a target with these habits would. The rule of the batch stays as it is: what the target
 * does otherwise is made of several batches, one after the other, of which nobody sees the middle.
 */

import type { TargetAnswers } from '../../../probe/target-profile.ts'
import type { ItemRefusal } from '../../../rooms/refusal.ts'
import { roomIdKey } from '../../../rooms/room-id.ts'
import type { RefreshOutcome, RefreshRequest } from '../../../store/refresh/refresh-rooms.ts'
import { currentIds } from '../../../store/rooms/current-ids.ts'
import { findSiteById } from '../../../store/sites/sites.ts'
import { type MemoryStore, openMemoryStore, type Snapshot } from '../../../store/sqlite/memory-store.ts'
import { type AskedItem, carriedOut, changedInSpite, judge } from './judge.ts'

/** Where an ID is not given back at once, it is after an hour. */
const waitMs = 60 * 60_000

export async function openHabitualStore(habits: TargetAnswers): Promise<MemoryStore> {
  const store = await openMemoryStore({ caseMatters: habits.idCase === 'matters' })
  /** When each ID was given up. */
  const gaveUp = new Map<string, number>()
  let last: Promise<unknown> = Promise.resolve()

  return Object.create(store, {
    refreshRooms: {
      value(request: RefreshRequest): Promise<RefreshOutcome> {
        const result = last.then(() => refresh(request))
        last = result.catch(() => undefined)
        return result
      },
    },
    restore: {
      value(snapshot: Snapshot): Promise<void> {
        gaveUp.clear()
        return store.restore(snapshot)
      },
    },
  })

  async function refresh(request: RefreshRequest): Promise<RefreshOutcome> {
    const { items, by, dryRun } = request
    if (by === 'personId' && habits.personIds === 'refused') {
      return refused(items.map((_, item) => ({ reason: 'PersonUnknown', item })))
    }
    if (habits.freedIds === 'free') await endQuarantine(request)
    const asked = await look(request)
    const alone: (ItemRefusal | undefined)[] = []
    for (const item of items) {
      const outcome = await store.refreshRooms({ ...request, items: [item], idempotency: null, dryRun: true })
      alone.push(outcome.outcome === 'refused' ? outcome.refusals[0] : undefined)
    }
    const refusals = judge(habits, asked, alone)
    if (refusals.length === 0) return carryOut(request, asked)
    if (!dryRun) for (const item of changedInSpite(habits, refusals, items.length)) await change(request, [item])
    return refused(refusals)
  }

  async function look({ siteId, by, items, now }: RefreshRequest): Promise<AskedItem[]> {
    const { url } = await findSiteById(store.db, siteId)
    const addresses = items.map(({ address }) => address)
    const ids = await currentIds(store.db, url, by === 'email' ? addresses : [], by === 'personId' ? addresses : [])
    return items.map(({ address, id }) => {
      const wanted = keyOf(id)
      const since = gaveUp.get(wanted ?? '')
      return {
        address,
        current: keyOf(ids.get(address) ?? null),
        wanted,
        id,
        waits: since !== undefined && now < since + waitMs,
      }
    })
  }

  function keyOf(id: string | null): string | null {
    return id === null || habits.idCase === 'matters' ? id : roomIdKey(id)
  }

  async function carryOut(request: RefreshRequest, asked: AskedItem[]): Promise<RefreshOutcome> {
    const kept = carriedOut(habits, asked)
    const outcome = await change(request, kept)
    if (outcome.outcome !== 'refreshed') return outcome
    const rooms = []
    for (const [item, { address, id }] of request.items.entries()) {
      const given = kept.indexOf(item)
      const room = given < 0 ? await roomOf(request, address) : outcome.rooms[given]!
      rooms.push(given < 0 ? { ...room, id: id ?? room.id } : room)
    }
    return { ...outcome, rooms: habits.answerOrder === 'other' ? rooms.reverse() : rooms }
  }

  /** Somebody in the form of the answer. */
  async function roomOf(request: RefreshRequest, address: string) {
    const asked = { ...request, items: [{ address, id: null }], idempotency: null, dryRun: true }
    const outcome = await store.refreshRooms(asked)
    if (outcome.outcome !== 'refreshed') throw new Error('Somebody whose room was changed a moment ago is gone.')
    return outcome.rooms[0]!
  }

  async function change(request: RefreshRequest, which: number[]): Promise<RefreshOutcome> {
    const items = which.map(item => request.items[item]!)
    const before = habits.lastHolder === 'waits' ? await look({ ...request, items }) : []
    const outcome = await store.refreshRooms({ ...request, items })
    if (outcome.outcome !== 'refreshed' || request.dryRun) return outcome
    for (const { current, wanted } of before) {
      if (current !== null && current !== wanted) gaveUp.set(current, request.now)
    }
    return outcome
  }

  async function endQuarantine({ siteId, now, tokenId, trackingId }: RefreshRequest): Promise<void> {
    const { url: siteUrl, quarantine_days } = await findSiteById(store.db, siteId)
    if (quarantine_days === 0) return
    await store.write('changeSite', { tokenId, trackingId, now, siteId, siteUrl, changes: { quarantineDays: 0 } })
  }
}

function refused(refusals: ItemRefusal[]): RefreshOutcome {
  return { outcome: 'refused', refusals, replayed: false }
}
