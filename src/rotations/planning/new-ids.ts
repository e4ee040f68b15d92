/**
 * Where new IDs come from, and how hard they are to guess. Entropy is that of the random part alone: whatever is made of
 * a name, a department or a number counts for nothing against somebody who has the directory.
 */

import { type Message, message } from '../../messages/message.ts'
import type { RandomText } from '../../rooms/id-rule.ts'
import { asciiName } from '../../rooms/latin.ts'

/** An ID should cost at least this much to guess, in bits. */
export const wantedBits = 60

export type IdSource =
  /** The site's own rule gives the ID when the batch is sent. */
  | { kind: 'system' }
  | { kind: 'random'; prefix: string; bits: number }
  | { kind: 'words'; bits: number }
  /** `{first}.{last}-{random:8}`: see `templateFields`. */
  | { kind: 'template'; template: string }
  | { kind: 'csv' }
  /** The IDs of an earlier rotation's snapshot. */
  | { kind: 'snapshot' }

/** What a template can take from a person. */
interface TemplatePerson {
  firstName: string
  lastName: string
  email: string
  department: string | null
}

/** Letters and digits that nobody mistakes for another on paper or on the phone: no 0, 1, i, l or o. */
const clearAlphabet = '23456789abcdefghjkmnpqrstuvwxyz'
const clearBits = Math.log2(clearAlphabet.length)

/** Pronounceable words of five letters, 16 bits each (the "proquints" of arXiv:0901.4016). */
const consonants = 'bdfghjklmnprstvz'
const vowels = 'aiou'
const wordBits = 16

export const templateFields = '{first} {last} {user} {department} {random:N} {words:N}'

/** The ID that `source` has for this person, or null where the target gives it. Not asked for `csv` and `snapshot`. */
export function newId(source: IdSource, person: TemplatePerson, randomText: RandomText): string | null {
  switch (source.kind) {
    case 'system':
    case 'csv':
    case 'snapshot':
      return null
    case 'random':
      return source.prefix + randomWithLetter(randomText, Math.ceil(source.bits / clearBits))
    case 'words':
      return randomWords(randomText, Math.ceil(source.bits / wordBits))
    case 'template':
      return fillTemplate(source.template, person, randomText)
  }
}

/**
 * Another ID of this source in place of one that it drew; null where it draws none. What a template took from the person
 * stays as it is.
 */
export function drawNewId(source: IdSource, drawn: string, randomText: RandomText): string | null {
  if (source.kind === 'random' || source.kind === 'words') {
    return newId(source, { firstName: '', lastName: '', email: '', department: null }, randomText)
  }
  if (source.kind !== 'template') return null
  const parts = templateParts(source.template)
  const isDrawn = ({ field }: TemplatePart) => field === 'random' || field === 'words'
  const shape = parts.map(part => (isDrawn(part) ? `(${drawnShape(part)})` : `(${fixedShape(part)})`)).join('')
  const found = new RegExp(`^${shape}$`, 'i').exec(drawn)
  if (found === null || !parts.some(isDrawn)) return null
  return parts
    .map((part, index) => {
      if (!isDrawn(part)) return found[index + 1]!
      return part.field === 'random' ? randomText(clearAlphabet, part.count) : randomWords(randomText, part.count)
    })
    .join('')
}

function drawnShape({ field, count }: TemplatePart): string {
  return field === 'random' ? `[${clearAlphabet}]{${count}}` : `[a-z]{5}(?:-[a-z]{5}){${count - 1}}`
}

function fixedShape({ field, text }: TemplatePart): string {
  return field === null ? text.replace(/[.-]/g, '\\$&') : '.*?'
}

/** Bits of an ID of this source, or null where only the target, or the author of the CSV, knows. */
export function entropyBits(source: IdSource): number | null {
  switch (source.kind) {
    case 'system':
    case 'csv':
    case 'snapshot':
      return null
    case 'random':
      return Math.ceil(source.bits / clearBits) * clearBits
    case 'words':
      return Math.ceil(source.bits / wordBits) * wordBits
    case 'template':
      return templateParts(source.template).reduce((bits, part) => {
        if (part.field === 'random') return bits + part.count * clearBits
        return part.field === 'words' ? bits + part.count * wordBits : bits
      }, 0)
  }
}

/** IDs with enough chance in them never meet somebody else's. */
export function mayClash(source: IdSource): boolean {
  return source.kind !== 'system' && (entropyBits(source) ?? 0) < wantedBits
}

/** What is wrong with a template, or nothing. */
export function templateFault(template: string): Message | undefined {
  for (const { field, count } of templateParts(template)) {
    if (field === null) continue
    if (!['first', 'last', 'user', 'department', 'random', 'words'].includes(field)) {
      return message('templateField', { field, fields: templateFields })
    }
    if ((field === 'random' || field === 'words') && (count < 1 || count > 60)) {
      return message('templateCount', { field, example: `{${field}:${field === 'words' ? 4 : 13}}` })
    }
  }
  return /[{}]/.test(
    templateParts(template)
      .map(part => part.text)
      .join(''),
  )
    ? message('templateBrace', { fields: templateFields })
    : undefined
}

interface TemplatePart {
  text: string
  field: string | null
  count: number
}

function templateParts(template: string): TemplatePart[] {
  const parts: TemplatePart[] = []
  let end = 0
  for (const match of template.matchAll(/\{([a-z]+)(?::(\d+))?\}/g)) {
    parts.push({ text: template.slice(end, match.index), field: null, count: 0 })
    parts.push({ text: '', field: match[1]!, count: Number(match[2] ?? 0) })
    end = match.index + match[0].length
  }
  parts.push({ text: template.slice(end), field: null, count: 0 })
  return parts
}

/** A name that cannot be written in Latin letters leaves its field empty; an ID that is invalid for it is found by the checks of the plan. */
function fillTemplate(template: string, person: TemplatePerson, randomText: RandomText): string {
  const plain = (text: string) => asciiName(text) ?? ''
  return templateParts(template)
    .map(({ text, field, count }) => {
      switch (field) {
        case 'first':
          return plain(person.firstName)
        case 'last':
          return plain(person.lastName)
        case 'user':
          return plain(person.email.slice(0, Math.max(0, person.email.lastIndexOf('@'))))
        case 'department':
          return plain(person.department ?? '')
        case 'random':
          return randomText(clearAlphabet, count)
        case 'words':
          return randomWords(randomText, count)
        default:
          return text
      }
    })
    .join('')
}

/** An ID must hold a letter. Trying again keeps the choice uniform among those that do. */
function randomWithLetter(randomText: RandomText, length: number): string {
  for (;;) {
    const id = randomText(clearAlphabet, length)
    if (/[a-z]/.test(id)) return id
  }
}

function randomWords(randomText: RandomText, count: number): string {
  const word = () =>
    randomText(consonants, 1) +
    randomText(vowels, 1) +
    randomText(consonants, 1) +
    randomText(vowels, 1) +
    randomText(consonants, 1)
  return Array.from({ length: count }, word).join('-')
}

/** A name for a room in between, which nobody will want: it lives for one or two calls. */
export function temporaryId(randomText: RandomText): string {
  return `tmp-${randomWithLetter(randomText, 13)}`
}
