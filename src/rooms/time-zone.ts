/** Times in the zones of the IANA database, by the data that Node has. */
const formats = new Map<string | undefined, Intl.DateTimeFormat>()
const maxFormats = 600

export function isTimeZone(zone: string): boolean {
  try {
    return formatOf(zone) !== undefined
  } catch {
    return false
  }
}

/** What a clock in the zone shows, or one of this machine's, as if it were UTC. @param at milliseconds since 1970 */
export function localTime(zone: string | undefined, at: number): number {
  if (zone === 'UTC') return at
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) + (at % 1000)
}

/** The time at which a clock in the zone shows this; where it never does, because it was put forward, an hour later. */
export function atLocalTime(zone: string, local: number): number {
  const guess = local - (localTime(zone, local) - local)
  return guess - (localTime(zone, guess) - local)
}

/** ISO 8601 in seconds, with the zone's offset: `2019-11-01T20:00:00+08:00`, or with `Z`. */
export function isoIn(zone: string, at: number): string {
  const local = localTime(zone, at)
  const minutes = Math.round((local - at) / 60_000)
  const two = (value: number) => String(value).padStart(2, '0')
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`
  return new Date(local).toISOString().slice(0, 19) + (zone === 'UTC' ? 'Z' : offset)
}

/** Reads ISO 8601 in milliseconds since 1970; a time without an offset is one in the zone. Undefined for anything else. */
export function readTime(text: string, zone: string): number | undefined {
  const plain = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?))?(Z|[+-]\d{2}:?\d{2})?$/i.exec(
    text.trim(),
  )
  if (plain === null) return undefined
  const [, day, time = '00:00', offset] = plain
  const local = Date.parse(`${day}T${time}Z`)
  if (Number.isNaN(local)) return undefined
  if (offset === undefined) return atLocalTime(zone, local)
  const given = Date.parse(`${day}T${time}${offset.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2').toUpperCase()}`)
  return Number.isNaN(given) ? undefined : given
}

function formatOf(zone: string | undefined): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-US', {
    ...(zone !== undefined && { timeZone: zone }),
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  if (formats.size >= maxFormats) formats.clear()
  formats.set(zone, format)
  return format
}
