/** Two stores or services on one database stand for two processes: they share nothing but the database. */
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '#roomkey/store/open-store.js'
import { createDatabase } from '../support/databases.ts'
import { emptyDatabase, postgresServer, type TestDatabase } from '../support/engines.ts'
import { type Answer, startServiceOn, type TestService } from '../support/service.ts'
import { populate, refresh } from '../support/world.ts'

const perMinute = 60

describe('postgres: several processes on one database', () => {
  let database: TestDatabase
  const closing: (() => Promise<void>)[] = []

  beforeEach(async () => {
    database = await emptyDatabase('postgres')
  })
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
    await database.remove()
  })

  async function start(rateLimit: number | null = null): Promise<TestService> {
    const service = await startServiceOn({ url: database.url, remove: async () => undefined }, rateLimit)
    closing.push(() => service.close())
    return service
  }

  it('create the tables together, when all of them start concurrently', async () => {
    const bare = await createDatabase(postgresServer())
    const stores = await Promise.all(Array.from({ length: 8 }, () => openStore(bare.url)))
    await populate(stores[0]!, ['ada'])
    for (const store of stores) {
      expect(await store.db.selectFrom('person').select('email').execute()).toEqual([{ email: 'ada@example.com' }])
    }
    await Promise.all(stores.map(store => store.close()))
    await bare.remove()
  })

  it('hold one limit on the calls of a token, which no process can exceed', async () => {
    const [one, other] = [await start(perMinute), await start(perMinute)]
    const ask = (service: TestService) => service.call('GET', '/v1/people', undefined, authorization)
    const authorization = { authorization: `Bearer ${await one.addToken({})}` }

    const answers: Answer[] = []
    for (let round = 0; round < 10; round += 1) {
      answers.push(...(await Promise.all(Array.from({ length: 10 }, (_, n) => ask(n % 2 === 0 ? one : other)))))
    }
    const refused = answers.filter(({ status }) => status === 429)
    const accepted = answers.length - refused.length
    expect(accepted).toBeLessThanOrEqual(perMinute)
    // The calls that one of them holds on lease when the other has used up the rest.
    expect(accepted).toBeGreaterThanOrEqual(perMinute - 4)
    for (const { headers } of refused) {
      expect(Number(headers['retry-after'])).toBeGreaterThan(0)
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60)
    }
    // Another token has its own minute.
    expect((await ask(other)).status).toBe(429)
    expect((await other.call('GET', '/readyz')).status).toBe(200)
    const fresh = { authorization: `Bearer ${await other.addToken({})}` }
    expect((await one.call('GET', '/v1/people', undefined, fresh)).status).not.toBe(429)
  })

  it('know of a revoked token immediately where it was revoked, and a moment later elsewhere', async () => {
    const [one, other] = [await start(), await start()]
    const token = await one.addToken({})
    const authorization = { authorization: `Bearer ${token}` }
    const ask = async (service: TestService) =>
      (await service.call('GET', '/v1/people', undefined, authorization)).status
    expect([await ask(one), await ask(other)]).not.toContain(401)

    const [{ token_id: tokenId }] = (await one.store.db
      .selectFrom('token')
      .select('token_id')
      .orderBy('created_at', 'desc')
      .execute()) as [{ token_id: string }]
    await one.store.write('revokeToken', { tokenId, now: Date.now() })
    expect(await ask(one)).toBe(401)
    await expect.poll(() => ask(other), { timeout: 3000 }).toBe(401)
  })

  it('answer a call once, however many of them get it with the same Idempotency-Key', async () => {
    const services = [await start(), await start(), await start()]
    await services[0]!.addPeople(await services[0]!.addSite(), [{ email: 'ada@example.com' }])
    const headers = { 'idempotency-key': 'same', authorization: `Bearer ${services[0]!.token}` }
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        services[n % 3]!.refresh([{ email: 'ada@example.com', systemGenerated: true }], headers),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(answers.filter(({ headers }) => headers['idempotent-replayed'] === undefined)).toHaveLength(1)
  })

  it('swap two IDs back and forth, concurrently, without a deadlock or a lost change', async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(database.url)))
    const siteId = await populate(stores[0]!, ['ada', 'ben'])
    const outcomes = await Promise.all(
      Array.from({ length: 80 }, (_, n) =>
        refresh(stores[n % 4]!, siteId, n % 2 === 0 ? { ada: 'ben', ben: 'ada' } : { ben: 'ben', ada: 'ada' }),
      ),
    )
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['refreshed']))
    await Promise.all(stores.slice(1).map(store => store.close()))
    // A PostgreSQL session reports its statistics when it ends.
    const { rows } = await sql<{ deadlocks: number }>`
      select deadlocks from pg_stat_database where datname = current_database()`.execute(stores[0]!.db)
    expect(rows).toEqual([{ deadlocks: 0 }])
    await stores[0]!.close()
  })
})
