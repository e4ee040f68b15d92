/** A service on SQLite that is killed, stopped and paused, while other processes open and close its database. */
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, inject, it } from 'vitest'
import { openStore } from '#roomkey/store/open-store.js'
import { openDatabase } from '#roomkey/store/sqlite/driver.js'
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
import { fillSite, runCrowd } from './crowd.ts'
import { expectKnownStatuses, inspect } from './inspect.ts'
import { strike } from './nemesis.ts'
import { seconds, seed } from './settings.ts'
import { Tally } from './tally.ts'

it(`sqlite: chaos around the service loses nothing in ${seconds} seconds (seed ${seed})`, {
  timeout: seconds * 1000 + 120_000,
}, async () => {
  const tally = new Tally('SQLite')
  const chance = new Chance(seed)
  const folder = await temporaryFolder()
  const path = join(folder, 'roomkey.sqlite')
  const people = await fillSite(`sqlite:${path}`, 200)
  let service = await serve(folder)
  const token = await tokenOf(folder)
  const urls = [service.url]
  const crowd = runCrowd({ chance, urls, token, people, clients: 16, ms: seconds * 1000 + 2000 })

  async function restart(signal: NodeJS.Signals): Promise<number | null> {
    const code = await stop(service, signal)
    await sleep(chance.between(0, 300))
    service = await serve(folder)
    urls[0] = service.url
    return code
  }
  let backups = 0
  await strike({
    chance,
    tally,
    until: Date.now() + seconds * 1000,
    harms: {
      async 'service killed'() {
        await restart('SIGKILL')
      },
      async 'service killed twice'() {
        await stop(service, 'SIGKILL')
        const half = serve(folder).catch(() => undefined)
        await sleep(chance.between(50, 400))
        const started = await half
        if (started !== undefined) await stop(started, 'SIGKILL')
        service = await serve(folder)
        urls[0] = service.url
      },
      async 'service stopped'() {
        expect(await restart('SIGTERM')).toBe(0)
      },
      async 'service held up'() {
        service.process.kill('SIGSTOP')
        await sleep(chance.between(200, 1500))
        service.process.kill('SIGCONT')
      },
      async 'write lock held by another process'() {
        const other = openDatabase(path)
        other.exec('begin immediate')
        await sleep(chance.between(200, 1500))
        other.exec('rollback')
        other.close()
      },
      async 'backup taken in the meantime'() {
        backups += 1
        const copy = join(folder, `backup-${backups}.sqlite`)
        expect(await roomkey(['db', 'backup', copy, '--data', folder])).toMatchObject({ code: 0 })
        const check = await roomkey(['db', 'check', '--database', `sqlite:${copy}`])
        expect(check).toMatchObject({ code: 0, stderr: '' })
      },
    },
  })
  const one = [{ email: people[0], systemGenerated: true }]
  await expect.poll(async () => (await sendBatch(service.url, token, one))?.status, { timeout: 20_000 }).toBe(200)

  const calls = await crowd
  expectKnownStatuses(calls)
  service.process.kill('SIGKILL')
  await once(service.process, 'exit')
  const check = await roomkey(['db', 'check', '--data', folder])
  expect(check).toMatchObject({ code: 0, stderr: '' })
  const store = await openStore(`sqlite:${path}`, 'upkeep')
  Object.assign(tally, await inspect(store, calls))
  await store.close()
  tally.report(inject('chaosTally'))
  expect(tally).toMatchObject({ lost: 0 })
  expect(tally.acknowledged).toBeGreaterThan(0)
  await removeFolder(folder)
})
