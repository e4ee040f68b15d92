/** The soak's side of the process that sends the batches. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { batchSize } from '../send.ts'
import type { EndOfLoad, SecondOfLoad } from '../steady-load.ts'
import type { Latencies } from './latencies.ts'
import type { Site } from './site.ts'

export interface Batches {
  /** IDs acknowledged so far. */
  claims(): number
  /** Stops sending, waits for what is in flight, and returns the last acknowledged ID of each room. */
  end(): Promise<Map<string, string>>
}

/** Resolves once they are being sent. */
export async function sendBatchesSteadily(
  url: string,
  perSecond: number,
  site: Site,
  latencies: Latencies,
): Promise<Batches> {
  const file = new URL('../steady-load.ts', import.meta.url).pathname
  const words = ['--import', 'tsx', file, url, String(site.batchRooms), String(perSecond)]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  const killAtExit = () => child.kill('SIGKILL')
  process.once('exit', killAtExit)
  let claims = 0
  let acknowledged: Map<string, string> | undefined
  const lines = createInterface(child.stdout)
  lines.on('line', line => {
    const message = JSON.parse(line) as SecondOfLoad | EndOfLoad
    if ('acknowledged' in message) {
      acknowledged = new Map(message.acknowledged)
      return
    }
    claims += message.took.length * batchSize
    for (const took of message.took) latencies.add(took)
    for (const [what, times] of Object.entries(message.unexpected)) site.count(`Batch: ${what}`, times)
  })
  await once(lines, 'line')
  return {
    claims: () => claims,
    async end() {
      child.kill('SIGTERM')
      await once(lines, 'close')
      process.off('exit', killAtExit)
      if (acknowledged === undefined)
        throw new Error('bench/steady-load.ts ended before it reported what was acknowledged.')
      return acknowledged
    },
  }
}
