/** Looks for a simpler scenario that breaks the same promise: fewer faults, nobody killed, fewer people. */
import type { PromiseName } from './promises.ts'
import type { Scenario } from './scenario.ts'

export async function shorten(
  scenario: Scenario,
  promise: PromiseName,
  breaks: (scenario: Scenario, promise: PromiseName) => Promise<boolean>,
): Promise<Scenario> {
  let shortest = scenario
  for (const simpler of [
    (one: Scenario): Scenario => ({ ...one, faults: one.faults.slice(0, 1) }),
    (one: Scenario): Scenario => ({ ...one, faults: one.faults.slice(-1) }),
    (one: Scenario): Scenario => ({ ...one, faults: [] }),
    (one: Scenario): Scenario => ({ ...one, kill: null }),
    (one: Scenario): Scenario => ({ ...one, undo: 'verified' }),
    (one: Scenario): Scenario => ({ ...one, engine: 'sqlite' }),
    (one: Scenario): Scenario => ({ ...one, people: 20 }),
  ]) {
    const candidate = simpler(shortest)
    if (JSON.stringify(candidate) !== JSON.stringify(shortest) && (await breaks(candidate, promise)))
      shortest = candidate
  }
  return shortest
}
