/** Who is in a scenario, and which IDs they are to get where a CSV gives them. */
import type { Choice } from '#roomkey/rotations/planning/choose.js'
import { Chance } from '../../../devtools/chance.ts'
import { makePeople, type TargetPerson } from '../../../devtools/target-double/people.ts'
import type { Scenario } from './scenario.ts'

export interface Cast {
  people: TargetPerson[]
  choice: Choice
  /** By e-mail; null where no CSV gives them. */
  givenIds: ReadonlyMap<string, string> | null
}

export function castOf({ people: count, ids, seed }: Scenario): Cast {
  const people = makePeople(count)
  if (ids !== 'given') return { people, choice: { who: 'everyone' }, givenIds: null }
  const given = giveIds(people, new Chance(seed))
  const lines = new Map([...given.keys()].map((email, index) => [email, index + 2]))
  return { people, choice: { who: 'listed', file: 'ids.csv', people: given, lines }, givenIds: given }
}

/** A third of them trade IDs among themselves, in swaps, longer cycles and chains that end at a free ID. */
function giveIds(people: TargetPerson[], chance: Chance): Map<string, string> {
  const trading = chance.some(people, Math.floor(people.length / 3))
  const wanted = trading.map((_, index) => trading[(index + 1) % trading.length]!.firstId)
  // Each cut turns a cycle into a chain or a smaller cycle into the next.
  for (let index = 2; index < wanted.length; index += chance.between(2, 5)) {
    const first = index - chance.between(1, 3)
    if (chance.next() < 0.5) wanted[index] = `free${index}`
    else [wanted[index], wanted[first]] = [wanted[first]!, wanted[index]!]
  }
  const given = new Map(people.map((person, index) => [person.email, `given${index}`]))
  for (const [index, { email, firstId }] of trading.entries()) {
    given.set(email, wanted[index] === firstId ? `free${index}` : wanted[index]!)
  }
  return given
}
