/**
 * How much disk a call leaves behind, by table: a service with its default limits gets calls that change nothing, as
 * many as a token may make, and for comparison some that do.
 *
 *     npm run build && npx tsx scripts/disk-per-call.ts [--minutes 5]
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import Table from 'cli-table3'
import { removeFolder, serve, stop, temporaryFolder, tokenOf } from '../devtools/child-service.ts'
import { openDatabase } from '../src/store/sqlite/driver.ts'

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '5' } } })

/** What the default limit allows a token. */
const callsAMinute = 600

const folder = await temporaryFolder()
const service = await serve(folder, ['--demo', '250', '--rate-limit', String(callsAMinute)])
const token = await tokenOf(folder)

async function call(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const answer = await fetch(service.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: await answer.text() }
}

const siteUrl = 'example.webex.com'
const batch = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId'
const { items } = JSON.parse((await call('GET', `/v1/people?max=100`)).body) as {
  items: { emails: string[] }[]
}
const hosts = items.map(({ emails }) => emails[0]!)
/** Everybody is to get an ID that is held. */
const refused = {
  siteUrl,
  personalMeetingRoomIds: hosts.map(email => ({ email, personalMeetingRoomId: 'john.andersen' })),
}
const one = (n: number) => ({
  siteUrl,
  personalMeetingRoomIds: [{ email: hosts.at(-1)!, personalMeetingRoomId: `n-${n}` }],
})
let lastKey = ''

const kinds: Record<string, (n: number) => Promise<{ status: number }>> = {
  'a batch of 100 that is refused, with a new key': n => {
    lastKey = `refused-${n}`
    return call('POST', batch, refused, { 'idempotency-key': lastKey })
  },
  'the same, replayed': () => call('POST', batch, refused, { 'idempotency-key': lastKey }),
  'a batch of 100 that is refused, without a key': () => call('POST', batch, refused),
  'a sign-in': () => call('POST', '/api/session', { token }, { 'x-roomkey-console': '1' }),
  'a sign-in that fails': () => call('POST', '/api/session', { token: 'wrong' }, { 'x-roomkey-console': '1' }),
  'a list of people': () => call('GET', `/v1/people?max=10`),
  'a plan that is refused': () =>
    call('POST', `/api/sites/${siteUrl}/rotations`, {
      people: { who: 'department', department: 'nobody is in it' },
      ids: { kind: 'words', bits: 40 },
      canary: 0,
      freeze: false,
    }),
  'for comparison: a batch of one that changes a room': n => call('POST', batch, one(n)),
}

const table = new Table({ head: ['call', 'calls', 'status', 'bytes a call, by table'] })
const secondsEach = (Number(values.minutes) * 60) / Object.keys(kinds).length
for (const [kind, act] of Object.entries(kinds)) {
  const before = bytesByTable()
  const statuses = new Map<number, number>()
  const until = Date.now() + secondsEach * 1000
  let calls = 0
  for (; Date.now() < until; calls += 1) {
    const due = sleep(60_000 / callsAMinute)
    const { status } = await act(calls)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    await due
  }
  const grown = Object.entries(bytesByTable())
    .map(([name, bytes]): [string, number] => [name, (bytes - (before[name] ?? 0)) / calls])
    .filter(([, bytes]) => Math.round(bytes) > 0)
  const shown = grown.map(([name, bytes]) => `${name} ${Math.round(bytes)}`).join(', ')
  table.push([kind, calls, [...statuses].map(([status, times]) => `${times} × ${status}`).join(', '), shown || 'none'])
}
process.stdout.write(`${table.toString()}\n`)
await stop(service)
await removeFolder(folder)

/** The pages of each table and its indexes. */
function bytesByTable(): Record<string, number> {
  const database = openDatabase(join(folder, 'roomkey.sqlite'), { readonly: true })
  try {
    const rows = database
      .prepare(
        `select tbl_name as name, sum(pgsize) as bytes from dbstat
         join sqlite_master on sqlite_master.name = dbstat.name group by tbl_name`,
      )
      .all() as { name: string; bytes: number }[]
    return Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes]))
  } finally {
    database.close()
  }
}
