/** One PostgreSQL server for the whole run: the one in DATABASE_URL, else one started for the run. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openStore } from '#roomkey/store/open-store.js'
import { distribute } from '#roomkey/store/upkeep/distribute.js'
import { startFastPostgres } from '../../devtools/postgres-server.ts'
import { createDatabase, hook, nameOf } from './databases.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A database of the server to connect to, and the name of one with Roomkey's tables to copy. */
    postgres: { url: string; template: string }
    /** The file in which chaos scenarios record what they did. */
    chaosTally: string
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.DATABASE_URL
  // What the tests start must not see it and share one database.
  delete process.env.DATABASE_URL
  const own = given === undefined ? await startFastPostgres() : undefined
  const url = given ?? own!.url('postgres')

  if (given !== undefined) process.env.ROOMKEY_TEST_SERVER = given
  const template = await createDatabase(url)
  await prepare(template.url)
  await hook(url, 'prepared', nameOf(template.url))
  const tallyFolder = await mkdtemp(join(tmpdir(), 'roomkey-tally-'))
  const tally = join(tallyFolder, 'tally.jsonl')
  project.provide('chaosTally', tally)
  process.env.ROOMKEY_CHAOS_TALLY = tally
  project.provide('postgres', { url, template: nameOf(template.url) })
  const where = own === undefined ? 'from DATABASE_URL' : "the run's own"
  process.stdout.write(`Engines: SQLite, and PostgreSQL ${await versionOf(url)} (${where})\n`)

  return async () => {
    await template.remove()
    await own?.remove()
    await rm(tallyFolder, { recursive: true, force: true })
  }
}

/** Makes the tables, and spreads them where the database is part of a cluster. */
async function prepare(url: string): Promise<void> {
  const store = await openStore(url)
  const { rows } = await sql`select from pg_extension where extname = 'citus'`.execute(store.db)
  if (rows.length > 0) await distribute(store)
  await store.close()
}

async function versionOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  await client.end()
  return rows[0]!.server_version
}
