/// <reference path="./rrule.d.ts" />
/**
 * The recurrence rules of meetings (RFC 2445, which RFC 5545 replaces), as far as Webex documents them. What is refused
 * here would go on without an end, or never happen: nobody may keep the service busy with a rule.
 */
import rrule from 'rrule/dist/es5/rrule.js'

const { RRule } = rrule

const maxInterval = 99
const maxCount = 1826

type Options = ReturnType<typeof RRule.parseString>

/** The parts that each frequency may have, besides INTERVAL, COUNT, UNTIL and WKST. */
const partsOf: Record<string, readonly string[]> = {
  DAILY: [],
  WEEKLY: ['BYDAY'],
  MONTHLY: ['BYDAY', 'BYMONTHDAY', 'BYSETPOS'],
  YEARLY: ['BYDAY', 'BYMONTHDAY', 'BYSETPOS', 'BYMONTH'],
}
const everywhere = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST']
/** Without the 29th of February: from an odd year on, every second year never has one. */
const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const form: Record<string, RegExp> = {
  INTERVAL: /^[1-9]\d?$/,
  COUNT: /^[1-9]\d{0,3}$/,
  UNTIL: /^\d{8}(T\d{6}Z?)?$/,
  WKST: /^(MO|TU|WE|TH|FR|SA|SU)$/,
  BYDAY: /^([1-4]|-1)?(MO|TU|WE|TH|FR|SA|SU)(,([1-4]|-1)?(MO|TU|WE|TH|FR|SA|SU)){0,6}$/,
  BYMONTHDAY: /^([1-9]|[12]\d|3[01]|-1)$/,
  BYSETPOS: /^([1-4]|-1)$/,
  BYMONTH: /^([1-9]|1[0-2])$/,
}

/** What is wrong with a rule, or nothing where meetings can follow it. */
export function recurrenceFault(rule: string): string | undefined {
  const bad =
    'recurrence must be a rule of RFC 2445 by day, week, month or year that happens, e.g. FREQ=WEEKLY;INTERVAL=1;BYDAY=MO.'
  const parts = new Map(rule.split(';').map(part => part.split('=') as [string, string]))
  const allowed = partsOf[parts.get('FREQ') ?? '']
  if (allowed === undefined) return bad
  for (const [name, value] of parts) {
    if (!everywhere.includes(name) && !allowed.includes(name)) return bad
    if (name !== 'FREQ' && !form[name]?.test(value ?? '')) return bad
  }
  if (Number(parts.get('INTERVAL') ?? 1) > maxInterval || Number(parts.get('COUNT') ?? 1) > maxCount) return bad
  return neverHappens(parts) ? bad : undefined
}

/** The end of February, each twelfth month from one on, or a day of the month that has to be a weekday, too. */
function neverHappens(parts: ReadonlyMap<string, string>): boolean {
  const day = Number(parts.get('BYMONTHDAY') ?? 1)
  const isYearly = parts.get('FREQ') === 'YEARLY'
  // The fourth of one last Monday is none.
  if (parts.has('BYSETPOS') && !/^[A-Z,]+$/.test(parts.get('BYDAY') ?? '')) return true
  if (parts.has('BYMONTHDAY') && parts.has('BYDAY')) return true
  if (isYearly && day > 28 && day > (daysOfMonth[Number(parts.get('BYMONTH') ?? 0) - 1] ?? 28)) return true
  return !isYearly && day > 28 && Number(parts.get('INTERVAL') ?? 1) % 12 === 0
}

/**
 * The times of a rule within a window, as local times that are written as if they were UTC.
 * @param rule one without a fault
 * @param limit the last time that is looked at, though the rule goes on
 */
export function timesOf(rule: string, first: Date, { from, to, limit }: { from: Date; to: Date; limit: Date }): Date[] {
  const options: Options = RRule.parseString(rule)
  const until = options.until != null && options.until < limit ? options.until : limit
  return new RRule({ ...options, dtstart: first, until }, true).between(from, to, true)
}

/** Whether a rule comes to an end by itself. */
export function hasEnd(rule: string): boolean {
  return /(^|;)(COUNT|UNTIL)=/.test(rule)
}
