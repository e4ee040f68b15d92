/** The rotations that this process plans and runs: what it knows of them that no other process does, and how they end. */
import { setMaxListeners } from 'node:events'
import type { RotationKey } from '../../store/rotations/journal.ts'
import type { Activity } from '../lifecycle.ts'
import type { PlanReading } from '../planning/plan-request.ts'
import type { Progress } from './run-deps.ts'

export interface ActiveRun {
  /** Aborted to stop after the batches under way. */
  readonly stop: AbortController
  /** Resolves when the run has ended, however it did. */
  ended: Promise<unknown>
  progress: Progress | null
  /** How many batches were sent, those of earlier runs included. */
  batches: number
}

/** A plan that is being made here. */
export interface ActivePlan {
  readonly giveUp: AbortController
  ended: Promise<unknown>
  /** Whether what was read is kept when it is given up. */
  keep: boolean
  /** How far its reading is, and how many of these a minute. */
  reading: (PlanReading & { perMinute: number | null }) | null
}

/** What nobody waits for any longer went wrong: for the log. */
export type ReportFailure = (
  error: unknown,
  what: 'a plan broke off' | 'a rotation broke off',
  key: RotationKey,
) => void

export class ActiveRotations implements Activity {
  readonly reportFailure: ReportFailure
  readonly #stopping = new AbortController()
  readonly #runs = new Map<string, ActiveRun>()
  readonly #plans = new Map<string, ActivePlan>()
  readonly #other = new Set<Promise<unknown>>()
  /** Runs that ended here by an error; until they are resumed, nothing else says so. */
  readonly #brokeOff = new Set<string>()
  /** Plans that have begun and have no number yet. */
  #unnumbered = 0

  constructor(reportFailure: ReportFailure = () => undefined) {
    this.reportFailure = reportFailure
    // Everybody who follows a rotation listens to it.
    setMaxListeners(0, this.#stopping.signal)
  }

  /** Aborted when the process stops. */
  get stopping(): AbortSignal {
    return this.#stopping.signal
  }

  isRunning(key: RotationKey): boolean {
    return this.#runs.has(nameOf(key))
  }

  isPlanning(key: RotationKey): boolean {
    return this.#unnumbered > 0 || this.#plans.has(nameOf(key))
  }

  /** Whether a rotation that runs here was asked to stop. */
  isStopping(key: RotationKey): boolean {
    return this.#runs.get(nameOf(key))?.stop.signal.aborted ?? false
  }

  /** How far a rotation is that runs here, and what it does at the moment. */
  progressOf(key: RotationKey): (Progress & { batches: number; pausing: boolean }) | null {
    const run = this.#runs.get(nameOf(key))
    return run?.progress ? { ...run.progress, batches: run.batches, pausing: run.stop.signal.aborted } : null
  }

  /** Whether the last run of a rotation here ended by an error, which is in the log. */
  hasBrokenOff(key: RotationKey): boolean {
    return this.#brokeOff.has(nameOf(key))
  }

  /** Registers a run until it has ended. */
  addRun(key: RotationKey, run: ActiveRun): void {
    const name = nameOf(key)
    this.#brokeOff.delete(name)
    this.#runs.set(name, run)
  }

  endRun(key: RotationKey, how: 'ended' | 'brokeOff'): void {
    const name = nameOf(key)
    this.#runs.delete(name)
    if (how === 'brokeOff') this.#brokeOff.add(name)
  }

  /** Has a rotation stop after the batches under way, without waiting for that. False when it does not run here. */
  stopRun(key: RotationKey): boolean {
    const run = this.#runs.get(nameOf(key))
    run?.stop.abort()
    return run !== undefined
  }

  /** Registers a plan that is about to get its number. Call `numbered` with it, and `ended` at last in any case. */
  beginPlan(plan: ActivePlan): { numbered(key: RotationKey, ended: Promise<unknown>): void; ended(): void } {
    let name: string | undefined
    this.#unnumbered += 1
    return {
      numbered: (key, ended) => {
        name = nameOf(key)
        plan.ended = ended
        this.#plans.set(name, plan)
        this.#unnumbered -= 1
      },
      ended: () => {
        if (name === undefined) this.#unnumbered -= 1
        else this.#plans.delete(name)
      },
    }
  }

  /** How far the reading for a plan is that is being made here. */
  readingOf(key: RotationKey): ActivePlan['reading'] {
    return this.#plans.get(nameOf(key))?.reading ?? null
  }

  /** Gives up a plan that is being made here; `keep` keeps what was read for whoever goes on with it. False where it is not. */
  async giveUpPlan(key: RotationKey, { keep }: { keep: boolean }): Promise<boolean> {
    const plan = this.#plans.get(nameOf(key))
    if (plan === undefined) return false
    plan.keep = keep
    plan.giveUp.abort()
    await plan.ended.catch(() => undefined)
    return true
  }

  /** Has the process wait for some work before it stops. */
  untilDone<Result>(work: Promise<Result>): Promise<Result> {
    this.#other.add(work)
    const done = () => void this.#other.delete(work)
    work.then(done, done)
    return work
  }

  /** Stops runs after the batches under way, and everything else at once. For good. */
  async stopAll(): Promise<void> {
    this.#stopping.abort()
    const runs = [...this.#runs.values()]
    for (const { stop } of runs) stop.abort()
    await Promise.allSettled([...this.#other, ...runs.map(({ ended }) => ended)])
  }
}

function nameOf({ siteId, rotation }: RotationKey): string {
  return `${siteId} ${rotation}`
}
