/** What the scenarios cover, computed from those that are drawn. */
import { describe, expect, it } from 'vitest'
import { type FaultName, faultNames, faults } from '../../devtools/target-double/faults.ts'
import { drawScenarios } from './scenarios/draw-scenarios.ts'
import { idKinds, profileNames, type Scenario } from './scenarios/scenario.ts'

const pairOf = (one: string, other: string) => [one, other].sort().join(' + ')

/** Every two values that meet: of two faults, of a fault and a kind of IDs, and so on. */
function covered(scenarios: Iterable<Scenario>): Set<string> {
  const pairs = new Set<string>()
  for (const { faults: names, ids, profile } of scenarios) {
    const values = [...names, ids, profile]
    for (const [index, one] of values.entries()) {
      for (const other of values.slice(index + 1)) pairs.add(pairOf(one, other))
    }
  }
  return pairs
}

/** Every two values that can meet: what a Roomkey service promises not to do is played with Webex alone. */
function possible(): Set<string> {
  const kinds = faultNames.flatMap(fault => [
    ...idKinds.map(ids => pairOf(fault, ids)),
    ...profileNames.filter(name => name === 'webex' || !faults[fault].webexOnly).map(name => pairOf(fault, name)),
  ])
  const two = (name: FaultName, index: number) => faultNames.slice(index + 1).map(other => pairOf(name, other))
  const settings = idKinds.flatMap(ids => profileNames.map(name => pairOf(ids, name)))
  return new Set([...kinds, ...faultNames.flatMap(two), ...settings])
}

describe('two thousand scenarios', () => {
  it.each([1, 77, 78])('of seed %d have every two faults, kinds of IDs and target profiles at once', seed => {
    expect(faultNames.length).toBeGreaterThanOrEqual(24)
    const all = [...drawScenarios(2000, seed)]
    const pairs = covered(all)
    expect([...possible()].filter(pair => !pairs.has(pair))).toEqual([])
    const killed = all.filter(({ kill }) => kill !== null).length / all.length
    expect(killed).toBeGreaterThan(0.3)
    expect(killed).toBeLessThan(0.37)
    expect(new Set(all.map(({ kill }) => kill?.next))).toEqual(new Set([undefined, 'resume', 'undo']))
    expect(new Set(all.map(({ engine }) => engine))).toEqual(new Set(['sqlite', 'postgres']))
  })
})

it('has every fault, kind of IDs and profile among the hundred of the suite', () => {
  const all = [...drawScenarios(100, 1)]
  expect(new Set(all.flatMap(scenario => scenario.faults))).toEqual(new Set(faultNames))
  expect(new Set(all.map(({ ids, profile }) => `${ids} ${profile}`)).size).toBe(idKinds.length * profileNames.length)
})
