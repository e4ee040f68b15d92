/** `roomkey meetings` is killed, and goes on with the hosts that are not known yet. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '#roomkey/store/sqlite/driver.js'
import { type ChildService, removeFolder, serve, stop, temporaryFolder } from '../../devtools/child-service.ts'

const program = new URL('../../dist/main.js', import.meta.url).pathname
let folder: string
let service: ChildService

beforeAll(async () => {
  folder = await temporaryFolder()
  service = await serve(folder, ['--demo', '60', '--rate-limit', 'off'])
  expect(roomkey('plan', '--site', 'example.webex.com').status).toBe(0)
})
afterAll(async () => {
  await stop(service)
  await removeFolder(folder)
})

function roomkey(...words: string[]) {
  return spawnSync(process.execPath, [program, ...words, '--data', folder], { cwd: folder, encoding: 'utf8' })
}

/** When each host was read. */
function readings(): Map<number, number> {
  const raw = openDatabase(join(folder, 'roomkey.sqlite'), { readonly: true })
  const rows = raw.prepare('select number, read_at from meeting_reading').all() as { number: number; read_at: number }[]
  raw.close()
  return new Map(rows.map(({ number, read_at }) => [number, read_at]))
}

it('keeps each host that was read, and reads none of them twice', async () => {
  const child = spawn(process.execPath, [program, 'meetings', '1', '--calls-per-second', '10', '--data', folder])
  while (readings().size < 5) await new Promise(done => setTimeout(done, 20))
  child.kill('SIGKILL')
  await once(child, 'close')
  const before = readings()
  expect(before.size).toBeLessThan(40)

  const { status, stdout } = roomkey('meetings', '1', '--json')
  expect(status).toBe(0)
  const after = readings()
  expect(after.size).toBeGreaterThan(50)
  for (const [number, at] of before) expect(after.get(number)).toBe(at)
  const hosts = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  const counts = hosts.map(({ occurrences }) => occurrences)
  expect(hosts.length).toBeGreaterThan(5)
  expect(counts).toEqual([...counts].sort((one, other) => other - one))
  expect(roomkey('meetings', '1', '--known', '--json').stdout).toBe(stdout)
})
