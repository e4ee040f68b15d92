/** What a run needs, tells on its way, and ends with. */
import type { Store } from '../../store/store.ts'
import type { WebexClient } from '../../webex/calls/client.ts'
import type { Clock } from '../../webex/calls/clock.ts'
import type { Gate, Tally } from './step.ts'

/** The steps between which a run may die. */
export type Boundary =
  | 'taken'
  | 'freezing'
  | 'frozen'
  | 'intended'
  | 'answered'
  | 'settled'
  | 'read'
  | 'judged'
  | 'thawed'
  | 'released'

export interface Progress extends Tally {
  total: number
  unsure: number
  /** Until when the target asked us to wait, or 0. */
  waitingUntil: number
  /** How many were refused for which reason. */
  refusedFor: ReadonlyMap<string, number>
}

export interface RunDeps {
  store: Store
  client: WebexClient
  clock: Clock
  /** Names this process among all that may run rotations. */
  owner: string
  /** The owner of a lease that has certainly died, so that its end need not be waited for. */
  deadOwner?: string | null
  workers?: number
  gate?: Gate
  /** Stop after the canary, for somebody to look. */
  pauseAfterCanary?: boolean
  /** Aborted to stop after the batches under way. */
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
  waitingUntil?: () => number
  at?: (boundary: Boundary) => void | Promise<void>
}

export type RunEnd =
  | { end: 'finished'; refused: number }
  | { end: 'stopped'; kind: 'asked' | 'canary' | 'refusals' | 'down' | 'denied'; because: string }

export type Stop = Extract<RunEnd, { end: 'stopped' }>
