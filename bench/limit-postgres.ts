/**
 * The fastest honest durable loop on PostgreSQL with the same schema and settings: the service's single statement per
 * batch over a number of connections, no HTTP, no rule. Prints IDs per second.
 *
 *     node --import tsx bench/limit-postgres.ts URL ROOMS CONNECTIONS SECONDS
 */
import type pg from 'pg'
import { readAddress } from '#roomkey/store/postgres/address.js'
import { openPool } from '#roomkey/store/postgres/connections.js'
import { batchStatements, refreshInOneStatement } from '#roomkey/store/postgres/refresh-in-one-statement.js'
import { secureRandomText } from '#roomkey/store/secure-random.js'
import { emailOf } from '../devtools/fill-site.ts'

const [url, ...numbers] = process.argv.slice(2) as [string, ...string[]]
const [rooms, connections, seconds] = numbers.map(Number) as [number, number, number]
const batchSize = 100
const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'

let done = 0
/** Far above the numbers that the database already has. */
let batch = 1_000_000
const started = performance.now()
await Promise.all(Array.from({ length: connections }, refreshUntilTheEnd))
process.stdout.write(`${done / ((performance.now() - started) / 1000)}\n`)

async function refreshUntilTheEnd(): Promise<void> {
  const pool = openPool(readAddress(url), { pooled: false, statementMs: null, byKey: 'alone' })
  const connection = await pool.take()
  const { statements } = await batchStatements(connection)
  while (performance.now() - started < seconds * 1000) {
    const first = Math.floor(Math.random() * (rooms - batchSize))
    const ids = Array.from({ length: batchSize }, () => `pr${secureRandomText(alphabet, 12)}`)
    const items = ids.map((id, index) => ({ address: emailOf(first + index), id }))
    batch += 1
    const by = { by: 'email' as const, siteId: 1, tokenId: 'bench', trackingId: 'bench', now: Date.now() }
    const request = { ...by, items, rotationId: null, idempotency: null }
    const written = await refreshInOneStatement(connection, statements, batch, {
      request,
      ids,
      keys: ids,
      drawnBy: null,
    }).catch(lostRace)
    if (written !== null) done += batchSize
  }
  connection.release()
  await pool.end()
}

/** If two batches collide on a person, one writes nothing: it does not count, and is repeated with other people. */
function lostRace(error: unknown): null {
  if ((error as pg.DatabaseError).code !== '23505') throw error
  return null
}
