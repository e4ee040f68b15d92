/** Whom a fault strikes. */
import type { Call, World } from '../fault.ts'
import type { TargetPerson } from '../people.ts'

/** Some hosts, chosen by chance, but none of the first: those would be the pilots of a rotation. */
export function someHosts({ people, chance }: World, count: number): TargetPerson[] {
  return chance.some(hostsOf(people).slice(8), count)
}

/** The first host of the list, which is the first pilot of a rotation. */
export function firstHost({ people }: World): TargetPerson {
  return hostsOf(people)[0]!
}

function hostsOf(people: TargetPerson[]): TargetPerson[] {
  return people.filter(person => person.role === 'host' && !person.pending)
}

/** The first call of a kind and each `every`th after it. */
export function strikes({ nth }: Call, every: number): boolean {
  return nth % every === 1
}
