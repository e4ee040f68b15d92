/** Many callers who all ask at once for the work that takes long: they are served, or told when to come again. */
import { type Exchange, exchange } from '../support/raw-http.ts'
import { faultOf } from './judge.ts'

const site = '/api/sites/example.webex.com'
const plan = '{"people":{"who":"everyone"},"ids":{"kind":"words","bits":40},"canary":0,"freeze":false}'
const table = `email\n${'ada@example.com\n'.repeat(2000)}`

/** A call, its type and its body. */
const asks = [
  [`POST ${site}/rotations`, 'application/json', plan],
  [`POST ${site}/rotations/1/rehearse`, 'application/json', '{"speed":3600}'],
  [`POST ${site}/rotations/2/rehearse`, 'application/json', '{"speed":3600}'],
  [
    `POST ${site}/rotations/listed?name=x&plan=${encodeURIComponent('{"ids":{"kind":"words","bits":40},"canary":0,"freeze":false}')}`,
    'text/csv',
    table,
  ],
  ['GET /api/audit?siteUrl=example.webex.com', '', ''],
  [`GET ${site}/rotations/1/files/report.html`, '', ''],
  [`GET ${site}/rotations/1/files/letters.csv`, '', ''],
  [`GET ${site}/rotations/1/events`, '', ''],
] as const

/** Callers for each of these. */
const each = 12

/** While they wait, nobody else waits longer than this for a call that takes no work, in milliseconds. */
const longest = 5_000

export async function crowd(port: number, token: string): Promise<{ exchanges: Exchange[]; findings: string[] }> {
  const findings: string[] = []
  const exchanges: Exchange[] = []
  let over = false
  const call = async (name: string, bytes: string, waitMs: number) => {
    const found = await exchange(port, [Buffer.from(bytes)], { waitMs })
    exchanges.push(found)
    const fault = faultOf(found)
    if (fault !== undefined) findings.push(`${name}, ${each} at once: ${fault}`)
  }
  const watch = async () => {
    while (!over) {
      await call('GET /healthz', 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', longest)
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
  const watching = watch()
  await Promise.all(
    asks.flatMap(([name, type, body]) =>
      Array.from({ length: each }, () => call(name, written(name, type, body, token), 60_000)),
    ),
  )
  over = true
  await watching
  return { exchanges, findings }
}

function written(call: string, type: string, body: string, token: string): string {
  const lines = [`${call} HTTP/1.1`, 'Host: localhost', `Authorization: Bearer ${token}`, 'Connection: close']
  if (body !== '') lines.push(`Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(body)}`)
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}
