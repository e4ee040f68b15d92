/** The plans that this process makes. One that takes long is made on after its caller was answered. */
import { setMaxListeners } from 'node:events'
import { brokeOff, owner } from '../../rotations/owner.ts'
import type { PlanDeps, PlanSummary } from '../../rotations/planning/make-plan.ts'
import type { RotationAct } from '../../store/rotations/approval.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import type { Rotation } from '../../store/rotations/rotations.ts'
import { secureRandomText } from '../../store/secure-random.ts'
import type { Store } from '../../store/store.ts'
import { StoreError } from '../../store/store-error.ts'
import { systemClock } from '../../webex/calls/clock.ts'
import { TargetError } from '../../webex/calls/target-error.ts'
import type { Caller } from '../access/caller.ts'
import type { App } from '../app.ts'
import type { RotationReadings } from './rotation-readings.ts'
import type { TargetRef } from './rotation-target.ts'

/** How long whoever asked for a plan waits for it; after that they are told that it is being made. */
const patienceMs = 5_000

interface PendingPlan {
  giveUp: AbortController
  ended: Promise<unknown>
}

/** How a plan is made, by what the service brings along. */
export type Make = (deps: Omit<PlanDeps, 'questions'>) => Promise<PlanSummary>

export class RotationPlanning {
  readonly #app: App
  readonly #store: Store
  readonly #readings: RotationReadings
  readonly #plans = new Map<string, PendingPlan>()
  /** Plans that have begun and have no number yet. */
  #unnamed = 0

  constructor({ app, store }: { app: App; store: Store }, readings: RotationReadings) {
    this.#app = app
    this.#store = store
    this.#readings = readings
  }

  /**
   * Has a plan made. Resolves with its key when it is made, or after a few seconds when it is still being made; if that
   * fails later, the plan stays and says why.
   *
   * @throws ApiError when it cannot be made.
   */
  async make(
    caller: Caller,
    spoken: TargetRef,
    act: Omit<RotationAct, keyof RotationKey>,
    make: Make,
  ): Promise<RotationKey> {
    const store = this.#store
    const giveUp = new AbortController()
    const signal = AbortSignal.any([giveUp.signal, this.#readings.stopping])
    setMaxListeners(0, signal)
    const answered = new AbortController()
    let tellKey: (key: RotationKey) => void = () => undefined
    const created = new Promise<RotationKey>(resolve => {
      tellKey = resolve
    })
    let name: string | undefined
    this.#unnamed += 1
    const making = this.#readings
      .read(
        caller,
        spoken,
        client =>
          make({
            store,
            client,
            draw: secureRandomText,
            now: Date.now,
            onCreated: async key => {
              name = nameOf(key)
              this.#plans.set(name, { giveUp, ended: making })
              this.#unnamed -= 1
              await store.write('recordPlanner', { ...key, ...act })
              tellKey(key)
            },
            onFailed: async (key, error) => {
              if (giveUp.signal.aborted || !answered.signal.aborted) await store.write('dropRotation', key)
              else await store.write('failRotation', { ...key, because: this.#wordsFor(error) })
            },
          }),
        signal,
      )
      .finally(() => {
        if (name === undefined) this.#unnamed -= 1
        else this.#plans.delete(name)
      })
    const late = created.then(async key => {
      await systemClock.sleep(patienceMs, answered.signal)
      return key
    })
    return Promise.race([making.then(({ key }) => key), late]).finally(() => answered.abort())
  }

  #wordsFor(error: unknown): string {
    if (this.#readings.stopping.aborted) return 'The service was stopped while the plan was made; plan it again.'
    if (error instanceof TargetError || error instanceof StoreError) return error.message
    this.#app.log.error({ err: error }, 'a plan broke off')
    return 'It broke off for a reason that is in the log of the service; plan it again.'
  }

  /** Breaks off a plan that is being made here, and throws it away. False where it is not. */
  async abandon(key: RotationKey): Promise<boolean> {
    const making = this.#plans.get(nameOf(key))
    if (making === undefined) return false
    making.giveUp.abort()
    await making.ended.catch(() => undefined)
    return true
  }

  /** Whether a plan that is not made yet never will be, because its process has died. */
  hasBrokenOff(rotation: Rotation): boolean {
    if (rotation.owner !== owner) return brokeOff(rotation, Date.now())
    return this.#unnamed === 0 && !this.#plans.has(nameOf({ siteId: rotation.site_id, rotation: rotation.rotation }))
  }
}

function nameOf({ siteId, rotation }: RotationKey): string {
  return `${siteId} ${rotation}`
}
