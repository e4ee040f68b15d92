/**
 * Caches database answers that every call needs again, such as who holds a token, for a moment, where asking means a
 * round trip to another machine. This process sees its own writes immediately, and those of other processes a moment
 * later.
 */
import type { Db } from './tables.ts'

const momentMs = 1000
const maxEntries = 10_000

const memories = new WeakMap<Db, ShortMemory>()

/** Turns on caching for this database; `forget` must be called after every write. */
export function enableReadCache(db: Db): ShortMemory {
  const memory = new ShortMemory()
  memories.set(db, memory)
  return memory
}

/** The cached answer, else the one that is read now. Absence is never cached. */
export async function cached<Answer>(db: Db, name: string, read: () => Promise<Answer>): Promise<Answer> {
  const memory = memories.get(db)
  return memory === undefined ? read() : memory.cached(name, read)
}

class ShortMemory {
  /** `until` is measured from the start of the process: setting the clock back must not lengthen it. */
  #answers = new Map<string, { answer: unknown; until: number }>()

  forget(): void {
    this.#answers = new Map()
  }

  async cached<Answer>(name: string, read: () => Promise<Answer>): Promise<Answer> {
    const kept = this.#answers.get(name)
    if (kept !== undefined && kept.until > performance.now()) return kept.answer as Answer
    // If the cache is cleared during a read, the result goes into the discarded map, which nobody reads any more.
    const answers = this.#answers
    const answer = await read()
    if (answers.size >= maxEntries) answers.clear()
    if (answer === undefined) answers.delete(name)
    else answers.set(name, { answer, until: performance.now() + momentMs })
    return answer
  }
}
