/** A new Directus with one collection of rooms, as it comes: on SQLite or PostgreSQL, without a record of who did what. */
import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { emailOf } from './fill-site.ts'
import { peerFolder, peerProgram } from './peers-folder.ts'
import { benchPostgres } from './prepared-site.ts'
import { startServer } from './processes.ts'

export const directusToken = 'bench-token'
const rowsPerCall = 1000

export async function startDirectus(folder: string, database: Record<string, string>, rooms: number) {
  const program = peerProgram('directus')!
  const port = String(28_000 + Math.floor(Math.random() * 10_000))
  const file = join(folder, 'directus.sqlite')
  await rm(file, { force: true })
  if (database.DB_CLIENT === 'pg') await recreate(database.DB_DATABASE!)
  const environment = {
    ...database,
    ...(database.DB_CLIENT === 'sqlite3' ? { DB_FILENAME: file } : {}),
    KEY: 'bench',
    SECRET: 'bench-0123456789-0123456789-0123456789',
    ADMIN_EMAIL: 'admin@example.com',
    ADMIN_PASSWORD: 'bench-password',
    ADMIN_TOKEN: directusToken,
    HOST: '127.0.0.1',
    PORT: port,
    TELEMETRY: 'false',
    LOG_LEVEL: 'info',
    LOG_STYLE: 'raw',
  }
  const env = { ...process.env, ...environment }
  await promisify(execFile)(process.execPath, [program, 'bootstrap'], { cwd: peerFolder('directus'), env })
  const server = await startServer(program, ['start'], /(Server started)/, environment)
  const url = `http://127.0.0.1:${port}`
  await addRooms(url, rooms)
  return { ...server, url }
}

async function addRooms(url: string, rooms: number): Promise<void> {
  const text = (field: string) => ({ field, type: 'string', schema: { is_unique: true }, meta: {} })
  const key = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} }
  const meta = { accountability: null }
  await call(url, '/collections', {
    collection: 'room',
    schema: {},
    meta,
    fields: [key, text('email'), text('room_id')],
  })
  for (let start = 0; start < rooms; start += rowsPerCall) {
    const rows = Array.from({ length: Math.min(rowsPerCall, rooms - start) }, (_, nth) => ({
      email: emailOf(start + nth),
      room_id: `p${start + nth}`,
    }))
    await call(url, '/items/room?fields=id', rows)
  }
}

async function call(url: string, path: string, body: unknown): Promise<void> {
  const headers = { authorization: `Bearer ${directusToken}`, 'content-type': 'application/json' }
  const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`Directus answered ${answer.status}: ${await answer.text()}`)
}

async function recreate(database: string): Promise<void> {
  const client = new pg.Client((await benchPostgres()).url('postgres'))
  await client.connect()
  await client.query(`drop database if exists ${database} with (force)`)
  await client.query(`create database ${database}`)
  await client.end()
}
