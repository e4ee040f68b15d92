/** The people of the imitated organisation, as its directory has them. */
export interface TargetPerson {
  personId: string
  email: string
  firstName: string
  lastName: string
  department: string
  /** `host`: has a room on the site. `roomless`: the list says so, but there is no room. `attendee`: the list says so. */
  role: 'host' | 'roomless' | 'attendee'
  /** Was invited and has never signed in. */
  pending: boolean
  /** Where the person's room began; empty for those without one. */
  firstId: string
}

const firstNames = ['Anna', 'Ben', 'Chloé', 'Deniz', 'Eva', 'Farid', 'Gül', 'Hugo', 'Ines', 'Jörg']
const lastNames = ['Abel', "O'Brien", 'Çelik', 'Dumas', 'Ek', 'Fuchs', 'García', 'Huber']

/** The person of that index, with everything that makes people distinct. */
export function makePerson(index: number, change: Partial<TargetPerson> = {}): TargetPerson {
  const firstName = firstNames[index % firstNames.length]!
  const lastName = lastNames[Math.floor(index / firstNames.length) % lastNames.length]!
  return {
    personId: Buffer.from(`ciscospark://us/PEOPLE/${index.toString(16).padStart(12, '0')}`).toString('base64url'),
    email: `person${index}@example.com`,
    firstName,
    lastName,
    department: index % 3 === 0 ? 'Sales' : 'Operations',
    role: 'host',
    pending: false,
    firstId: `person${index}`,
    ...change,
  }
}

export function makePeople(count: number): TargetPerson[] {
  return Array.from({ length: count }, (_, index) => makePerson(index))
}
