import { peopleWithRooms } from '../people/people-with-rooms.ts'
import type { ClaimOrigin, Db } from '../tables.ts'

/** The ID that a room carries as far as Roomkey knows, since when, and which rotation gave it. */
export interface NewestClaim {
  /** Null where the room gave up its ID. */
  id: string | null
  /** Milliseconds since 1970. */
  at: number
  /** How the claim is known; null where Roomkey gave the ID. */
  origin: ClaimOrigin | null
  /** Null where no rotation gave it. */
  rotationId: string | null
}

/**
 * The newest claim of each of these people on a site, by e-mail in lower case and by person ID. People who never had a
 * room are missing.
 *
 * @param emails in lower case.
 */
export async function newestClaims(
  db: Db,
  siteUrl: string,
  emails: string[],
  personIds: string[],
): Promise<Map<string, NewestClaim>> {
  if (emails.length + personIds.length === 0) return new Map()
  const rows = await peopleWithRooms(db)
    .innerJoin('site as s', 's.site_id', 'p.site_id')
    .innerJoin('batch as b', join => join.onRef('b.site_id', '=', 'c.site_id').onRef('b.batch', '=', 'c.batch'))
    .select(['p.email_key', 'p.person_id', 'c.id', 'c.at', 'c.origin', 'b.rotation_id as rotationId'])
    .where('s.url_key', '=', siteUrl.toLowerCase())
    .where(({ or, eb }) =>
      or([
        ...(emails.length > 0 ? [eb('p.email_key', 'in', emails)] : []),
        ...(personIds.length > 0 ? [eb('p.person_id', 'in', personIds)] : []),
      ]),
    )
    .execute()
  return new Map(
    rows.flatMap(({ email_key, person_id, at, ...claim }) =>
      [email_key, person_id].map(who => [who ?? '', { ...claim, at: at! }] as const),
    ),
  )
}
