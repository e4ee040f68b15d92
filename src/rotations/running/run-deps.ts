/** What a run needs, reports on its way, and ends with. */
import type { MessageOrText } from '../../messages/message.ts'
import type { ReasonCounts } from '../../messages/reason-counts.ts'
import type { RotationAudit } from '../../store/rotations/audit.ts'
import type { DeadRun, TakeRefusal } from '../../store/rotations/ownership.ts'
import type { Store } from '../../store/store.ts'
import type { WebexClient } from '../../webex/calls/client.ts'
import type { Clock } from '../../webex/calls/clock.ts'
import type { KnownPerson, PersonReading } from '../target/read-person.ts'
import type { Gate, Tally } from './refusal-gate.ts'

/** The steps between which a run may die. */
export type Boundary =
  | 'taken'
  | 'freezing'
  | 'frozen'
  | 'looked'
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
  /** Until when the target asked us to wait, or 0; and its `Retry-After` as it came, or null. */
  waitingUntil: number
  retryAfter: string | null
  /** How many were refused for which reason. */
  refusedFor: Pick<ReasonCounts, 'list'>
  /** What it does at the moment, whenever that is asked. */
  doing: () => Doing
}

/**
 * Batches that were sent and are not settled; rooms that are read back because their answer was lost; pilots looked at;
 * and, where nothing else is left to do, until when it waits because readings may be late.
 */
export interface Doing {
  batches: number
  readingBack: number
  pilots: number
  readAgainAt: number | null
}

export interface ReadingWait {
  status: number
  /** `Retry-After` as it came; null where there was none. */
  retryAfter: string | null
}

export interface RunDeps {
  store: Store
  client: WebexClient
  clock: Clock
  /** Names this process among all that may run rotations. */
  owner: string
  /** Runs of this site whose process has certainly died, so that the end of their lease need not be waited for. */
  dead?: DeadRun[]
  /** Written into the audit log when the rotation is taken. */
  audit?: RotationAudit
  /** How a room is looked at before it is sent. Default: by a call, as all others. */
  readRoom?: ((person: KnownPerson) => Promise<PersonReading>) | undefined
  workers?: number
  gate?: Gate
  /** Stop after the canary, for somebody to look. */
  pauseAfterCanary?: boolean
  /** Aborted to stop after the batches under way. */
  signal?: AbortSignal
  /** Called when another process asks for the run to be stopped. */
  onStopAsked?: () => void
  onProgress?: (progress: Progress) => void
  waitingUntil?: () => number
  retryAfter?: () => string | null
  /** What the target asked for when something was read, since this was last called; it goes into the journal. */
  takeWaits?: () => ReadingWait[]
  at?: (boundary: Boundary) => void | Promise<void>
}

export type RunEnd =
  | {
      end: 'finished'
      refused: number
      /** How many were held, where any were. */
      held?: number
    }
  | {
      end: 'stopped'
      kind: 'asked' | 'canary' | 'refusals' | 'down' | 'denied' | 'later'
      reason: MessageOrText
      /** From when on there is use in resuming it, in milliseconds since 1970, where the target said so. */
      until?: number
    }

/** Why it was not begun: nothing was changed. */
export type RunRefusal = TakeRefusal | { refused: 'planChanged'; rotation: number }

export type Stop = Extract<RunEnd, { end: 'stopped' }>
