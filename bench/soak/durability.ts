/**
 * Checks that what was acknowledged is stored: every room's last ID over HTTP, and afterwards every claim in the
 * database.
 */
import { openStore } from '#roomkey/store/open-store.js'
import { checkDatabase } from '#roomkey/store/upkeep/check.js'
import type { Verdict } from './judge.ts'
import { readRooms } from './read-rooms.ts'
import type { Site } from './site.ts'

export async function judgeRooms(site: Site, acknowledged: Map<string, string>): Promise<Verdict> {
  const shown = await readRooms(site, 0)
  const lost = [...acknowledged].filter(([email, id]) => shown.get(email) !== id).length
  return {
    met: lost === 0 && acknowledged.size > 0,
    sentence: `${acknowledged.size.toLocaleString('en')} rooms got an ID; ${lost} of them do not carry the last acknowledged one.`,
  }
}

export async function countClaims(database: string): Promise<number> {
  const store = await openStore(database, 'upkeep')
  const { count } = await store.db
    .selectFrom('claim')
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  await store.close()
  return Number(count)
}

export function judgeCount(before: number, after: number, acknowledged: number): Verdict {
  const [given, found] = [acknowledged.toLocaleString('en'), (after - before).toLocaleString('en')]
  return {
    met: after - before === acknowledged,
    sentence: `${given} IDs were acknowledged, and the database has ${found} more.`,
  }
}

/** What `roomkey db check` checks. */
export async function judgeDatabase(database: string): Promise<Verdict> {
  const store = await openStore(database, 'upkeep')
  const broken: string[] = []
  for await (const finding of checkDatabase(store)) if (finding.broken > 0) broken.push(finding.holds)
  await store.close()
  return {
    met: broken.length === 0,
    sentence: broken.length === 0 ? 'Every invariant of the database holds.' : `Broken: ${broken.join('; ')}.`,
  }
}
