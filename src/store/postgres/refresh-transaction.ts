import type { PoolClient, QueryResultRow } from 'pg'
import type { GenerationMethod } from '../../rooms/id-rule.ts'
import type { BatchPerson, KeyState } from '../../rooms/refresh-batch.ts'
import {
  idempotencyMs,
  type RefreshRequest,
  type RefreshTransaction,
  type SiteRules,
} from '../refresh/refresh-rooms.ts'
import { secureRandomText } from '../secure-random.ts'
import { LostRace } from './failure.ts'

/**
 * The batch's reads and writes inside a transaction at READ COMMITTED, one statement for each kind of row.
 *
 * Why this order: the batch's people are locked first, in the order of their numbers, and what they carry is read by a
 * later statement, because a statement sees only what was committed before it began, and it may have waited for the
 * locks. Once a claim is inserted, no lock on a person is waited for, and claims are inserted in the order of their
 * keys, so waits only ever lead upwards and no two batches can deadlock.
 */
export class PostgresRefreshTransaction implements RefreshTransaction {
  readonly draw = secureRandomText
  readonly #connection: PoolClient
  readonly #batch: number
  /**
   * The latest time of any claim that this batch follows: a new claim never precedes it, even if two clocks disagree.
   */
  #latest = 0
  #batchIsThere = false
  #announces = false

  constructor(connection: PoolClient, batch: number) {
    this.#connection = connection
    this.#batch = batch
  }

  async site(siteId: number): Promise<SiteRules> {
    const [row] = await this.#query<SiteFound>('site', 'select * from site where site_id = $1', [siteId])
    this.#announces = row!.announces === 1
    return {
      rule: { method: row!.generation_method, prefix: row!.id_prefix, length: row!.id_length },
      quarantineDays: row!.quarantine_days,
      lock: row!.lock_token_id === null ? null : { tokenId: row!.lock_token_id, until: row!.lock_until! },
    }
  }

