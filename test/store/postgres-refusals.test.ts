/** A PostgreSQL that Roomkey cannot use says why when it is opened: real servers, and TLS as real ones speak it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '#roomkey/store/open-store.js'
import { type PostgresServer, startPostgres } from '../../devtools/postgres-server.ts'
import { certificate, key } from '../support/certificate.ts'
import { command } from '../support/databases.ts'

async function refusal(url: string): Promise<string> {
  const opened = await openStore(url).catch((error: Error) => error)
  if (opened instanceof Error) return `${opened.name}: ${opened.message}`
  await opened.close()
  return 'opened'
}

describe('postgres: opening', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
    const role = (name: string, settings: string) => [
      `create role ${name} login superuser password 'pw'`,
      `alter role ${name} ${settings}`,
    ]
    await command(
      server.url('postgres'),
      ...role('lost', 'set search_path = nowhere'),
      ...role('reader', 'set default_transaction_read_only = on'),
      ...role('hasty', "set statement_timeout = '1ms'"),
      `create role plain login password 'p@/#%:?'`,
      "create database latin encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0",
      'create database empty',
      'create database owned owner plain',
    )
  }, 60_000)
  afterAll(() => server.remove())

  it('says what is wrong with what was named', async () => {
    const { port } = new URL(server.url('x'))
    const at = `127.0.0.1:${port}`
    const cases: [string, string | RegExp][] = [
      [
        `postgres://roomkey:roomkey@${at}/latin`,
        /latin at \S+ has the encoding LATIN1, .*createdb --encoding UTF8 --template template0\.$/,
      ],
      [`postgres://lost:pw@${at}/empty`, /has no schema for the tables, .*correct search_path\.$/],
      [`postgres://roomkey:roomkey@${at}/empty?options=-c%20search_path%3Dnowhere`, /has no schema for the tables/],
      [`postgres://reader:pw@${at}/empty`, /can only be read; name one that can be written to\.$/],
      [`postgres://reader:pw@${at}/empty?target_session_attrs=read-write`, /can only be read \(1 tried\)/],
      [
        `postgres://roomkey:wrong@${at}/empty`,
        /refuses the user or the password; put the right ones into DATABASE_URL\.$/,
      ],
      [`postgres://roomkey@${at}/empty`, /refuses the user or the password; put the right ones into DATABASE_URL\.$/],
      [`postgres://roomkey:roomkey@${at}/none`, /database none at \S+ does not exist; make it with createdb/],
      [`postgres://plain:p%40%2F%23%25%3A%3F@${at}/empty`, /has no right for the user to make tables; grant CREATE/],
      [`postgres://roomkey:roomkey@${at}/empty?sslmode=require`, /does not speak TLS, which sslmode=require asks for/],
      [
        `postgres://roomkey:roomkey@127.0.0.1:1/empty`,
        /cannot be reached \(connect ECONNREFUSED 127\.0\.0\.1:1\); start it/,
      ],
      [`postgres://roomkey:roomkey@nowhere.invalid/empty`, /cannot be reached \(getaddrinfo \w+ nowhere\.invalid\)/],
      // What can be used: keywords, any password, the second of two hosts, a statement_timeout that is not meant for us.
      [`host=127.0.0.1 port=${port} user=plain password='p@/#%:?' dbname=owned`, 'opened'],
      [`postgres://plain:p%40%2F%23%25%3A%3F@127.0.0.1:1,${at}/owned`, 'opened'],
      [`postgres://roomkey:roomkey@${at}/empty`, 'opened'],
    ]
    for (const [url, words] of cases) {
      const said = await refusal(url)
      expect([url, said]).toEqual([url, words instanceof RegExp ? expect.stringMatching(words) : words])
      if (said !== 'opened') expect(said).toMatch(/^StoreError: /)
    }
    expect(await refusal(`postgres://hasty:pw@${at}/owned`)).toMatch(
      /opened|raise statement_timeout of the user or database/,
    )
  }, 60_000)
})

describe('TLS to PostgreSQL', () => {
  let server: Server
  let folder: string
  let at: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roomkey-tls-'))
    await writeFile(join(folder, 'ca.pem'), certificate)
    server = createServer(speakTls).listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    at = `127.0.0.1:${(server.address() as { port: number }).port}`
  })
  afterAll(async () => {
    server.close()
    await rm(folder, { recursive: true })
  })

  /** Agrees to TLS as PostgreSQL does, and hangs up after the handshake. */
  function speakTls(socket: Socket): void {
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write('S')
      const secure = new TLSSocket(socket, { isServer: true, cert: certificate, key })
      secure.on('error', () => {}).once('data', () => secure.end())
    })
  }

  it.each([
    [
      'sslmode=verify-full',
      /authority is not known \(self[- ]signed certificate\); name the authority's file in sslrootcert/,
    ],
    ['sslmode=verify-ca', /authority is not known/],
    ['sslmode=verify-full&sslrootcert=CA', /for another name; use that name as host, or give sslmode=verify-ca/],
    // The handshake is done, and the server hangs up: no fault of TLS.
    ['sslmode=verify-ca&sslrootcert=CA', /cannot be reached \(Connection terminated unexpectedly\)/],
    ['sslmode=require', /cannot be reached \(Connection terminated unexpectedly\)/],
    ['sslmode=require&sslrootcert=CA', /cannot be reached \(Connection terminated unexpectedly\)/],
    [
      'sslmode=verify-full&sslrootcert=/no/ca.pem',
      /Cannot read \/no\/ca\.pem, which sslrootcert names: there is no such file/,
    ],
    ['sslmode=bogus', /There is no such sslmode; give one of disable, allow/],
  ])('%s', async (query, words) => {
    const said = await refusal(`postgres://u:pw@${at}/d?${query.replace('CA', join(folder, 'ca.pem'))}`)
    expect(said).toMatch(/^StoreError: /)
    expect(said).toMatch(words)
  })
})
