/** A Directus with one collection of rooms, on SQLite or PostgreSQL. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { emailOf } from '../devtools/fill-site.ts'
import { peerFolder, peerProgram } from './peers-folder.ts'
import { benchPostgres } from './prepared-site.ts'
import { startServer } from './processes.ts'

export const directusToken = 'bench-token'
const rowsPerCall = 1000

/**
 * What Directus stores besides the rooms: with its defaults, who changed what, which corresponds to Roomkey's history;
 * or nothing.
 */
export type DirectusKeeps = 'history' | 'nothing'

/** Fills a Directus once; each call of the returned function starts a server on it. */
export async function prepareDirectus(
  folder: string,
  client: 'sqlite3' | 'pg',
  { rooms, keeps }: { rooms: number; keeps: DirectusKeeps },
): Promise<() => ReturnType<typeof startServer>> {
  const program = peerProgram('directus')!
  const database =
    client === 'pg'
      ? await newPostgresDatabase(`directus_${keeps}`)
      : { DB_CLIENT: client, DB_FILENAME: join(folder, `directus-${keeps}.sqlite`) }
  const environment = {
    ...database,
    KEY: 'bench',
    SECRET: 'bench-0123456789-0123456789-0123456789',
    ADMIN_EMAIL: 'admin@example.com',
    ADMIN_PASSWORD: 'bench-password',
    ADMIN_TOKEN: directusToken,
    HOST: '127.0.0.1',
    TELEMETRY: 'false',
    LOG_LEVEL: 'info',
    LOG_STYLE: 'raw',
  }
  const env = { ...process.env, ...environment }
  await promisify(execFile)(process.execPath, [program, 'bootstrap'], { cwd: peerFolder('directus'), env })

  const start = async () => {
    const port = String(28_000 + Math.floor(Math.random() * 10_000))
    const server = await startServer(program, ['start'], /(Server started)/, { ...environment, PORT: port })
    return { ...server, url: `http://127.0.0.1:${port}` }
  }
  const server = await start()
  await addRooms(server.url, { rooms, keeps })
  await server.stop()
  return start
}

async function addRooms(url: string, { rooms, keeps }: { rooms: number; keeps: DirectusKeeps }): Promise<void> {
  const text = (field: string) => ({ field, type: 'string', schema: { is_unique: true }, meta: {} })
  const key = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} }
  const meta = { accountability: keeps === 'history' ? 'all' : null }
  await call(url, '/collections', {
    collection: 'room',
    schema: {},
    meta,
    fields: [key, text('email'), text('room_id')],
  })
  for (let start = 0; start < rooms; start += rowsPerCall) {
    const rows = Array.from({ length: Math.min(rowsPerCall, rooms - start) }, (_, index) => ({
      email: emailOf(start + index),
      room_id: `p${start + index}`,
    }))
    await call(url, '/items/room?fields=id', rows)
  }
}

async function call(url: string, path: string, body: unknown): Promise<void> {
  const headers = { authorization: `Bearer ${directusToken}`, 'content-type': 'application/json' }
  const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`Directus answered ${answer.status}: ${await answer.text()}`)
}

async function newPostgresDatabase(name: string): Promise<Record<string, string>> {
  const { hostname, port, username, password, href } = new URL((await benchPostgres()).url('postgres'))
  const client = new pg.Client(href)
  await client.connect()
  await client.query(`drop database if exists ${name} with (force)`)
  await client.query(`create database ${name}`)
  await client.end()
  return {
    DB_CLIENT: 'pg',
    DB_HOST: hostname,
    DB_PORT: port,
    DB_USER: username,
    DB_PASSWORD: password,
    DB_DATABASE: name,
  }
}
