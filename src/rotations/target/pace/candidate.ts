/** The outcome of a call, as the candidates observe it: in the order in which the calls began. Times are milliseconds. */
export interface Observation {
  at: number
  refused: boolean
  /** What Retry-After asked for; 0 for a call that was let through. */
  waitMs: number
  /** How much earlier or later than it seems a call may have arrived. */
  unsureMs: number
}

/** A limiter that the target could have, since it explains all that was observed. */
export interface Candidate {
  /** Calls per millisecond that it lets through in the long run. */
  pace: number
  /** How likely it is, beside the others. */
  weight: number
  /** This many calls in a window of this many milliseconds; null for a bucket. */
  window: { calls: number; ms: number } | null
  /** How many calls a bucket certainly lets through at once after a pause. */
  saved: number
}
