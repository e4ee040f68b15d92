/** What happens to a call when PostgreSQL, or the network to it, fails. */
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkDatabase } from '#roomkey/store/upkeep/check.js'
import { type PostgresServer, startPostgres } from '../../devtools/postgres-server.ts'
import { command, createDatabase } from '../support/databases.ts'
import { startProxy, type TcpProxy } from '../support/proxy.ts'
import { type Answer, startServiceOn, type TestService } from '../support/service.ts'

const people = ['ada', 'ben', 'cyd'].map(name => ({ email: `${name}@example.com` }))

describe('postgres: faults', () => {
  let server: PostgresServer
  let proxy: TcpProxy
  let url: string
  /** The same database, through the proxy. */
  let through: string
  let service: TestService

  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.remove())

  beforeEach(async () => {
    const database = await createDatabase(server.url('postgres'))
    url = database.url
    const { hostname, port } = new URL(url)
    proxy = await startProxy({ host: hostname, port: Number(port) })
    const throughProxy = new URL(url)
    throughProxy.port = String(proxy.port)
    through = throughProxy.href
    service = await startServiceOn({ ...database, url: through })
    await service.addPeople(await service.addSite(), people)
  })
  afterEach(async () => {
    for await (const finding of checkDatabase(service.store)) expect(finding).toMatchObject({ broken: 0 })
    await proxy.close()
    await service.close()
  })

  /** Everybody got exactly one new ID, the one in the answer. */
  async function expectWrittenOnce(answer: Answer): Promise<void> {
    expect(answer.status).toBe(200)
    const rooms = answer.body.personalMeetingRoomIds as { email: string; personalMeetingRoomId: string }[]
    expect(Object.fromEntries(rooms.map(room => [room.email, room.personalMeetingRoomId]))).toEqual(
      await service.roomIds(),
    )
    expect(await service.store.db.selectFrom('claim').select('id').execute()).toHaveLength(2 * people.length)
  }

  const asGiven = people.map(({ email }, n) => ({ email, personalMeetingRoomId: `new-${n}` }))
  const drawn = people.map(({ email }) => ({ email, systemGenerated: true }))
  const ways = [
    { way: 'the batch in one statement', at: 'refresh in one statement', headers: {} },
    { way: 'the commit of the complete way', at: 'commit\0', headers: { 'idempotency-key': 'k' } },
  ]
  for (const { way, at, headers } of ways) {
    for (const when of ['before', 'after'] as const) {
      for (const [ids, items] of Object.entries({ given: asGiven, drawn })) {
        it(`writes ${ids} IDs once when the connection is cut ${when} the server does ${way}`, async () => {
          proxy.cutAt(at, when)
          await expectWrittenOnce(await service.refresh(items, headers))
          expect(proxy.cuts()).toBe(1)
        })
      }
    }
  }

  for (const when of ['before', 'after'] as const) {
    it(`fetches batch numbers again when the connection is cut ${when} the server answers`, async () => {
      proxy.cutAt('nextval', when)
      await expectWrittenOnce(await service.refresh(asGiven))
      expect(proxy.cuts()).toBe(1)
    })

    it(`counts a call against its token's limit when the connection is cut ${when} the server counts it`, async () => {
      const limited = await startServiceOn({ url: through, remove: async () => undefined }, 60)
      proxy.cutAt('call_count', when)
      expect((await limited.call('GET', '/api/sites')).status).toBe(200)
      expect(proxy.cuts()).toBe(1)
      await limited.close()
    })

    it(`swaps IDs once when the connection is cut ${when} the server commits, without any Idempotency-Key`, async () => {
      proxy.cutAt('commit\0', when)
      const [ada, ben, cyd] = people.map(({ email }) => email)
      await expectWrittenOnce(
        await service.refresh([
          { email: ada, personalMeetingRoomId: 'ben' },
          { email: ben, personalMeetingRoomId: 'ada' },
          { email: cyd, personalMeetingRoomId: 'new' },
        ]),
      )
      expect(proxy.cuts()).toBe(1)
    })
  }

  it('answers 503 for another write whose commit was cut, since its outcome is unknown', async () => {
    proxy.cutAt('commit\0', 'after')
    const answer = await service.call('PUT', '/api/sites/example.webex.com/lock', { minutes: 5 })
    expect(answer.status).toBe(503)
    expect(answer.headers['retry-after']).toBeDefined()
    expect(proxy.cuts()).toBe(1)
  })

  it('completes a batch after its session was terminated in the middle of a statement', async () => {
    const holder = await connect(url)
    const watcher = await connect(url)
    await holder.query('begin')
    await holder.query('select from person where person = 2 for update')
    const answer = service.refresh(asGiven)

    await expect.poll(() => waitingSessions(watcher)).toHaveLength(1)
    const [session] = await waitingSessions(watcher)
    await watcher.query('select pg_terminate_backend($1)', [session])
    await expect.poll(async () => (await waitingSessions(watcher)).filter(pid => pid !== session)).toHaveLength(1)
    await holder.query('commit')
    await Promise.all([holder.end(), watcher.end()])
    await expectWrittenOnce(await answer)
  })

  it('answers 503 within seconds when every connection is taken, and recovers when they are free', async () => {
    const other = await connect(url)
    await other.query('begin')
    await other.query('select from person for update')
    const many = Array.from({ length: 60 }, () => service.refresh(drawn))
    await sleep(5500)
    await other.query('commit')
    await other.end()

    const answers = await Promise.all(many)
    const refused = answers.filter(({ status }) => status === 503)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.every(({ headers }) => headers['retry-after'] !== undefined)).toBe(true)
    expect(answers.filter(({ status }) => status !== 503).every(({ status }) => status === 200)).toBe(true)
    expect((await service.refresh(asGiven)).status).toBe(200)
  })

  it('answers 503 and stores nothing while the disk is full', async () => {
    await command(
      url,
      `create function full_disk() returns trigger language plpgsql as
         $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`,
      'create trigger full_disk before insert on claim for each row execute function full_disk()',
    )
    const before = await service.roomIds()
    for (const headers of [{}, { 'idempotency-key': 'k' }]) {
      const answer = await service.refresh(asGiven, headers)
      expect(answer.status).toBe(503)
      expect(answer.headers['retry-after']).toBeDefined()
    }
    expect(await service.roomIds()).toEqual(before)
    await command(url, 'drop trigger full_disk on claim')
    expect((await service.refresh(asGiven, { 'idempotency-key': 'k' })).status).toBe(200)
  })

  it('answers 503 while the server is down, is not ready, and recovers by itself', async () => {
    expect((await service.call('GET', '/readyz')).status).toBe(200)
    await server.stop()
    for (const call of [service.refresh(asGiven), service.call('GET', '/readyz'), service.refresh(drawn)]) {
      const answer = await call
      expect(answer.status).toBe(503)
      expect(answer.headers['retry-after']).toBeDefined()
    }
    expect((await service.call('GET', '/healthz')).status).toBe(200)

    await server.start()
    expect((await service.call('GET', '/readyz')).status).toBe(200)
    expect((await service.refresh(asGiven)).status).toBe(200)
  })
})

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

async function waitingSessions(client: pg.Client): Promise<number[]> {
  const { rows } = await client.query<{ pid: number }>(
    "select pid from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'roomkey'",
  )
  return rows.map(({ pid }) => pid)
}
