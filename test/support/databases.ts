/**
 * Databases on a PostgreSQL server for tests: created in an instant as copies of a migrated one.
 *
 * Where the server in DATABASE_URL needs more than `create database`, because it belongs to a cluster, a program of one's
 * own does it, named by ROOMKEY_TEST_DATABASE_HOOK. It is run as `PROGRAM created NAME [TEMPLATE]` and `PROGRAM removed
 * NAME` after each, and as `PROGRAM prepared NAME` once the template that all are copied from has its tables, which are
 * distributed by then where it has the extension citus.
 */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import pg from 'pg'
import { expectNoSecretInDatabase } from '../../devtools/secrets.ts'

/** A new database on that server; `like` names one to copy. */
export async function createDatabase(
  serverUrl: string,
  like?: string,
): Promise<{ url: string; remove(): Promise<void> }> {
  const name = `roomkey_test_${randomBytes(6).toString('hex')}`
  await command(serverUrl, `create database ${name} ${like === undefined ? '' : `template ${like}`}`)
  await hook(serverUrl, 'created', name, ...(like === undefined ? [] : [like]))
  const url = withDatabase(serverUrl, name)
  return {
    url,
    async remove() {
      await expectNoSecretInDatabase(url)
      await command(serverUrl, `drop database if exists ${name} with (force)`)
      await hook(serverUrl, 'removed', name)
    },
  }
}

/** Runs the program for a database of the server in DATABASE_URL, not for those of servers that tests start. */
export async function hook(serverUrl: string, ...words: string[]): Promise<void> {
  const program = process.env.ROOMKEY_TEST_DATABASE_HOOK
  if (program === undefined || serverUrl !== process.env.ROOMKEY_TEST_SERVER) return
  await promisify(execFile)(program, words)
}

export function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

export function nameOf(url: string): string {
  return new URL(url).pathname.slice(1)
}

/** Runs statements on a connection of its own. */
export async function command(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
