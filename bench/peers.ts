/**
 * Sends the same batch of 100 to what a developer might use instead: Prism's and Mockoon's mocks of the operation,
 * which store nothing, and Directus, which updates a hundred rows with a unique room ID in one durable transaction and,
 * by default, keeps a history of them; without that history it does less than Roomkey, and is measured beside it.
 * Roomkey does more in that time on the same engine: it finds people by their addresses, and applies the rule.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RefreshRoomIdsAnswer, RefreshRoomIdsRequest } from '#roomkey/wire/refresh-room-ids.js'
import { type DirectusKeeps, prepareDirectus } from './directus.ts'
import { alternate, type Metric, median } from './measure.ts'
import { peerProgram } from './peers-folder.ts'
import { type BenchEngine, prepareSite } from './prepared-site.ts'
import { runBench, startServer } from './processes.ts'
import { loadService } from './service.ts'

const connections = 8
const path = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId'
const leastTimes: Record<BenchEngine, number> = { SQLite: 60, PostgreSQL: 80 }
const directusClients = { SQLite: 'sqlite3', PostgreSQL: 'pg' } as const
const bothEngines = ['SQLite', 'PostgreSQL'] as const

export interface PeersRun {
  rooms: number
  rounds: number
  seconds: number
  /** Whether Directus without its history is measured, too. */
  bare: boolean
}

export async function benchPeers({ rooms, rounds, seconds, bare }: PeersRun): Promise<Metric[]> {
  const folder = await mkdtemp(join(tmpdir(), 'roomkey-bench-'))
  const sites = { SQLite: await prepareSite('SQLite', rooms), PostgreSQL: await prepareSite('PostgreSQL', rooms) }
  const ours = (engine: BenchEngine) => async () => {
    const database = await sites[engine].copy()
    const { idsPerSecond } = await loadService(database.url, { rooms, connections, seconds })
    await database.remove()
    return idsPerSecond
  }
  const mock = (start: () => ReturnType<typeof startServer>) => async () => {
    const server = await start()
    const load = JSON.parse(await runBench('batch-load', server.url, rooms, connections, seconds))
    await server.stop()
    return load.idsPerSecond as number
  }
  const directus = async (engine: BenchEngine, keeps: DirectusKeeps) => {
    const start = await prepareDirectus(folder, directusClients[engine], { rooms, keeps })
    return async () => {
      const server = await start()
      const load = JSON.parse(await runBench('directus-load', server.url, rooms, connections, seconds))
      await server.stop()
      return load.idsPerSecond as number
    }
  }

  const runs: Record<string, () => Promise<number>> = { SQLite: ours('SQLite'), PostgreSQL: ours('PostgreSQL') }
  if (peerProgram('prism') !== null) runs.prism = mock(() => startPrism(folder))
  if (peerProgram('mockoon') !== null) runs.mockoon = mock(() => startMockoon(folder))
  if (peerProgram('directus') !== null) {
    const kept: DirectusKeeps[] = bare ? ['history', 'nothing'] : ['history']
    const wanted = bothEngines.flatMap(engine => kept.map(keeps => ({ engine, keeps })))
    const filled = await Promise.all(wanted.map(({ engine, keeps }) => directus(engine, keeps)))
    for (const [index, { engine, keeps }] of wanted.entries()) runs[`directus ${engine} ${keeps}`] = filled[index]!
  }
  const values = await alternate(rounds, runs)
  await Promise.all([sites.SQLite.remove(), sites.PostgreSQL.remove()])
  await rm(folder, { recursive: true, force: true })

  const ids = (name: string): number | null => (values[name] === undefined ? null : median(values[name]))
  const over = (name: string, engine: BenchEngine): number | null => {
    const theirs = ids(name)
    return theirs === null ? null : ids(engine)! / theirs
  }
  const measured = (label: string, name: string): Metric => ({ name: label, value: ids(name), unit: 'IDs/s' })
  return [
    measured('Roomkey, SQLite, 10,000 rooms, 8 connections', 'SQLite'),
    measured('Roomkey, PostgreSQL, 10,000 rooms, 8 connections', 'PostgreSQL'),
    measured("Prism's mock, stores nothing", 'prism'),
    measured("Mockoon's mock, stores nothing", 'mockoon'),
    ...bothEngines.flatMap(engine => [
      measured(`Directus on ${engine}`, `directus ${engine} history`),
      ...(bare ? [measured(`Directus on ${engine}, without history`, `directus ${engine} nothing`)] : []),
    ]),
    { name: "Roomkey on SQLite / Prism's mock", value: over('prism', 'SQLite'), unit: 'ratio', target: { min: 1 } },
    {
      name: "Roomkey on PostgreSQL / Prism's mock",
      value: over('prism', 'PostgreSQL'),
      unit: 'ratio',
      target: { min: 1 },
    },
    { name: "Roomkey on SQLite / Mockoon's mock", value: over('mockoon', 'SQLite'), unit: 'ratio' },
    ...bothEngines.flatMap((engine): Metric[] => [
      {
        name: `Roomkey / Directus, both on ${engine}`,
        value: over(`directus ${engine} history`, engine),
        unit: 'ratio',
        target: { min: leastTimes[engine] },
      },
      ...(bare
        ? [
            {
              name: `Roomkey / Directus without history, both on ${engine}`,
              value: over(`directus ${engine} nothing`, engine),
              unit: 'ratio',
            },
          ]
        : []),
    ]),
  ]
}

const answer = {
  siteUrl: 'bench.webex.com',
  personalMeetingRoomIds: [{ email: 'ann.lee@example.com', personId: 'x', personalMeetingRoomId: 'prABCD23670651' }],
}

/** The operation as Roomkey's own reference describes it: Prism checks every request against it. */
async function startPrism(folder: string) {
  const operation = {
    requestBody: { required: true, content: { 'application/json': { schema: RefreshRoomIdsRequest } } },
    responses: {
      200: { description: 'Done', content: { 'application/json': { schema: RefreshRoomIdsAnswer, example: answer } } },
    },
  }
  const document = {
    openapi: '3.1.0',
    info: { title: 'Refresh', version: '1' },
    paths: { [path]: { post: operation } },
  }
  const file = join(folder, 'prism.json')
  await writeFile(file, JSON.stringify(document))
  // Started on a free port, it prints which; its log of every request is discarded.
  return startServer(
    peerProgram('prism')!,
    ['mock', file, '--port', '0', '--verboseLevel', 'info'],
    /(http:\/\/127\.0\.0\.1:\d+)/,
  )
}

async function startMockoon(folder: string) {
  const port = 18_000 + Math.floor(Math.random() * 10_000)
  const response = {
    uuid: 'b',
    body: JSON.stringify(answer),
    statusCode: 200,
    headers: [],
    default: true,
    bodyType: 'INLINE',
  }
  const route = {
    uuid: 'a',
    type: 'http',
    method: 'post',
    endpoint: path.slice(1),
    responses: [response],
    enabled: true,
  }
  const file = join(folder, 'mockoon.json')
  const environment = {
    uuid: 'e',
    lastMigration: 33,
    name: 'Refresh',
    port,
    hostname: '127.0.0.1',
    routes: [route],
    rootChildren: [{ type: 'route', uuid: 'a' }],
    folders: [],
    headers: [],
    data: [],
  }
  await writeFile(file, JSON.stringify(environment))
  const words = ['start', '--data', file, '--disable-log-to-file', '--disable-admin-api', '--repair']
  const server = await startServer(peerProgram('mockoon')!, words, /(started)/i)
  return { ...server, url: `http://127.0.0.1:${port}` }
}
