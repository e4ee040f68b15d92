/** Who of the lists of a plan turned up at the target: an address with a typing error protects nobody. */
import type { PeopleList } from '../../directory/files/people-list.ts'
import type { Person } from '../../webex/calls/client.ts'
import { type Choice, entryOf } from './choose.ts'
import { PlanRefused, type Unmatched } from './plan-refused.ts'

export interface UnmatchedPeople {
  /** Somebody of the site. Gives the name by which those who are to be left out name them, where they do. */
  meet(person: Pick<Person, 'personId' | 'email'>): string[]
  /** Somebody by such a name. */
  meetName(name: string): void
  /** Those of either list who have not turned up, some at a time: it may be all of a million. */
  slices(): Generator<Unmatched[]>
  /** @throws PlanRefused where anybody of either list has not turned up. */
  refuse(): void
}

/** A slice is written in one transaction. */
const perSlice = 1000

export function unmatchedIn({ choice, retained }: { choice: Choice; retained: PeopleList | null }): UnmatchedPeople {
  const lists = [
    ...(choice.who === 'listed' ? [absentees('people', choice)] : []),
    ...(retained === null ? [] : [absentees('leaveOut', retained)]),
  ]
  return {
    meet: person => lists.flatMap(list => list.meet(person)),
    meetName(name) {
      for (const list of lists) list.meetName(name)
    },
    *slices() {
      for (const list of lists) yield* list.slices()
    },
    refuse() {
      const count = lists.reduce((sum, list) => sum + list.count(), 0)
      if (count === 0) return
      const unmatched = lists.flatMap(list => list.slices().next().value ?? [])
      throw new PlanRefused({ refused: 'unmatchedPeople', unmatched, count })
    },
  }
}

function absentees(list: Unmatched['list'], people: PeopleList) {
  const keys = new Set(people.people.keys())
  return {
    count: () => keys.size,
    meet(person: Pick<Person, 'personId' | 'email'>) {
      const key = entryOf(person, people)
      if (key === undefined) return []
      keys.delete(key)
      return list === 'leaveOut' ? [key] : []
    },
    meetName(name: string) {
      if (list === 'leaveOut') keys.delete(name)
    },
    *slices(): Generator<Unmatched[], undefined> {
      let slice: Unmatched[] = []
      for (const address of keys) {
        slice.push({ list, address, line: people.lines.get(address) ?? 0 })
        if (slice.length < perSlice) continue
        yield slice
        slice = []
      }
      if (slice.length > 0) yield slice
    },
  }
}
