/** Roomkey behind a pooler of transactions, and where PostgreSQL has few connections for it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkDatabase } from '#roomkey/store/upkeep/check.js'
import { type PostgresServer, startPostgres } from '../../devtools/postgres-server.ts'
import { startTransactionPooler, type TransactionPooler } from '../../devtools/transaction-pooler.ts'
import { command, createDatabase, nameOf } from '../support/databases.ts'
import { startServiceOn, type TestService } from '../support/service.ts'

const people = Array.from({ length: 30 }, (_, n) => ({ email: `person${n}@example.com` }))

describe('postgres: few connections', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.remove())

  /** Batches of every kind at once, by statement and by rule, with and without a key: each is written or refused. */
  async function refreshMuch(service: TestService): Promise<void> {
    await service.addPeople(await service.addSite(), people)
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, n) => {
        const items = Array.from({ length: 3 }, (_, k) => ({
          ...people[(7 * n + 11 * k) % people.length]!,
          ...(n % 3 === 0 ? { personalMeetingRoomId: `room-${n}-${k}` } : { systemGenerated: true }),
        }))
        return service.refresh(items, n % 4 === 0 ? { 'idempotency-key': `key-${n}` } : {})
      }),
    )
    expect(answers.map(({ status }) => status).filter(status => status !== 200)).toEqual([])
    for await (const finding of checkDatabase(service.store)) expect(finding).toMatchObject({ broken: 0 })
  }

  it('is right behind a pooler that gives every transaction another connection', async () => {
    const database = await createDatabase(server.url('postgres'))
    const pooler: TransactionPooler = await startTransactionPooler(database.url, 3)
    const url = `postgres://roomkey@127.0.0.1:${pooler.port}/${nameOf(database.url)}`
    const service = await startServiceOn({ ...database, url })
    try {
      await refreshMuch(service)
      expect(Math.min(...pooler.transactions)).toBeGreaterThan(10)
      // What is set for a batch ends with it: nobody else's statements are planned by it.
      const { rows } = await service.store.db.executeQuery<{ setting: string }>({
        sql: 'select current_setting($1) as setting',
        parameters: ['enable_seqscan'],
        query: { kind: 'RawNode', sqlFragments: [], parameters: [] },
        queryId: { queryId: '1' },
      } as never)
      expect(rows).toEqual([{ setting: 'on' }])
    } finally {
      await service.close()
      await pooler.close()
    }
  })

  it.each([1, 2])('queues where its role may have %i connections', async limit => {
    const role = `few_${limit}`
    const database = await createDatabase(server.url('postgres'))
    await command(
      server.url('postgres'),
      `create role ${role} login password 'few' connection limit ${limit}`,
      `alter database ${nameOf(database.url)} owner to ${role}`,
    )
    const url = database.url.replace('roomkey:roomkey@', `${role}:few@`)
    const service = await startServiceOn({ ...database, url })
    try {
      await refreshMuch(service)
      expect(server.log()).toContain(`too many connections for role "${role}"`)
    } finally {
      await service.close()
    }
  })
})
