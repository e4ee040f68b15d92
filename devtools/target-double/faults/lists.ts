/** Lists of people that are odd, repeat themselves, or cannot be read to their end. */
import type { Fault, ListEntry } from '../fault.ts'
import { makePerson, type TargetPerson } from '../people.ts'
import { someHosts } from './victims.ts'

/** People beside the hosts, at the end of the list. */
function also(first: number, change: (index: number) => Partial<TargetPerson>): Fault['begin'] {
  return world => {
    for (let index = 0; index < 3; index += 1) {
      const person = makePerson(first + index, change(index))
      world.people.push(person)
      if (person.firstId !== '') world.rooms.give(person.personId, person.firstId, 0)
    }
    return {}
  }
}

export const lists = {
  listDuplicates: {
    about: 'some people are on two pages, the second time with their e-mail in upper case',
    begin(world) {
      const twice = someHosts(world, 4)
      return {
        lists: people => [...people, ...twice.filter(person => people.includes(person))],
        entry: (entry, { email }, copy) => (copy === 0 ? entry : { ...entry, emails: [email.toUpperCase()] }),
      }
    },
  },
  listShrinks: {
    about: 'pages have fewer and fewer entries, one of them none at all',
    begin: () => ({ pageSize: page => [9, 5, 0, 2][page % 4]! }),
  },
  nullNames: {
    about: 'one entry has null for its names',
    begin(world) {
      const [victim] = someHosts(world, 1)
      const nulls = { displayName: null, firstName: null, lastName: null, department: null }
      return { entry: (entry, person) => (person === victim ? { ...entry, ...nulls } : entry) }
    },
  },
  nullSites: {
    about: 'one entry has null for its sites',
    begin(world) {
      const [victim] = someHosts(world, 1)
      return {
        entry: (entry, person) => (person === victim ? { ...entry, siteUrls: null } : entry),
      }
    },
  },
  withoutEmails: {
    about: 'one entry has no e-mails at all, another an empty list of them',
    begin(world) {
      const [without, empty] = someHosts(world, 2)
      return {
        entry(entry, person) {
          const { emails, ...others } = entry
          if (person === without) return others
          return person === empty ? { ...others, emails: [] } : entry
        },
      }
    },
  },
  oddFields: {
    about: 'one entry has a number for a name and an object for a department',
    begin(world) {
      const [victim] = someHosts(world, 1)
      const odd = { displayName: 7, department: { name: 'Sales' } }
      return { entry: (entry, person) => (person === victim ? { ...entry, ...odd } : entry) }
    },
  },
  oddEntries: {
    about: 'between the people there are entries that are null, a number and empty',
    begin() {
      const odd = [null, 7, {}] as unknown as ListEntry[]
      const nobody = odd.map((_, index) => makePerson(5100 + index))
      return {
        lists: people => [...people.slice(0, 5), ...nobody, ...people.slice(5)],
        entry: (entry, person) => odd[nobody.indexOf(person)] ?? (nobody.includes(person) ? odd[0]! : entry),
      }
    },
  },
  attendees: {
    about: 'attendees and people who have not accepted their invitation are listed too',
    begin: also(5000, index => (index === 0 ? { role: 'attendee', firstId: '' } : { pending: true })),
  },
  roomless: {
    about: 'people are listed as hosts and have no room',
    begin: also(5100, () => ({ role: 'roomless', firstId: '' })),
  },
  linkForeign: {
    about: 'the next page is on another host',
    begin: () => ({ nextLink: next => next.replace(/^https?:\/\/[^/]+/, 'https://api.elsewhere.example') }),
  },
  linkHttp: {
    about: 'the next page is on http and another port, as behind a proxy',
    begin: () => ({ nextLink: next => next.replace(/^https?:\/\/([^/:]+)(:\d+)?/, 'http://$1:8080') }),
  },
  linkLoop: {
    about: 'the next page is the page itself',
    listUnreadable: true,
    begin: () => ({ nextLink: (_, current) => current.href }),
  },
  listEndless: {
    about: 'pages go on and on with the same people',
    listUnreadable: true,
    begin: () => ({ lists: people => Array.from({ length: 200 }, () => people).flat() }),
  },
  linkGarbage: {
    about: 'the next page has no readable address',
    listUnreadable: true,
    begin: () => ({ nextLink: () => 'http://[oops' }),
  },
} satisfies Record<string, Fault>
