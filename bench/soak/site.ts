/** The site of the soak, and how it is called. Each call is checked against the statuses that are allowed for it. */
import { Pool } from 'undici'
import { benchSite, benchToken, emailOf } from '../../devtools/fill-site.ts'

/** Rooms that only rotations change, and rooms that nobody changes, at the end of the site. */
const rotatedRooms = 2000
const untouchedRooms = 1000
export const minRooms = 10_000

export class Site {
  readonly path = `/api/sites/${benchSite}`
  /** The number of rooms, from the first, that batches change. */
  readonly batchRooms: number
  readonly rotated: string[]
  readonly untouched: string[]
  /** Unexpected answers, and how often each came. */
  readonly unexpected = new Map<string, number>()
  readonly #pool: Pool

  constructor(url: string, rooms: number) {
    this.batchRooms = rooms - rotatedRooms - untouchedRooms
    this.rotated = emails(this.batchRooms, rotatedRooms)
    this.untouched = emails(this.batchRooms + rotatedRooms, untouchedRooms)
    this.#pool = new Pool(url, { connections: 8, pipelining: 1 })
  }

  /** The parsed answer; undefined, and counted, where it is not one of `expected`. */
  async call<Answer>(
    method: 'GET' | 'POST',
    path: string,
    {
      body,
      expected = [200],
      headers = {},
    }: { body?: object; expected?: number[]; headers?: Record<string, string> } = {},
  ): Promise<Answer | undefined> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' }
    const sent = { authorization: `Bearer ${benchToken}`, accept: 'application/json', ...json, ...headers }
    try {
      const text = body === undefined ? null : JSON.stringify(body)
      const answer = await this.#pool.request({ method, path, headers: sent, body: text })
      const said = await answer.body.text()
      if (!expected.includes(answer.statusCode)) throw new Error(`${answer.statusCode} ${said.slice(0, 200)}`)
      return /json/.test(String(answer.headers['content-type'])) ? (JSON.parse(said) as Answer) : (said as Answer)
    } catch (error) {
      this.count(`${method} ${path}: ${(error as Error).message}`)
      return undefined
    }
  }

  count(what: string, times = 1): void {
    this.unexpected.set(what, (this.unexpected.get(what) ?? 0) + times)
  }

  close(): Promise<void> {
    return this.#pool.close()
  }
}

function emails(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, n) => emailOf(first + n))
}
