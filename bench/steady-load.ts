/**
 * Sends batch refreshes of 100 people at fixed moments, whether earlier ones have been answered or not, from a process
 * of its own. A batch's latency counts from the moment it was due: a stall counts for every batch that waits for it.
 *
 *     node --import tsx bench/steady-load.ts URL ROOMS BATCHES_PER_SECOND
 *
 * Prints a line of JSON each second, and when it is stopped (SIGTERM), the last acknowledged ID of each room.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import { benchSite, benchToken, emailOf } from '../devtools/fill-site.ts'
import { batchSize } from './send.ts'

export interface SecondOfLoad {
  /** Milliseconds of every batch that was acknowledged in this second. */
  took: number[]
  /** Other answers, by status or error, and how often each came. */
  unexpected: Record<string, number>
}

export interface EndOfLoad {
  /** E-mail and ID; without the rooms of a batch that was not answered, since nothing was promised for them. */
  acknowledged: [email: string, id: string][]
}

interface Group {
  body: Buffer
  emails: string[]
}

/** More than enough for what is due, unless the service stands still. */
const connections = 64
const lookEveryMs = 2

const [url, ...numbers] = process.argv.slice(2) as [string, ...string[]]
const [rooms, perSecond] = numbers.map(Number) as [number, number]
const pool = new Pool(url, { connections, pipelining: 1 })
const headers = { authorization: `Bearer ${benchToken}`, 'content-type': 'application/json' }
const path = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId'

/** The idle groups. A group has at most one batch in flight, so that its answers come in the order of its changes. */
const idle = Array.from({ length: Math.floor(rooms / batchSize) }, (_, index) => makeGroup(index * batchSize))
const acknowledged = new Map<string, string>()
let second: SecondOfLoad = { took: [], unexpected: {} }
let underWay = 0
let ending = false
process.once('SIGTERM', () => {
  ending = true
})

const timer = setInterval(() => {
  process.stdout.write(`${JSON.stringify(second)}\n`)
  second = { took: [], unexpected: {} }
}, 1000)

const started = performance.now()
for (let sent = 0; !ending; await sleep(lookEveryMs)) {
  for (; ; sent += 1) {
    const due = started + (sent * 1000) / perSecond
    // Where every group is busy, due batches keep waiting, and their latency keeps counting.
    if (due > performance.now() || idle.length === 0) break
    void refresh(idle.shift()!, due)
  }
}
while (underWay > 0) await sleep(lookEveryMs)
clearInterval(timer)
process.stdout.write(`${JSON.stringify(second)}\n`)
process.stdout.write(`${JSON.stringify({ acknowledged: [...acknowledged] } satisfies EndOfLoad)}\n`)
await pool.close()

async function refresh(group: Group, due: number): Promise<void> {
  underWay += 1
  const { body, emails } = group
  try {
    const answer = await pool.request({ method: 'POST', path, headers, body })
    const text = await answer.body.text()
    if (answer.statusCode !== 200) throw new Error(String(answer.statusCode))
    second.took.push(Math.round((performance.now() - due) * 100) / 100)
    const { personalMeetingRoomIds } = JSON.parse(text) as {
      personalMeetingRoomIds: { email: string; personalMeetingRoomId: string }[]
    }
    for (const { email, personalMeetingRoomId } of personalMeetingRoomIds) {
      acknowledged.set(email, personalMeetingRoomId)
    }
  } catch (error) {
    const { message } = error as Error
    second.unexpected[message] = (second.unexpected[message] ?? 0) + 1
    for (const email of emails) acknowledged.delete(email)
  }
  underWay -= 1
  idle.push(group)
}

function makeGroup(first: number): Group {
  const emails = Array.from({ length: batchSize }, (_, n) => emailOf(first + n))
  const items = emails.map(email => ({ email, systemGenerated: true }))
  return { emails, body: Buffer.from(JSON.stringify({ siteUrl: benchSite, personalMeetingRoomIds: items })) }
}
