/**
 * Reads many rows without blocking the event loop. On SQLite a query runs to its end in the thread that answers all
 * calls, and a loop that awaits no I/O would go straight on to the next one, so these helpers yield between slices.
 */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'

/**
 * Rows by the number that orders them, a slice at a time.
 *
 * @param next returns the rows after a number; none where there are no more.
 */
export async function* inChunks<Row>(
  next: (after: number) => Promise<Row[]>,
  numberOf: (row: Row) => number,
  from = 0,
): AsyncGenerator<Row[]> {
  for (let rows = await next(from); rows.length > 0; rows = await next(numberOf(rows.at(-1)!))) {
    yield rows
    await yieldToEventLoop()
  }
}

/** Numbers from `after` exclusive to `upTo` inclusive. */
export interface Range {
  after: number
  upTo: number
}

/** Splits the numbers after one and up to another into ranges of at most `size`. */
export async function* inRanges({ after, upTo }: Range, size: number): AsyncGenerator<Range> {
  for (let start = after; start < upTo; start += size) {
    yield { after: start, upTo: Math.min(start + size, upTo) }
    await yieldToEventLoop()
  }
}
