/** The rotations that this process plans and runs, on the service's own sites and with the engine of the command line. */
import { hostname } from 'node:os'
import { Governor } from '../rotation/governor.ts'
import { pacedFetch } from '../rotation/paced-fetch.ts'
import { runRotation } from '../rotation/run.ts'
import type { RotationKey } from '../store/rotation-journal.ts'
import type { Rotation } from '../store/rotations.ts'
import { StoreError } from '../store/store-error.ts'
import { createWebexClient, type WebexClient } from '../webex/client.ts'
import { systemClock } from '../webex/clock.ts'
import { TargetError } from '../webex/target-error.ts'
import { staticToken } from '../webex/token-source.ts'
import type { Caller } from './auth.ts'
import { refuse } from './errors.ts'
import { lendCaller } from './lent-callers.ts'
import { ownFetch } from './own-fetch.ts'
import type { Api } from './server.ts'

/** This process, among all that may run rotations. */
const owner = `${hostname()}:${process.pid}`

interface Run {
  stop: AbortController
  governor: Governor
  ended: Promise<void>
}

export class RotationRuns {
  readonly #api: Api
  readonly #runs = new Map<string, Run>()

  constructor(api: Api) {
    this.#api = api
    api.app.addHook('preClose', async () => {
      const running = [...this.#runs.values()]
      for (const { stop } of running) stop.abort()
      await Promise.all(running.map(({ ended }) => ended))
    })
  }

  /** Does something with a client that speaks to this service as the caller. */
  async asCaller<Result>(
    caller: Caller,
    { rotation }: Pick<RotationKey, 'rotation'>,
    work: (client: WebexClient, governor: Governor) => Promise<Result>,
  ): Promise<Result> {
    const { token, takeBack } = lendCaller(caller, String(rotation))
    const governor = new Governor()
    const fetch = pacedFetch(ownFetch(this.#api.app), governor, systemClock)
    try {
      return await work(createWebexClient('http://roomkey.local', { fetch, token: staticToken(token) }), governor)
    } catch (error) {
      // What the service refuses to itself, it refuses to the caller.
      throw error instanceof TargetError ? refuse(403, error.message) : error
    } finally {
      takeBack()
    }
  }

  /** Begins to run, or goes on. Resolves once it is certain that it runs. @throws StoreError when it cannot. */
  start({ site_id, rotation }: Rotation, caller: Caller): Promise<void> {
    const key = { siteId: site_id, rotation }
    const stop = new AbortController()
    return new Promise((begun, failed) => {
      const ended = this.asCaller(caller, key, (client, governor) => {
        this.#runs.set(nameOf(key), { stop, governor, ended: Promise.resolve() })
        return runRotation(key, {
          store: this.#api.store,
          client,
          clock: systemClock,
          owner,
          signal: stop.signal,
          waitingUntil: () => governor.closedUntil,
          onProgress: () => begun(),
          at: boundary => {
            if (boundary === 'taken') begun()
          },
        })
      })
        .then(
          () => begun(),
          (error: unknown) => {
            if (!(error instanceof StoreError)) this.#api.app.log.error({ err: error }, 'a rotation ended')
            failed(error)
          },
        )
        .finally(() => this.#runs.delete(nameOf(key)))
      const run = this.#runs.get(nameOf(key))
      if (run !== undefined) run.ended = ended
    })
  }

  /** Stops after the batches under way. False when it does not run here. */
  async stop(key: RotationKey): Promise<boolean> {
    const run = this.#runs.get(nameOf(key))
    if (run === undefined) return false
    run.stop.abort()
    await run.ended
    return true
  }

  /** Until when a run waits because it was asked to, in milliseconds since 1970; null when it does not. */
  waitingUntil(key: RotationKey): number | null {
    const until = this.#runs.get(nameOf(key))?.governor.closedUntil ?? 0
    return until > Date.now() ? until : null
  }
}

function nameOf({ siteId, rotation }: RotationKey): string {
  return `${siteId} ${rotation}`
}
