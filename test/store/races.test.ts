/** What races for the same rows: nobody is made to fail by being one of many. */
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { message } from '#roomkey/messages/message.js'
import { openStore } from '#roomkey/store/open-store.js'
import { LostRace } from '#roomkey/store/postgres/failure.js'
import { retrying } from '#roomkey/store/postgres/transaction.js'
import type { Store } from '#roomkey/store/store.js'
import { StoreUnavailable } from '#roomkey/store/store-error.js'
import { checkDatabase } from '#roomkey/store/upkeep/check.js'
import { emptyDatabase, engines, type TestDatabase } from '../support/engines.ts'
import { siteUrl, startServiceOn, type TestService } from '../support/service.ts'

for (const engine of engines) {
  describe(`${engine}: many at once`, () => {
    let database: TestDatabase
    const closing: (() => Promise<void>)[] = []
    beforeEach(async () => {
      database = await emptyDatabase(engine)
    })
    afterEach(async () => {
      for (const close of closing.splice(0)) await close()
      await database.remove()
    })

    async function start(): Promise<TestService> {
      const service = await startServiceOn({ url: database.url, remove: async () => undefined })
      closing.push(() => service.close())
      return service
    }

    it('add people of one name to a site, each with an ID of their own, and one of those with one address', async () => {
      const [one, other] = [await start(), await start()]
      const siteId = await one.addSite({ method: 'firstInitialLastName', prefix: '', length: 12 })
      const authorization = { authorization: `Bearer ${await one.addToken({})}` }
      const people = Array.from({ length: 60 }, (_, n) => ({
        emails: [`jane${n % 50}@example.com`],
        firstName: 'Jane',
        lastName: 'Smith',
        siteUrls: [siteUrl],
      }))
      const answers = await Promise.all(
        people.map((person, n) => (n % 2 === 0 ? one : other).call('POST', '/v1/people', person, authorization)),
      )
      const statuses = answers.map(({ status }) => status)
      expect(statuses.filter(status => ![200, 409, 503].includes(status))).toEqual([])
      const added = statuses.filter(status => status === 200).length
      expect(added).toBeLessThanOrEqual(50)
      if (!statuses.includes(503)) expect(added).toBe(50)
      for (const { status, headers } of answers) if (status === 503) expect(headers['retry-after']).toBeDefined()
      expect(Object.keys(await one.roomIds(siteId))).toHaveLength(added)
      for await (const { holds, broken } of checkDatabase(one.store)) expect([holds, broken]).toEqual([holds, 0])
    }, 60_000)

    it('write what one rotation does, as the workers of its process do', async () => {
      const stores: Store[] = []
      for (let number = 0; number < 3; number += 1) {
        const store = await openStore(database.url)
        closing.push(() => store.close())
        stores.push(store)
      }
      const [store] = stores as [Store]
      const now = Date.now()
      const owned = { owner: 'one:1', now }
      const { siteId, rotation } = await store.write('createRotation', {
        siteUrl,
        target: 'http://127.0.0.1/v1',
        profile: 'roomkey',
        source: JSON.stringify({ kind: 'system' }),
        choice: message('choiceEveryone'),
        undoOf: null,
        canary: 0,
        freeze: false,
        ...owned,
      })
      const key = { siteId, rotation }
      await store.write('sealRotation', { ...key, hash: 'h', warnings: [], maxCalls: 0 })
      expect(await store.write('takeRotation', { ...key, ...owned, dead: [], audit: null })).toBeNull()
      const record = (store: Store, n: number) =>
        store.write('recordEvent', { ...key, ...owned, event: { at: now, kind: 'outcome', body: { n } } })
      const each = 40
      const workers = Array.from({ length: 12 }, async (_, worker) => {
        for (let n = 0; n < each; n += 1) await record(stores[worker % stores.length]!, n)
      })
      await Promise.all(workers)
      const events = await store.db
        .selectFrom('rotation_event')
        .select('number')
        .where('kind', '=', 'outcome')
        .execute()
      expect(events).toHaveLength(12 * each)
    }, 60_000)
  })
}

it('postgres: asks the caller to try again where others were faster each time', async () => {
  const duplicate = Object.assign(new pg.DatabaseError('duplicate key', 0, 'error'), { code: '23505' })
  for (const error of [new LostRace(), duplicate]) {
    let attempts = 0
    const losing = retrying(async () => {
      attempts += 1
      throw error
    })
    await expect(losing).rejects.toThrow(StoreUnavailable)
    expect(attempts).toBeGreaterThan(5)
  }
})
