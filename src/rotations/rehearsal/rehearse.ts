/** Carries a plan out by the same engine, against a copy of its site in memory, by a clock that runs faster. */

import { setMaxListeners } from 'node:events'
import type { ReasonCount } from '../../messages/reason-counts.ts'
import { countRotation } from '../../store/rotations/counts.ts'
import type { ItemState } from '../../store/rotations/rotation-tables.ts'
import type { Fetch } from '../../webex/calls/calls.ts'
import { type Clock, systemClock } from '../../webex/calls/clock.ts'
import { TargetError } from '../../webex/calls/target-error.ts'
import { staticToken } from '../../webex/sign-in/token-source.ts'
import type { Faults } from '../../wire/faults.ts'
import { type Verified, VerifiedCounts } from '../afterwards/verified.ts'
import { verifyRooms } from '../afterwards/verify.ts'
import { owner } from '../lifecycle.ts'
import { isRefusal } from '../refusal.ts'
import { runRotation } from '../running/run.ts'
import type { Progress, RunEnd, RunRefusal } from '../running/run-deps.ts'
import { connect, newBudget } from '../target/connect.ts'
import { copyPlan, type PlanToCopy } from './copy-plan.ts'
import type { OpenSandbox, Sandbox } from './sandbox.ts'

export interface RehearsalRequest {
  /** What goes wrong on purpose. */
  faults: Faults
  /** How many seconds of its clock pass in one. */
  speed: number
  workers?: number
  onProgress?: (progress: Progress) => void
  /** Once aborted, it ends as soon as it can. */
  giveUp?: AbortSignal
}

export interface Rehearsed {
  end: RunEnd
  /** By its own clock. */
  minutes: number
  calls: number
  rooms: Record<ItemState, number>
  refused: ReasonCount[]
  verified: Verified
}

/** Rehearses a plan. Ends with a refusal where the plan is not what its hash says. */
export type Rehearse = (plan: PlanToCopy, request: RehearsalRequest) => Promise<Rehearsed | RunRefusal>

/** Rehearses in this thread. */
export function rehearseWith(openSandbox: OpenSandbox): Rehearse {
  return async (plan, request) => {
    const clock = fasterClock(request.speed)
    const sandbox = await openSandbox(request.faults, clock)
    try {
      return await rehearseIn(sandbox, clock, plan, request)
    } finally {
      await sandbox.close()
    }
  }
}

async function rehearseIn(
  { store: copy, fetch, token }: Sandbox,
  clock: Clock,
  plan: PlanToCopy,
  { workers = 4, onProgress, giveUp = new AbortController().signal }: RehearsalRequest,
): Promise<Rehearsed | RunRefusal> {
  const key = await copyPlan(plan, copy)
  // Every call that is under way listens to it.
  setMaxListeners(0, giveUp)
  const counted = countCalls(fetch)
  const route = { fetch: counted.fetch, token: staticToken(token), budget: newBudget(clock), clock }
  const { client } = connect(plan.rotation.target, route, { giveUp })
  const began = clock.now()
  const end = await runRotation(key, {
    store: copy,
    client,
    clock,
    owner,
    workers,
    signal: giveUp,
    ...(onProgress && { onProgress }),
  })
  if (isRefusal(end)) return end
  const minutes = (clock.now() - began) / 60_000
  const calls = counted.calls()
  const read = await readBack(end, verifyRooms(key, { store: copy, client, now: () => clock.now() }))
  const { rooms, refused } = await countRotation(copy.db, key)
  return { ...read, minutes, calls, rooms, refused }
}

/** Where the rooms cannot be read back, it stops for that, unless it had stopped before. */
async function readBack(end: RunEnd, reading: Promise<Verified>): Promise<Pick<Rehearsed, 'end' | 'verified'>> {
  try {
    return { end, verified: await reading }
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    const unread: RunEnd = { end: 'stopped', kind: 'down', reason: error.reason }
    return {
      end: end.end === 'stopped' ? end : unread,
      verified: new VerifiedCounts().result(0, 0),
    }
  }
}

function countCalls(fetch: Fetch): { fetch: Fetch; calls(): number } {
  let calls = 0
  return {
    calls: () => calls,
    fetch: (url, init) => {
      calls += 1
      return fetch(url, init)
    },
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
