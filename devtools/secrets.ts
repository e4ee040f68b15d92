/**
 * Looks for secrets in everything that the tests have Roomkey write: databases, data folders, reports, logs and the
 * output of commands. Whatever removes or closes such a thing searches it first, and fails its test.
 */
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import pg from 'pg'

/** One of Roomkey's tokens, or a PIN beside its name, however it is quoted. */
const token = 'rk_[A-Za-z0-9_-]{43}'
const pin = '(hostPin|audioPin)["\\\\]*\\s*[:=,]\\s*["\\\\]*[0-9]{4}'
const secret = new RegExp(`${token}|${pin}`)

/** The files that exist to keep a token: nobody else may read them. */
const keepers = /^(token|sign-in\.json|\.roomkey-unfinished-.*)$/

/** @throws Error where a text contains a secret; it shows the text around the secret, without the secret itself. */
export function expectNoSecret(text: string, where: string): void {
  const found = secret.exec(text)
  if (found === null) return
  const before = text.slice(Math.max(0, found.index - 60), found.index)
  throw new Error(`A secret was written to ${where}, after ${JSON.stringify(before)}.`)
}

/** Searches every file of a folder, whatever its kind. */
export async function expectNoSecretIn(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (!entry.isFile() || keepers.test(basename(entry.name))) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path).catch(() => Buffer.alloc(0))
    if (!['rk_', 'hostPin', 'audioPin'].some(word => bytes.includes(word))) continue
    expectNoSecret(bytes.toString('latin1'), path)
  }
}

/** Searches every row of a PostgreSQL database. */
export async function expectNoSecretInDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'`,
    )
    if (tables.length === 0) return
    const wanted = tables.map(
      ({ name }) => `select '${name}' as place, r::text as row from ${name} r where r::text ~ $1`,
    )
    const { rows } = await client.query<{ place: string; row: string }>(`${wanted.join(' union all ')} limit 1`, [
      `${token}|${pin}`,
    ])
    for (const { place, row } of rows) expectNoSecret(row, `the table ${place}`)
  } finally {
    await client.end()
  }
}
