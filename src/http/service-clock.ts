import { type Clock, systemClock } from '../webex/calls/clock.ts'

/** The time by which a service judges: quarantine, ends of tokens, limits, retries of webhooks. */
export interface ServiceClock extends Clock {
  /** Milliseconds since some moment; unlike `now`, never set back. */
  elapsed(): number
}

/** The machine's clock, also where somebody sets it back: what is written must agree with other processes. */
export const wallClock: ServiceClock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: systemClock.sleep,
}
