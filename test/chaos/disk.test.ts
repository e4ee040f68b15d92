/** A disk that fills up again and again, or is not writable at all. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, inject, it } from 'vitest'
import { makeToken } from '#roomkey/store/access/tokens.js'
import { openStore } from '#roomkey/store/open-store.js'
import { Chance } from '../../devtools/chance.ts'
import {
  removeFolder,
  roomkey,
  sendBatch,
  serve,
  stop,
  temporaryFolder,
  tokenOf,
} from '../../devtools/child-service.ts'
import { startPostgres } from '../../devtools/postgres-server.ts'
import { createDatabase } from '../support/databases.ts'
import { type CallRecord, fillSite, runCrowd } from './crowd.ts'
import { expectKnownStatuses, inspect } from './inspect.ts'
import { strike } from './nemesis.ts'
import { seconds, seed } from './settings.ts'
import { canForbidWriting, forbidWriting, mountSmallDisk } from './small-disk.ts'
import { Tally } from './tally.ts'

const timeout = seconds * 1000 + 120_000
const canMount = await mountSmallDisk(1).then(async disk => {
  await disk?.remove()
  return disk !== null
})
if (!canMount) process.stdout.write('NOT SHOWN: a full disk and a read-only one, because this user may mount none.\n')
if (!canForbidWriting()) process.stdout.write('NOT SHOWN: a service that may not write, because there is no prlimit.\n')

describe('sqlite: a disk without space', () => {
  it.skipIf(!canMount)(`loses nothing in ${seconds} seconds (seed ${seed})`, { timeout }, async () => {
    const tally = new Tally('Full disk, SQLite')
    const chance = new Chance(seed)
    const disk = (await mountSmallDisk(64 + 4 * seconds))!
    const { folder } = disk
    const database = `sqlite:${join(folder, 'roomkey.sqlite')}`
    const people = await fillSite(database, 200)
    let service = await serve(folder)
    const token = await tokenOf(folder)
    const urls = [service.url]
    const one = [{ email: people[0], systemGenerated: true }]
    const crowd = runCrowd({ chance, urls, token, people, clients: 8, ms: seconds * 1000 + 2000 })
    await strike({
      chance,
      tally,
      until: Date.now() + seconds * 1000,
      harms: {
        async 'disk full'() {
          disk.fill()
          await expect.poll(async () => (await sendBatch(service.url, token, one))?.status).toBe(503)
          expect((await fetch(`${service.url}/readyz`)).status).toBe(200)
          await sleep(chance.between(100, 1000))
          expect(service.output).toContain('its disk is full; free some space')
          disk.empty()
        },
        async 'disk full at the start'() {
          await stop(service, chance.oneOf(['SIGKILL', 'SIGTERM']))
          // A log file left over from before may have free space in it, with which the service could start.
          await (await openStore(database)).close()
          expect(existsSync(join(folder, 'roomkey.sqlite-wal'))).toBe(false)
          disk.fill()
          const { code, stderr } = await roomkey(['serve', '--data', folder, '--port', '0', '--log', 'error'])
          expect([code, stderr]).toEqual([
            2,
            expect.stringMatching(/^roomkey: [^\n]*\b(free (some )?space|space left)[^\n]*\n$/),
          ])
          disk.empty()
          service = await serve(folder)
          urls[0] = service.url
        },
      },
    })
    await expect.poll(async () => (await sendBatch(service.url, token, one))?.status, { timeout: 20_000 }).toBe(200)
    await expectAllKept(tally, database, await crowd, () => stop(service))
    await disk.remove()
  })

  it.skipIf(!canForbidWriting())('loses nothing while it must not write', { timeout }, async () => {
    const tally = new Tally('Writing forbidden, SQLite')
    const chance = new Chance(seed)
    const folder = await temporaryFolder()
    const path = join(folder, 'roomkey.sqlite')
    const people = await fillSite(`sqlite:${path}`, 200)
    const service = await serve(folder)
    const { pid } = service.process
    const token = await tokenOf(folder)
    const one = [{ email: people[0], systemGenerated: true }]
    const ms = Math.min(seconds, 30) * 1000
    const crowd = runCrowd({ chance, urls: [service.url], token, people, clients: 8, ms })
    await strike({
      chance,
      tally,
      until: Date.now() + ms,
      harms: {
        async 'writing forbidden'() {
          forbidWriting(pid!, true)
          await expect.poll(async () => (await sendBatch(service.url, token, one))?.status).toBe(503)
          await sleep(chance.between(100, 1000))
          forbidWriting(pid!, false)
        },
      },
    })
    await expect.poll(async () => (await sendBatch(service.url, token, one))?.status, { timeout: 20_000 }).toBe(200)
    await expectAllKept(tally, `sqlite:${path}`, await crowd, () => stop(service))
    await removeFolder(folder)
  })

  it.skipIf(!canMount)('that is read-only ends every command with one sentence', { timeout }, async () => {
    const disk = (await mountSmallDisk(32))!
    const { folder } = disk
    await fillSite(`sqlite:${join(folder, 'roomkey.sqlite')}`, 20)
    spawnSync('mount', ['-o', 'remount,ro', folder])
    const commands = [
      ['serve', '--data', folder, '--port', '0'],
      ['serve', '--data', join(folder, 'new'), '--port', '0'],
      ['db', 'check', '--data', folder],
      ['db', 'migrate', '--data', folder],
      ['sites', 'add', 'other.webex.com', '--data', folder],
      ['plan', '--site', 'example.webex.com', '--data', folder],
    ]
    const tally = new Tally('Read-only folder')
    for (const words of commands) {
      const { code, stderr } = await roomkey(words)
      expect([words, code, stderr]).toEqual([
        words,
        2,
        expect.stringMatching(/^roomkey: Cannot (write|make)[^\n]*give (a folder|one) that you may write to[^\n]*\n$/),
      ])
      tally.count('folder that may only be read')
    }
    spawnSync('mount', ['-o', 'remount,rw', folder])
    expect(await roomkey(['db', 'check', '--data', folder])).toMatchObject({ code: 0, stderr: '' })
    tally.report(inject('chaosTally'))
    await disk.remove()
  })
})

describe('postgres: a disk without space', () => {
  it.skipIf(!canMount)(`loses nothing in ${seconds} seconds (seed ${seed})`, { timeout }, async () => {
    const tally = new Tally('Full disk, PostgreSQL')
    const chance = new Chance(seed)
    const disk = (await mountSmallDisk(256 + 4 * seconds))!
    const server = await startPostgres(disk.folder)
    const { url } = await createDatabase(server.url('postgres'))
    const token = makeToken()
    const people = await fillSite(url, 200)
    const folder = await temporaryFolder()
    const service = await serve(folder, ['--database', url], { ROOMKEY_ADMIN_TOKEN: token })
    const one = [{ email: people[0], systemGenerated: true }]
    const crowd = runCrowd({ chance, urls: [service.url], token, people, clients: 16, ms: seconds * 1000 + 2000 })
    await strike({
      chance,
      tally,
      until: Date.now() + seconds * 1000,
      harms: {
        async 'disk of PostgreSQL full'() {
          disk.fill()
          await sleep(chance.between(500, 3000))
          disk.empty()
          // If the service had to end, it is started again, as an operator would do.
          await sleep(500)
          await server.start().catch(() => server.start())
        },
      },
    })
    await expect.poll(async () => (await sendBatch(service.url, token, one))?.status, { timeout: 30_000 }).toBe(200)
    await expectAllKept(tally, url, await crowd, () => stop(service))
    await server.remove()
    await Promise.all([removeFolder(folder), disk.remove()])
  })
})

async function expectAllKept(
  tally: Tally,
  database: string,
  calls: CallRecord[],
  end: () => Promise<number | null>,
): Promise<void> {
  expectKnownStatuses(calls)
  expect(await end()).toBe(0)
  expect(await roomkey(['db', 'check', '--database', database])).toMatchObject({ code: 0, stderr: '' })
  const store = await openStore(database, 'upkeep')
  Object.assign(tally, await inspect(store, calls))
  await store.close()
  tally.report(inject('chaosTally'))
  expect(tally).toMatchObject({ lost: 0 })
  expect(tally.acknowledged).toBeGreaterThan(0)
}
