/** Whatever the system, a network, TLS or a database answers has a sentence; what a program does wrong has none. */
import { constants } from 'node:os'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { render } from '#roomkey/messages/render.js'
import { explainSystemFailure, systemFailure } from '#roomkey/messages/system-failure.js'
import { renderInGerman } from '../../console/src/language/de/render-message.ts'

interface Fields {
  code?: string
  errno?: number
  syscall?: string
  path?: string
  hostname?: string
  address?: string
  port?: number
}

const failed = (fields: Fields) => Object.assign(new Error(`${fields.code}: as the system says it`), fields)
const ofPostgres = (code: string) =>
  Object.assign(new pg.DatabaseError('words', 5, 'error'), { code, severity: 'ERROR' })
const said = (error: unknown) => {
  const words = explainSystemFailure(error)
  return words && render(words)
}

describe('what the system answers', () => {
  it.each<[Fields, string]>([
    [{ code: 'ENOENT', path: 'a.csv' }, 'a.csv: there is no such file or folder; check its name.'],
    [{ code: 'ENOTDIR', path: 'a.csv/b' }, 'a.csv/b: a part of this path is a file, not a folder; check its name.'],
    [{ code: 'EISDIR', syscall: 'read' }, 'It is a folder, not a file; name a file in it.'],
    [
      { code: 'EACCES', syscall: 'open', path: 'a' },
      'a: this user may not read or write it; change its permissions, or name another one.',
    ],
    [{ code: 'EROFS', path: 'a' }, 'a: its file system can only be read; name a place that can be written to.'],
    [{ code: 'ENOSPC' }, 'The disk is full, or what this user may use of it; free some space, then try again.'],
    [{ code: 'EDQUOT' }, 'The disk is full, or what this user may use of it; free some space, then try again.'],
    [
      { code: 'EMFILE' },
      'This process or machine has as many files and connections open as it may; allow more with ulimit -n, then start again.',
    ],
    [
      { code: 'ESPIPE' },
      'It is a pipe, which can be read only once, from its beginning; save it as a file, and name that.',
    ],
    [{ code: 'ENOENT', syscall: 'spawn npm', path: 'npm' }, 'npm: this program is not installed; install it.'],
    [
      { code: 'EADDRINUSE', syscall: 'listen', address: '::', port: 80 },
      '[::]:80: something else is listening there; give another port, or stop what uses it.',
    ],
    [
      { code: 'EACCES', syscall: 'listen', address: '0.0.0.0', port: 80 },
      '0.0.0.0:80: this user may not listen there; give a port above 1023.',
    ],
    [
      { code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port: 1 },
      '127.0.0.1:1: connection refused; check host and port, and that it is running there.',
    ],
    [{ code: 'EPIPE', syscall: 'write' }, 'Whoever was reading this has stopped; try again.'],
    [{ code: 'ECONNRESET', syscall: 'read' }, 'Connection reset; try again.'],
    [{ code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'db' }, 'db: host not found; check the name of the host.'],
    [
      { code: 'EAI_AGAIN', syscall: 'getaddrinfo', hostname: 'db' },
      'db: the name server does not answer; check the network and its firewalls, then try again.',
    ],
    [{ code: 'UND_ERR_CONNECT_TIMEOUT' }, 'No answer in time; check the network and its firewalls, then try again.'],
    [
      { code: 'ENOTTY', errno: -25, syscall: 'ioctl', path: 'a' },
      'a: the system refuses it (ioctl ENOTTY); try again.',
    ],
  ])('%o', (fields, sentence) => {
    expect(said(failed(fields))).toBe(sentence)
  })

  it('has a sentence for every code that the system knows, on a file and on a connection, in both languages', () => {
    for (const code of Object.keys(constants.errno)) {
      for (const at of [
        { syscall: 'open', path: 'a' },
        { syscall: 'connect', address: 'a', port: 1 },
      ]) {
        const words = explainSystemFailure(failed({ code, errno: -1, ...at }))
        if (/^(EBADF|EFAULT|EDOM|ERANGE)$/.test(code)) expect([code, words]).toEqual([code, undefined])
        else
          expect([code, render(words!), renderInGerman(words!)]).toEqual([code, expect.any(String), expect.any(String)])
      }
    }
  })

  it('is found behind what it caused, and once for a host with several addresses', () => {
    const refused = failed({ code: 'ECONNREFUSED', syscall: 'connect', address: '::1', port: 9 })
    expect(said(new TypeError('fetch failed', { cause: refused }))).toContain('[::1]:9: connection refused')
    expect(said(new AggregateError([refused, failed({ code: 'ENOENT' })]))).toContain('connection refused')
  })

  it('is no excuse for a bug', () => {
    const circular = new Error('x')
    circular.cause = circular
    for (const bug of [
      new TypeError('x is not a function'),
      circular,
      failed({ code: 'ERR_INVALID_ARG_TYPE' }),
      failed({ code: 'EBADF', errno: -9, syscall: 'read' }),
      failed({ code: 'UND_ERR_INVALID_ARG' }),
      ofPostgres('42601'),
      ofPostgres('23505'),
      failed({ code: 'SQLITE_CONSTRAINT_UNIQUE' }),
      failed({ code: 'SQLITE_ERROR' }),
      'text',
      null,
      undefined,
    ])
      expect(said(bug)).toBeUndefined()
  })
})

