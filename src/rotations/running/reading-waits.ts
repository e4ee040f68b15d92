/** Puts into the journal for how long the target asked to wait when something was read for a run, as its header said. */
import type { OnAsked } from '../../webex/calls/calls.ts'
import type { ReadingWait } from './run-deps.ts'
import { owned, type Run } from './run-state.ts'

/** What came since it was last taken. Batches are left out: their outcomes say the same. */
export class ReadingWaits {
  #waits: ReadingWait[] = []

  add: OnAsked = ({ status, header }, { method }) => {
    if (method !== 'POST') this.#waits.push({ status, retryAfter: header })
  }

  take(): ReadingWait[] {
    const waits = this.#waits
    this.#waits = []
    return waits
  }
}

export async function recordWaits(run: Run): Promise<void> {
  const waits = run.deps.takeWaits?.() ?? []
  if (waits.length === 0) return
  const event = { at: run.deps.clock.now(), kind: 'readingsPutOff', body: { waits } }
  await run.deps.store.write('recordEvent', { ...owned(run), event })
}
