/**
 * Reading much without holding others up. On SQLite a query runs to its end in the thread that answers all calls, and
 * what awaits nothing else goes on at once with the next one, so that somebody has to say when others get their turn.
 */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'

/**
 * Rows by the number that orders them, a slice at a time.
 *
 * @param next the rows that come after a number; none where there are no more.
 */
export async function* inChunks<Row>(
  next: (after: number) => Promise<Row[]>,
  numberOf: (row: Row) => number,
): AsyncGenerator<Row[]> {
  for (let rows = await next(0); rows.length > 0; rows = await next(numberOf(rows.at(-1)!))) {
    yield rows
    await yieldToEventLoop()
  }
}

/** Numbers from `after` exclusive to `upTo` inclusive. */
export interface Range {
  after: number
  upTo: number
}

/** What lies after one number and reaches to another, in ranges of so many numbers. */
export async function* inRanges({ after, upTo }: Range, size: number): AsyncGenerator<Range> {
  for (let start = after; start < upTo; start += size) {
    yield { after: start, upTo: Math.min(start + size, upTo) }
    await yieldToEventLoop()
  }
}
