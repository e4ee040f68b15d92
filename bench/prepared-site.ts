/** Sites with many rooms for the benchmarks, created once on each engine; every run works on a copy of its own. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { fillPostgres, fillSqlite } from '../devtools/fill-site.ts'
import { type PostgresServer, startPostgres } from '../devtools/postgres-server.ts'

export const engines = ['SQLite', 'PostgreSQL'] as const
export type BenchEngine = (typeof engines)[number]

/** A database that one run may change, and that is removed afterwards. */
export interface BenchDatabase {
  url: string
  remove(): Promise<void>
}

export interface PreparedSite {
  copy(): Promise<BenchDatabase>
  remove(): Promise<void>
}

let server: Promise<PostgresServer> | undefined

/** The PostgreSQL server of this run, with durable commits as by default; started when it is first needed. */
export function benchPostgres(): Promise<PostgresServer> {
  server ??= startPostgres()
  return server
}

export async function removeBenchPostgres(): Promise<void> {
  await (await server)?.remove()
}

export async function prepareSite(engine: BenchEngine, rooms: number, idsEach = 1): Promise<PreparedSite> {
  return engine === 'SQLite' ? prepareSqlite(rooms, idsEach) : preparePostgres(rooms, idsEach)
}

async function prepareSqlite(rooms: number, idsEach: number): Promise<PreparedSite> {
  const folder = await mkdtemp(join(tmpdir(), 'roomkey-bench-'))
  const original = join(folder, 'original.sqlite')
  await fillSqlite(original, rooms, idsEach)
  let copies = 0
  return {
    async copy() {
      copies += 1
      const path = join(folder, `copy-${copies}.sqlite`)
      await copyFile(original, path)
      return {
        url: `sqlite:${path}`,
        remove: async () => {
          for (const end of ['', '-wal', '-shm']) await rm(path + end, { force: true })
        },
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

async function preparePostgres(rooms: number, idsEach: number): Promise<PreparedSite> {
  const postgres = await benchPostgres()
  const original = `bench_${rooms}`
  const onServer = async (sql: string) => {
    const client = new pg.Client(postgres.url('postgres'))
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }
  await onServer(`create database ${original}`)
  await fillPostgres(postgres.url(original), rooms, idsEach)
  let copies = 0
  return {
    async copy() {
      copies += 1
      const name = `${original}_${copies}`
      await onServer(`create database ${name} template ${original} strategy file_copy`)
      await onServer('checkpoint')
      return { url: postgres.url(name), remove: () => onServer(`drop database ${name} with (force)`) }
    },
    remove: () => onServer(`drop database ${original} with (force)`),
  }
}
