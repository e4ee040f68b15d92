import { newestClaims } from '../history/newest-claims.ts'
import type { Db } from '../tables.ts'

/**
 * The current ID of each of these people, by e-mail in lower case and by person ID: `''` where a room gave up its ID.
 * People who never had a room are missing.
 *
 * @param emails in lower case.
 */
export async function currentIds(
  db: Db,
  siteUrl: string,
  emails: string[],
  personIds: string[],
): Promise<Map<string, string>> {
  const claims = await newestClaims(db, siteUrl, emails, personIds)
  return new Map([...claims].map(([who, { id }]) => [who, id ?? '']))
}
