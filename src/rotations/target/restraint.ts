/** What whoever starts a command wants of its calls, beyond what the target asks for. */
export interface Restraint {
  /** The longest wait for which anybody stays, in milliseconds; what takes longer is put off. */
  patienceMs: number
  /** After so many waits in a row without a call that was let through, the work is put off. */
  fruitlessWaits: number
}

const hour = 3_600_000

export const usualRestraint: Restraint = { patienceMs: hour, fruitlessWaits: 12 }
