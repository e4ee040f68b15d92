/** Two services: one plays Webex, the other reads its site and keeps on reading. */
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MirrorKeeper } from '#roomkey/rotations/mirroring/mirror-keeper.js'
import { newBudget } from '#roomkey/rotations/target/connect.js'
import { freshnessOf } from '#roomkey/store/mirror/next-rooms.js'
import { openStore } from '#roomkey/store/open-store.js'
import type { Store } from '#roomkey/store/store.js'
import { systemClock } from '#roomkey/webex/calls/clock.js'
import { staticToken } from '#roomkey/webex/sign-in/token-source.js'
import { type ChildService, removeFolder, serve, stop, temporaryFolder } from '../../devtools/child-service.ts'
import { people } from '../rotations/rotation-fixture.ts'
import { makeTarget, site, type TargetDouble } from '../rotations/target-double.ts'
import { emptyDatabase, type TestDatabase } from '../support/engines.ts'

/** Waits until something is so. */
async function until<Result>(read: () => Promise<Result>, isSo: (result: Result) => boolean): Promise<Result> {
  for (;;) {
    const result = await read()
    if (isSo(result)) return result
    await sleep(50)
  }
}

describe('a service that mirrors a site', () => {
  let folder: string
  let webex: ChildService
  let service: ChildService
  let token: string
  beforeAll(async () => {
    folder = await temporaryFolder()
    for (const name of ['webex', 'own']) await mkdir(join(folder, name))
    webex = await serve(join(folder, 'webex'), ['--demo', '120'])
    const webexToken = (await readFile(join(folder, 'webex', 'token'), 'utf8')).trim()
    service = await serve(join(folder, 'own'), ['--sync-share', '100'], {
      WEBEX_URL: webex.url,
      WEBEX_ACCESS_TOKEN: webexToken,
    })
    token = (await readFile(join(folder, 'own', 'token'), 'utf8')).trim()
  })
  afterAll(async () => {
    await stop(service)
    await stop(webex)
    await removeFolder(folder)
  })

  async function call(method: string, path: string, body?: object) {
    const answer = await fetch(service.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes.
    return { status: answer.status, body: (await answer.json()) as any }
  }

  it('goes from the connection to the overview of every room, stops and starts', async () => {
    const sites = await call('GET', '/api/webex-connection/sites')
    expect(sites).toEqual({ status: 200, body: { items: [{ siteUrl: site, mirrored: false }] } })
    const misspelt = await call('POST', '/api/webex-connection/sites', { siteUrl: 'exmaple.webex.com' })
    expect(misspelt).toMatchObject({ status: 400 })
    expect(misspelt.body.errors[0].description).toContain('Nobody has an account on exmaple.webex.com')

    const added = await call('POST', '/api/webex-connection/sites', { siteUrl: site })
    expect(added).toMatchObject({ status: 201, body: { siteUrl: site, target: `${webex.url}/v1`, unread: 0 } })
    const sync = () => call('GET', `/api/sites/${site}/sync`)
    const read = await until(sync, ({ body }) => body.rooms > 0 && body.unread === 0 && body.phase === 'rooms')
    expect(read.body).toMatchObject({ state: 'reading', failed: 0, stopReason: null })
    expect(read.body.freshness).toMatch(/^read \d+ seconds? ago$/)
    expect((await call('GET', `/api/audit?siteUrl=${site}`)).body).toMatchObject({ rooms: read.body.rooms })
    expect((await call('GET', '/api/webex-connection/sites')).body.items[0].mirrored).toBe(true)

    expect((await call('POST', `/api/sites/${site}/sync/stop`)).body).toMatchObject({ state: 'stopped' })
    await sleep(200)
    expect((await sync()).body).toMatchObject({ state: 'stopped' })
    await call('POST', `/api/sites/${site}/sync/start`, {})
    await until(sync, ({ body }) => body.state === 'reading')
    const acts = (await call('GET', `/api/audit-events?siteUrl=${site}`)).body.items
    expect(acts.map(({ action }: { action: string }) => action)).toEqual([
      'sync.started',
      'sync.stopped',
      'site.mirrored',
    ])
  })
})

describe('two services on one PostgreSQL', () => {
  let database: TestDatabase
  let store: Store
  let target: TargetDouble
  const keepers: MirrorKeeper[] = []
  /** From when on the target leaves the calls of the first service without an answer. */
  let hangsAfter = Number.POSITIVE_INFINITY
  let release: () => void = () => undefined

  beforeEach(async () => {
    database = await emptyDatabase('postgres')
    store = await openStore(database.url)
    target = makeTarget(people(130), systemClock)
    const by = { tokenId: 'test', trackingId: 'test', now: Date.now() }
    const rule = { method: 'random', prefix: 'pr', length: 12 } as const
    await store.write('mirrorSite', { ...by, url: site, target: 'https://webex.test/v1', profile: 'webex', rule })
  })
  afterEach(async () => {
    release()
    for (const keeper of keepers.splice(0)) await keeper.stop()
    await store.close()
    await database.remove()
  })

  function keeper(owner: string, hangs: boolean): MirrorKeeper {
    const hanging = new Promise<void>(resolve => {
      release = resolve
    })
    const started = new MirrorKeeper({
      store,
      share: 1,
      owner,
      lookEveryMs: 20,
      onFailure: (_, error) => {
        throw error
      },
      routeTo: () => ({
        fetch: async (url, init) => {
          if (hangs && target.calls >= hangsAfter) await hanging
          return target.fetch(url, init)
        },
        token: staticToken('secret'),
        budget: newBudget(),
      }),
    })
    keepers.push(started)
    started.start()
    return started
  }

  it('one reads, the other takes over when it is gone, and goes on where it was', async () => {
    hangsAfter = 70
    keeper('first', true)
    await until(
      () => freshnessOf(store.db, 1),
      ({ rooms, unread }) => rooms === 130 && unread <= 80,
    )
    keeper('second', false)
    await sleep(300)
    expect(await ownerNow()).toBe('first')
    // As after thirty seconds of silence.
    await sql`update site_sync set lease_until = 0`.execute(store.db)
    await until(
      () => freshnessOf(store.db, 1),
      ({ unread }) => unread === 0,
    )
    expect(await ownerNow()).toBe('second')
    // The list, every room, and what the first had read and not saved.
    expect(target.calls).toBeLessThanOrEqual(1 + 130 + 50)
  })

  async function ownerNow(): Promise<string | null> {
    return (await store.db.selectFrom('site_sync').select('owner').executeTakeFirstOrThrow()).owner
  }
})
