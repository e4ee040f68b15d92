/**
 * Keeps the lease while a run waits for its target, which can take half an hour, and hears when another process asks for
 * the run to be stopped.
 */
import { owned, type Run } from './run-state.ts'

const heartbeatMs = 10_000

/** Renews the lease until the function that it gives is called, which resolves when it has ended. */
export function startHeartbeat(run: Run): () => Promise<void> {
  const { store, clock } = run.deps
  const over = new AbortController()
  const beating = beat()
  return async () => {
    over.abort()
    await beating
  }

  async function beat(): Promise<void> {
    for (;;) {
      await clock.sleep(heartbeatMs, over.signal)
      if (over.signal.aborted) return
      const isAsked = await store.write('keepRotation', owned(run)).catch(() => false)
      if (isAsked) run.halt.abort()
    }
  }
}
