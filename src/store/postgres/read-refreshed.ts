import type { PoolClient } from 'pg'
import type { RefreshRequest } from '../refresh/refresh-rooms.ts'
import type { GivenRoom } from '../refresh/stored-outcome.ts'
import { StoreUnavailable } from '../store-error.ts'

/** The answer to a batch that gave everybody a new ID, in request order, read back from its claims. */
export async function readRefreshed(
  connection: PoolClient,
  batch: number,
  { siteId, by, items }: RefreshRequest,
): Promise<GivenRoom[]> {
  const { rows } = await connection.query<GivenRoom>(
    `select p.person_id as "personId", p.email, c.id
     from unnest($2::text[]) with ordinality as asked (address, item)
     join person p on p.site_id = $1 and p.${by === 'email' ? 'email_key' : 'person_id'} = asked.address
     join claim c on c.site_id = $1 and c.person = p.person and c.batch = $3
     order by asked.item`,
    [siteId, items.map(({ address }) => address), batch],
  )
  if (rows.length < items.length) {
    throw new StoreUnavailable('The batch was written, but its people have changed since: read their rooms back.')
  }
  return rows
}
