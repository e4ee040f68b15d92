/**
 * Reads a mirrored site: the list of people to its end, then the rooms, one slice after the other, each durable before
 * the next. Whoever goes on after a crash begins where the last durable page or slice ended.
 */
import type { MessageOrText } from '../../messages/message.ts'
import { freshnessOf } from '../../store/mirror/next-rooms.ts'
import { getSync } from '../../store/mirror/sync-state.ts'
import { Pace } from './pace.ts'
import { readList } from './read-list.ts'
import { readRooms } from './read-rooms.ts'
import type { SyncDeps, SyncedSite } from './sync-deps.ts'

export interface SyncOptions {
  /** Read every room once and end; else go on until aborted. */
  once: boolean
  /** Believe a list that has lost many people. */
  acceptShrink: boolean
  /** Leave a site to another process that reads it. */
  patient: boolean
}

export type SyncEnd =
  | { end: 'read' }
  | { end: 'stopped' }
  /** Another process reads the site. */
  | { end: 'taken' }
  /** Everything is read, but the list has lost too many people to be believed. */
  | { end: 'shrunk'; missing: number; known: number }

/** How old the list may become, and a room, before it is read again. */
const listEveryMs = 60 * 60_000
const roomEveryMs = 15 * 60_000
/** How long to wait where there is nothing to read. */
const idleMs = 5_000
const heartbeatMs = 10_000

/**
 * @throws TargetError where the target cannot be read. What was read until then is saved.
 */
export async function syncSite(site: SyncedSite, given: SyncDeps, options: SyncOptions): Promise<SyncEnd> {
  const { store, clock, owner } = given
  /** Aborted when another process has taken over, or reading is not wanted any more. */
  const lost = new AbortController()
  const signal = AbortSignal.any([given.signal, lost.signal])
  const deps = { ...given, signal }
  const { siteId } = site
  const reader = () => ({ siteId, owner, now: clock.now() })
  const taken = await store.write('takeSync', { ...reader(), patient: options.patient })
  if (taken === undefined) return { end: 'taken' }
  const pace = new Pace()
  const stopHeartbeat = startHeartbeat()
  let reason: MessageOrText | null = null
  try {
    const end = await readAll()
    return lost.signal.aborted ? { end: 'taken' } : end
  } catch (error) {
    reason = error instanceof Error && 'reason' in error ? (error.reason as MessageOrText) : null
    throw error
  } finally {
    await stopHeartbeat()
    await store.write('releaseSync', { ...reader(), reason })
  }

  async function readAll(): Promise<SyncEnd> {
    const sync = await store.write('beginPass', reader())
    if (sync === undefined) return { end: 'taken' }
    const passBegan = sync.pass_began_at!
    let shrunk: { missing: number; known: number } | null = null
    const isListDue = sync.phase === 'list' || options.once || sync.accept_shrink === 1
    let listedAt = isListDue ? null : sync.list_ended_at
    // A pass that was interrupted goes on with the list that it has read.
    if (options.once && sync.phase === 'rooms' && (sync.list_ended_at ?? 0) > passBegan) listedAt = sync.list_ended_at

    while (!signal.aborted) {
      if (listedAt === null || clock.now() - listedAt > listEveryMs) {
        const list = await readList(site, deps, { acceptShrink: options.acceptShrink, onPage: report })
        if (list === 'stopped' || list === 'taken') return { end: list }
        shrunk = list === 'believed' ? null : list
        listedAt = clock.now()
      }
      const before = options.once ? passBegan : clock.now() - roomEveryMs
      const slice = await readRooms(site, deps, before)
      if (slice === 'stopped' || slice === 'taken') return { end: slice }
      pace.add(slice.read + slice.failed, clock.now())
      await report()
      if (slice.read + slice.failed > 0) continue
      if (options.once) {
        if (!(await store.write('endPass', reader()))) return { end: 'taken' }
        return shrunk === null ? { end: 'read' } : { end: 'shrunk', ...shrunk }
      }
      if (!(await keep())) return { end: 'taken' }
      await clock.sleep(idleMs, signal)
    }
    return { end: 'stopped' }
  }

  function keep(): Promise<boolean> {
    return store.write('keepSync', { ...reader(), roomsPerMinute: pace.perMinute })
  }

  async function report(): Promise<void> {
    if (deps.onProgress === undefined) return
    const sync = (await getSync(store.db, siteId))!
    const freshness = await freshnessOf(store.db, siteId)
    deps.onProgress({
      ...freshness,
      phase: sync.phase,
      listed: sync.listed,
      oddEntries: sync.odd_entries,
      roomsPerMinute: pace.perMinute,
    })
  }

  /** Keeps the lease while the target makes us wait. */
  function startHeartbeat(): () => Promise<void> {
    const over = new AbortController()
    const beating = (async () => {
      for (;;) {
        await clock.sleep(heartbeatMs, over.signal)
        if (over.signal.aborted) return
        // A database that does not answer for a moment is noticed where something is read or saved.
        if (!(await keep().catch(() => true))) lost.abort()
      }
    })()
    return async () => {
      over.abort()
      await beating
    }
  }
}
