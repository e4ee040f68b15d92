/**
 * What an ID costs an attacker who knows only how such IDs look: its bits are the logarithm to base 2 of the number of
 * IDs of the same shape. Randomness is judged by looks, so for an own choice the figure is an upper bound.
 */
import { randomAlphabet } from '../rooms/id-rule.ts'
import { dateCount, indexOfDate, isYear, yearCount } from './dates.ts'
import { letterBits, shareInWords } from './letters.ts'

export interface Shape {
  kind: 'number' | 'random' | 'date' | 'words' | 'ownChoice'
  bits: number
  /** The shape in words, e.g. `"pr" and 8 digits`. */
  looks: string
}

/** What the attacker knows of the site's IDs. */
export interface SiteShape {
  /** What stands before a number or random characters, in lower case: `pr` on Webex. */
  prefix: string
  /** How many random characters follow it. */
  length: number
  /** How many rooms of the site share this ID's prefix and number of digits, itself included. */
  sharing: number
}

const digitBits = Math.log2(10)
const characterBits = Math.log2(randomAlphabet.length)
const separatorBits = 2
const patternBits = 5
const fewestRandom = 8
const fewestRuns = 4
const mostInWords = 0.5

/** The shape of an ID in lower case. */
export function shapeOf(key: string, site: SiteShape): Shape {
  return numberShape(key, site) ?? randomShape(key, site) ?? chosenShape(key)
}

function numberShape(key: string, { prefix, sharing }: SiteShape): Shape | undefined {
  const [, before = '', digits = ''] = /^(.*?)(\d+)$/.exec(key) ?? []
  if (digits === '') return undefined
  const bits = digits.length * digitBits
  if (before === prefix) return { kind: 'number', bits, looks: `"${before}" and ${count(digits.length, 'digit')}` }
  if (sharing < 2) return undefined
  return {
    kind: 'number',
    bits,
    looks: `"${before}", which ${sharing} rooms share, and ${count(digits.length, 'digit')}`,
  }
}

function randomShape(key: string, { prefix, length }: SiteShape): Shape | undefined {
  const prefixed = key.startsWith(prefix)
  const rest = prefixed ? key.slice(prefix.length) : key
  if (!/^[a-z0-9]+$/.test(rest) || shareInWords(rest) > mostInWords) return undefined
  const byRule = prefixed && rest.length === length
  const mixed = rest.length >= fewestRandom && (rest.match(/\d+|[a-z]+/g) ?? []).length >= fewestRuns
  if (!byRule && !mixed) return undefined
  const random = `${count(rest.length, 'random letter')} and digits`.replace('letter and', 'letters and')
  return { kind: 'random', bits: rest.length * characterBits, looks: prefixed ? `"${prefix}" and ${random}` : random }
}

function chosenShape(key: string): Shape {
  const parts = key.match(/[a-z]+|\d+|[._-]/g) ?? []
  let bits = 0
  let hasDate = false
  let hasOther = false
  for (const part of parts) {
    if (/^[a-z]/.test(part)) {
      bits += letterBits(part)
      hasOther ||= shareInWords(part) <= mostInWords
    } else if (/^\d/.test(part)) {
      const dated = indexOfDate(part) >= 0 || isYear(part)
      hasDate ||= dated
      bits += dated ? dateBits(part) : numberBits(part)
    } else bits += separatorBits
  }
  const looks = parts.map(describePart).join(', ')
  return { kind: hasDate ? 'date' : hasOther ? 'ownChoice' : 'words', bits, looks }
}

function dateBits(digits: string): number {
  return Math.log2(isYear(digits) ? yearCount : dateCount)
}

/** `123`, `4321` and `777` are among the first that anyone tries. */
function numberBits(digits: string): number {
  const steps = new Set([...digits].slice(1).map((digit, nth) => Number(digit) - Number(digits[nth])))
  const pattern = digits.length > 2 && steps.size === 1 && [0, 1, -1].includes([...steps][0]!)
  return pattern ? patternBits : digits.length * digitBits
}

function describePart(part: string): string {
  if (/^[a-z]/.test(part)) return shareInWords(part) > mostInWords ? 'common words' : count(part.length, 'letter')
  if (/^\d/.test(part)) return isYear(part) ? 'a year' : indexOfDate(part) >= 0 ? 'a date' : count(part.length, 'digit')
  return `"${part}"`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
