/** SQLite's write-ahead log during and after a long read. */
import { statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { openStore } from '#roomkey/store/open-store.js'
import { Checkpoints } from '#roomkey/store/sqlite/checkpoints.js'
import { openDatabase } from '#roomkey/store/sqlite/driver.js'
import type { Store } from '#roomkey/store/store.js'
import { removeFolder, temporaryFolder } from '../../devtools/child-service.ts'
import { populate, refresh } from '../support/world.ts'

const tooLong = 640 * 2 ** 20
const names = Array.from({ length: 4000 }, (_, n) => `person${n}`)

let folder: string
let path: string
let store: Store
let siteId: number
beforeEach(async () => {
  folder = await temporaryFolder()
  path = join(folder, 'roomkey.sqlite')
  store = await openStore(`sqlite:${path}`)
  siteId = await populate(store, names)
})
afterEach(async () => {
  await store.close()
  await removeFolder(folder)
})

const logLength = () => statSync(`${path}-wal`).size

/** Gives a hundred rooms new IDs; returns how many milliseconds that took. */
async function refreshSome(index: number): Promise<number> {
  const first = (index * 100) % names.length
  const rooms = names.slice(first, first + 100).map(name => [name, null] as const)
  const started = performance.now()
  expect(await refresh(store, siteId, Object.fromEntries(rooms))).toHaveProperty('rooms')
  return performance.now() - started
}

it('sqlite: a long read blocks no batch for long, and the log shrinks again after it', {
  timeout: 120_000,
}, async () => {
  const reader = openDatabase(path, { readonly: true })
  reader.exec('begin')
  reader.prepare('select count(*) from person').get()
  let batches = 0
  for (; logLength() < tooLong + 2 ** 20; batches += 1) await refreshSome(batches)
  const took: number[] = []
  for (let more = 0; more < 50; more += 1) took.push(await refreshSome(more))
  expect(Math.max(...took)).toBeLessThan(800)
  reader.exec('commit')
  reader.close()

  await expect
    .poll(
      async () => {
        for (let more = 0; more < 20; more += 1) await refreshSome(more)
        return logLength()
      },
      { timeout: 30_000 },
    )
    .toBeLessThan(tooLong / 2)
})

it('sqlite: the operator is warned once of a log that cannot be copied into the database', async () => {
  const damaged = join(folder, 'damaged.sqlite')
  writeFileSync(damaged, 'no database '.repeat(1000))
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  onTestFinished(() => warned.mockRestore())
  const checkpoints = new Checkpoints(damaged)
  const fail = async () => {
    // A log that is too long and still growing: what the next commit waits for ends with the thread.
    for (const length of [tooLong + 2 ** 20, tooLong + 2 ** 21]) {
      writeFileSync(`${damaged}-wal`, '')
      truncateSync(`${damaged}-wal`, length)
      checkpoints.committed()
    }
    await checkpoints.pending
  }
  await fail()
  await fail()
  expect(warned.mock.calls).toEqual([
    [expect.stringMatching(/damaged.sqlite-wal grows, because it cannot be copied back. The database is damaged/)],
  ])
  await checkpoints.stop()
})
