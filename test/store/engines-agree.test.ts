/** Random batches on a small site, where they often collide: every engine decides and stores the same. */

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '#roomkey/store/open-store.js'
import { batchFunctions } from '#roomkey/store/postgres/batch-function.js'
import type { Store } from '#roomkey/store/store.js'
import { checkDatabase } from '#roomkey/store/upkeep/check.js'
import { dayMs } from '#roomkey/time.js'
import { command } from '../support/databases.ts'
import { emptyDatabase, type TestDatabase } from '../support/engines.ts'
import { addNamed, populate, refresh } from '../support/world.ts'

const names = ['ada', 'ben', 'cyd', 'dee', 'eve', 'attendee', 'nobody']
const ids = ['ada', 'Ben', 'cyd', 'one', 'ONE', 'two', 'three', '1', '']

const kinds = ['sqlite', 'postgres', 'distributed'] as const

const item = fc.record({ name: fc.constantFrom(...names), id: fc.constantFrom(...ids) })
const batch = fc.record({
  items: fc.uniqueArray(item, { selector: ({ name }) => name, minLength: 1, maxLength: 4 }),
  by: fc.constantFrom('email' as const, 'personId' as const),
  days: fc.constantFrom(0, 0, 0, 5, 40),
  idempotencyKey: fc.constantFrom(null, null, null, null, null, 'k1', 'k2'),
})

describe('SQLite, PostgreSQL, and the batch function for Citus', () => {
  const databases: TestDatabase[] = []
  const stores: Store[] = []

  beforeAll(async () => {
    for (const kind of kinds) {
      const database = await emptyDatabase(kind === 'sqlite' ? 'sqlite' : 'postgres')
      databases.push(database)
      if (kind === 'distributed') {
        await command(database.url, ...Object.values(batchFunctions).map(({ create }) => create))
      }
      stores.push(await openStore(database.url))
    }
  })
  afterAll(async () => {
    for (const store of stores) await store.close()
    for (const database of databases) await database.remove()
  })

  it('agree on every outcome and on every claim', { timeout: 120_000 }, async () => {
    let sites = 0
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 25 }), async batches => {
        sites += 1
        const [expected, ...others] = await Promise.all(stores.map(store => play(store, `s${sites}.example`, batches)))
        for (const other of others) expect(other).toEqual(expected)
      }),
      { numRuns: 60 },
    )
    for (const store of stores) {
      for await (const finding of checkDatabase(store)) expect(finding).toMatchObject({ broken: 0 })
    }
  })
})

interface Batch {
  items: { name: string; id: string }[]
  by: 'email' | 'personId'
  days: number
  idempotencyKey: string | null
}

async function play(store: Store, url: string, batches: Batch[]) {
  let now = Date.parse('2026-01-01')
  const siteId = await populate(store, ['ada', 'ben', 'cyd', 'dee', 'eve'], { url, now })
  await addNamed(store, siteId, [{ email: 'attendee@example.com', host: false }], now)

  const outcomes = []
  for (const { items, by, days, idempotencyKey } of batches) {
    now += days * dayMs + 1
    const address = (name: string) => (by === 'email' ? `${name}@example.com` : `person-${name}`)
    const request = {
      by,
      now,
      items: items.map(({ name, id }) => ({ address: address(name), id })),
      idempotency: idempotencyKey === null ? null : { key: idempotencyKey, digest: JSON.stringify([by, items]) },
    }
    outcomes.push(await refresh(store, siteId, {}, request))
  }
  const claims = await store.db
    .selectFrom('claim')
    .select(['person', 'number', 'id', 'key', 'tenure', 'at'])
    .where('site_id', '=', siteId)
    .orderBy('person')
    .orderBy('number')
    .execute()
  const kept = await store.db
    .selectFrom('batch')
    .select(['at', 'people'])
    .where('site_id', '=', siteId)
    .orderBy('at')
    .execute()
  return { outcomes, claims, batches: kept.map(({ at, people }) => ({ at, people: JSON.parse(people!).sort() })) }
}
