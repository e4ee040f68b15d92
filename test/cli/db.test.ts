import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '#roomkey/store/open-store.js'
import { removeFolder, roomkey, temporaryFolder } from '../../devtools/child-service.ts'
import { createDatabase } from '../support/databases.ts'
import { emptyDatabase, engines, postgresServer, type TestDatabase } from '../support/engines.ts'
import { everything, populate, refresh } from '../support/world.ts'

async function hasCitus(url: string): Promise<boolean> {
  const store = await openStore(url)
  const { rows } = await sql`select from pg_available_extensions where name = 'citus'`.execute(store.db)
  await store.close()
  return rows.length > 0
}

for (const engine of engines) {
  describe(`${engine}: roomkey db`, () => {
    let folder: string
    let database: TestDatabase

    beforeEach(async () => {
      folder = await temporaryFolder()
      database = await emptyDatabase(engine)
      const store = await openStore(database.url)
      const siteId = await populate(store, ['ada', 'ben'])
      await refresh(store, siteId, { ada: 'ben', ben: 'ada' })
      await store.close()
    })
    afterEach(async () => {
      await database.remove()
      await removeFolder(folder)
    })

    const db = (...words: string[]) => roomkey(['db', ...words], { env: { DATABASE_URL: database.url } })

    it('says that a sound database is clean, and how large it is', async () => {
      const { code, stdout } = await db('check')
      expect(stdout).toMatch(/is clean: 1 site, 2 people, 4 claims, 2 batches\.\n$/)
      expect(stdout).not.toContain('BROKEN')
      expect(code).toBe(0)
    })

    // The claim has no person, and another time than its batch.
    it('names what is broken, and ends with 3', async () => {
      const store = await openStore(database.url)
      const row = { site_id: 1, person: 9, number: 1, id: 'x', key: 'x', tenure: 1, batch: 1, at: 0 }
      await store.write('insertRows', { table: 'claim', rows: [row] })
      await store.close()
      const { code, stdout, stderr } = await db('check')
      expect(stdout).toContain('BROKEN  Each claim belongs to an existing person.')
      expect(stdout).toContain('person 9 on example.webex.com: claim 1 on x')
      expect(stderr).toMatch(/^roomkey: .* is broken in 2 places; .*\n$/)
      expect(code).toBe(3)
    })

    it('backs up, restores and copies from the command line', async () => {
      const file = join(folder, 'backup')
      expect(await db('backup', file)).toMatchObject({ code: 0, stderr: '' })
      expect((await stat(file)).mode & 0o777).toBe(0o600)

      const restored = `sqlite:${join(folder, 'restored')}`
      expect(await db('restore', file, '--database', restored)).toMatchObject({ code: 0, stderr: '' })
      const copied = `sqlite:${join(folder, 'copied')}`
      expect(await db('copy', database.url, copied)).toMatchObject({ code: 0, stderr: '' })
      const again = await db('copy', database.url, copied)
      expect(again).toMatchObject({ code: 2, stderr: expect.stringMatching(/copied is not empty \(\w+\); copy into/) })
      expect((await readdir(folder)).sort()).toEqual(['backup', 'copied', 'restored'])

      const contents = []
      for (const url of [database.url, restored, copied]) {
        const store = await openStore(url)
        contents.push(await everything(store))
        await store.close()
      }
      expect(contents[1]).toEqual(contents[0])
      expect(contents[2]).toEqual(contents[0])
      expect((await db('restore', file, '--database', restored)).code).toBe(2)
    })

    it('migrates an existing database without a change', async () => {
      expect(await db('migrate')).toMatchObject({ code: 0, stderr: '' })
    })

    it('says what is missing where there is no cluster to distribute over', async ({ skip }) => {
      if (engine === 'postgres' && (await hasCitus(database.url))) skip('the server has Citus')
      const { code, stderr } = await db('distribute')
      expect(stderr).toMatch(
        engine === 'sqlite' ? /is SQLite, which lives on one machine/ : /has no Citus extension, .*docs\/scale\.md/,
      )
      expect(stderr.trim().split('\n')).toHaveLength(1)
      expect(code).toBe(2)
    })
  })
}

describe('roomkey db', () => {
  it('creates no database where an existing one was meant', async () => {
    const folder = await temporaryFolder()
    for (const words of [['check'], ['backup', join(folder, 'backup')], ['distribute']]) {
      const { code, stderr } = await roomkey(['db', ...words, '--data', folder])
      expect(stderr).toMatch(/^roomkey: There is no database at .*\n$/)
      expect(code).toBe(2)
    }
    expect(await readdir(folder)).toEqual([])
    await removeFolder(folder)
  })

  it('copies into a database that is there and empty, and not into one that is in use', async () => {
    const folder = await temporaryFolder()
    const from = `sqlite:${join(folder, 'from')}`
    const to = `sqlite:${join(folder, 'to')}`
    for (const url of [from, to]) expect((await roomkey(['db', 'migrate', '--database', url])).code).toBe(0)
    const inUse = await openStore(to)
    const refused = await roomkey(['db', 'copy', from, to])
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/^roomkey: \S+to is in use .*\n$/) })
    await inUse.close()
    expect(await roomkey(['db', 'copy', from, to])).toMatchObject({ code: 0, stderr: '' })
    expect((await readdir(folder)).sort()).toEqual(['from', 'to'])
    await removeFolder(folder)
  })

  it('says in one sentence why a PostgreSQL cannot be opened, and never with its password', async () => {
    const { code, stderr } = await roomkey(['db', 'check', '--database', 'postgres://me:secret@127.0.0.1:1/nothing'])
    expect(stderr).toMatch(/^roomkey: PostgreSQL database nothing at 127\.0\.0\.1:1 cannot be reached .*\n$/)
    expect(stderr).not.toContain('secret')
    expect(code).toBe(2)
  })

  it('prints the statements that distribute: each table by site, or on every machine', async () => {
    const database = await createDatabase(postgresServer())
    const { code, stdout } = await roomkey(['db', 'distribute', '--dry-run', '--database', database.url])
    const tables = (kind: string) => [...stdout.matchAll(new RegExp(`${kind}\\('(\\w+)'`, 'g'))].map(([, name]) => name)
    expect(tables('create_distributed_table')).toEqual(
      expect.arrayContaining(['person', 'claim', 'batch', 'idempotent_answer']),
    )
    expect(tables('create_reference_table')).toEqual(expect.arrayContaining(['site', 'token']))
    expect(stdout.match(/create_distributed_function/g)).toHaveLength(2)
    expect(code).toBe(0)
    await database.remove()
  })
})
