// Loaded into the service before it starts: how late its event loop was, written to a file when it ends.
import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

const resolution = 1
const file = process.env.BENCH_LOOP_DELAY
if (isMainThread && file !== undefined) {
  const delay = monitorEventLoopDelay({ resolution })
  // What starting costs is measured elsewhere.
  setTimeout(() => delay.enable(), 2000).unref()
  process.on('exit', () => writeFileSync(file, String(delay.percentile(99) / 1e6 - resolution)))
}
