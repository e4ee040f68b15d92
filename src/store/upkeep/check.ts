import { sql } from 'kysely'
import { unnamedPeople } from '../people/unnamed-people.ts'
import { inSnapshot } from '../read-snapshot.ts'
import { listSites } from '../sites/sites.ts'
import type { Store } from '../store.ts'
import { StoreDamaged } from '../store-error.ts'
import type { Db } from '../tables.ts'
import { type Invariant, invariants } from './invariants.ts'

export interface Finding {
  /** The invariant, as a sentence. */
  holds: string
  /** How many violations there are: 0 where all is well. */
  broken: number
  /** The first of them, by name. */
  examples: string[]
}

const maxExamples = 20

/** Looks for every row that violates an invariant, in one snapshot of the database. One finding per invariant. */
export async function* checkDatabase({ db, engine }: Store): AsyncGenerator<Finding> {
  if (engine === 'sqlite') yield await checkFile(db)
  yield* inSnapshot(db, async function* (snapshot) {
    for (const invariant of invariants) yield await check(snapshot, invariant)
    yield await checkNames(snapshot)
  })
}

async function check(db: Db, { holds, broken }: Invariant): Promise<Finding> {
  return unlessUnreadable(holds, async () => {
    const { rows } = await sql<{ what: string; places: number }>`
      select what, count(*) over () as places from (${sql.raw(broken)}) found limit ${maxExamples}`.execute(db)
    return { broken: rows[0]?.places ?? 0, examples: rows.map(({ what }) => what) }
  })
}

/** Which phrases a name comes to is not for SQL to say. */
async function checkNames(db: Db): Promise<Finding> {
  return unlessUnreadable('Each person is found by their names.', async () => {
    const unnamed = await unnamedPeople(db)
    const urls = new Map((await listSites(db, null)).map(site => [site.site_id, site.url]))
    const examples = unnamed
      .slice(0, maxExamples)
      .map(({ email, siteId }) => `${email} on ${urls.get(siteId) ?? `site ${siteId}`}`)
    return { broken: unnamed.length, examples }
  })
}

/**
 * SQLite's integrity check of every page, and of every index against its table. (Its quick check, without the indexes,
 * takes a tenth of the time and missed every seventh flipped byte that changed who holds an ID.)
 */
async function checkFile(db: Db): Promise<Finding> {
  return unlessUnreadable("The file passes SQLite's integrity check.", async () => {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(${sql.lit(maxExamples)})`.execute(db)
    const examples = rows.map(row => row.integrity_check).filter(line => line !== 'ok')
    return { broken: examples.length, examples }
  })
}

/** An invariant that cannot be checked because the data makes no sense does not hold either. */
async function unlessUnreadable(holds: string, find: () => Promise<Omit<Finding, 'holds'>>): Promise<Finding> {
  try {
    return { holds, ...(await find()) }
  } catch (error) {
    if (!(error instanceof StoreDamaged)) throw error
    return { holds, broken: 1, examples: ['This cannot be checked: the data there makes no sense.'] }
  }
}
