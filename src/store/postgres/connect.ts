/** Takes connections from a pool: by the ways that lead to the database, and as many as the server has for us. */
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { PoolClient } from 'pg'
import { StoreUnavailable } from '../store-error.ts'
import { messageOf } from './failure.ts'
import { Places } from './places.ts'
import type { Way } from './tls.ts'

/** How long to try where the server has no connection for us, and this pool holds none that could be waited for. */
const crowdedMs = 5000
const crowdedPauseMs = 100

export class Connector {
  readonly #pool: pg.Pool
  readonly #ways: Way[]
  readonly #places: Places
  /** The other pools of this process on the same database. */
  readonly #others: Connector[]
  #way = 0
  #open = 0
  /** How many connections are to be closed for another pool when they come back. */
  #owed = 0

  constructor(pool: pg.Pool, ways: Way[], most: number, others: Connector[]) {
    this.#others = others
    for (const other of others) other.#others.push(this)
    this.#pool = pool
    this.#ways = ways
    this.#places = new Places(most)
    this.#use(0)
    pool.on('connect', () => {
      this.#open += 1
    })
    pool.on('remove', () => {
      this.#open -= 1
    })
  }

  /** A connection, which its `release` gives back. @throws StoreUnavailable */
  async take(): Promise<PoolClient> {
    await this.#places.enter()
    try {
      const client = await this.#connect()
      this.#places.progress()
      const release = client.release.bind(client)
      client.release = lost => {
        const owed = this.#owed > 0
        if (owed) this.#owed -= 1
        release(lost || owed)
        this.#places.leave()
      }
      return client
    } catch (error) {
      this.#places.leave()
      throw new StoreUnavailable(`Cannot connect to PostgreSQL: ${messageOf(error)}.`, { cause: error })
    }
  }

  async #connect(): Promise<PoolClient> {
    const until = Date.now() + crowdedMs
    let failures = 0
    for (;;) {
      const way = this.#way
      try {
        return await this.#pool.connect()
      } catch (error) {
        if (isCrowded(error) || (this.#open > 0 && isWaiting(error))) {
          if (this.#open === 0 && Date.now() > until) throw error
          await this.#waitForOthers()
        } else {
          const next = nextWay(this.#ways, way, error)
          failures += 1
          if (next === undefined || failures >= this.#ways.length) throw error
          // Whoever failed beside us may have gone on already.
          if (this.#way === way) this.#use(next)
        }
      }
    }
  }

  /** The server has no connection left: our own that are open have to do. */
  async #waitForOthers(): Promise<void> {
    if (this.#open === 0) {
      const other = this.#others.find(each => each.#open > 0)
      if (other !== undefined) await other.#giveUpOne()
      await sleep(crowdedPauseMs * (0.5 + Math.random()))
      return
    }
    this.#places.reduceTo(this.#open)
    this.#places.leave()
    await this.#places.enter()
  }

  /** Closes a connection for another pool that has none: now, or when it comes back. */
  async #giveUpOne(): Promise<void> {
    this.#places.reduceTo(this.#open - 1)
    if (this.#pool.idleCount === 0) {
      this.#owed = Math.min(this.#owed + 1, this.#open)
      return
    }
    const client = await this.#pool.connect()
    client.release(true)
  }

  /** Every new connection of the pool is made with its options as they are then. */
  #use(index: number): void {
    const { host, port, ssl } = this.#ways[index]!
    this.#way = index
    Object.assign(this.#pool.options, { host, port, ssl })
  }
}

/** The server's or the role's limit of connections is reached, or that of a pooler. */
function isCrowded(error: unknown): boolean {
  const { code = '', message = '' } = error as NodeJS.ErrnoException
  return code === '53300' || /no more connections allowed/.test(message)
}

/** A pooler without a free connection lets us wait, and says nothing. */
function isWaiting(error: unknown): boolean {
  return error instanceof Error && /connection timeout/.test(error.message)
}

/** The user, the password and the database are the same by every way. */
const final = /^(28P01|3D000|42501|53\d{3})$/

/**
 * Where to try after a failure: the same host with or without encryption where that was the matter, else the next host;
 * undefined where it would fail there, too.
 */
export function nextWay(ways: Way[], index: number, error: unknown): number | undefined {
  const { code = '', message = '' } = error as NodeJS.ErrnoException
  if (final.test(code) || /SASL/.test(message)) return undefined
  const about = /^28000$|^(ERR_SSL|ERR_TLS|EPROTO|ECONNRESET)/.test(code) || /SSL|TLS/.test(message)
  const at = ways[index]!
  const inTurn = ways.map((_, step) => (index + 1 + step) % ways.length).filter(each => each !== index)
  return inTurn.find(each => about || ways[each]!.host !== at.host || ways[each]!.port !== at.port)
}
