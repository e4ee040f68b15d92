/** Two services and PostgreSQL, with a network between them that fails in every way, and restarts in any order. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { makeToken } from '#roomkey/store/access/tokens.js'
import { openStore } from '#roomkey/store/open-store.js'
import { Chance } from '../../devtools/chance.ts'
import {
  type ChildService,
  removeFolder,
  roomkey,
  sendBatch,
  serve,
  stop,
  temporaryFolder,
} from '../../devtools/child-service.ts'
import { type PostgresServer, startPostgres } from '../../devtools/postgres-server.ts'
import { createDatabase } from '../support/databases.ts'
import { startProxy, type TcpProxy } from '../support/proxy.ts'
import { fillSite, runCrowd } from './crowd.ts'
import { expectKnownStatuses, inspect } from './inspect.ts'
import { strike } from './nemesis.ts'
import { seconds, seed } from './settings.ts'
import { Tally } from './tally.ts'

describe('postgres: chaos between the services and the database', () => {
  const token = makeToken()
  let server: PostgresServer
  let proxy: TcpProxy
  let direct: string
  let through: string

  beforeAll(async () => {
    server = await startPostgres()
    direct = (await createDatabase(server.url('postgres'))).url
    proxy = await startProxy({ host: '127.0.0.1', port: Number(new URL(direct).port) })
    const url = new URL(direct)
    url.port = String(proxy.port)
    through = url.href
  })
  afterAll(async () => {
    await proxy.close()
    await server.remove()
  })

  it(`loses nothing in ${seconds} seconds (seed ${seed})`, { timeout: seconds * 1000 + 180_000 }, async () => {
    const chance = new Chance(seed)
    const tally = new Tally('PostgreSQL')
    const folders = [await temporaryFolder(), await temporaryFolder()]
    const start = (index: number) => serve(folders[index]!, ['--database', through], { ROOMKEY_ADMIN_TOKEN: token })
    const services: ChildService[] = [await start(0), await start(1)]
    const urls = services.map(({ url }) => url)
    const people = await fillSite(direct, 200)
    const until = Date.now() + seconds * 1000

    const moment = (most: number) => sleep(chance.between(50, most))
    async function revive(index: number): Promise<void> {
      services[index] = await start(index)
      urls[index] = services[index]!.url
    }

    const crowd = runCrowd({ chance: new Chance(seed), urls, token, people, clients: 24, ms: seconds * 1000 + 3000 })
    await strike({
      chance,
      tally,
      until,
      harms: {
        async latency() {
          proxy.delay(chance.between(5, 150))
          await moment(1500)
          proxy.delay(0)
        },
        async reset() {
          proxy.reset()
        },
        async blackhole() {
          proxy.swallow(true)
          await moment(3000)
          if (chance.next() < 0.5) proxy.reset()
          proxy.swallow(false)
        },
        async 'cut after some bytes'() {
          proxy.cutAfter(chance.between(1, 30_000))
          await moment(300)
          proxy.cutAfter(Number.POSITIVE_INFINITY)
        },
        async 'refused connections'() {
          proxy.refuse(true)
          proxy.reset()
          await moment(1500)
          proxy.refuse(false)
        },
        async 'PostgreSQL stopped'() {
          await server.stop()
          await moment(1000)
          await server.start()
        },
        async 'PostgreSQL crashed'() {
          await server.crash()
          await moment(1000)
          await server.start()
        },
        async 'service killed'() {
          const index = chance.between(0, 2)
          await stop(services[index]!, 'SIGKILL')
          await moment(500)
          await revive(index)
        },
        async 'restarts in another order'() {
          const index = chance.between(0, 2)
          if (chance.next() < 0.5) await Promise.all([server.stop(), stop(services[index]!, 'SIGTERM')])
          else {
            await server.crash()
            await stop(services[index]!, 'SIGKILL')
          }
          // If started too early, it exits with one sentence that says so.
          const early = await roomkey(['serve', '--data', folders[index]!, '--database', through, '--port', '0'])
          expect([early.code, early.stderr]).toEqual([
            2,
            expect.stringMatching(/^roomkey: PostgreSQL .*cannot be reached/),
          ])
          expect(early.stderr.trim().split('\n')).toHaveLength(1)
          await server.start()
          await revive(index)
        },
      },
    })
    // Whatever happened, both recover by themselves.
    const one = [{ email: people[0], systemGenerated: true }]
    for (const url of urls) {
      await expect.poll(async () => (await sendBatch(url, token, one))?.status, { timeout: 20_000 }).toBe(200)
    }

    const calls = await crowd
    expectKnownStatuses(calls)
    await Promise.all(services.map(service => stop(service)))
    const check = await roomkey(['db', 'check', '--database', direct])
    expect(check).toMatchObject({ code: 0, stderr: '' })
    const store = await openStore(direct, 'upkeep')
    Object.assign(tally, await inspect(store, calls))
    await store.close()
    tally.report(inject('chaosTally'))
    await Promise.all(folders.map(removeFolder))

    expect(tally).toMatchObject({ lost: 0 })
    expect(tally.acknowledged).toBeGreaterThan(0)
    expect(server.log()).not.toContain('deadlock detected')
  })
})
