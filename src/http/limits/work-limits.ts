/**
 * How much of the work that takes long may go on at once: in this process, for one site, and for one token. Whoever
 * comes beyond that is asked to come again, so that nobody's work keeps everybody else waiting.
 */
import { message } from '../../messages/message.ts'
import type { Caller } from '../access/caller.ts'
import { refuse } from '../plumbing/errors.ts'

interface Most {
  process: number
  site: number
  token: number
  /** When to ask again, in seconds. */
  retryAfter: number
}

const most = {
  /** Each has a thread, a database and a service of its own. */
  rehearsals: { process: 2, site: 1, token: 1, retryAfter: 30 },
  /** Plans that are being made, those of undoing included. */
  plans: { process: 6, site: 3, token: 3, retryAfter: 15 },
  /** Tables of people that are being received and read. */
  tables: { process: 1, site: 1, token: 1, retryAfter: 15 },
  /** Plans of so many people that their list takes much memory until the plan is made. */
  longLists: { process: 1, site: 1, token: 1, retryAfter: 30 },
  /** Tables whose people are being added to a site, or would be. */
  imports: { process: 2, site: 1, token: 1, retryAfter: 15 },
  /** Every room of a rotation read back, to verify it or to say what undoing would do. */
  readings: { process: 4, site: 2, token: 2, retryAfter: 15 },
  audits: { process: 32, site: 16, token: 8, retryAfter: 5 },
  /** Reports and e-mails that are being downloaded. */
  exports: { process: 16, site: 8, token: 4, retryAfter: 5 },
  /** Rotations that are being followed: a console has one in each of its tabs. */
  streams: { process: 500, site: 200, token: 50, retryAfter: 15 },
} satisfies Record<string, Most>

export type Work = keyof typeof most

export class WorkLimits {
  readonly #counts = new Map<string, number>()

  /**
   * Begins some work; what it returns must be called once it is over, and may be called again.
   * @throws ApiError 429 or 503 where there is as much of it as may be.
   */
  begin(work: Work, { tokenId }: Caller, siteUrl: string): () => void {
    const { retryAfter, ...limits } = most[work]
    const names = { token: `${work} token ${tokenId}`, site: `${work} site ${siteUrl.toLowerCase()}`, process: work }
    for (const level of ['token', 'site', 'process'] as const) {
      if (this.#count(names[level]) >= limits[level]) throw tooMuch(level, retryAfter)
    }
    for (const name of Object.values(names)) this.#add(name, 1)
    let over = false
    return () => {
      if (!over) for (const name of Object.values(names)) this.#add(name, -1)
      over = true
    }
  }

  /** Works within the limit. */
  async during<Result>(work: Work, caller: Caller, siteUrl: string, act: () => Promise<Result>): Promise<Result> {
    const end = this.begin(work, caller, siteUrl)
    try {
      return await act()
    } finally {
      end()
    }
  }

  #count(name: string): number {
    return this.#counts.get(name) ?? 0
  }

  #add(name: string, change: 1 | -1): void {
    const count = this.#count(name) + change
    if (count === 0) this.#counts.delete(name)
    else this.#counts.set(name, count)
  }
}

function tooMuch(level: 'token' | 'site' | 'process', retryAfter: number) {
  const seconds = String(retryAfter)
  const status = level === 'process' ? 503 : 429
  const words = { token: 'tooMuchOfToken', site: 'tooMuchOfSite', process: 'tooMuchOfProcess' } as const
  return refuse(status, message(words[level], { seconds }), { 'retry-after': seconds })
}
