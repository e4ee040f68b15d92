/** When a meeting takes place: once, or by a rule, except for occurrences that were moved or cancelled. */
import { dayMs } from '../time.ts'
import { hasEnd, timesOf } from './recurrence.ts'
import { atLocalTime, localTime } from './time-zone.ts'

/** Webex refuses changes of what starts later. What goes on for ever is not looked at beyond it. */
const maxYears = 10

export interface MeetingException {
  /** When the rule has it, in milliseconds since 1970. */
  occurrence: number
  /** Null where it was cancelled. */
  moved: { startsAt: number; endsAt: number; title: string | null } | null
}

/** Times in milliseconds since 1970. */
export interface MeetingTimes {
  startsAt: number
  endsAt: number
  timezone: string
  /** Null for a single meeting. */
  recurrence: string | null
  exceptions: MeetingException[]
}

export interface Occurrence {
  /** When the rule has it: what its ID is made of. */
  occurrence: number
  startsAt: number
  endsAt: number
  title: string | null
  isModified: boolean
}

/** The occurrences that start at `from` or later, and before `to`, in order. */
export function occurrencesBetween(meeting: MeetingTimes, from: number, to: number): Occurrence[] {
  const { exceptions } = meeting
  const exceptional = new Set(exceptions.map(({ occurrence }) => occurrence))
  const duration = meeting.endsAt - meeting.startsAt
  const usual = regularStarts(meeting, from, to)
    .filter(start => !exceptional.has(start))
    .map(start => ({
      occurrence: start,
      startsAt: start,
      endsAt: start + duration,
      title: null,
      isModified: false,
    }))
  const moved = exceptions.flatMap(({ occurrence, moved }) =>
    moved !== null && moved.startsAt >= from && moved.startsAt < to ? [{ occurrence, ...moved, isModified: true }] : [],
  )
  return [...usual, ...moved].sort((one, other) => one.startsAt - other.startsAt)
}

/** When the last occurrence ends; null where the meeting goes on for ever. */
export function lastEnd(meeting: MeetingTimes): number | null {
  if (meeting.recurrence !== null && !hasEnd(meeting.recurrence)) return null
  const all = occurrencesBetween(meeting, 0, Number.MAX_SAFE_INTEGER)
  return Math.max(meeting.endsAt, ...all.map(({ endsAt }) => endsAt))
}

/** Whether the rule has an occurrence at this time. */
export function isOccurrence(meeting: MeetingTimes, at: number): boolean {
  return regularStarts(meeting, at, at + 1).length > 0
}

function regularStarts({ startsAt, timezone, recurrence }: MeetingTimes, from: number, to: number): number[] {
  if (recurrence === null) return startsAt >= from && startsAt < to ? [startsAt] : []
  const limit = startsAt + maxYears * 366 * dayMs
  if (from > limit || to <= startsAt) return []
  const local = (at: number) => new Date(localTime(timezone, Math.min(Math.max(at, startsAt), limit)))
  const window = { from: local(from - dayMs), to: local(to + dayMs), limit: new Date(limit) }
  return timesOf(recurrence, local(startsAt), window)
    .map(time => atLocalTime(timezone, time.getTime()))
    .filter(start => start >= from && start < to)
}
