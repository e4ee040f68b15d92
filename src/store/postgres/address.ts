/** Where a PostgreSQL database is and how to connect to it, out of a URL or keywords, and of the PG… variables. */
import { StoreError } from '../store-error.ts'
import { readSettings, type Settings } from './read-settings.ts'

export const tlsModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
export type TlsMode = (typeof tlsModes)[number]

export interface Host {
  /** A name, an address, or the folder of a Unix socket. */
  host: string
  port: number
}

export interface PostgresAddress {
  /** At least one, in the order in which they are tried. */
  hosts: Host[]
  /** Undefined for what PGUSER, PGPASSWORD, ~/.pgpass and PGDATABASE say. */
  user: string | undefined
  password: string | undefined
  database: string | undefined
  tls: TlsMode
  /** Paths of PEM files; `system` as root means the authorities that Node knows. */
  rootCertificate: string | undefined
  certificate: string | undefined
  key: string | undefined
  /** Whether a host that only reads is passed over. */
  onlyPrimary: boolean
  /** Whether each transaction may run on another connection of the server; undefined where that is to be found out. */
  pooled: boolean | undefined
  /** `-c name=value` for the server. */
  options: string | undefined
  applicationName: string
  connectMs: number
  /** For messages: without user and password. */
  place: string
}

/** How long opening a connection may take. */
const defaultConnectMs = 5000

/** Settings that have no meaning here, or whose only useful value is what happens anyway. */
const ignored =
  /^(fallback_application_name|keepalives\w*|tcp_user_timeout|gssencmode|gsslib|gssdelegation|krbsrvname|sslcompression|sslsni|sslcrl|sslcrldir|uselibpqcompat|channel_binding|load_balance_hosts|require_auth|sslcertmode|ssl_min_protocol_version|ssl_max_protocol_version|min_protocol_version|max_protocol_version)$/

/** What each setting is where neither the URL nor the keywords name it. Source: PostgreSQL's manual, 32.15. */
const variables: Settings = {
  host: 'PGHOST',
  port: 'PGPORT',
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
  target_session_attrs: 'PGTARGETSESSIONATTRS',
  options: 'PGOPTIONS',
  application_name: 'PGAPPNAME',
  connect_timeout: 'PGCONNECT_TIMEOUT',
}

const known = [...Object.keys(variables), 'user', 'password', 'dbname', 'pgbouncer']

/** @throws StoreError that says what to write instead, and no part of what was given. */
export function readAddress(text: string, environment: NodeJS.ProcessEnv = process.env): PostgresAddress {
  const { ssl, client_encoding: encoding, database, hostaddr, ...given } = readSettings(text)
  for (const [name, variable] of Object.entries(variables)) {
    const value = environment[variable]
    if (given[name] === undefined && value !== undefined && value !== '') given[name] = value
  }
  if (ssl !== undefined) given.sslmode ??= /^(true|1)$/.test(ssl) ? 'verify-full' : 'disable'
  if (encoding !== undefined && !/^(utf-?8|auto)$/i.test(encoding)) {
    throw new StoreError('Roomkey speaks UTF-8 with the database; leave client_encoding out.')
  }
  if (Object.keys(given).some(name => !known.includes(name) && !ignored.test(name))) {
    throw new StoreError(
      `The database is given with a setting that Roomkey does not know; it knows ${known.join(', ')}. If it is part of a password, write the password percent-encoded.`,
    )
  }
  const hosts = readHosts(given.host ?? hostaddr ?? 'localhost', given.port)
  const name = given.dbname ?? database
  return {
    hosts,
    user: given.user,
    password: given.password,
    database: name,
    tls: readTlsMode(given.sslmode),
    rootCertificate: given.sslrootcert,
    certificate: given.sslcert,
    key: given.sslkey,
    onlyPrimary: readSessionKind(given.target_session_attrs, hosts.length),
    pooled: given.pgbouncer === undefined ? undefined : given.pgbouncer === 'true',
    options: given.options,
    applicationName: given.application_name ?? 'roomkey',
    connectMs: readSeconds(given.connect_timeout),
    place: `PostgreSQL database ${name ?? 'of the default name'} at ${hosts.map(({ host, port }) => `${host}:${port}`).join(', ')}`,
  }
}

function readHosts(hosts: string, ports: string | undefined): Host[] {
  const names = hosts.split(',')
  const numbers = (ports ?? '').split(',')
  if (numbers.length > 1 && numbers.length !== names.length) {
    throw new StoreError('The database is given with more ports than hosts, or fewer; give one port, or one for each.')
  }
  return names.map((host, index) => {
    const port = Number((numbers.length === 1 ? numbers[0] : numbers[index]) || 5432)
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new StoreError(
        'The port of the database is not a number from 1 to 65535; if a part of the password stands there, write it percent-encoded.',
      )
    }
    return { host: host === '' ? 'localhost' : host, port }
  })
}

function readTlsMode(mode = 'prefer'): TlsMode {
  // What node-postgres calls encryption without verification.
  const name = mode === 'no-verify' ? 'require' : mode
  const found = tlsModes.find(each => each === name)
  if (found === undefined) throw new StoreError(`There is no such sslmode; give one of ${tlsModes.join(', ')}.`)
  return found
}

/** Of several hosts only one can be written to, so that is looked for unless `any` is asked for. */
function readSessionKind(kind: string | undefined, hosts: number): boolean {
  if (kind === undefined) return hosts > 1
  if (kind === 'any') return false
  if (kind === 'read-write' || kind === 'primary') return true
  throw new StoreError('Roomkey writes to its database; give target_session_attrs=read-write, or leave it out.')
}

/** 0 means no limit to libpq; here a connection is always waited for only so long. */
function readSeconds(text: string | undefined): number {
  const seconds = Number(text ?? 0)
  if (!Number.isInteger(seconds)) throw new StoreError('connect_timeout is a whole number of seconds; correct it.')
  return seconds <= 0 ? defaultConnectMs : 1000 * seconds
}
