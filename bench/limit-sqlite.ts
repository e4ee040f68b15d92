/**
 * The fastest honest durable loop on the same schema and settings: one thread, its own writer, direct statements, no
 * HTTP, no rule. Each batch reads its people with their newest claims, looks every new ID up, and inserts; `group`
 * batches share a commit. Prints IDs per second.
 *
 *     node --import tsx bench/limit-sqlite.ts PATH ROOMS GROUP SECONDS
 */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { secureRandomText } from '#roomkey/store/secure-random.js'
import { Checkpoints } from '#roomkey/store/sqlite/checkpoints.js'
import { openWriter } from '#roomkey/store/sqlite/connection.js'
import { emailOf } from '../devtools/fill-site.ts'

const [path, ...numbers] = process.argv.slice(2) as [string, ...string[]]
const [rooms, group, seconds] = numbers.map(Number) as [number, number, number]
const batchSize = 100
const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'

const connection = openWriter(path, { durable: true, purpose: 'calls' })
const checkpoints = new Checkpoints(path)
const person = connection.prepare(`
  select p.person, p.person_id, p.email, p.host, c.number, c.id from person p
  left join claim c on c.site_id = p.site_id and c.person = p.person and c.number =
    (select max(number) from claim where site_id = p.site_id and person = p.person)
  where p.site_id = 1 and p.email_key = ?`)
const key = connection.prepare(
  'select tenure, person from claim where site_id = 1 and key = ? order by tenure desc limit 1',
)
const nextBatch = connection.prepare('select coalesce(max(batch), 0) + 1 as batch from batch where site_id = 1')
const insertBatch = connection.prepare(
  'insert into batch (site_id, batch, at, token_id, tracking_id, people) values (1, ?, ?, ?, ?, ?)',
)
const insertClaim = connection.prepare(
  'insert into claim (site_id, person, number, id, key, tenure, batch, at) values (1, ?, ?, ?, ?, 1, ?, ?)',
)

let done = 0
const started = performance.now()
while (performance.now() - started < seconds * 1000) {
  connection.exec('begin immediate')
  for (let n = 0; n < group; n += 1) refresh(Math.floor(Math.random() * (rooms - batchSize)))
  connection.exec('commit')
  done += group * batchSize
  checkpoints.committed()
  // Messages about a checkpoint arrive only when this loop yields.
  await yieldToEventLoop()
  await checkpoints.pending
}
process.stdout.write(`${done / ((performance.now() - started) / 1000)}\n`)
await checkpoints.stop()
connection.close()

function refresh(first: number): void {
  const found = Array.from(
    { length: batchSize },
    (_, n) => person.get(emailOf(first + n)) as { person: number; number: number },
  )
  const ids = found.map(() => `pr${secureRandomText(alphabet, 12)}`)
  if (ids.some(id => key.get(id) !== undefined)) throw new Error('A random ID already exists.')
  const { batch } = nextBatch.get() as { batch: number }
  const now = Date.now()
  insertBatch.run(batch, now, 'bench', 'bench', JSON.stringify(found.map(each => each.person)))
  for (const [n, { person, number }] of found.entries()) insertClaim.run(person, number + 1, ids[n], ids[n], batch, now)
}
