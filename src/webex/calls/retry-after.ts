/** How long a target asks us to wait. */
import { readHttpDate } from './http-date.ts'

/** What a target said when it answered that a call comes too early. */
export interface AskedWait {
  status: number
  /** `Retry-After` as it came; null where there was none. */
  header: string | null
  /** For how long nobody should call, in milliseconds. */
  waitMs: number
}

/** However little a target asks for, nobody calls sooner after a 429 or 423. */
const leastMs = 1_000
/** For a target that does not say how long. */
const unsaidMs = 5_000
/** For one that says it in words that no standard knows, and up to half as much again. */
const unreadableMs = 30_000
/** Clocks that differ by more than this are not the same. */
const skewMs = 5_000
/** Beyond the year 9999, a time cannot be told. */
const latest = Date.UTC(9999, 11, 31)

/** What an answer asks for; null where it does not ask to wait. A 5xx asks only by a header that can be read. */
export function readAskedWait(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  now: number,
  random: () => number = Math.random,
): AskedWait | null {
  const isLater = status === 429 || status === 423
  if (!isLater && status < 500) return null
  const header = headers.get('retry-after')
  const told = header === null ? undefined : readRetryAfter(header, now, headers.get('date'))
  if (told === undefined && !isLater) return null
  const waitMs = told ?? (header === null ? unsaidMs : unreadableMs * (1 + random() / 2))
  return { status, header, waitMs: isLater ? Math.max(leastMs, waitMs) : waitMs }
}

/**
 * Milliseconds from `now` on: seconds, perhaps with a fraction, or an HTTP date. Undefined for anything else. A date is
 * by the target's clock, which `Date` shows where it is not ours. Source: RFC 9110, section 10.2.3.
 */
export function readRetryAfter(header: string, now: number, dateHeader: string | null = null): number | undefined {
  const text = header.trim()
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, latest - now)
  const until = readHttpDate(text, now)
  if (until === undefined) return undefined
  const theirs = dateHeader === null ? undefined : readHttpDate(dateHeader.trim(), now)
  const from = theirs !== undefined && Math.abs(theirs - now) > skewMs ? theirs : now
  return Math.max(0, Math.min(until - from, latest - now))
}
