/**
 * Plays thousands of rotations against an imitated Webex with every pair of faults, three kinds of IDs and both target
 * profiles, a third of them with a process killed, and judges each by the target's own account. A failure prints the
 * shortest scenario that repeats it.
 *
 *     npm run test:scenarios [-- --count 2000] [--seed 7] [--scenario silentOne/random/webex/…]
 */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    scenario: { type: 'string' },
  },
})
const what = values.scenario ?? `${values.count} scenarios, seed ${values.seed}`
process.stdout.write(`${what}\n`)
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'test/rotations/scenarios.test.ts'],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      ROOMKEY_SCENARIOS: values.count,
      ROOMKEY_SEED: values.seed,
      ...(values.scenario !== undefined && { ROOMKEY_SCENARIO: values.scenario }),
    },
  },
)
process.stdout.write(`${what}: ${status === 0 ? 'every promise was kept' : 'promises were broken'}\n`)
process.exitCode = status ?? 1
