/** The built service over a real database, called without a socket. */
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import type { RateLimit } from '#roomkey/http/access/limits.js'
import { type Role, type Scope, scopes } from '#roomkey/http/access/scopes.js'
import type { App } from '#roomkey/http/app.js'
import { buildServer, type ServerDeps } from '#roomkey/http/server.js'
import type { IdRule } from '#roomkey/rooms/id-rule.js'
import { hashToken, makeToken } from '#roomkey/store/access/tokens.js'
import { openStore } from '#roomkey/store/open-store.js'
import type { NewPerson } from '#roomkey/store/people/people.js'
import type { Store } from '#roomkey/store/store.js'
import { expectNoSecret } from '../../devtools/secrets.ts'
import { emptyDatabase, type TestDatabase, type TestEngine } from './engines.ts'

export const siteUrl = 'example.webex.com'
export const refreshPath = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId'

export const randomRule: IdRule = { method: 'random', prefix: 'pr', length: 12 }

export interface Answer {
  status: number
  headers: Record<string, string | string[] | number | undefined>
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes.
  body: any
}

export interface TestService {
  store: Store
  app: App
  /** A full administrator's token. */
  token: string
  addSite(rule?: IdRule, url?: string, quarantineDays?: number): Promise<number>
  addPeople(siteId: number, people: Partial<NewPerson>[]): Promise<void>
  addToken(token: {
    role?: Role
    scopes?: Scope[]
    sites?: string[] | null
    email?: string
    expiresAt?: number
  }): Promise<string>
  call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>
  /** Refreshes rooms on the example site. */
  refresh(items: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Who carries which ID now, by e-mail. */
  roomIds(siteId?: number): Promise<Record<string, string>>
  close(): Promise<void>
}

export async function startService(
  engine: TestEngine,
  rateLimit: RateLimit = null,
  webhookSettings?: ServerDeps['webhookSettings'],
  more?: Partial<ServerDeps>,
): Promise<TestService> {
  return startServiceOn(await emptyDatabase(engine), rateLimit, webhookSettings, more)
}

/** The service over an existing database; closing it removes the database. */
export async function startServiceOn(
  database: TestDatabase,
  rateLimit: RateLimit = null,
  webhookSettings?: ServerDeps['webhookSettings'],
  more: Partial<ServerDeps> = {},
): Promise<TestService> {
  const store = await openStore(database.url)
  const log: string[] = []
  const logger = pino({ level: 'trace' }, { write: line => log.push(line) })
  const app = await buildServer({ store, rateLimit, logger, ...(webhookSettings && { webhookSettings }), ...more })

  const service: TestService = {
    store,
    app,
    token: '',
    addSite: (rule = randomRule, url = siteUrl, quarantineDays = 30) =>
      store.write('addSite', { url, rule, quarantineDays, now: Date.now() }),
    addPeople: (siteId, people) =>
      store.write('addPeople', {
        siteId,
        people: people.map(newPerson),
        tokenId: 'test',
        trackingId: 'test',
        now: Date.now(),
      }),
    async addToken({ role = 'fullAdmin', scopes: held = [...scopes], sites = null, email = null, expiresAt = null }) {
      const token = makeToken()
      await store.write('addToken', {
        tokenId: randomUUID(),
        hash: hashToken(token),
        name: 'test',
        role,
        scopes: held,
        sites,
        email,
        now: Date.now(),
        expiresAt,
      } as never)
      return token
    },
    async call(method, url, body, headers = {}) {
      const answer = await app.inject({
        method,
        url,
        headers: { authorization: `Bearer ${service.token}`, ...headers },
        ...(body === undefined ? {} : { payload: body as never }),
      })
      const type = String(answer.headers['content-type'] ?? '')
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: type.includes('json') ? JSON.parse(answer.body) : answer.body,
      }
    },
    refresh: (items, headers) => service.call('POST', refreshPath, { siteUrl, personalMeetingRoomIds: items }, headers),
    roomIds: (siteId = 1) => readRoomIds(store, siteId),
    async close() {
      await app.close()
      await store.close()
      expectNoSecret(log.join(''), 'the log')
      await database.remove()
    },
  }
  service.token = await service.addToken({})
  return service
}

/** A host named after the address, unless given otherwise. */
export function newPerson(person: Partial<NewPerson>): NewPerson {
  const email = person.email ?? `${randomUUID()}@example.com`
  const name = email.slice(0, email.indexOf('@'))
  return {
    personId: `person-${name}`,
    email,
    firstName: name,
    lastName: 'Example',
    displayName: `${name} Example`,
    username: null,
    department: null,
    host: true,
    suspended: false,
    pinned: false,
    roomId: person.host === false ? null : name,
    ...person,
  }
}

async function readRoomIds({ db }: Store, siteId: number): Promise<Record<string, string>> {
  const rows = await db
    .selectFrom('person as p')
    .innerJoin('claim as c', join => join.onRef('c.site_id', '=', 'p.site_id').onRef('c.person', '=', 'p.person'))
    .select(['p.email', 'c.id', 'c.number'])
    .where('p.site_id', '=', siteId)
    .orderBy('c.number')
    .execute()
  return Object.fromEntries(rows.flatMap(({ email, id }) => (id === null ? [] : [[email, id]])))
}
