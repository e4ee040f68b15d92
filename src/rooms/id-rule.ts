/**
 * The site setting "Personal Room ID generation method" and the IDs that it gives.
 *
 * Source of the five methods, of `pr` + number for names with non-Latin letters, and of what becomes of a username:
 * help.webex.com. What Webex leaves open is decided in docs/batch-refresh.md.
 */
import { asciiName } from './latin.ts'
import { maxRoomIdLength } from './room-id.ts'

export const generationMethods = ['emailPrefix', 'firstInitialLastName', 'username', 'meetingNumber', 'random'] as const

export type GenerationMethod = (typeof generationMethods)[number]

export interface IdRule {
  method: GenerationMethod
  /** The prefix of numbers and random IDs: `pr` on Webex. */
  prefix: string
  /** How many random characters follow the prefix under the method `random`: 12 on Webex. */
  length: number
}

/** What a name rule needs to know of a person. */
export interface NamedPerson {
  email: string
  firstName: string
  lastName: string
  username: string | null
}

/** Returns `length` characters, uniformly random, from `alphabet`. The caller passes a cryptographically secure one. */
export type RandomText = (alphabet: string, length: number) => string

export interface Proposal {
  id: string
  /**
   * An ID made from a name stays the same each time and gets a suffix when it is taken; a random one is new each time.
   */
  drawn: boolean
}

export const randomAlphabet = '0123456789abcdefghijklmnopqrstuvwxyz'
const meetingNumberDigits = 11

/** The ID that the site's rule has for this person, before anyone asked whether it is free. */
export function proposeRoomId(rule: IdRule, person: NamedPerson, draw: RandomText): Proposal {
  const name = nameUnder(rule, person)
  if (name !== undefined) return { id: name.slice(0, maxRoomIdLength), drawn: false }
  const id = rule.method === 'random' ? rule.prefix + draw(randomAlphabet, rule.length) : meetingNumberId(rule, draw)
  return { id, drawn: true }
}

/** `jdoe`, `jdoe2`, `jdoe3`, …: the nth ID to try for a name, never longer than an ID may be. */
export function withSuffix(name: string, index: number): string {
  if (index === 1) return name
  const suffix = String(index)
  return name.slice(0, maxRoomIdLength - suffix.length) + suffix
}

function nameUnder(rule: IdRule, person: NamedPerson): string | undefined {
  switch (rule.method) {
    case 'emailPrefix':
      return withLetter(rule, allowedCharacters(person.email.slice(0, person.email.lastIndexOf('@'))))
    case 'username':
      return withLetter(rule, allowedCharacters((person.username ?? person.email).replace('@', '')))
    case 'firstInitialLastName': {
      const first = asciiName(person.firstName)
      const last = asciiName(person.lastName)
      return first !== undefined && last !== undefined ? withLetter(rule, first.charAt(0) + last) : undefined
    }
    case 'meetingNumber':
    case 'random':
      return undefined
  }
}

function allowedCharacters(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/g, '')
}

/** A name made only of digits gets the prefix in front, since an ID needs a letter. */
function withLetter(rule: IdRule, name: string): string | undefined {
  if (name === '') return undefined
  return /[A-Za-z]/.test(name) ? name : rule.prefix + name
}

/** No leading zero, so that the number keeps its length when somebody copies it into a spreadsheet. */
function meetingNumberId(rule: IdRule, draw: RandomText): string {
  return rule.prefix + draw('123456789', 1) + draw('0123456789', meetingNumberDigits - 1)
}
