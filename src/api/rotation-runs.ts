/** The rotations that this process plans and runs, by the same engine as the command line. */
import type { PlanDeps, PlanSummary } from '../rotation/make-plan.ts'
import { isGone, owner } from '../rotation/owner.ts'
import { PlanChanged, runRotation } from '../rotation/run.ts'
import type { Progress } from '../rotation/run-deps.ts'
import { say } from '../sentences/say.ts'
import type { Origin } from '../store/audit-events.ts'
import { drawSecurely } from '../store/draw.ts'
import type { RotationKey } from '../store/rotation-journal.ts'
import { runningRotation } from '../store/rotation-lists.ts'
import { countBatches, type Rotation } from '../store/rotations.ts'
import { StoreError } from '../store/store-error.ts'
import type { WebexClient } from '../webex/client.ts'
import { systemClock } from '../webex/clock.ts'
import { TargetError } from '../webex/target-error.ts'
import type { Caller } from './auth.ts'
import { refuse } from './errors.ts'
import type { RehearsalWish, Rehearsed } from './rehearsal.ts'
import { type Spoken, speakTo, type TokenFor } from './rotation-target.ts'
import type { Api } from './server.ts'

/** How long whoever asked for a plan waits for it; after that they are told that it is being made. */
const patienceMs = 5_000

interface Run {
  stop: AbortController
  ended: Promise<void>
  progress: Progress | null
  /** How many batches were sent, those of earlier runs included. */
  batches: number
}

export class RotationRuns {
  readonly #api: Api
  readonly #tokenFor: TokenFor | undefined
  readonly #runs = new Map<string, Run>()
  /** Plans that are being made, and other reading for somebody. */
  readonly #readings = new Set<Promise<unknown>>()
  readonly #stopping = new AbortController()
  /** What was noted when a plan was made here, and why one could not be. */
  readonly #notes = new Map<string, string[]>()
  readonly #failures = new Map<string, string>()

  constructor(api: Api, tokenFor: TokenFor | undefined) {
    this.#api = api
    this.#tokenFor = tokenFor
  }

  /** Aborted when the service stops. */
  get stopping(): AbortSignal {
    return this.#stopping.signal
  }

  /**
   * Has a plan made. Resolves with its key when it is made, or after a few seconds when it is still being made.
   *
   * @throws ApiError when it cannot be made.
   */
  async plan(
    caller: Caller,
    spoken: Spoken,
    origin: Origin,
    make: (deps: Omit<PlanDeps, 'questions'>) => Promise<PlanSummary>,
  ): Promise<RotationKey> {
    const { store } = this.#api
    let tellKey: (key: RotationKey) => void = () => undefined
    const created = new Promise<RotationKey>(resolve => {
      tellKey = resolve
    })
    let name: string | undefined
    const making = this.read(caller, spoken, client =>
      make({
        store,
        client,
        draw: drawSecurely,
        now: Date.now,
        async onCreated(key) {
          await store.write('recordPlanner', { ...key, ...origin })
          name = nameOf(key)
          tellKey(key)
        },
      }),
    ).then(
      ({ key, warnings }) => {
        this.#notes.set(nameOf(key), warnings)
        return key
      },
      (error: unknown) => {
        if (name !== undefined) this.#failures.set(name, (error as Error).message)
        throw error
      },
    )
    const over = new AbortController()
    const late = created.then(async key => {
      await systemClock.sleep(patienceMs, over.signal)
      return key
    })
    return Promise.race([making, late]).finally(() => over.abort())
  }

  /** Carries a plan out in memory, to see what would happen. */
  rehearse(rotation: Rotation, wish: Pick<RehearsalWish, 'script' | 'speed'>, over: AbortSignal): Promise<Rehearsed> {
    const { store } = this.#api
    const signal = AbortSignal.any([this.stopping, over])
    return this.#untilRead(
      // The rehearsal builds a service of its own, which is what this file is a part of.
      import('./rehearsal.ts').then(({ rehearse }) => rehearse(store, rotation, { ...wish, workers: 4, signal })),
    )
  }

  /** Reads the target for somebody. @throws ApiError when it will not be read. */
  read<Result>(caller: Caller, spoken: Spoken, work: (client: WebexClient) => Promise<Result>): Promise<Result> {
    return this.#untilRead(this.#read(caller, spoken, work))
  }

  #untilRead<Result>(reading: Promise<Result>): Promise<Result> {
    this.#readings.add(reading)
    const over = () => void this.#readings.delete(reading)
    reading.then(over, over)
    return reading
  }

  async #read<Result>(caller: Caller, spoken: Spoken, work: (client: WebexClient) => Promise<Result>): Promise<Result> {
    const speaking = speakTo(this.#api, this.#tokenFor, caller, spoken, { rotation: null, giveUp: this.stopping })
    try {
      return await work(speaking.client)
    } catch (error) {
      throw error instanceof TargetError ? refuse(error.kind === 'denied' ? 403 : 503, error.message) : error
    } finally {
      await speaking.end()
    }
  }

  /** Begins to run a rotation, or goes on with it. Resolves once it runs. @throws ApiError when it cannot. */
  async start(rotation: Rotation, caller: Caller): Promise<void> {
    if (this.stopping.aborted) throw refuse(503, say('stoppingRuns'))
    const key = keyOf(rotation)
    const name = nameOf(key)
    const before = await runningRotation(this.#api.store.db, rotation.site_id)
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
      throw error instanceof StoreError || error instanceof PlanChanged ? refuse(409, error.message) : error
    }
  }

  async #run(
    rotation: Rotation,
    caller: Caller,
    { run, deadOwner, begun }: { run: Run; deadOwner: string | null; begun: () => void },
  ): Promise<void> {
    const { store, app } = this.#api
    const forWhom = { rotation: rotation.rotation, giveUp: null }
    run.batches = await countBatches(store.db, keyOf(rotation))
    const { client, governor, end } = speakTo(this.#api, this.#tokenFor, caller, rotation, forWhom)
    try {
      await runRotation(keyOf(rotation), {
        store,
        client,
        clock: systemClock,
        owner,
        deadOwner,
        signal: run.stop.signal,
        waitingUntil: () => governor.closedUntil,
        onProgress(progress) {
          run.progress = progress
        },
        at(boundary) {
          if (boundary === 'taken') begun()
          if (boundary === 'intended') run.batches += 1
        },
      })
    } catch (error) {
      app.log.error({ err: error, rotation: rotation.rotation, site: rotation.site_url }, 'a rotation broke off')
      throw error
    } finally {
      await end()
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
    this.#stopping.abort()
    for (const { stop } of this.#runs.values()) stop.abort()
    await Promise.allSettled([...[...this.#runs.values()].map(({ ended }) => ended), ...this.#readings])
  }

  /** The state of a rotation: one whose process has died is stopped, and may be gone on with. */
  stateOf(rotation: Rotation): Rotation['state'] {
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

  /** What was noted when the plan was made. */
  notesOn(key: RotationKey): readonly string[] {
    return this.#notes.get(nameOf(key)) ?? []
  }

  /** Why a plan that was begun here could not be made. */
  failureOf(key: RotationKey): string | undefined {
    return this.#failures.get(nameOf(key))
  }
}

export function keyOf({ site_id, rotation }: Rotation): RotationKey {
  return { siteId: site_id, rotation }
}

function nameOf({ siteId, rotation }: RotationKey): string {
  return `${siteId} ${rotation}`
}
