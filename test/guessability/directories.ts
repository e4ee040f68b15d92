/** Ten small directories, each of one language and with habits of its own, for the simulated attacker. */

import { type Chance, seededChance } from '#roomkey/demo/chance.js'
import { nameLists } from '#roomkey/demo/names.js'
import type { AuditedRoom } from '#roomkey/guessability/site-report/audit-rooms.js'
import { type NamedPerson, proposeRoomId, randomAlphabet } from '#roomkey/rooms/id-rule.js'
import { asciiName } from '#roomkey/rooms/latin.js'

export const languages = [
  'english',
  'german',
  'french',
  'spanish',
  'turkish',
  'nordic',
  'russian',
  'chinese',
  'arabic',
  'vietnamese',
]

type Roman = { first: string; last: string }
type Habit = (person: NamedPerson, roman: Roman, chance: Chance) => string

const addresses: ((roman: Roman, number: number) => string)[] = [
  ({ first, last }) => `${first}.${last}`,
  ({ first, last }) => first.charAt(0) + last,
  ({ first, last }) => `${last}_${first}`,
  (_, number) => `u${4000 + number}`,
]

/** How hosts and sites build IDs; the more common ways appear more often. */
const habits: Habit[] = [
  person => proposeRoomId({ method: 'emailPrefix', prefix: 'pr', length: 12 }, person, () => '').id,
  person => proposeRoomId({ method: 'emailPrefix', prefix: 'pr', length: 12 }, person, () => '').id,
  (person, _, chance) =>
    proposeRoomId({ method: 'username', prefix: 'pr', length: 12 }, person, () => '').id + chance.below(40),
  (_, { first, last }) => first.charAt(0) + last,
  (_, { first, last }, chance) => `${first}${chance.pick(['-', '', '_'])}${last}`,
  (_, { first }, chance) => first + chance.below(100),
  (_, { last }, chance) => chance.pick([`${last}-room`, `meet.${last}`, `dr${last}`, `${last}soffice`]),
  (_, { first, last }, chance) => `${last}.${first}${1960 + chance.below(40)}`,
  (_, { first, last }, chance) => first.charAt(0) + last.charAt(0) + chance.below(10_000),
  (_, __, chance) => chance.pick(['boardroom', 'falcon', 'sales7', 'library', 'tiger2020']),
  (_, __, chance) => `pr${draw(chance, '0123456789', 5)}`,
  (_, __, chance) => `pr${draw(chance, '0123456789', 11)}`,
  (_, __, chance) => `pr${draw(chance, randomAlphabet, 12)}`,
  (_, { last }, chance) => `${draw(chance, 'bcdfghjkmnpqrstvwxz', 7)}${last}`,
]

/** Twenty people of one language, with rooms by habit and chance. */
export function directory(language: string): AuditedRoom[] {
  const chance = seededChance(languages.indexOf(language) + 11)
  const list = nameLists[language]!
  const firstNames = list.first.split(',')
  const lastNames = list.last.split(',')
  const address = addresses[languages.indexOf(language) % addresses.length]!
  return Array.from({ length: 20 }, (_, number): AuditedRoom => {
    const [firstName = '', first = asciiName(firstName)!] = chance.pick(firstNames).split('=')
    const [lastName = '', last = asciiName(lastName)!] = chance.pick(lastNames).split('=')
    const email = `${address({ first, last }, number)}@example.org`
    const username = chance.happens(0.4) ? first.charAt(0) + last.slice(0, 6) : null
    const person = { email, firstName, lastName, username }
    return { ...person, roomId: habits[number % habits.length]!(person, { first, last }, chance) }
  })
}

function draw(chance: Chance, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(chance.below(alphabet.length))).join('')
}
