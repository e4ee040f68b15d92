/** URLs and keywords as PostgreSQL's own clients take them, and what is said where they, or the server, are not right. */
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { type PostgresAddress, readAddress } from '#roomkey/store/postgres/address.js'
import { nextWay } from '#roomkey/store/postgres/connect.js'
import { whyNotOpened } from '#roomkey/store/postgres/opening-failure.js'
import { waysTo } from '#roomkey/store/postgres/tls.js'

const read = (text: string, environment: NodeJS.ProcessEnv = {}) => readAddress(text, environment)
const at = (host: string, port = 5432) => ({ host, port })

describe('what is read', () => {
  it.each<[string, Partial<PostgresAddress>]>([
    [
      'postgres://',
      { hosts: [at('localhost')], user: undefined, database: undefined, tls: 'prefer', onlyPrimary: false },
    ],
    ['postgres://h/d', { hosts: [at('h')], database: 'd', place: 'PostgreSQL database d at h:5432' }],
    ['postgresql://u@h:6000/d', { hosts: [at('h', 6000)], user: 'u', password: undefined }],
    ['postgres://u:p%40%2F%23%25%3A%3F@h/d', { user: 'u', password: 'p@/#%:?' }],
    ['postgres://u:p:q@h/d', { password: 'p:q' }],
    ['postgres://u:p,q[r@h/d', { password: 'p,q[r', hosts: [at('h')] }],
    ['postgres://u:pässwörd@h/d', { password: 'pässwörd' }],
    ['postgres://u%40corp@h/a%20b', { user: 'u@corp', database: 'a b' }],
    ['postgres://[::1]:5433/d', { hosts: [at('::1', 5433)] }],
    ['postgres://a,b:6000,[::1]/d', { hosts: [at('a'), at('b', 6000), at('::1')], onlyPrimary: true }],
    ['postgres://a,b/d?target_session_attrs=any', { onlyPrimary: false }],
    ['postgres://%2Fvar%2Frun%2Fpostgresql/d', { hosts: [at('/var/run/postgresql')] }],
    ['postgres:///d?host=/tmp&port=5433', { hosts: [at('/tmp', 5433)], database: 'd' }],
    ['postgres://h/d?user=u%40s&password=p', { user: 'u@s', password: 'p' }],
    ['postgres://h/d?sslmode=verify-full&sslrootcert=/ca.pem', { tls: 'verify-full', rootCertificate: '/ca.pem' }],
    ['postgres://h/d?ssl=true', { tls: 'verify-full' }],
    ['postgres://h/d?sslmode=no-verify', { tls: 'require' }],
    ['postgres://h/d?pgbouncer=true', { pooled: true }],
    [
      'postgres://h/d?connect_timeout=30&keepalives=1&gssencmode=disable&channel_binding=require',
      { connectMs: 30_000 },
    ],
    ['postgres://h/d?options=-c%20search_path%3Dx', { options: '-c search_path=x' }],
    [
      "host=h port=6000 user=u password='a b\\'c\\\\d' dbname=d",
      { hosts: [at('h', 6000)], password: "a b'c\\d", database: 'd' },
    ],
    ['host = h  dbname=d sslmode=disable', { hosts: [at('h')], tls: 'disable' }],
    ['host=a,b port=1,2 dbname=d', { hosts: [at('a', 1), at('b', 2)] }],
    [
      "password=p@:/?#%w user=u host=/tmp dbname=''",
      { password: 'p@:/?#%w', hosts: [at('/tmp')], database: undefined },
    ],
  ])('%s', (text, expected) => {
    expect(read(text)).toMatchObject(expected)
  })

  it('is filled up from the variables of PostgreSQL', () => {
    const environment = { PGHOST: '/run', PGPORT: '6', PGSSLMODE: 'require', PGAPPNAME: 'x', PGCONNECT_TIMEOUT: '' }
    expect(read('postgres:///d', environment)).toMatchObject({
      hosts: [at('/run', 6)],
      tls: 'require',
      applicationName: 'x',
    })
    expect(read('postgres://h:5/d', environment)).toMatchObject({ hosts: [at('h', 5)] })
  })
})

