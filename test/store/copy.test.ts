import { copyFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fillDemoSite } from '#roomkey/demo/fill-site.js'
import { openStore } from '#roomkey/store/open-store.js'
import type { Store } from '#roomkey/store/store.js'
import { backUp, restore } from '#roomkey/store/upkeep/backup.js'
import { copyDatabase } from '#roomkey/store/upkeep/copy.js'
import { removeFolder, temporaryFolder } from '../../devtools/child-service.ts'
import { emptyDatabase, engines, type TestDatabase, type TestEngine } from '../support/engines.ts'
import { everything, populate, refresh } from '../support/world.ts'

const quietly = () => undefined

describe('copy', () => {
  let folder: string
  const databases: TestDatabase[] = []
  const stores: Store[] = []

  async function open(engine: TestEngine): Promise<Store & { url: string }> {
    const database = await emptyDatabase(engine)
    databases.push(database)
    const store = await openStore(database.url)
    stores.push(store)
    return { ...store, url: database.url }
  }

  beforeEach(async () => {
    folder = await temporaryFolder()
  })
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close()
    for (const database of databases.splice(0)) await database.remove()
    await removeFolder(folder)
  })

  it('takes the demo site of 10,000 people from SQLite to PostgreSQL and back, with equal content', async () => {
    const [sqlite, postgres, again] = [await open('sqlite'), await open('postgres'), await open('sqlite')]
    await fillDemoSite(sqlite, 10_000, Date.now())
    await refresh(
      sqlite,
      1,
      { 'john.andersen': null, 'brenda.song': 'Brenda-1' },
      { idempotency: { key: 'k', digest: 'd' } },
    )
    const before = await everything(sqlite)
    expect(before.person).toHaveLength(10_000)

    await copyDatabase(sqlite, postgres, quietly)
    expect(await everything(postgres)).toEqual(before)
    await copyDatabase(postgres, again, quietly)
    expect(await everything(again)).toEqual(before)

    // The copy continues counting where the original stopped.
    for (const store of [postgres, again]) {
      expect(await refresh(store, 1, { 'john.andersen': 'john-after' })).toMatchObject({ outcome: 'refreshed' })
    }
  })

  for (const engine of engines) {
    it(`refuses a ${engine} database that is not empty`, async () => {
      const [from, to] = [await open('sqlite'), await open(engine)]
      await populate(from, ['ada'])
      await populate(to, ['ben'])
      await expect(copyDatabase(from, to, quietly)).rejects.toThrow(/is not empty/)
    })

    it(`backs a ${engine} database up while it is written to, and restores it as it was at one moment`, async () => {
      const store = await open(engine)
      const people = Array.from({ length: 100 }, (_, n) => `p${n}`)
      const siteId = await populate(store, people)
      const file = join(folder, 'backup')

      let writing = true
      const writer = (async () => {
        for (let n = 0; writing; n += 1) {
          await refresh(store, siteId, Object.fromEntries(people.map(name => [name, `${name}-${n}`])))
        }
      })()
      await backUp(store.url, file, quietly)
      writing = false
      await writer
      expect(await readdir(folder)).toEqual(['backup'])

      const target = await open(engine)
      await target.close()
      stores.splice(
        stores.findIndex(({ place }) => place === target.place),
        1,
      )
      if (engine === 'sqlite') await rm(target.url.slice('sqlite:'.length))
      await restore(file, target.url, quietly)
      expect(await readdir(folder)).toEqual(['backup'])

      const restored = await openStore(target.url)
      stores.push(restored)
      const newest = await restored.db
        .selectFrom('claim')
        .select(({ fn }) => ['person', fn.max('number').as('number')])
        .groupBy('person')
        .execute()
      expect(newest).toHaveLength(100)
      // Each batch gave everybody an ID, so at any one moment all have had the same number.
      expect(new Set(newest.map(({ number }) => number)).size).toBe(1)
      await expect(backUp(store.url, file, quietly)).rejects.toThrow(/already exists/)
      await expect(restore(file, target.url, quietly)).rejects.toThrow(/is not empty/)
    })
  }

  it('restores nothing from a file that is not a backup', async () => {
    const file = join(folder, 'letter.txt')
    await writeFile(file, 'Dear administrator')
    await copyFile(file, join(folder, 'other'))
    await expect(restore(file, `sqlite:${join(folder, 'new')}`, quietly)).rejects.toThrow(/is not a backup/)
    expect(await readdir(folder)).toEqual(['letter.txt', 'other'])
  })
})
