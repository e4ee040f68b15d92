/** What a run is about, and what it knows of itself on its way. All of its workers share one. */
import { type MessageOrText, message } from '../../messages/message.ts'
import { ReasonCounts } from '../../messages/reason-counts.ts'
import type { Owned, RotationKey } from '../../store/rotations/journal.ts'
import type { Rotation } from '../../store/rotations/rotations.ts'
import { hadItUntil, type Profile, profileOf } from '../target/profile.ts'
import type { Tally } from './refusal-gate.ts'
import type { Boundary, RunDeps, Stop } from './run-deps.ts'

export interface Run {
  readonly key: RotationKey
  readonly rotation: Rotation
  readonly deps: RunDeps
  readonly profile: Profile
  /** Rooms settled so far, including by earlier processes, and how many there are to change. */
  readonly tally: Tally
  total: number
  /** What whoever resumed it had been told of, where it had stopped for too many refusals: the gate judges what comes after. */
  readonly judged: Tally
  readonly refusedFor: ReasonCounts
  /** How many rooms that were never sent may be sent now: few until the pilots have been seen. */
  fresh: number
  /** Batches that were begun and have not been settled. */
  underWay: number
  /** Numbers of the moves that are being read back. */
  readonly inHand: Set<number>
  /** Numbers of the moves that have been looked at, and wait to be sent; and the look that is under way. */
  readonly looked: Set<number>
  looking: Promise<void>
  /** Pilots that have not been seen to be changed yet, while they are looked at. */
  pilotsUnseen: number
  /** Batches in a row without a clear answer. */
  failures: number
  /** Aborted to stop it: because another process asks for that, or because one of its workers broke off. */
  readonly halt: AbortController
  /** Until when late readings may show new IDs that rooms had before (target/profile.ts). */
  hadItUntil: number
  /** Until when it waits to read rooms again, where nothing else is left to do; null while it does something. */
  readAgainAt: number | null
  /** Why it stops; undefined while it runs. */
  stop: Stop | undefined
}

export function newRun(key: RotationKey, rotation: Rotation, deps: RunDeps): Run {
  const halt = new AbortController()
  const signal = deps.signal === undefined ? halt.signal : AbortSignal.any([deps.signal, halt.signal])
  return {
    key,
    rotation,
    deps: { ...deps, signal },
    profile: profileOf(rotation),
    tally: { done: 0, refused: 0, held: 0 },
    total: 0,
    judged: { done: 0, refused: 0, held: 0 },
    refusedFor: new ReasonCounts(),
    fresh: Number.POSITIVE_INFINITY,
    underWay: 0,
    inHand: new Set(),
    looked: new Set(),
    looking: Promise.resolve(),
    pilotsUnseen: 0,
    failures: 0,
    halt,
    hadItUntil: hadItUntil(rotation),
    readAgainAt: null,
    stop: undefined,
  }
}

/** With this, the database writes only while the rotation is still ours. */
export function owned({ key, deps }: Run): Owned {
  return { ...key, owner: deps.owner, now: deps.clock.now() }
}

/** Reports each boundary that is passed. */
export function passing({ deps }: Run): (boundary: Boundary) => Promise<void> {
  return async boundary => {
    await deps.at?.(boundary)
  }
}

/** The first reason is reported: what follows from it may look different. */
export function stopFor(run: Run, kind: Stop['kind'], reason: MessageOrText, until: number | null = null): void {
  run.stop ??= { end: 'stopped', kind, reason, ...(until !== null && { until }) }
}

export function isStopping(run: Run): boolean {
  if (run.deps.signal?.aborted) stopFor(run, 'asked', message('stoppedOnRequest'))
  return run.stop !== undefined
}
