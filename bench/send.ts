/** Sends requests over a number of connections for some time, one at a time on each, and prints the results as JSON. */
import { Pool } from 'undici'
import { percentile } from './measure.ts'

export const batchSize = 100

export interface Sending {
  url: string
  connections: number
  seconds: number
  method: 'POST' | 'PATCH'
  path: string
  token: string
  /** Prepared before the clock starts: the server is measured, not this process. */
  bodies: Buffer[]
  order: 'inTurn' | 'anyOf'
}

export async function sendBatches({ url, connections, seconds, bodies, ...sending }: Sending): Promise<void> {
  const headers = { authorization: `Bearer ${sending.token}`, 'content-type': 'application/json' }
  const pool = new Pool(url, { connections, pipelining: 1 })
  const took: number[] = []
  const started = performance.now()
  let sent = 0

  const sendOneByOne = async () => {
    for (let now = performance.now(); now - started < seconds * 1000; now = performance.now()) {
      const index = sending.order === 'inTurn' ? sent : Math.floor(Math.random() * bodies.length)
      sent += 1
      const request = { method: sending.method, path: sending.path, headers, body: bodies[index % bodies.length]! }
      const { statusCode, body } = await pool.request(request)
      await body.dump()
      if (statusCode !== 200) throw new Error(`A batch was answered ${statusCode}.`)
      took.push(performance.now() - now)
    }
  }
  await Promise.all(Array.from({ length: connections }, sendOneByOne))
  const elapsed = (performance.now() - started) / 1000
  await pool.close()
  const metrics = {
    idsPerSecond: (took.length * batchSize) / elapsed,
    medianMs: percentile(took, 0.5),
    p99Ms: percentile(took, 0.99),
    worstMs: took.reduce((worst, each) => Math.max(worst, each), 0),
  }
  process.stdout.write(`${JSON.stringify(metrics)}\n`)
}
