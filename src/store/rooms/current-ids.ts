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
  const claims = await db
    .selectFrom('person')
    .innerJoin('site', 'site.site_id', 'person.site_id')
    .innerJoin('claim', join =>
      join.onRef('claim.site_id', '=', 'person.site_id').onRef('claim.person', '=', 'person.person'),
    )
    .select(['person.email_key', 'person.person_id', 'claim.id'])
    .where('site.url_key', '=', siteUrl.toLowerCase())
    .where(({ or, eb }) =>
      or([
        ...(emails.length > 0 ? [eb('person.email_key', 'in', emails)] : []),
        ...(personIds.length > 0 ? [eb('person.person_id', 'in', personIds)] : []),
      ]),
    )
    // The newest claim of a person comes last, and so replaces the others.
    .orderBy('claim.number')
    .execute()
  return new Map(
    claims.flatMap(({ email_key, person_id, id }) => [email_key, person_id].map(who => [who ?? '', id ?? ''] as const)),
  )
}