describe('what is refused', () => {
  /** The password is `sEcr…`: no message may repeat any part of it. */
  it.each([
    ['postgres://u:sEcr@Ct@h/d', 'malformed'],
    ['postgres://u:sEcr/Ct@h/d', 'malformed'],
    ['postgres://u:12/sEcrCt@h/d', 'malformed'],
    ['postgres://u:12/sEcrCt@h', 'malformed'],
    ['postgres://u:sEcr#Ct@h/d', 'malformed'],
    ['postgres://u:sEcr?Ct@h/d', 'malformed'],
    ['postgres://u:12?sEcr=Ct@h/d', 'setting that Roomkey does not know'],
    ['postgres://u:sEcr%Ct@h/d', 'malformed'],
    ['postgres://u:sEcr%00Ct@h/d', 'malformed'],
    ['postgres://u:sEcr%E4Ct@h/d', 'malformed'],
    ['postgres:sEcrCt', 'malformed'],
    ['postgres://h:sEcrCt/d', 'malformed'],
    ['postgres://h:70000/d?password=sEcrCt', 'not a number from 1 to 65535'],
    ["host=h password='sEcrCt", 'keywords for the database cannot be read'],
    ['host=h password=sEcr Ct', 'keywords for the database cannot be read'],
    ['host=a,b port=1,2,3 password=sEcrCt', 'more ports than hosts'],
    ['postgres://u:sEcrCt@h/d?sslmode=bogus', 'give one of disable, allow, prefer, require, verify-ca, verify-full'],
    ['postgres://u:sEcrCt@h/d?client_encoding=latin1', 'leave client_encoding out'],
    ['postgres://u:sEcrCt@h/d?target_session_attrs=standby', 'target_session_attrs=read-write'],
    ['postgres://u:sEcrCt@h/d?connect_timeout=soon', 'whole number of seconds'],
    ['postgres://u:sEcrCt@h/d?service=x', 'setting that Roomkey does not know'],
  ])('%s', (text, words) => {
    const refusal = (() => {
      try {
        return read(text)
      } catch (error) {
        return error as Error
      }
    })()
    expect(refusal).toMatchObject({ name: 'StoreError', message: expect.stringContaining(words) })
    expect((refusal as Error).message).not.toMatch(/sEcr|Ct\b/)
  })

  it('says which certificate cannot be read, and for what it was named', () => {
    const ways = (query: string) => () => waysTo(read(`postgres://h/d?sslmode=verify-full&${query}`))
    expect(ways('sslrootcert=/no/ca.pem')).toThrow(
      'Cannot read /no/ca.pem, which sslrootcert names: there is no such file or folder; correct sslrootcert.',
    )
    expect(ways('sslcert=/tmp')).toThrow('Cannot read /tmp, which sslcert names: it is a folder, not a file')
    expect(ways('sslkey=package.json')).toThrow('package.json, which sslkey names, is not a PEM file')
    expect(ways('sslrootcert=system')).not.toThrow()
  })
})

describe('the ways to a database', () => {
  const said = (fields: object) => Object.assign(new Error('words'), fields)
  const noTls = new Error('The server does not support SSL connections')
  const ways = (query: string) =>
    waysTo(read(`postgres://a,b/d?${query}`)).map(({ host, ssl }) => [host, ssl !== false])

  it('are as many as hosts and kinds of encryption', () => {
    expect(ways('sslmode=disable')).toEqual([
      ['a', false],
      ['b', false],
    ])
    expect(ways('sslmode=require')).toEqual([
      ['a', true],
      ['b', true],
    ])
    expect(ways('sslmode=prefer')).toEqual([
      ['a', true],
      ['a', false],
      ['b', true],
      ['b', false],
    ])
    expect(ways('sslmode=allow')).toEqual([
      ['a', false],
      ['a', true],
      ['b', false],
      ['b', true],
    ])
    expect(ways('host=/tmp,c&sslmode=verify-full')).toEqual([
      ['/tmp', false],
      ['c', true],
    ])
  })

  it('are tried as the failure suggests', () => {
    const all = waysTo(read('postgres://a,b/d'))
    expect(nextWay(all, 0, noTls)).toBe(1)
    expect(nextWay(all, 0, said({ code: '28000' }))).toBe(1)
    expect(nextWay(all, 0, said({ code: 'ECONNREFUSED' }))).toBe(2)
    expect(nextWay(all, 2, said({ code: 'ENOTPRIMARY' }))).toBe(0)
    expect(nextWay(all, 0, said({ code: '28P01' }))).toBeUndefined()
    expect(nextWay(waysTo(read('postgres://a/d')), 0, said({ code: 'ECONNREFUSED' }))).toBeUndefined()
  })
})

