/** The database that the built program begins with is the one that its migrations make. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '#roomkey/store/sqlite/driver.js'
import { builtInName, makeEmptyDatabase } from '#roomkey/store/sqlite/empty-database.js'

it('is built in as migrations make it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'empty-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const copied = (database: Buffer): string => {
    const path = join(folder, 'copy.sqlite')
    writeFileSync(path, database)
    return path
  }
  const made = describe(copied(await makeEmptyDatabase(join(folder, 'made.sqlite'))))
  expect(made.schema.length).toBeGreaterThan(30)
  expect(made.migrations.at(-1)).toBeDefined()
  expect(describe(copied(readFileSync(new URL(`../../dist/${builtInName}`, import.meta.url))))).toEqual(made)
})

function describe(path: string) {
  const open = openDatabase(path)
  try {
    const tables = open.prepare("select name from sqlite_master where type = 'table' order by name").pluck().all()
    return {
      schema: open.prepare('select type, name, sql from sqlite_master order by type, name').all(),
      migrations: open.prepare('select name from kysely_migration order by name').pluck().all() as string[],
      rows: tables.map(name => [name, open.prepare(`select count(*) from "${name}"`).pluck().get()]),
      pageSize: open.pragma('page_size', { simple: true }),
    }
  } finally {
    open.close()
  }
}
