/**
 * The cost of an ID to an attacker who knows only how such IDs look: its bits are the logarithm to base 2 of the number
 * of IDs of the same shape. Randomness is judged by looks, so for an ID that its host chose the result is an upper
 * bound.
 */
import { randomAlphabet } from '../../rooms/id-rule.ts'
import { dateCount, indexOfDate, isYear, yearCount } from '../attacker/dates.ts'
import { letterBits, shareInWords } from './letters.ts'

export type Shape =
  | { kind: 'number'; bits: number; prefix: string; digits: number; sharing: number }
  | { kind: 'random'; bits: number; prefix: string; characters: number }
  | { kind: 'date' | 'words' | 'ownChoice'; bits: number; parts: readonly ChosenPart[] }

/** A piece of an ID that a person chose. */
export interface ChosenPart {
  kind: 'words' | 'letters' | 'year' | 'date' | 'digits' | 'separator'
  text: string
  bits: number
}

/** What the attacker knows of the site's IDs. */
export interface SiteShape {
  /** The prefix of numbers and random IDs, in lower case: `pr` on Webex. */
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
const minRandom = 8
const minRuns = 4
/** Hardly anybody chooses six consonants in a row; in short IDs they may be initials. */
const sixConsonants = /[bcdfghjklmnpqrstvwxz]{6}/
const minUnsayable = 12
const maxInWords = 0.5

/** The shape of an ID in lower case. */
export function shapeOf(key: string, site: SiteShape): Shape {
  return numberShape(key, site) ?? randomShape(key, site) ?? chosenShape(key)
}

function numberShape(key: string, { prefix, sharing }: SiteShape): Shape | undefined {
  const [digits = ''] = /\d+$/.exec(key) ?? []
  const before = key.slice(0, key.length - digits.length)
  if (digits === '' || (before !== prefix && sharing < 2)) return undefined
  return { kind: 'number', bits: digits.length * digitBits, prefix: before, digits: digits.length, sharing }
}

function randomShape(key: string, { prefix, length }: SiteShape): Shape | undefined {
  const before = key.startsWith(prefix) ? prefix : ''
  const rest = key.slice(before.length)
  if (!/^[a-z0-9]+$/.test(rest)) return undefined
  const byRule = before !== '' && rest.length === length
  const mixed = rest.length >= minRandom && (rest.match(/\d+|[a-z]+/g) ?? []).length >= minRuns
  const unsayable = rest.length >= minUnsayable && sixConsonants.test(rest)
  if ((!byRule && !mixed && !unsayable) || shareInWords(rest) > maxInWords) return undefined
  return { kind: 'random', bits: rest.length * characterBits, prefix: before, characters: rest.length }
}

function chosenShape(key: string): Shape {
  const parts = (key.match(/[a-z]+|\d+|[^a-z0-9]/g) ?? []).map(judgePart)
  const bits = parts.reduce((sum, part) => sum + part.bits, 0)
  const has = (...kinds: ChosenPart['kind'][]) => parts.some(part => kinds.includes(part.kind))
  return { kind: has('date', 'year') ? 'date' : has('letters') ? 'ownChoice' : 'words', bits, parts }
}

function judgePart(text: string): ChosenPart {
  if (/^[a-z]/.test(text))
    return { kind: shareInWords(text) > maxInWords ? 'words' : 'letters', text, bits: letterBits(text) }
  if (!/^\d/.test(text)) return { kind: 'separator', text, bits: separatorBits }
  if (isYear(text)) return { kind: 'year', text, bits: Math.log2(yearCount) }
  if (indexOfDate(text) >= 0) return { kind: 'date', text, bits: Math.log2(dateCount) }
  return { kind: 'digits', text, bits: isPattern(text) ? patternBits : text.length * digitBits }
}

/** `123`, `4321` and `777` are among the first that anyone tries. */
function isPattern(digits: string): boolean {
  const step = Number(digits[1]) - Number(digits[0])
  const even = [...digits].every((digit, index) => index === 0 || Number(digit) - Number(digits[index - 1]) === step)
  return digits.length > 2 && even && Math.abs(step) <= 1
}