describe('why a database cannot be opened', () => {
  const address = read('postgres://u:sEcrCt@h/d?sslmode=verify-full&options=-c%20a%3Db')
  const server = (code: string, message = 'words of the server') =>
    Object.assign(new pg.DatabaseError(message, 1, 'error'), { code, severity: 'FATAL' })
  const system = (code: string, message = 'words') => Object.assign(new Error(message), { code })

  it.each<[unknown, string]>([
    [server('28P01'), 'refuses the user or the password; put the right ones into DATABASE_URL.'],
    [
      server('28000', 'no pg_hba.conf entry for host "1", user "u", database "d", no encryption'),
      'takes only encrypted connections from here; give sslmode=require, or better verify-full.',
    ],
    [
      server('28000', 'no pg_hba.conf entry for host "1", user "u", database "d", SSL encryption'),
      'takes no connection of this user from here; add a line to its pg_hba.conf, or name another user.',
    ],
    [server('3D000'), 'does not exist; make it with createdb, or name another one.'],
    [server('42501'), 'has no right for the user to make tables; grant CREATE on its schema, or use its owner.'],
    [server('3F000'), 'cannot be used: there is no schema to hold the tables; create it, or correct search_path.'],
    [server('57014'), 'ended a statement that took too long; raise statement_timeout of the user or database.'],
    [
      server('53300', 'too many connections for role "u"'),
      'has no connection free (too many connections for role "u"); allow the user at least two, or end others.',
    ],
    [
      server('57P03', 'the database system is starting up'),
      'cannot be reached (the database system is starting up); start it, or name another one.',
    ],
    [
      server('08P01', 'unsupported startup parameter: options'),
      'is behind a pooler that does not pass options on; set what options holds with alter role … set … on the server, and leave options out.',
    ],
    [
      new Error('The server does not support SSL connections'),
      'does not speak TLS, which sslmode=verify-full asks for; turn ssl on there, or give sslmode=disable.',
    ],
    [
      new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string'),
      'asks for a password; put it into PGPASSWORD or ~/.pgpass.',
    ],
    [
      system('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'),
      "shows a certificate whose authority is not known (self-signed certificate); name the authority's file in sslrootcert, or give sslmode=require, which encrypts without verifying.",
    ],
    [
      system('ERR_TLS_CERT_ALTNAME_INVALID'),
      'shows a certificate for another name; use that name as host, or give sslmode=verify-ca, which verifies the authority alone.',
    ],
    [
      system('CERT_HAS_EXPIRED'),
      'cannot be reached by TLS: its certificate has expired; have it renewed, or set the clock of this machine.',
    ],
    [
      system('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:5432'),
      'cannot be reached (connect ECONNREFUSED 127.0.0.1:5432); start it, or name another one.',
    ],
    [
      system('ENOTFOUND', 'getaddrinfo ENOTFOUND h'),
      'cannot be reached (getaddrinfo ENOTFOUND h); start it, or name another one.',
    ],
    [system('ENOTPRIMARY'), 'can only be read (1 tried); name a host that can be written to.'],
  ])('%s', (error, words) => {
    expect(whyNotOpened(error, address)).toMatchObject({
      name: 'StoreError',
      message: `PostgreSQL database d at h:5432 ${words}`,
    })
  })

  it('stays a bug where it is one', () => {
    const bug = server('42601', 'syntax error')
    expect(whyNotOpened(bug, address)).toBe(bug)
  })
})
