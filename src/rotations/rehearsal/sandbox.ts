/** A target in memory, for rehearsals. The service makes one of itself (http/sandbox-target.ts). */
import type { Store } from '../../store/store.ts'
import type { Fetch } from '../../webex/calls/calls.ts'
import type { Clock } from '../../webex/calls/clock.ts'
import type { Faults } from '../../wire/faults.ts'

export interface Sandbox {
  /** Its database, to be filled with the site. */
  store: Store
  fetch: Fetch
  /** Of an administrator. */
  token: string
  close(): Promise<void>
}

/** Opens a sandbox that goes wrong by that script, and whose time is that clock's. */
export type OpenSandbox = (faults: Faults, clock: Clock) => Promise<Sandbox>