  async answered({ siteId, tokenId, idempotency, now }: RefreshRequest) {
    const [row] = await this.#query<{ digest: string; outcome: string }>(
      'answered',
      `select request_digest as digest, outcome from idempotent_answer
       where site_id = $1 and token_id = $2 and key = $3 and at > $4`,
      [siteId, tokenId, idempotency!.key, now - idempotencyMs],
    )
    return row
  }

  async people(siteId: number, by: RefreshRequest['by'], addresses: string[]): Promise<Map<string, BatchPerson>> {
    const people = await this.#query<PersonFound>(
      `people by ${by}`,
      `select p.person, p.person_id as "personId", p.email, p.first_name as "firstName", p.last_name as "lastName",
         p.username, p.host, p.email_key as "emailKey"
       from person p
       where p.site_id = $1 and p.${by === 'email' ? 'email_key' : 'person_id'} = any ($2) and p.email_key is not null
       order by p.person for no key update`,
      [siteId, addresses],
    )
    const newest = await this.#query<{ person: number; number: number; id: string | null; at: number }>(
      'newest claims',
      `select asked.person, newest.* from unnest($2::int[]) as asked (person)
       cross join lateral (select number, id, at from claim c where c.site_id = $1 and c.person = asked.person
         order by number desc limit 1) newest`,
      [siteId, people.map(({ person }) => person)],
    )
    const claims = new Map(newest.map(claim => [claim.person, claim]))
    for (const { at } of newest) this.#latest = Math.max(this.#latest, at)
    return new Map(
      people.map(({ host, emailKey, ...person }) => {
        const claim = claims.get(person.person)
        const found = { ...person, hasRoom: host === 1, claims: claim?.number ?? 0, currentId: claim?.id ?? null }
        return [by === 'email' ? emailKey : person.personId, found]
      }),
    )
  }

  async keys(siteId: number, keys: string[]): Promise<Map<string, KeyState>> {
    const found = await this.#query<KeyState & { key: string; at: number }>(
      'keys',
      `select asked.key, last.tenure, last.person as holder, last.at, next.at as "freedAt"
       from unnest($2::text[]) as asked (key)
       cross join lateral (select person, number, tenure, at from claim c where c.site_id = $1 and c.key = asked.key
         order by tenure desc limit 1) last
       left join lateral (select at from claim c where c.site_id = $1 and c.person = last.person
         and c.number = last.number + 1 limit 1) next on true`,
      [siteId, keys],
    )
    for (const { at, freedAt } of found) this.#latest = Math.max(this.#latest, at, freedAt ?? 0)
    return new Map(found.map(({ key, tenure, holder, freedAt }) => [key, { tenure, holder, freedAt }]))
  }

  async insertBatch(request: RefreshRequest, claims: Parameters<RefreshTransaction['insertBatch']>[1]): Promise<void> {
    const at = Math.max(this.#latest, request.now)
    const people = JSON.stringify(claims.map(({ person }) => person))
    if (this.#batchIsThere) await this.#query('batch people', setBatchPeople, [request.siteId, this.#batch, people])
    else await this.#query('batch', insertBatchRow, this.#batchRow(request, people))
    if (this.#announces) await this.#query('outbox', insertOutboxRow, [request.siteId, this.#batch])
    if (claims.length === 0) return
    const column = <Name extends keyof (typeof claims)[number]>(name: Name) => claims.map(claim => claim[name])
    await this.#query(
      'claims',
      `insert into claim (site_id, person, number, id, key, tenure, batch, at)
       select p.site_id, p.person, new.number, new.id, new.key, new.tenure, $7, $8
       from unnest($2::int[], $3::int[], $4::text[], $5::text[], $6::int[]) as new (person, number, id, key, tenure)
       join person p on p.site_id = $1 and p.person = new.person
       order by new.key collate "C"`,
      [
        request.siteId,
        column('person'),
        column('number'),
        column('id'),
        column('key'),
        column('tenure'),
        this.#batch,
        at,
      ],
    )
  }

  async insertAnswer({ siteId, tokenId, idempotency, now }: RefreshRequest, outcome: string): Promise<void> {
    const inserted = await this.#query(
      'answer',
      `insert into idempotent_answer as old (site_id, token_id, key, request_digest, outcome, at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (site_id, token_id, key) do update
         set request_digest = excluded.request_digest, outcome = excluded.outcome, at = excluded.at
         where old.at <= $7
       returning at`,
      [siteId, tokenId, idempotency!.key, idempotency!.digest, outcome, now, now - idempotencyMs],
    )
    if (inserted.length === 0) throw new LostRace('The same call was answered in the meantime.')
  }

  /**
   * After a connection was lost: finds out whether this batch was written after all, and if it was not, makes sure that
   * only this transaction can ever write it. Its row is inserted here; where the lost statement is still running, this
   * waits for it, first on the people (as always, so that no two transactions deadlock), then on the row.
   */
  async wasWritten(request: RefreshRequest): Promise<boolean> {
    await this.people(
      request.siteId,
      request.by,
      request.items.map(({ address }) => address),
    )
    const inserted = await this.#query(
      'batch where missing',
      `${insertBatchRow} on conflict do nothing returning batch`,
      this.#batchRow(request, '[]'),
    )
    this.#batchIsThere = true
    return inserted.length === 0
  }

  #batchRow({ siteId, now, tokenId, trackingId, rotationId }: RefreshRequest, people: string): unknown[] {
    return [siteId, this.#batch, Math.max(this.#latest, now), tokenId, trackingId, rotationId, people]
  }

  /** `name` has the statement prepared once per connection. */
  async #query<Row extends QueryResultRow>(name: string, text: string, values: unknown[]): Promise<Row[]> {
    return (await this.#connection.query<Row>({ name: `refresh: ${name}`, text, values })).rows
  }
}

// Each of these writes rows of one table, found by the site's number: only then does Citus commit on one machine alone.
// Anything else is committed in two phases there, and may not be seen for up to a minute after it was acknowledged.
const insertBatchRow = `insert into batch (site_id, batch, at, token_id, tracking_id, rotation_id, people)
  values ($1, $2, $3, $4, $5, $6, $7)`

const insertOutboxRow = 'insert into outbox (site_id, batch) values ($1, $2) on conflict do nothing'

const setBatchPeople = 'update batch set people = $3 where site_id = $1 and batch = $2'

interface SiteFound {
  generation_method: GenerationMethod
  id_prefix: string
  id_length: number
  quarantine_days: number
  lock_token_id: string | null
  lock_until: number | null
  announces: number
}

type PersonFound = Omit<BatchPerson, 'hasRoom' | 'claims' | 'currentId'> & { host: number; emailKey: string }
