/**
 * The common batch as a single statement, which is a transaction of its own: everybody is found and has a room, nobody
 * is asked for twice, and every ID was never held by anyone. Most batches are like that, and it saves them six round
 * trips.
 *
 * Where anything is less simple, the statement writes nothing, and the complete path decides. The statement never
 * refuses and never finds anything unchanged, since its view of the claims is as old as its beginning. What it writes
 * needs no newer view: if a claim's number has been taken in the meantime, or a key was ever held, the unique index
 * refuses it, and that too leads to the complete path. (Looking the keys up first would cost all batches a quarter of
 * their speed, to spare a few the error.) People whom another batch is changing right now are skipped, which makes them
 * seem missing: waiting for them here would end with that error.
 */
import type { PoolClient } from 'pg'
import { proposeRoomId } from '../../rooms/id-rule.ts'
import { roomIdFault, roomIdKey } from '../../rooms/room-id.ts'
import type { RefreshRequest, SiteRules } from '../refresh/refresh-rooms.ts'
import type { GivenRoom } from '../refresh/stored-outcome.ts'
import { secureRandomText } from '../secure-random.ts'
import { batchFunctions } from './batch-function.ts'

type Rule = SiteRules['rule']

/** A batch that may be simple: the requested IDs, in request order, and the rule that made them, if one did. */
export interface SimpleBatch {
  request: RefreshRequest
  ids: string[]
  keys: string[]
  drawnBy: Rule | null
}

/** The batch with all its IDs, or null where they cannot be known without reading the database more than once. */
export async function asSimpleBatch(
  request: RefreshRequest,
  ruleOf: (siteId: number) => Promise<Rule | undefined>,
): Promise<SimpleBatch | null> {
  if (request.idempotency !== null) return null
  const { items } = request
  const drawnBy = items.some(({ id }) => id === null) ? await ruleOf(request.siteId) : null
  if (drawnBy === undefined || drawnBy?.method === 'emailPrefix' || drawnBy?.method === 'username') return null
  if (drawnBy?.method === 'firstInitialLastName') return null

  const ids = items.map(({ id }) => id ?? proposeRoomId(drawnBy!, nobody, secureRandomText).id)
  if (ids.some(id => roomIdFault(id) !== undefined)) return null
  const keys = ids.map(roomIdKey)
  if (new Set(keys).size < keys.length || new Set(items.map(({ address }) => address)).size < items.length) return null
  return { request, ids, keys, drawnBy }
}

/** A random ID takes nothing from the person. */
const nobody = { email: '', firstName: '', lastName: '', username: null }

/** The statement for the batch, by how its people are addressed. */
export type BatchStatements = Record<RefreshRequest['by'], string>

/** The functions, where the database is distributed and has them; else the single statement. */
export async function batchStatements(
  connection: PoolClient,
): Promise<{ statements: BatchStatements; distributed: boolean }> {
  const { rows } = await connection.query<{ distributed: boolean }>(
    'select to_regproc($1) is not null as distributed',
    [batchFunctions.email.name],
  )
  const { distributed } = rows[0]!
  return { statements: distributed ? { email: call('email'), personId: call('personId') } : statements, distributed }
}

function call(by: RefreshRequest['by']): string {
  return `select item, "personId", email from ${batchFunctions[by].name}($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
}

/** Refreshes every room of the batch, or returns null and has written nothing. Throws PostgreSQL's own errors. */
export async function refreshInOneStatement(
  connection: PoolClient,
  carriers: BatchStatements,
  batch: number,
  { request, ids, keys, drawnBy }: SimpleBatch,
): Promise<GivenRoom[] | null> {
  const { rows } = await connection.query<Row>({
    name: `refresh in one statement by ${request.by}`,
    text: carriers[request.by],
    values: [
      request.siteId,
      request.items.map(({ address }) => address),
      ids,
      keys,
      batch,
      request.now,
      request.tokenId,
      request.trackingId,
      request.rotationId,
      drawnBy?.method ?? null,
      drawnBy?.prefix ?? null,
      drawnBy?.length ?? null,
    ],
  })
  if (rows.length < ids.length) return null
  const rooms: GivenRoom[] = []
  for (const { item, personId, email } of rows) rooms[item - 1] = { personId, email, id: ids[item - 1]! }
  return rooms
}

interface Row {
  /** Counts from 1 in request order. */
  item: number
  personId: string
  email: string
}

const statement = (address: string) => `
  with people as materialized (
    select p.person, p.person_id, p.email, p.host, asked.id, asked.key, asked.item
    from unnest($2::text[], $3::text[], $4::text[]) with ordinality as asked (address, id, key, item)
    join person p on p.site_id = $1 and p.${address} = asked.address and p.email_key is not null
    order by p.person for no key update of p skip locked
  ), rooms as materialized (
    select people.*, coalesce(newest.number, 0) + 1 as number, newest.key as current, newest.at
    from people left join lateral (
      select c.number, c.key, c.at from claim c
      where c.site_id = $1 and c.person = people.person order by c.number desc limit 1
    ) newest on true
  ), batch_at as materialized (
    select greatest($6, max(rooms.at)) as at from rooms
    having count(*) = cardinality($2::text[])
      and bool_and(rooms.host = 1 and rooms.current is distinct from rooms.key)
      and exists (
        select from site where site_id = $1
          and (lock_token_id is null or lock_token_id = $7 or lock_until <= $6)
          and ($10::text is null or (generation_method, id_prefix, id_length) = ($10, $11, $12))
      )
  ), batch as (
    insert into batch (site_id, batch, at, token_id, tracking_id, rotation_id, people)
    select $1, $5, at, $7, $8, $9, (select json_agg(person) from rooms)::text from batch_at
  ), outbox as (
    insert into outbox (site_id, batch) select site_id, $5 from site, batch_at where site_id = $1 and announces = 1
  ), claims as (
    insert into claim (site_id, person, number, id, key, tenure, batch, at)
    select $1, person, number, id, key, 1, $5, batch_at.at from rooms, batch_at
    order by key collate "C"
  )
  select item, person_id as "personId", email from rooms, batch_at`

const statements: BatchStatements = {
  email: statement('email_key'),
  personId: statement('person_id'),
}
