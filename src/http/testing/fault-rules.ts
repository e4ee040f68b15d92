import { randomUUID } from 'node:crypto'
import type { Effect, FaultRule, StandingRule } from '../../wire/testing.ts'

/** What rules are matched against. */
export interface MatchedCall {
  /** Its names: that of the call, and its method and path. */
  names: readonly string[]
  /** E-mail addresses and person IDs that it names, in lower case. */
  people: ReadonlySet<string>
  /** In lower case; undefined where it names none. */
  site: string | undefined
  /** By the service's clock. */
  at: number
}

export interface Hit {
  id: string
  effect: Effect
}

/** The faults that a test has asked for. A call is hit by the first rule that matches and has not been used up. */
export class FaultRules {
  #rules: StandingRule[] = []

  add(rule: FaultRule): StandingRule {
    const standing = { id: randomUUID(), rule, matched: 0, hit: 0 }
    this.#rules.push(standing)
    return { ...standing }
  }

  list(): StandingRule[] {
    return this.#rules.map(standing => ({ ...standing }))
  }

  /** False where there is none of that ID. */
  remove(id: string): boolean {
    const left = this.#rules.filter(rule => rule.id !== id)
    const removed = left.length < this.#rules.length
    this.#rules = left
    return removed
  }

  clear(): void {
    this.#rules = []
  }

  /** Counts the call, and says what happens to it. Nothing is awaited here, so that no two calls use up the same hit. */
  take(call: MatchedCall): Hit | undefined {
    let taken: Hit | undefined
    for (const standing of this.#rules) {
      const { id, rule } = standing
      const { nth = 1, times = Number.POSITIVE_INFINITY, fault: effect } = rule
      if (!matches(rule, call)) continue
      standing.matched += 1
      if (taken !== undefined || standing.matched < nth || standing.hit >= times) continue
      standing.hit += 1
      taken = { id, effect }
    }
    return taken
  }
}

function matches(
  { call, person, site, between }: FaultRule,
  { names, people, site: called, at }: MatchedCall,
): boolean {
  if (call !== undefined && !names.includes(call.toLowerCase())) return false
  if (person !== undefined && !people.has(person.toLowerCase())) return false
  if (site !== undefined && site.toLowerCase() !== called) return false
  const [from = '', until = ''] = between ?? []
  return between === undefined || (at >= Date.parse(from) && at < Date.parse(until))
}
