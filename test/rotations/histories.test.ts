/**
 * Random histories of hosts who change their own rooms while a rotation goes on: an undo gives each room back what it had
 * just before its batch, and what was held is untouched. `npm run test:histories` plays ten thousand; ROOMKEY_SEED
 * repeats them.
 */
import { afterEach, describe, expect, it } from 'vitest'
import { Chance } from '../../devtools/chance.ts'
import { engines } from '../support/engines.ts'
import { playHistory } from './play-history.ts'
import { type Bench, openBench } from './rotation-fixture.ts'

const count = Number(process.env.ROOMKEY_HISTORIES ?? 60)
const seed = Number(process.env.ROOMKEY_SEED ?? 21)
/** Histories that share a database: a new one now and then keeps it small. */
const perDatabase = 200

for (const engine of engines) {
  describe(`${engine}: ${count} histories of hosts who change their own rooms, seed ${seed}`, () => {
    let bench: Bench | undefined
    afterEach(() => bench?.close())

    it('end as they should', { timeout: 4 * 60 * 60_000 }, async () => {
      const sum = { changedByHosts: 0, held: 0, undone: 0, killed: 0 }
      const wrong: string[] = []
      // PostgreSQL answers each of a history's thousand questions over a socket, and is asked for a tenth of them.
      const own = engine === 'sqlite' ? count : Math.ceil(count / 10)
      for (let index = 0; index < own; index += 1) {
        if (index % perDatabase === 0) {
          await bench?.close()
          bench = await openBench(engine)
        }
        const end = await playHistory(bench!, new Chance(seed * 1_000_003 + index))
        for (const each of end.wrong) wrong.push(`history ${index}: ${each}`)
        for (const name of ['changedByHosts', 'held', 'undone', 'killed'] as const) sum[name] += end[name]
        if (wrong.length > 20) break
      }
      expect(wrong).toEqual([])
      // A round in which nothing happens shows nothing.
      expect(Math.min(...Object.values(sum))).toBeGreaterThan(0)
      console.info(`${engine}: ${own} histories`, sum)
    })
  })
}
