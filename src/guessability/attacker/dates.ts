/** Dates as people write them into an ID: six notations, every day from 1940 to 2029. */
import { dayMs } from '../../time.ts'

const firstYear = 1940
const lastYear = 2029
const firstDay = Date.UTC(firstYear, 0, 1)
const days = (Date.UTC(lastYear + 1, 0, 1) - firstDay) / dayMs

/** The order of year, month and day in each notation, in the attacker's order. */
const notations = [
  { digits: 8, year: 4, month: 2, day: 0 },
  { digits: 8, year: 4, month: 0, day: 2 },
  { digits: 8, year: 0, month: 4, day: 6 },
  { digits: 6, year: 4, month: 2, day: 0 },
  { digits: 6, year: 4, month: 0, day: 2 },
  { digits: 6, year: 0, month: 2, day: 4 },
]

/** How many ways there are to write a date. */
export const dateCount = notations.length * days

/**
 * The position of these digits among all dates, notation by notation and day by day, or -1 when they are not a date.
 */
export function indexOfDate(digits: string): number {
  for (const [index, notation] of notations.entries()) {
    if (digits.length !== notation.digits) continue
    const day = dayNumber(digits, notation)
    if (day >= 0) return index * days + day
  }
  return -1
}

export function isYear(digits: string): boolean {
  return digits.length === 4 && Number(digits) >= firstYear && Number(digits) <= lastYear
}

export const yearCount = lastYear - firstYear + 1
/** The years as text, earliest first. */
export const years: readonly string[] = Array.from({ length: yearCount }, (_, index) => String(firstYear + index))

function dayNumber(text: string, { digits, year, month, day }: (typeof notations)[number]): number {
  const two = (at: number) => Number(text.slice(at, at + 2))
  const century = two(year) >= firstYear % 100 ? 1900 : 2000
  const fullYear = digits === 8 ? Number(text.slice(year, year + 4)) : century + two(year)
  if (!(fullYear >= firstYear && fullYear <= lastYear)) return -1
  const time = Date.UTC(fullYear, two(month) - 1, two(day))
  const date = new Date(time)
  const real = date.getUTCMonth() === two(month) - 1 && date.getUTCDate() === two(day)
  return real ? (time - firstDay) / dayMs : -1
}
