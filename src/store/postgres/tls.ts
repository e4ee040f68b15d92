/** TLS as PostgreSQL's own clients do it. Source: PostgreSQL's manual, table 32.1 "SSL Mode Descriptions". */
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { ConnectionOptions } from 'node:tls'
import { render } from '../../messages/render.ts'
import { systemFailure } from '../../messages/system-failure.ts'
import { StoreError } from '../store-error.ts'
import type { Host, PostgresAddress } from './address.ts'

/** One way to reach the database. */
export interface Way extends Host {
  ssl: false | ConnectionOptions
}

/** All ways in the order in which they are tried: one per host, and two where it may be with or without encryption. */
export function waysTo(address: PostgresAddress): Way[] {
  const inOrder = encryptions(address)
  return address.hosts.flatMap(host => {
    // A socket leads to this machine alone: nobody encrypts there.
    const isSocket = host.host.startsWith('/')
    return (isSocket ? [false as const] : inOrder).map((ssl): Way => ({ ...host, ssl }))
  })
}

function encryptions(address: PostgresAddress): Way['ssl'][] {
  switch (address.tls) {
    case 'disable':
      return [false]
    case 'allow':
      return [false, optionsOf(address)]
    case 'prefer':
      return [optionsOf(address), false]
    default:
      return [optionsOf(address)]
  }
}

function optionsOf({ tls, rootCertificate, certificate, key }: PostgresAddress): ConnectionOptions {
  const root = rootCertificate ?? usualRoot()
  const client = {
    ...(certificate && { cert: read('sslcert', certificate) }),
    ...(key && { key: read('sslkey', key) }),
  }
  // With a root certificate, `require` verifies as `verify-ca` does, as in libpq.
  const verifies = tls === 'verify-full' || tls === 'verify-ca' || (tls === 'require' && rootCertificate !== undefined)
  if (!verifies) return { ...client, rejectUnauthorized: false }
  const ca = root === undefined || root === 'system' ? {} : { ca: read('sslrootcert', root) }
  const onlyAuthority = tls === 'verify-full' ? {} : { checkServerIdentity: () => undefined }
  return { ...client, ...ca, ...onlyAuthority, rejectUnauthorized: true }
}

/** Where libpq looks; without it, the authorities that Node knows are taken. */
function usualRoot(): string | undefined {
  const path = join(homedir(), '.postgresql', 'root.crt')
  return existsSync(path) ? path : undefined
}

function read(name: string, path: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const why = systemFailure(error)?.why
    if (why === undefined) throw error
    throw new StoreError(`Cannot read ${path}, which ${name} names: ${render(why)}; correct ${name}.`)
  }
  if (!text.includes('-----BEGIN ')) {
    throw new StoreError(`${path}, which ${name} names, is not a PEM file; give one that begins with -----BEGIN.`)
  }
  return text
}
