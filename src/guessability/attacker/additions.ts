/**
 * What people add to a name when the plain one is taken or too plain: ordered sets of text before and after it. The
 * position of an addition in a set is found by arithmetic or one look-up, never by going through its members.
 */
import { withSuffix } from '../../rooms/id-rule.ts'
import { dateCount, indexOfDate, years } from './dates.ts'

export type AdditionKind = 'plain' | 'number' | 'word' | 'date'

export interface Additions {
  kind: AdditionKind
  size: number
  /** The position of this addition in the attacker's order, from 0, or -1 when it is not in the set. */
  indexOf(before: string, after: string): number
}

const separators = ['', '.', '-', '_']
const wordsAfter = 'room meet meeting webex pmr vc office online call video conf work'.split(' ')
const wordsBefore = 'pr meet room webex the mr ms dr call team join my'.split(' ')
const possessives = ['sroom', 'smeeting', 'soffice', 'splace']
const favourites = ['x', 'xx', '123', '1234', '12345', '007', '100', '101']
const tens = Array.from({ length: 10 }, (_, digit) => String(digit))
const hundreds = tens.flatMap(ten => tens.map(digit => ten + digit))

/** 0 to 9, 00 to 99, then years. */
const smallNumbers = [...tens, ...hundreds, ...years]

/** Where in an ID an entry may begin, given what additions may precede it. */
export function entryStarts(key: string): number[] {
  const starts = [0]
  for (const word of wordsBefore) {
    if (!key.startsWith(word)) continue
    starts.push(word.length)
    if (separators.includes(key.charAt(word.length))) starts.push(word.length + 1)
  }
  return starts
}

export const plain: Additions = {
  kind: 'plain',
  size: 1,
  indexOf: (before, after) => (before === '' && after === '' ? 0 : -1),
}

/** What a site appends to a name that is taken, then what people append. */
export const whenTaken = listed(
  'number',
  [2, 3, 4, 5, 6, 7, 8, 9]
    .map(index => withSuffix('', index))
    .concat('1', '01')
    .map(after),
)

/** The words of meetings, and favourite endings. */
export const meetingWords = listed('word', [
  ...wordsAfter.flatMap(word => separators.map(separator => after(separator + word))),
  ...wordsBefore.flatMap(word => separators.map(separator => `${word}${separator}|`)),
  ...possessives.map(after),
  ...favourites.map(after),
])

export const numbersToYears = listed('number', smallNumbers.map(after))

export const separatedNumbers = listed(
  'number',
  separators.slice(1).flatMap(separator => smallNumbers.map(number => after(separator + number))),
)

/** 000 to 999, then 0000 to 9999. */
export const longNumbers: Additions = {
  kind: 'number',
  size: 11_000,
  indexOf: (before, digits) => {
    if (before !== '' || !/^\d{3,4}$/.test(digits)) return -1
    return digits.length === 3 ? Number(digits) : 1000 + Number(digits)
  },
}

export const dates: Additions = {
  kind: 'date',
  size: dateCount,
  indexOf: (before, digits) => (before === '' && /^\d{6}(\d\d)?$/.test(digits) ? indexOfDate(digits) : -1),
}

function after(text: string): string {
  return `|${text}`
}

/** Additions written as `before|after`; no ID holds a `|`. */
function listed(kind: AdditionKind, additions: readonly string[]): Additions {
  const places = new Map<string, number>()
  for (const addition of additions) if (!places.has(addition)) places.set(addition, places.size)
  return { kind, size: places.size, indexOf: (before, after) => places.get(`${before}|${after}`) ?? -1 }
}
