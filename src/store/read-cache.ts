/**
 * Caches database answers that every call needs again, such as who holds a token, for a moment, where asking means a
 * round trip to another machine. This process sees its own writes immediately, and those of other processes a moment
 * later.
 */
import type { Db } from './tables.ts'

const lifetimeMs = 1000
const maxEntries = 10_000

const caches = new WeakMap<Db, ReadCache>()

/** Turns on caching for this database; `forget` must be called after every write. */
export function enableReadCache(db: Db): ReadCache {
  const cache = new ReadCache()
  caches.set(db, cache)
  return cache
}

/** The cached answer, else the one that is read now. Absence is never cached. */
export async function cached<Answer>(db: Db, name: string, read: () => Promise<Answer>): Promise<Answer> {
  const cache = caches.get(db)
  return cache === undefined ? read() : cache.cached(name, read)
}

class ReadCache {
  /** `until` is measured from the start of the process: setting the clock back must not lengthen it. */
  #entries = new Map<string, { answer: unknown; until: number }>()

  forget(): void {
    this.#entries = new Map()
  }

  async cached<Answer>(name: string, read: () => Promise<Answer>): Promise<Answer> {
    const entry = this.#entries.get(name)
    if (entry !== undefined && entry.until > performance.now()) return entry.answer as Answer
    // If the cache is cleared during a read, the result goes into the discarded map, which nobody reads any more.
    const answers = this.#entries
    const answer = await read()
    if (answers.size >= maxEntries) answers.clear()
    if (answer === undefined) answers.delete(name)
    else answers.set(name, { answer, until: performance.now() + lifetimeMs })
    return answer
  }
}
