/** What is peculiar to Citus, played on a PostgreSQL of its own: what it refuses, how it reports failures, its catalogs. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '#roomkey/store/open-store.js'
import { batchFunctions } from '#roomkey/store/postgres/batch-function.js'
import { checkDatabase } from '#roomkey/store/upkeep/check.js'
import { distributionOf } from '#roomkey/store/upkeep/distribute.js'
import { command } from '../support/databases.ts'
import { emptyDatabase, type TestDatabase } from '../support/engines.ts'
import { startServiceOn, type TestService } from '../support/service.ts'

const people = ['ada', 'ben', 'cyd'].map(name => ({ email: `${name}@example.com` }))
const given = (prefix: string) => people.map(({ email }, n) => ({ email, personalMeetingRoomId: `${prefix}-${n}` }))
/** Leads a batch through the complete rule. */
const keyed = { 'idempotency-key': 'k' }

describe('on Citus', () => {
  let database: TestDatabase
  let service: TestService
  beforeEach(async () => {
    database = await emptyDatabase('postgres')
    await command(database.url, ...Object.values(batchFunctions).map(({ create }) => create))
    service = await startServiceOn(database)
    await service.addPeople(await service.addSite(), people)
  })
  afterEach(async () => {
    for await (const finding of checkDatabase(service.store)) expect(finding).toMatchObject({ broken: 0 })
    await service.close()
  })

  it('batches are planned with their values, because generic plans are refused', async () => {
    await command(
      database.url,
      `create function refuse_generic() returns trigger language plpgsql as $$ begin
         if current_setting('plan_cache_mode') <> 'force_custom_plan' then
           raise exception 'could not create distributed plan';
         end if;
         return new;
       end $$`,
      'create trigger refuse_generic before insert on claim for each row execute function refuse_generic()',
    )
    expect((await service.refresh(given('one'))).status).toBe(200)
    expect((await service.refresh(given('two'), keyed)).status).toBe(200)
  })

  /** The next commits that add claims fail as Citus reports it, so many times. */
  async function failCommits(times: number, warning: string): Promise<void> {
    await command(
      database.url,
      'create sequence failed_commits',
      `create function fail_commit() returns trigger language plpgsql as $$ begin
         if nextval('failed_commits') > ${times} then return null; end if;
         raise warning 'on the machine' using errcode = '${warning}';
         raise exception 'could not commit transaction for shard 102008 on at least one active node'
           using errcode = 'XX000';
       end $$`,
      `create constraint trigger fail_commit after insert on batch deferrable initially deferred
         for each row execute function fail_commit()`,
    )
  }

  for (const { what, warning, times } of [
    { what: 'lost races', warning: '40001', times: 3 },
    { what: 'died', warning: '08006', times: 1 },
  ]) {
    it(`a batch whose machine ${what} at the commit is settled, and answered once it stands`, async () => {
      await failCommits(times, warning)
      expect((await service.refresh(given('new'), keyed)).status).toBe(200)
      expect(Object.values(await service.roomIds()).sort()).toEqual(['new-0', 'new-1', 'new-2'])
    })
  }

  it('a person whose machine lost a race at the commit is added, and one whose machine died is 503', async () => {
    const add = (email: string) => service.call('POST', '/v1/people', { emails: [email], displayName: 'New' })
    await failCommits(1, '40001')
    expect((await add('new@example.com')).status).toBe(200)
    await command(
      database.url,
      'drop trigger fail_commit on batch',
      'drop function fail_commit',
      'drop sequence failed_commits',
    )
    await failCommits(1, '08006')
    expect(await add('other@example.com')).toMatchObject({ status: 503, headers: { 'retry-after': expect.anything() } })
  })

  it('a distribution leaves out what it has done, and renews the functions', async () => {
    await command(
      database.url,
      'create table pg_dist_partition (logicalrelid regclass)',
      "insert into pg_dist_partition values ('person'), ('claim'), ('site')",
    )
    const store = await openStore(database.url)
    const statements = (await distributionOf(store)).join('\n')
    await store.close()
    for (const table of ['person', 'claim', 'site']) expect(statements).not.toContain(`table('${table}'`)
    for (const table of ['batch', 'site_people', 'token']) expect(statements).toContain(`table('${table}'`)
    expect(statements.match(/create or replace function/g)).toHaveLength(2)
  })

  it('a machine that does not answer is told by /readyz, which stays 200 for the sites of the others', async () => {
    const machines = (...answers: boolean[]) =>
      command(
        database.url,
        'drop function if exists run_command_on_workers',
        `create function run_command_on_workers(command text) returns table (success boolean) language sql
           as $$ select unnest(array[${answers.join(', ')}]) $$`,
      )
    await machines(true, true)
    expect(await service.call('GET', '/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } })
    await machines(true, false)
    expect(await service.call('GET', '/readyz')).toMatchObject({
      status: 200,
      body: { status: 'degraded', silentMachines: 1 },
    })
  })

  it('people are counted on the machine of their site', async () => {
    const store = await openStore(database.url)
    const statements = await distributionOf(store)
    await store.close()
    expect(statements).toContain("select create_distributed_table('site_people', 'site_id', colocate_with => 'person')")
  })
})
