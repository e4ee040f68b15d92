import type { MessageOrText } from './message.ts'

export interface ReasonCount {
  reason: MessageOrText
  count: number
}

/** Counts how often each reason was given. */
export class ReasonCounts {
  readonly #counts = new Map<string, ReasonCount>()

  add(reason: MessageOrText, count = 1): void {
    const key = JSON.stringify(reason)
    const known = this.#counts.get(key)
    if (known === undefined) this.#counts.set(key, { reason, count })
    else known.count += count
  }

  /** The commonest first. */
  list(): ReasonCount[] {
    return [...this.#counts.values()].sort((one, other) => other.count - one.count)
  }
}
