/** The administrator's token that a service starts with. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ensureFirstToken } from '#roomkey/local/first-token.js'
import { findToken, hashToken, listTokens } from '#roomkey/store/access/tokens.js'
import { openStore } from '#roomkey/store/open-store.js'
import type { Store } from '#roomkey/store/store.js'
import { removeFolder, serve, stop, temporaryFolder } from '../../devtools/child-service.ts'
import { emptyDatabase, engines, type TestDatabase } from '../support/engines.ts'

const [one, two] = ['one-'.repeat(8), 'two-'.repeat(8)] as [string, string]

for (const engine of engines) {
  describe(`${engine}: the token in ROOMKEY_ADMIN_TOKEN`, () => {
    let folder: string
    let database: TestDatabase
    let store: Store
    beforeEach(async () => {
      folder = await temporaryFolder()
      database = await emptyDatabase(engine)
      store = await openStore(database.url)
    })
    afterEach(async () => {
      await store.close()
      await database.remove()
      await removeFolder(folder)
    })

    const start = (given: string | undefined) => ensureFirstToken(store, folder, given, null)
    const hasEnded = async (token: string) => (await findToken(store.db, hashToken(token)))?.revoked_at !== null

    it('ends the one that it replaces, and no other', async () => {
      const made = (await start(undefined))!.token
      expect(await start(one)).toMatchObject({ token: one, works: true, notes: [] })
      const replacing = await start(two)
      expect(replacing).toMatchObject({ token: two, works: true })
      expect(replacing!.notes).toEqual([
        expect.stringMatching(/^The token "from ROOMKEY_ADMIN_TOKEN, \d{4}-\d\d-\d\d" \([0-9a-f]{8}\) was replaced/),
      ])
      expect([await hasEnded(made), await hasEnded(one), await hasEnded(two)]).toEqual([false, true, false])
      // The same again, as at every start.
      expect(await start(two)).toMatchObject({ token: two, works: true, notes: [] })
      expect(await listTokens(store.db)).toHaveLength(3)
      const acts = await store.db.selectFrom('audit_event').select(['action', 'subject']).execute()
      expect(acts).toEqual([
        { action: 'token.revoked', subject: (await findToken(store.db, hashToken(one)))!.token_id },
      ])
    })

    it('is said to be dead where it was revoked, and is not brought back to life', async () => {
      await start(one)
      await start(two)
      for (const given of [one, undefined]) {
        const dead = await start(given)
        expect(dead).toMatchObject({ token: one, works: false })
        expect(dead!.notes).toEqual([
          expect.stringMatching(/was revoked on \d{4}-\d\d-\d\d and lets nobody in; put a new/),
        ])
      }
      expect(await hasEnded(one)).toBe(true)
    })
  })
}

it('is told of in the banner, without a sign-in link that lets nobody in', async () => {
  const folder = await temporaryFolder()
  for (const token of [one, two, one]) {
    const service = await serve(folder, [], { ROOMKEY_ADMIN_TOKEN: token })
    expect(await stop(service)).toBe(0)
    if (token === two) expect(service.output).toContain('was replaced, and has ended')
    expect([token, service.output.includes('#sign-in=')]).toEqual([token, !service.output.includes('lets nobody in')])
  }
  await removeFolder(folder)
}, 30_000)
