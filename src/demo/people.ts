/**
 * The people of the demo site: the three of the published example, then as many as requested, with names from many
 * languages. The same every time, and the first N are the same whatever the count.
 */
import { asciiName } from '../rooms/latin.ts'
import { type Chance, seededChance } from './chance.ts'
import { type NameList, nameLists } from './names.ts'

export interface DemoPerson {
  personId: string
  email: string
  firstName: string
  lastName: string
  displayName: string
  /** The login name, or null where people sign in with their e-mail address. */
  username: string | null
  department: string
  /** False for attendees, who have an account but no room. */
  host: boolean
  suspended: boolean
  pinned: boolean
}

export const demoSite = 'example.webex.com'

/** Who the administrator's token of the demo belongs to. */
export const demoAdministrator = 'john.andersen@example.com'

const demoSeed = 2024
const attendeeShare = 0.04
const suspendedShare = 0.01
const pinnedShare = 0.01
const shortLoginShare = 0.2
const personnelNumberShare = 0.06

const departments = [
  'Administration',
  'Communications',
  'Customer Care',
  'Engineering',
  'Facilities',
  'Finance',
  'Human Resources',
  'IT Services',
  'Legal',
  'Logistics',
  'Marketing',
  'Procurement',
  'Research',
  'Sales',
]

/** Source of the names, addresses and person IDs: the published example of the operation. */
const publishedPeople: DemoPerson[] = [
  {
    ...publishedPerson('John', 'Andersen', 'IT Services'),
    personId: 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS83MTZlOWQxYy1jYTQ0LTRmZ',
  },
  {
    ...publishedPerson('Marcus', 'Hoffmann', 'Finance'),
    personId: 'sdfeY28890KLFHzovL3VzL1BFT1BMRS83MTZlOWQxYy1jYTQ0LTRmZ',
  },
  {
    ...publishedPerson('Brenda', 'Song', 'Research'),
    personId: 'FYG98gxYy1AYOP086VMLOUYTTCCN0IYTAio2uydbzlkyjYTQ0LTRmZ',
  },
]

interface Name {
  native: string
  roman: string
}

interface Language {
  order: NameList['order']
  first: Name[]
  last: Name[]
}

const languages: Language[] = Object.values(nameLists).map(({ order, first, last }) => ({
  order,
  first: first.split(',').map(readName),
  last: last.split(',').map(readName),
}))

/** Yields `count` people one at a time: a million need no more memory than ten thousand. */
export function* demoPeople(count: number): Generator<DemoPerson, void> {
  const chance = seededChance(demoSeed)
  const numbered = new NumberedNames()
  for (const person of publishedPeople.slice(0, count)) {
    numbered.next(person.email.slice(0, person.email.indexOf('@')))
    yield person
  }
  for (let index = publishedPeople.length; index < count; index += 1) yield randomPerson(chance, numbered, index)
}

function randomPerson(chance: Chance, numbered: NumberedNames, index: number): DemoPerson {
  const language = chance.pick(languages)
  const first = chance.pick(language.first)
  const last = chance.pick(language.last)
  return {
    personId: randomPersonId(chance),
    email: `${numbered.next(`${first.roman}.${last.roman}`)}@example.com`,
    firstName: first.native,
    lastName: last.native,
    displayName: fullName(language.order, first.native, last.native),
    username: randomUsername(chance, numbered, first.roman.charAt(0) + last.roman, index),
    department: chance.pick(departments),
    host: !chance.happens(attendeeShare),
    suspended: chance.happens(suspendedShare),
    pinned: chance.happens(pinnedShare),
  }
}

/** Some organisations sign in with a short login, some with a personnel number, most with the e-mail address. */
function randomUsername(chance: Chance, numbered: NumberedNames, shortLogin: string, index: number): string | null {
  const kind = chance.fraction()
  if (kind < shortLoginShare) return numbered.next(shortLogin)
  return kind < shortLoginShare + personnelNumberShare ? String(300_000 + index) : null
}

/** Base64url of `ciscospark://us/PEOPLE/<uuid>`, as Webex's person IDs usually are. */
function randomPersonId(chance: Chance): string {
  const hex = (length: number) =>
    chance
      .below(16 ** length)
      .toString(16)
      .padStart(length, '0')
  const variant = '89ab'.charAt(chance.below(4))
  const uuid = `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(8)}${hex(4)}`
  return Buffer.from(`ciscospark://us/PEOPLE/${uuid}`).toString('base64url')
}

function fullName(order: NameList['order'], first: string, last: string): string {
  if (order === 'firstLast') return `${first} ${last}`
  return order === 'lastFirst' ? `${last} ${first}` : last + first
}

function readName(entry: string): Name {
  const [native = '', roman = asciiName(native)] = entry.split('=')
  if (roman === undefined) throw new Error(`The demo name "${native}" needs a Latin spelling: write it after "=".`)
  return { native, roman }
}

function publishedPerson(firstName: string, lastName: string, department: string) {
  const email = `${firstName}.${lastName}@example.com`.toLowerCase()
  const displayName = `${firstName} ${lastName}`
  const flags = { username: null, host: true, suspended: false, pinned: false }
  return { email, firstName, lastName, displayName, department, ...flags }
}

/**
 * Makes `jan.novak`, `jan.novak2`, `jan.novak3`, …; its memory grows with the number of different names, not of people.
 */
class NumberedNames {
  readonly #given = new Map<string, number>()

  next(name: string): string {
    const index = (this.#given.get(name) ?? 0) + 1
    this.#given.set(name, index)
    return index === 1 ? name : name + index
  }
}
