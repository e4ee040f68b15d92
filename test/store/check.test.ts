import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { names } from '#roomkey/store/migrations/0016-names.js'
import { openStore } from '#roomkey/store/open-store.js'
import { kyselyOver } from '#roomkey/store/sqlite/connection.js'
import { openDatabase } from '#roomkey/store/sqlite/driver.js'
import type { Store } from '#roomkey/store/store.js'
import { checkDatabase } from '#roomkey/store/upkeep/check.js'
import { command } from '../support/databases.ts'
import { emptyDatabase, engines, type TestDatabase } from '../support/engines.ts'
import { populate, refresh } from '../support/world.ts'

for (const engine of engines) {
  describe(`${engine}: check`, () => {
    let database: TestDatabase
    let store: Store

    beforeEach(async () => {
      database = await emptyDatabase(engine)
      store = await openStore(database.url)
      const siteId = await populate(store, ['ada', 'ben', 'cyd'])
      await refresh(store, siteId, { ada: 'ada-new', ben: 'ben-new' })
      await refresh(store, siteId, { ada: 'ben-new', ben: 'ada-new' })
    })
    afterEach(async () => {
      await store.close()
      await database.remove()
    })

    it('finds nothing in a database that Roomkey has written', async () => {
      expect(await broken(store)).toEqual([])
    })

    const ada = { site_id: 1, person: 1, id: 'x', key: 'x', tenure: 1, batch: 1, at: 0 }
    const breaks: { what: string; table: string; row: Record<string, unknown>; named: string }[] = [
      {
        what: 'a gap in the claims of a person',
        table: 'claim',
        row: { ...ada, number: 5 },
        named: 'ada@example.com on example.webex.com: 4 claims, numbered 1 to 5',
      },
      {
        what: 'a gap in the claims on an ID',
        table: 'claim',
        row: { ...ada, number: 4, tenure: 3 },
        named: 'ID x on site 1: 1 claims, numbered 3 to 3',
      },
      {
        what: 'an ID with two holders',
        table: 'claim',
        row: { ...ada, number: 4, id: 'cyd', key: 'cyd', tenure: 2 },
        named:
          'ID cyd: still held by cyd@example.com on example.webex.com and taken by ada@example.com on example.webex.com',
      },
      {
        what: 'a claim of an earlier time',
        table: 'claim',
        row: { ...ada, number: 4 },
        named: 'ada@example.com on example.webex.com: claim 4 is of an earlier time than claim 3',
      },
      {
        what: 'an ID that was taken before it was left',
        table: 'claim',
        row: { ...ada, person: 3, number: 2, id: 'ada', key: 'ada', tenure: 2 },
        named:
          'ID ada: taken by cyd@example.com on example.webex.com before it was left by ada@example.com on example.webex.com',
      },
      {
        what: 'a claim of nobody',
        table: 'claim',
        row: { ...ada, person: 9, number: 1 },
        named: 'person 9 on example.webex.com: claim 1 on x',
      },
      {
        what: 'a claim without its batch',
        table: 'claim',
        row: { ...ada, number: 4, batch: 999_999 },
        named: 'ada@example.com on example.webex.com: claim 4 on x by batch 999999',
      },
      {
        what: 'an ID compared as another',
        table: 'claim',
        row: { ...ada, number: 4, id: 'X', key: 'y' },
        named: 'ada@example.com on example.webex.com: claim 4 on X, compared as y',
      },
      {
        what: 'a batch of no site',
        table: 'batch',
        row: { site_id: 7, batch: 1, at: 0, token_id: 't', tracking_id: 't', rotation_id: null },
        named: 'batch 1 on site 7',
      },
      {
        what: 'a batch that does not say whom it was about',
        table: 'batch',
        row: { site_id: 1, batch: 9, at: 0, token_id: 't', tracking_id: 't', rotation_id: null },
        named: 'batch 9 on site 1',
      },
    ]
    for (const { what, table, row, named } of breaks) {
      it(`names ${what}`, async () => {
        await store.write('insertRows', { table, rows: [row] })
        expect(await broken(store)).toContain(named)
      })
    }

    // As versions wrote it that knew neither names to search by nor the people of a batch.
    it('names people who are not found by their names; migrating fills in what older versions did not write', async () => {
      const read = async () => ({
        names: await store.db.selectFrom('person_name').selectAll().orderBy('person').orderBy('phrase').execute(),
        batches: (await store.db.selectFrom('batch').select('people').orderBy('batch').execute()).map(({ people }) =>
          JSON.parse(people ?? 'null'),
        ),
      })
      const before = await read()
      expect([before.names.length > 3, before.batches.length]).toEqual([true, 3])
      await store.close()
      await change(database.url, ['delete from person_name', 'update batch set people = null'])
      await fillNames(database.url)
      store = await openStore(database.url)
      expect(await read()).toEqual(before)
      expect(await broken(store)).toEqual([])

      await store.close()
      await change(database.url, ['delete from person_name where person = 2'])
      store = await openStore(database.url)
      expect(await broken(store)).toEqual(['ben@example.com on example.webex.com'])
    })
  })
}

async function broken(store: Store): Promise<string[]> {
  const found: string[] = []
  for await (const { examples } of checkDatabase(store)) found.push(...examples)
  return found
}

/** Changes a database that nobody has open, below the product. */
/** Runs that migration again, on its own. */
async function fillNames(url: string): Promise<void> {
  if (!url.startsWith('sqlite:')) {
    const store = await openStore(url)
    await names(store.db as never)
    return store.close()
  }
  const connection = openDatabase(url.slice('sqlite:'.length))
  await names(kyselyOver(connection) as never)
  connection.close()
}

async function change(url: string, statements: string[]): Promise<void> {
  if (!url.startsWith('sqlite:')) return command(url, ...statements)
  const connection = openDatabase(url.slice('sqlite:'.length))
  for (const statement of statements) connection.exec(statement)
  connection.close()
}
