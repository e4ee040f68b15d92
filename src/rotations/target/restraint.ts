/** What whoever starts a command wants of its calls, beyond what the target asks for. */
import type { Hours } from './hours.ts'

export interface Restraint {
  /** The longest wait for which anybody stays, in milliseconds; what takes longer is put off. */
  patienceMs: number
  /** After so many waits in a row without a call that was let through, the work is put off. */
  fruitlessWaits: number
  /** How much of the learnt pace is used: above 0, up to 1. */
  share: number
  /** No more calls than this in a second; null where only the target limits them. */
  callsPerSecond: number | null
  /** When calls may be made; null for at any time. */
  hours: Hours | null
}

const hour = 3_600_000

export const usualRestraint: Restraint = {
  patienceMs: hour,
  fruitlessWaits: 12,
  share: 1,
  callsPerSecond: null,
  hours: null,
}

/** Waits for a limit by the day, also where its Retry-After does not say so: vain waits grow to ten minutes each. */
export const patient: Pick<Restraint, 'patienceMs' | 'fruitlessWaits'> = {
  patienceMs: Number.POSITIVE_INFINITY,
  fruitlessWaits: 200,
}
