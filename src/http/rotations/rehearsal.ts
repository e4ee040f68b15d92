/**
 * Rehearses a plan: the same engine, against a service in memory that is filled from the plan's snapshot, by a clock
 * that runs faster. Nothing of it reaches the target, nor the rotation's own state.
 */
import { setMaxListeners } from 'node:events'
import { addAdministrator } from '../../local/add-administrator.ts'
import { type Verified, verifyRotation } from '../../rotations/afterwards/verify.ts'
import { owner } from '../../rotations/owner.ts'
import { runRotation } from '../../rotations/running/run.ts'
import type { Progress, RunEnd } from '../../rotations/running/run-deps.ts'
import { Governor } from '../../rotations/target/governor.ts'
import { governedPermits } from '../../rotations/target/permits.ts'
import { makeToken } from '../../store/access/tokens.ts'
import { openStore } from '../../store/open-store.ts'
import { countRotation } from '../../store/rotations/counts.ts'
import type { ItemState } from '../../store/rotations/rotation-tables.ts'
import type { Rotation } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'
import type { Fetch } from '../../webex/calls/calls.ts'
import { createWebexClient } from '../../webex/calls/client.ts'
import { type Clock, systemClock } from '../../webex/calls/clock.ts'
import { TargetError } from '../../webex/calls/target-error.ts'
import { staticToken } from '../../webex/sign-in/token-source.ts'
import type { Faults } from '../../wire/faults.ts'
import type { App } from '../app.ts'
import { buildServer } from '../server.ts'
import { cancellable } from './cancellation.ts'
import { inProcessFetch } from './in-process-fetch.ts'
import { copyPlan } from './rehearsal-copy.ts'

export interface RehearsalRequest {
  /** What goes wrong on purpose. */
  script: Faults
  /** How many seconds of its clock pass in one. */
  speed: number
  workers: number
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal
}

export interface Rehearsed {
  end: RunEnd
  /** By its own clock. */
  minutes: number
  calls: number
  rooms: Record<ItemState, number>
  refused: { reason: string; count: number }[]
  verified: Verified & { wrongs: number }
}

export async function rehearse(store: Store, rotation: Rotation, wish: RehearsalRequest): Promise<Rehearsed> {
  const copy = await openStore('sqlite::memory:')
  try {
    return await rehearseIn(copy, store, rotation, wish)
  } finally {
    await copy.close()
  }
}

async function rehearseIn(
  copy: Store,
  store: Store,
  rotation: Rotation,
  { script, speed, workers, onProgress, signal }: RehearsalRequest,
): Promise<Rehearsed> {
  const token = makeToken()
  await addAdministrator(copy, token, 'rehearsal')
  const key = await copyPlan(store, rotation, copy)
  const clock = fasterClock(speed)
  const app = await buildServer({
    store: copy,
    rateLimit: null,
    faults: { script, environment: { ...clock, lose: reply => reply.header(lost, '1') } },
  })
  const made = { calls: 0 }
  const giveUp = signal ?? new AbortController().signal
  // Every call that is under way waits for it too.
  setMaxListeners(0, giveUp)
  const fetch = fetchOf(app, made)
  const permits = governedPermits(new Governor(), clock)
  const calls = cancellable({ giveUp }, { fetch, permits, token: staticToken(token), clock })
  const client = createWebexClient(rotation.target, calls)
  const began = clock.now()
  try {
    const end = await runRotation(key, {
      store: copy,
      client,
      clock,
      owner,
      workers,
      ...(onProgress && { onProgress }),
      ...(signal && { signal }),
    })
    const minutes = (clock.now() - began) / 60_000
    const { calls } = made
    const read = await readBack(end, verifyRotation(key, { store: copy, client, now: () => clock.now() }))
    const { rooms, refused } = await countRotation(copy.db, key)
    return { ...read, minutes, calls, rooms, refused }
  } finally {
    await app.close()
  }
}

/** Where the rooms cannot be read back, it stops for that, unless it had stopped before. */
async function readBack(
  end: RunEnd,
  reading: Promise<Rehearsed['verified']>,
): Promise<Pick<Rehearsed, 'end' | 'verified'>> {
  try {
    return { end, verified: await reading }
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    const unread: RunEnd = { end: 'stopped', kind: 'down', because: error.message }
    return {
      end: end.end === 'stopped' ? end : unread,
      verified: { changed: 0, notYetVisible: 0, wrongs: 0, wrong: [] },
    }
  }
}

/** The mark of an answer that gets lost on its way. */
const lost = 'x-roomkey-lost'

/** Counts the calls. A connection that was cut is an error, as over a socket. */
function fetchOf(app: App, made: { calls: number }): Fetch {
  const fetch = inProcessFetch(app)
  return async (url, init) => {
    made.calls += 1
    const answer = await fetch(url, init)
    if (answer.headers.has(lost)) throw Object.assign(new Error('cut'), { code: 'ECONNRESET' })
    return answer
  }
}

/** A second by this clock takes a part of one. */
function fasterClock(speed: number): Clock {
  const began = Date.now()
  const started = performance.now()
  return {
    now: () => Math.floor(began + (performance.now() - started) * speed),
    sleep: (ms, signal) => systemClock.sleep(ms / speed, signal),
  }
}