/** Codes of OpenSSL and Node, of SQLite and of PostgreSQL, beside what each is told as. */
const kinds: [string, string[]][] = [
  ['certificateExpired', ['CERT_HAS_EXPIRED']],
  ['certificateNotYetValid', ['CERT_NOT_YET_VALID']],
  [
    'certificateUnknown',
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'CERT_UNTRUSTED',
      'INVALID_CA',
    ],
  ],
  ['certificateOfOther', ['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH']],
  ['certificateRevoked', ['CERT_REVOKED']],
  ['certificateUnfit', ['CERT_SIGNATURE_FAILURE', 'INVALID_PURPOSE', 'ERR_OSSL_PEM_NO_START_LINE']],
  ['tlsMissing', ['ERR_SSL_WRONG_VERSION_NUMBER', 'EPROTO']],
  ['tlsFails', ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'ERR_TLS_HANDSHAKE_TIMEOUT']],
  ['databaseInUse', ['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_LOCKED']],
  ['diskFull', ['SQLITE_FULL']],
  ['diskFails', ['SQLITE_IOERR_FSYNC']],
  ['databaseDamaged', ['SQLITE_CORRUPT_INDEX', 'SQLITE_NOTADB']],
  ['databaseReadOnly', ['SQLITE_READONLY_DIRECTORY']],
  ['fileForbidden', ['SQLITE_CANTOPEN']],
]

const kindsOfPostgres: [string, string[]][] = [
  ['databaseStopped', ['08000', '08006', '08P01']],
  ['databaseDenied', ['28000', '28P01']],
  ['databaseMissing', ['3D000']],
  ['schemaMissing', ['3F000']],
  ['databaseForbidden', ['42501']],
  ['databaseReadOnly', ['25006']],
  ['databaseEncoding', ['22021', '22P05']],
  ['diskFull', ['53100']],
  ['memoryFull', ['53200']],
  ['databaseCrowded', ['53300', '53000']],
  ['databaseTooSlow', ['57014']],
  ['databaseStopping', ['57P01', '57P03']],
  ['diskFails', ['58030', '58P01']],
  ['databaseDamaged', ['XX001']],
]

it.each(kinds)('%s: %o', (why, codes) => {
  for (const code of codes) expect([code, systemFailure(failed({ code }))?.why.code]).toEqual([code, why])
})

it.each(kindsOfPostgres)('PostgreSQL, %s: %o', (why, codes) => {
  for (const code of codes) expect([code, systemFailure(ofPostgres(code))?.why.code]).toEqual([code, why])
})
