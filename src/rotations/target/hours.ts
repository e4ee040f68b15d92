/** Times of day between which calls are made, by the clock on the wall of this machine, summer and winter. */
export interface Hours {
  /** Minutes of the day; `from` may be later than `to`, across midnight. */
  from: number
  to: number
}

/** `20:00-06:00`, or undefined for what is no such thing. */
export function readHours(text: string): Hours | undefined {
  const [, fromHour, fromMinute, toHour, toMinute] =
    /^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? []
  const from = minuteOf(fromHour, fromMinute)
  const to = minuteOf(toHour, toMinute)
  return from === undefined || to === undefined || from % day === to % day
    ? undefined
    : { from: from % day, to: to % day }
}

const day = 24 * 60

function minuteOf(hour: string | undefined, minute: string | undefined): number | undefined {
  const minutes = Number(hour) * 60 + Number(minute)
  return Number(minute) < 60 && minutes <= day ? minutes : undefined
}

/** From when on calls may be made: `now` within the hours, else when these begin. Milliseconds since 1970. */
export function opensAt({ from, to }: Hours, now: number): number {
  const date = new Date(now)
  const minute = date.getHours() * 60 + date.getMinutes()
  const isOpen = from < to ? from <= minute && minute < to : from <= minute || minute < to
  if (isOpen) return now
  const [hours, minutes] = [Math.floor(from / 60), from % 60]
  const today = new Date(date.getFullYear(), date.getMonth(), date.getDate(), hours, minutes)
  if (today.getTime() > now) return today.getTime()
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1, hours, minutes).getTime()
}

/** `20:00-06:00 (Europe/Berlin)` */
export function sayHours({ from, to }: Hours): string {
  const [begin, end] = [from, to].map(minutes => {
    return [Math.floor(minutes / 60), minutes % 60].map(part => String(part).padStart(2, '0')).join(':')
  })
  return `${begin}-${end} (${new Intl.DateTimeFormat().resolvedOptions().timeZone})`
}
