/** Who of the lists of a plan turned up at the target: an address with a typing error protects nobody. */
import type { PeopleList } from '../../directory/files/people-list.ts'
import type { Person } from '../../webex/calls/client.ts'
import { type Choice, entryOf } from './choose.ts'
import { PlanRefused, type Unmatched } from './plan-refused.ts'

export interface UnmatchedPeople {
  /** Somebody of the site. */
  meet(person: Person): void
  /** Those of either list who have not turned up. */
  all(): Unmatched[]
  /** @throws PlanRefused where anybody of either list has not turned up. */
  refuse(): void
}

export function unmatchedIn({ choice, retained }: { choice: Choice; retained: PeopleList | null }): UnmatchedPeople {
  const listed = choice.who === 'listed' ? choice : null
  const people = new Set(listed?.people.keys())
  const leaveOut = new Set(retained?.people.keys())
  const of = (list: Unmatched['list'], keys: Set<string>, { lines }: PeopleList) =>
    [...keys].map((address): Unmatched => ({ list, address, line: lines.get(address) ?? 0 }))
  const all = () => [
    ...(listed === null ? [] : of('people', people, listed)),
    ...(retained === null ? [] : of('leaveOut', leaveOut, retained)),
  ]
  return {
    meet(person) {
      if (listed !== null) remove(people, entryOf(person, listed))
      if (retained !== null) remove(leaveOut, entryOf(person, retained))
    },
    all,
    refuse() {
      const unmatched = all()
      if (unmatched.length > 0) throw new PlanRefused({ refused: 'unmatchedPeople', unmatched })
    },
  }
}

function remove(keys: Set<string>, key: string | undefined): void {
  if (key !== undefined) keys.delete(key)
}
