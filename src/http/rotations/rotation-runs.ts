/** The rotations that this process plans and runs, by the same engine as the command line. */

import { say } from '../../messages/say.ts'
import { isGone, owner } from '../../rotations/owner.ts'
import { PlanChanged, runRotation } from '../../rotations/running/run.ts'
import type { Progress } from '../../rotations/running/run-deps.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import { runningRotation } from '../../store/rotations/lists.ts'
import { countBatches, type Rotation } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'
import { RotationGone, StoreError } from '../../store/store-error.ts'
import { systemClock } from '../../webex/calls/clock.ts'
import type { Caller } from '../access/caller.ts'
import type { App } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import { CountCache } from './count-cache.ts'
import type { RehearsalRequest, Rehearsed } from './rehearsal.ts'
import { RotationPlanning } from './rotation-planning.ts'
import { RotationReadings } from './rotation-readings.ts'
import type { RotationTargets } from './rotation-target.ts'

interface Run {
  stop: AbortController
  ended: Promise<void>
  progress: Progress | null
  /** How many batches were sent, those of earlier runs included. */
  batches: number
}

export class RotationRuns {
  readonly targets: RotationTargets
  readonly readings: RotationReadings
  readonly planning: RotationPlanning
  readonly counts: CountCache
  readonly #app: App
  readonly #store: Store
  readonly #runs = new Map<string, Run>()

  constructor(api: { app: App; store: Store }, targets: RotationTargets) {
    this.#app = api.app
    this.#store = api.store
    this.targets = targets
    this.readings = new RotationReadings(targets)
    this.planning = new RotationPlanning(api, this.readings)
    this.counts = new CountCache(api.store.db)
  }

  /** Carries a plan out in memory, to see what would happen. */
  rehearse(
    rotation: Rotation,
    wish: Pick<RehearsalRequest, 'script' | 'speed'>,
    over: AbortSignal,
  ): Promise<Rehearsed> {
    const signal = AbortSignal.any([this.readings.stopping, over])
    // The rehearsal builds a service of its own, which is what this file is a part of.
    const rehearsing = import('./rehearsal.ts').then(({ rehearse }) =>
      rehearse(this.#store, rotation, { ...wish, workers: 4, signal }),
    )
    return this.readings.untilDone(rehearsing).catch((error: unknown) => {
      throw asRefusal(error)
    })
  }

  /** Begins to run a rotation, or goes on with it. Resolves once it runs. @throws ApiError when it cannot. */
  async start(rotation: Rotation, caller: Caller): Promise<void> {
    if (this.readings.stopping.aborted) throw refuse(503, say('stoppingRuns'))
    const key = keyOf(rotation)
    const name = nameOf(key)
    const before = await runningRotation(this.#store.db, rotation.site_id)
    const deadOwner = before !== undefined && this.#hasDied(before) ? before.owner : null
    if (this.#runs.has(name)) throw refuse(409, say('runsAlready'))
    const run: Run = { stop: new AbortController(), ended: Promise.resolve(), progress: null, batches: 0 }
    this.#runs.set(name, run)
    try {
      await new Promise<void>((begun, failed) => {
        run.ended = this.#run(rotation, caller, { run, deadOwner, begun })
          .then(begun, failed)
          .finally(() => this.#runs.delete(name))
      })
    } catch (error) {
      throw asRefusal(error)
    }
  }

  async #run(
    rotation: Rotation,
    caller: Caller,
    { run, deadOwner, begun }: { run: Run; deadOwner: string | null; begun: () => void },
  ): Promise<void> {
    const how = { rotation: rotation.rotation, giveUp: null, stop: run.stop.signal }
    const speaking = this.targets.connect(caller, rotation, how)
    run.batches = await countBatches(this.#store.db, keyOf(rotation))
    try {
      await runRotation(keyOf(rotation), {
        store: this.#store,
        client: speaking.client,
        clock: systemClock,
        owner,
        deadOwner,
        signal: run.stop.signal,
        waitingUntil: speaking.waitingUntil,
        onProgress(progress) {
          run.progress = progress
        },
        at(boundary) {
          if (boundary === 'taken') begun()
          if (boundary === 'intended') run.batches += 1
        },
      })
    } catch (error) {
      if (isRefusal(error)) throw error
      this.#app.log.error({ err: error, rotation: rotation.rotation, site: rotation.site_url }, 'a rotation broke off')
      throw error
    } finally {
      speaking.end()
    }
  }

  /** Stops a rotation after the batches under way. False when it does not run here. */
  async stop(key: RotationKey): Promise<boolean> {
    const run = this.#runs.get(nameOf(key))
    if (run === undefined) return false
    run.stop.abort()
    await run.ended.catch(() => undefined)
    return true
  }

  /** Stops everything after the batches under way, for good. */
  async stopAll(): Promise<void> {
    for (const { stop } of this.#runs.values()) stop.abort()
    await Promise.allSettled([this.readings.stop(), ...[...this.#runs.values()].map(({ ended }) => ended)])
  }

  /** The state of a rotation: one whose process has died is stopped, and may be gone on with; or it never was planned. */
  stateOf(rotation: Rotation): Rotation['state'] {
    if (rotation.state === 'planning') return this.planning.hasBrokenOff(rotation) ? 'failed' : 'planning'
    if (rotation.state !== 'running' || this.#runs.has(nameOf(keyOf(rotation)))) return rotation.state
    return this.#hasDied(rotation) || (rotation.lease_until ?? 0) < Date.now() ? 'stopped' : 'running'
  }

  #hasDied(rotation: Rotation): boolean {
    if (rotation.owner === owner) return !this.#runs.has(nameOf(keyOf(rotation)))
    return rotation.owner !== null && isGone(rotation.owner)
  }

  isRunning(key: RotationKey): boolean {
    return this.#runs.has(nameOf(key))
  }

  /** How far a rotation is that runs here. */
  progressOf(key: RotationKey): (Progress & { batches: number }) | null {
    const run = this.#runs.get(nameOf(key))
    return run?.progress ? { ...run.progress, batches: run.batches } : null
  }
}

/** Somebody was quicker: the rotation, or another one of its site, is not as it was a moment ago. */
function isRefusal(error: unknown): error is StoreError | PlanChanged {
  return error instanceof StoreError || error instanceof PlanChanged
}

function asRefusal(error: unknown): unknown {
  return isRefusal(error) && !(error instanceof RotationGone) ? refuse(409, error.message) : error
}

export function keyOf({ site_id, rotation }: Rotation): RotationKey {
  return { siteId: site_id, rotation }
}

function nameOf({ siteId, rotation }: RotationKey): string {
  return `${siteId} ${rotation}`
}
