/** Several services, each a process of its own, on one durable PostgreSQL. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { makeToken } from '#roomkey/store/access/tokens.js'
import { openStore } from '#roomkey/store/open-store.js'
import { Chance } from '../../devtools/chance.ts'
import { type ChildService, removeFolder, roomkey, serve, stop, temporaryFolder } from '../../devtools/child-service.ts'
import { type PostgresServer, startPostgres } from '../../devtools/postgres-server.ts'
import { createDatabase } from '../support/databases.ts'
import type { TestDatabase } from '../support/engines.ts'
import { type CallRecord, fillSite, runCrowd } from './crowd.ts'
import { inspect } from './inspect.ts'
import { seconds, seed } from './settings.ts'
import { Tally } from './tally.ts'

const processes = 4
const clients = 64

describe(`postgres: ${processes} processes, ${clients} clients, ${seconds} seconds`, () => {
  const token = makeToken()
  let server: PostgresServer
  let database: TestDatabase
  let folders: string[]
  let services: ChildService[]
  let people: string[]

  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.remove())

  beforeEach(async () => {
    database = await createDatabase(server.url('postgres'))
    folders = await Promise.all(Array.from({ length: processes }, temporaryFolder))
    // All started concurrently on an empty database: they race to create the tables, too.
    services = await Promise.all(
      folders.map(folder => serve(folder, ['--database', database.url], { ROOMKEY_ADMIN_TOKEN: token })),
    )
    people = await fillSite(database.url, 300)
  })
  afterEach(async () => {
    await Promise.all(services.map(service => stop(service)))
    await Promise.all(folders.map(removeFolder))
    await database.remove()
  })

  const crowd = () => ({
    chance: new Chance(seed),
    urls: services.map(({ url }) => url),
    token,
    people,
    clients,
    ms: seconds * 1000,
  })

  async function expectAllKept(calls: CallRecord[], restarts: number): Promise<void> {
    const check = await roomkey(['db', 'check', '--database', database.url])
    expect(check).toMatchObject({ code: 0, stderr: '' })
    const store = await openStore(database.url, 'upkeep')
    const kept = await inspect(store, calls)
    await store.close()
    const tally = new Tally('Many processes')
    if (restarts > 0) tally.count('PostgreSQL stopped', restarts)
    Object.assign(tally, kept)
    tally.report(inject('chaosTally'))
    expect(kept.lost).toBe(0)
    expect(server.log()).not.toContain('deadlock detected')
  }

  it('keep every promise under conflicts and swaps, without a deadlock or a 5xx', { timeout: 300_000 }, async () => {
    const calls = await runCrowd(crowd())
    report('together', calls)
    expect(unexpected(calls, [200, 400, 409])).toEqual([])
    await expectAllKept(calls, 0)
  })

  it('keep every promise while PostgreSQL is stopped and started', { timeout: 300_000 }, async () => {
    const running = runCrowd(crowd())
    const outages: { from: number; to: number }[] = []
    const end = Date.now() + seconds * 1000
    while (Date.now() < end - 3500) {
      await sleep(1500)
      const from = performance.now()
      await server.stop()
      await sleep(500)
      await server.start()
      outages.push({ from, to: performance.now() })
      await sleep(1500)
    }
    const calls = await running
    report(`through ${outages.length} restarts`, calls)

    expect(unexpected(calls, [200, 400, 409, 503])).toEqual([])
    expect(outages.length).toBeGreaterThan(0)
    for (const { from, to } of outages) {
      const during = calls.filter(({ sentAt, answeredAt }) => sentAt > from + 300 && answeredAt < to - 100)
      expect(during.length).toBeGreaterThan(0)
      expect(during.filter(({ status }) => status === 200)).toEqual([])
      expect(calls.some(({ sentAt, status }) => sentAt > to && status === 200)).toBe(true)
    }
    await expectAllKept(calls, outages.length)
  })
})

function report(what: string, calls: CallRecord[]): void {
  const counts = new Map<number, number>()
  for (const { status } of calls) counts.set(status, (counts.get(status) ?? 0) + 1)
  const rooms = calls.reduce((sum, call) => sum + call.rooms.size, 0)
  const byStatus = [...counts].sort().map(([status, count]) => `${count} × ${status}`)
  process.stdout.write(`${what}: ${calls.length} batches (${byStatus.join(', ')}), ${rooms} rooms acknowledged\n`)
}

function unexpected(calls: CallRecord[], statuses: number[]): number[] {
  return [...new Set(calls.map(({ status }) => status))].filter(status => !statuses.includes(status))
}
