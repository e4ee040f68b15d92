/** What this process reads of targets for somebody who waits: plans, read-backs, rehearsals. All of it can be broken off. */
import { setMaxListeners } from 'node:events'
import type { WebexClient } from '../../webex/calls/client.ts'
import { TargetError } from '../../webex/calls/target-error.ts'
import type { Caller } from '../access/caller.ts'
import { refuse } from '../plumbing/errors.ts'
import type { RotationTargets, TargetRef } from './rotation-target.ts'

export class RotationReadings {
  readonly #targets: RotationTargets
  readonly #stopping = new AbortController()
  readonly #readings = new Set<Promise<unknown>>()

  constructor(targets: RotationTargets) {
    this.#targets = targets
    // Everybody who follows a rotation listens to it.
    setMaxListeners(0, this.#stopping.signal)
  }

  /** Aborted when the service stops. */
  get stopping(): AbortSignal {
    return this.#stopping.signal
  }

  /** Reads the target for somebody, until `giveUp`. @throws ApiError when it will not be read. */
  read<Result>(
    caller: Caller,
    spoken: TargetRef,
    work: (client: WebexClient) => Promise<Result>,
    giveUp: AbortSignal = this.stopping,
  ): Promise<Result> {
    return this.untilDone(this.#read(caller, spoken, work, giveUp))
  }

  async #read<Result>(
    caller: Caller,
    spoken: TargetRef,
    work: (client: WebexClient) => Promise<Result>,
    giveUp: AbortSignal,
  ): Promise<Result> {
    const speaking = this.#targets.connect(caller, spoken, { rotation: null, giveUp })
    try {
      return await work(speaking.client)
    } catch (error) {
      throw error instanceof TargetError ? refuse(error.kind === 'denied' ? 403 : 503, error.message) : error
    } finally {
      speaking.end()
    }
  }

  /** Has the service wait for some work before it stops. */
  untilDone<Result>(work: Promise<Result>): Promise<Result> {
    this.#readings.add(work)
    const over = () => void this.#readings.delete(work)
    work.then(over, over)
    return work
  }

  /** Breaks everything off, for good. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await Promise.allSettled(this.#readings)
  }
}
