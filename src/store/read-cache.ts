/**
 * Answers of the database that every call asks for again, such as who holds a token, kept for a moment where asking
 * means a round trip to another machine. What this process writes is seen by it at once; what another process writes,
 * a moment later.
 */
import type { Db } from './tables.ts'

const momentMs = 1000
const maxEntries = 10_000

const memories = new WeakMap<Db, ShortMemory>()

/** Has answers of this database kept for a moment; `forget` is to be called after every write. */
export function enableReadCache(db: Db): ShortMemory {
  const memory = new ShortMemory()
  memories.set(db, memory)
  return memory
}

/** The answer kept under a name, else the one that is read now. That something is missing is never kept. */
export async function cached<Answer>(db: Db, name: string, read: () => Promise<Answer>): Promise<Answer> {
  const memory = memories.get(db)
  return memory === undefined ? read() : memory.cached(name, read)
}

class ShortMemory {
  /** `until` counts from the beginning of the process: a clock that is set back must not make the moment longer. */
  #answers = new Map<string, { answer: unknown; until: number }>()

  forget(): void {
    this.#answers = new Map()
  }

  async cached<Answer>(name: string, read: () => Promise<Answer>): Promise<Answer> {
    const kept = this.#answers.get(name)
    if (kept !== undefined && kept.until > performance.now()) return kept.answer as Answer
    // What is read while something is forgotten goes into the map that nobody looks at any more.
    const answers = this.#answers
    const answer = await read()
    if (answers.size >= maxEntries) answers.clear()
    if (answer === undefined) answers.delete(name)
    else answers.set(name, { answer, until: performance.now() + momentMs })
    return answer
  }
}
