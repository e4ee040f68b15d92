/**
 * Fills a database with one site, its hosts and an administrator's token, as fast as the engine takes rows: ten million
 * rooms in minutes. Each room has carried `idsEach` IDs, all since the first batch. Rows that no batch reads (the name
 * words for searches) are left out.
 */
import pg from 'pg'
import { scopes } from '#roomkey/http/access/scopes.js'
import { hashToken } from '#roomkey/store/access/tokens.js'
import { openStore } from '#roomkey/store/open-store.js'
import { secureRandomText } from '#roomkey/store/secure-random.js'
import { openWriter } from '#roomkey/store/sqlite/connection.js'

export const benchToken = 'rk_bench-0123456789-0123456789'
export const benchSite = 'bench.webex.com'
const claimsPerSlice = 20_000
const idsPerPass = 50
const cacheKib = 2 ** 20
const digits = '0123456789abcdefghijklmnopqrstuvwxyz'

/** All of the same length, so that the addresses sort like the people. */
export const emailOf = (person: number): string => `p${padded(person)}@example.com`

export async function fillSqlite(path: string, rooms: number, idsEach = 1): Promise<void> {
  await addBenchSite(`sqlite:${path}`)
  const connection = openWriter(path, { durable: false, purpose: 'upkeep' })
  // Each pass goes through the whole of both indexes.
  connection.pragma(`cache_size = -${cacheKib}`)
  const addPerson = connection.prepare(`
    insert into person (site_id, person, person_id, email, email_key, first_name, last_name, display_name, host,
      suspended, pinned, created_at) values (1, ?, ?, ?, ?, 'Bench', 'Person', 'Bench Person', 1, 0, 0, 0)`)
  const addClaim = connection.prepare(`
    insert into claim (site_id, person, number, id, key, tenure, batch, at) values (1, ?, ?, ?, ?, 1, 1, 0)`)
  for (const slice of slices(rooms, idsEach)) {
    connection.exec('begin')
    for (const { person, personId, email, number, id } of slice) {
      if (number === 1) addPerson.run(person, personId, email, email)
      addClaim.run(person, number, id, id)
    }
    connection.exec('commit')
  }
  connection.exec(`update site_people set last_person = ${rooms}`)
  connection.pragma('wal_checkpoint(truncate)')
  connection.close()
}

export async function fillPostgres(url: string, rooms: number, idsEach = 1): Promise<void> {
  await addBenchSite(url)
  const client = new pg.Client(url)
  await client.connect()
  for (const slice of slices(rooms, idsEach)) {
    const people = slice.filter(({ number }) => number === 1)
    await client.query(
      `insert into person (site_id, person, person_id, email, email_key, first_name, last_name, display_name, host,
         suspended, pinned, created_at)
       select 1, person, person_id, email, email, 'Bench', 'Person', 'Bench Person', 1, 0, 0, 0
       from unnest($1::int[], $2::text[], $3::text[]) as new (person, person_id, email)`,
      [people.map(({ person }) => person), people.map(({ personId }) => personId), people.map(({ email }) => email)],
    )
    await client.query(
      `insert into claim (site_id, person, number, id, key, tenure, batch, at)
       select 1, person, number, id, id, 1, 1, 0 from unnest($1::int[], $2::int[], $3::text[]) as new (person, number, id)`,
      [slice.map(({ person }) => person), slice.map(({ number }) => number), slice.map(({ id }) => id)],
    )
  }
  await client.query('update site_people set last_person = $1', [rooms])
  await client.query('vacuum analyze')
  await client.end()
}

async function addBenchSite(url: string): Promise<void> {
  const store = await openStore(url)
  const now = Date.now()
  const siteId = await store.write('addSite', {
    url: benchSite,
    rule: { method: 'random', prefix: 'pr', length: 12 },
    quarantineDays: 30,
    now,
  })
  // The first batch, that of the people who are about to be added, and as old as their claims.
  await store.write('addPeople', { siteId, people: [], tokenId: 'bench', trackingId: 'bench', now: 0 })
  await store.write('addToken', {
    tokenId: 'bench',
    hash: hashToken(benchToken),
    name: 'bench',
    role: 'fullAdmin',
    scopes: [...scopes],
    sites: null,
    email: null,
    now,
    expiresAt: null,
    madeBy: null,
  })
  await store.close()
}

/**
 * Makes several passes over the people where they have many IDs, with `idsPerPass` of each. IDs ascend with the people,
 * since in any other order an index of ten million takes an hour to fill.
 */
function* slices(rooms: number, idsEach: number) {
  for (let first = 1; first <= idsEach; first += idsPerPass) {
    const ids = Math.min(idsPerPass, idsEach - first + 1)
    const people = Math.floor(claimsPerSlice / ids)
    for (let start = 0; start < rooms; start += people) {
      yield Array.from({ length: Math.min(people, rooms - start) * ids }, (_, place) => {
        const index = start + Math.floor(place / ids)
        const rank = Math.floor(((index + Math.random()) / rooms) * digits.length ** 5)
        const id = `pr${rank.toString(digits.length).padStart(5, '0')}${secureRandomText(digits, 7)}`
        const number = first + (place % ids)
        return { person: index + 1, personId: `person-${padded(index)}`, email: emailOf(index), number, id }
      })
    }
  }
}

function padded(number: number): string {
  return String(number).padStart(8, '0')
}
