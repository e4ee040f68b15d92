import { isTimeZone, localTime } from '../../rooms/time-zone.ts'

/** Times of day between which calls are made, by the clock on the wall of a time zone, summer and winter. */
export interface Hours {
  /** Minutes of the day; `from` may be later than `to`, across midnight. */
  from: number
  to: number
  /** E.g. `Europe/Berlin`; absent for that of this machine. */
  timeZone?: string
}

/** `20:00-06:00`, also with a time zone after it, or undefined for what is no such thing. */
export function readHours(text: string): Hours | undefined {
  const [, fromHour, fromMinute, toHour, toMinute, timeZone] =
    /^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})(?:\s+(\S{1,64}))?$/.exec(text.trim()) ?? []
  const from = minuteOf(fromHour, fromMinute)
  const to = minuteOf(toHour, toMinute)
  if (from === undefined || to === undefined || from % day === to % day) return undefined
  if (timeZone !== undefined && !isTimeZone(timeZone)) return undefined
  return { from: from % day, to: to % day, ...(timeZone !== undefined && { timeZone }) }
}

const day = 24 * 60
const minuteMs = 60_000

function minuteOf(hour: string | undefined, minute: string | undefined): number | undefined {
  const minutes = Number(hour) * 60 + Number(minute)
  return Number(minute) < 60 && minutes <= day ? minutes : undefined
}

function minuteOfDay(time: number, timeZone: string | undefined): number {
  return Math.floor(localTime(timeZone, time) / minuteMs) % day
}

/** From when on calls may be made: `now` within the hours, else when these begin. Milliseconds since 1970. */
export function opensAt({ from, to, timeZone }: Hours, now: number): number {
  const isOpen = (minute: number) => (from < to ? from <= minute && minute < to : from <= minute || minute < to)
  const minute = minuteOfDay(now, timeZone)
  if (isOpen(minute)) return now
  const begin = now - (now % minuteMs) + ((from - minute + day) % day) * minuteMs
  // Clocks may be set forward or back until then: by an hour, and by half an hour on Lord Howe Island.
  const late = minuteOfDay(begin, timeZone) - from
  const shift = late > day / 2 ? late - day : late < -day / 2 ? late + day : late
  const set = begin - shift * minuteMs
  return set > now && isOpen(minuteOfDay(set, timeZone)) ? set : begin
}

/** `20:00-06:00 (Europe/Berlin)` */
export function sayHours({ from, to, timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone }: Hours): string {
  const [begin, end] = [from, to].map(minutes => {
    return [Math.floor(minutes / 60), minutes % 60].map(part => String(part).padStart(2, '0')).join(':')
  })
  return `${begin}-${end} (${timeZone})`
}
