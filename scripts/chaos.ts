/**
 * Runs the chaos scenarios for longer than the tests do: faults in networks, processes, disks, clocks and files, and
 * attacks, one scenario after the other: 20 seconds each are about 6 minutes in all, 60 about 18. Ends with what was
 * injected and what was lost.
 *
 *     npm run test:chaos [-- --seconds 20] [--seed 7] [--only rotation]
 */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    only: { type: 'string', default: '' },
  },
})
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--no-file-parallelism', `test/chaos/${values.only}`],
  {
    stdio: 'inherit',
    env: { ...process.env, ROOMKEY_CHAOS_SECONDS: values.seconds, ROOMKEY_SEED: values.seed },
  },
)
process.exitCode = status ?? 1
