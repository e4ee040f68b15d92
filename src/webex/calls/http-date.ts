/** The three forms of a date in HTTP, and no other. Source: RFC 9110, section 5.6.7. */

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const month = `(?<month>${months.join('|')})`
const time = String.raw`(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)`
const shortDay = `(?<weekday>${days.map(day => day.slice(0, 3)).join('|')})`

const forms = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  String.raw`${shortDay}, (?<day>\d\d) ${month} (?<year>\d{4}) ${time} GMT`,
  // Sunday, 06-Nov-94 08:49:37 GMT
  String.raw`(?<weekday>${days.join('|')}), (?<day>\d\d)-${month}-(?<year>\d\d) ${time} GMT`,
  // Sun Nov  6 08:49:37 1994
  String.raw`${shortDay} ${month} (?<day>\d\d| \d) ${time} (?<year>\d{4})`,
].map(form => new RegExp(`^${form}$`))

/** Milliseconds since 1970, or undefined for what is no such date. */
export function readHttpDate(text: string, now: number): number | undefined {
  for (const form of forms) {
    const found = form.exec(text)?.groups
    if (found !== undefined) return timeOf(found as Record<string, string>, now)
  }
  return undefined
}

function timeOf(
  { weekday = '', day, month = '', year = '', hour, minute, second }: Record<string, string>,
  now: number,
): number | undefined {
  const fullYear = year.length === 4 ? Number(year) : nearbyYear(Number(year), now)
  const date = new Date(0)
  date.setUTCFullYear(fullYear, months.indexOf(month), Number(day))
  const exists = date.getUTCDate() === Number(day) && days[date.getUTCDay()]!.startsWith(weekday)
  // 60 is a leap second.
  if (!exists || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined
  return date.getTime() + (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000
}

/** Of two digits: the year of this century, or of the last where it would be more than 50 years ahead. */
function nearbyYear(twoDigits: number, now: number): number {
  const present = new Date(now).getUTCFullYear()
  const year = present - (present % 100) + twoDigits
  return year > present + 50 ? year - 100 : year
}
