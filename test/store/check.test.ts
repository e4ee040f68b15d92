import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '#roomkey/store/open-store.js'
import type { Store } from '#roomkey/store/store.js'
import { checkDatabase } from '#roomkey/store/upkeep/check.js'
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
    ]
    for (const { what, table, row, named } of breaks) {
      it(`names ${what}`, async () => {
        await store.write('insertRows', { table, rows: [row] })
        expect(await broken(store)).toContain(named)
      })
    }
  })
}

async function broken(store: Store): Promise<string[]> {
  const found: string[] = []
  for await (const { examples } of checkDatabase(store)) found.push(...examples)
  return found
}
