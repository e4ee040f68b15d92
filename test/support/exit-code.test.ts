/** A test run with a failed test ends with an exit code other than 0. */
import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

it('a process that used a PostgreSQL server ends with its own exit code', () => {
  const server = new URL('../../devtools/postgres-server.ts', import.meta.url).href
  const program = `await import(${JSON.stringify(server)}); process.exitCode = 3`
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program])
  expect(status).toBe(3)
})
