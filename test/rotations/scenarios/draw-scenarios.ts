/**
 * Which scenarios are played: every pair of faults meets once in a round-robin tournament, and each pair gets one of
 * the three kinds of IDs and one of the two profiles, in turn. After the last pair it begins again, a turn further.
 */
import { Chance } from '../../../devtools/chance.ts'
import { type FaultName, faultNames, faults } from '../../../devtools/target-double/faults.ts'
import { idKinds, profileNames, type Scenario } from './scenario.ts'

/** One in so many is played on PostgreSQL, and one in so many has its process killed. */
const postgresEvery = 20
const killEvery = 3

export function* drawScenarios(count: number, seed: number): Generator<Scenario> {
  const chance = new Chance(seed)
  const names = chance.some(faultNames, faultNames.length)
  let drawn = 0
  for (let lap = 0; ; lap += 1) {
    for (const [index, pair] of [...tournament(names)].entries()) {
      if (drawn >= count) return
      const turn = index + lap
      const ids = idKinds[turn % idKinds.length]!
      const wanted = profileNames[Math.floor(turn / idKinds.length) % profileNames.length]!
      const profile = pair.some(name => faults[name].webexOnly) ? 'webex' : wanted
      yield {
        faults: pair,
        ids,
        profile,
        people: chance.between(20, 61),
        kill:
          chance.between(0, killEvery) === 0
            ? { step: chance.between(1, 70), next: chance.oneOf(['resume', 'resume', 'undo'] as const) }
            : null,
        undo: chance.oneOf(['immediately', 'verified', 'verified'] as const),
        seed: chance.between(1, 1_000_000),
        engine: drawn % postgresEvery === postgresEvery - 1 ? 'postgres' : 'sqlite',
      }
      drawn += 1
    }
  }
}

/** Everybody against everybody, each round with all of them (the circle method). A bye is one fault alone. */
function* tournament(names: FaultName[]): Generator<FaultName[]> {
  const circle: (FaultName | null)[] = names.length % 2 === 0 ? [...names] : [...names, null]
  for (let round = 1; round < circle.length; round += 1) {
    for (let index = 0; index < circle.length / 2; index += 1) {
      yield [circle[index], circle.at(-1 - index)].filter(name => name !== null && name !== undefined)
    }
    circle.splice(1, 0, circle.pop()!)
  }
}
