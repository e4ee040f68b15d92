/** Calls that make a service write, read and prepare statements that it discards again, until told to end. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sendBatch } from '../../devtools/child-service.ts'
import { publishedRequest } from '../support/published-example.ts'

/** Between two calls of a client: a thread collects when it has nothing to do. */
const pauseMs = 20
const site = publishedRequest.siteUrl

export interface Load {
  /** Calls that were answered as they should be. */
  answered: number
  /** What was answered instead: status or error, and the path. */
  unexpected: string[]
}

export function startLoad(url: string, token: string): { end(): Promise<Load> } {
  const load: Load = { answered: 0, unexpected: [] }
  let ending = false

  async function repeat(call: () => Promise<[what: string, status: number | undefined]>): Promise<void> {
    while (!ending) {
      const [what, status] = await call().catch((error: Error) => [error.message, undefined] as const)
      if (status === 200) load.answered += 1
      else if (!ending) load.unexpected.push(`${status} ${what}`)
      if (load.unexpected.length > 20) return
      await sleep(pauseMs)
    }
  }
  const write = (email: string) => async () => {
    const answer = await sendBatch(url, token, [{ email, systemGenerated: true }])
    return [`refresh of ${email}`, answer?.status] as [string, number | undefined]
  }
  let reads = 0
  const read = async (): Promise<[string, number]> => {
    reads += 1
    const path = paths[reads % paths.length]!(reads)
    const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })
    await answer.arrayBuffer()
    return [path, answer.status]
  }

  const emails = publishedRequest.personalMeetingRoomIds.map(({ email }) => email)
  const clients = [...emails.map(email => repeat(write(email))), repeat(read), repeat(read)]
  return {
    async end() {
      ending = true
      await Promise.all(clients)
      return load
    },
  }
}

const paths: ((n: number) => string)[] = [
  n => `/v1/people?max=${1 + (n % 100)}`,
  n => `/api/sites/${site}/rooms?max=${1 + (n % 100)}`,
  () => `/api/audit?siteUrl=${site}`,
  () => '/metrics',
]
