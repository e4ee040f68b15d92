/**
 * Rotations against an imitated Webex with every pair of faults, judged by the target's own account. 100 of them run
 * here, the same each time, and what broke a promise once; `npm run test:scenarios` plays thousands.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '#roomkey/store/open-store.js'
import type { Store } from '#roomkey/store/store.js'
import { emptyDatabase, type TestDatabase, type TestEngine } from '../support/engines.ts'
import { openInProcessStore } from '../support/in-process-store.ts'
import { BreachTable } from './scenarios/breach-table.ts'
import { brokenOnce } from './scenarios/broken-once.ts'
import { drawScenarios } from './scenarios/draw-scenarios.ts'
import { play } from './scenarios/play.ts'
import { judge, type PromiseName } from './scenarios/promises.ts'
import { readScenario, type Scenario, writeScenario } from './scenarios/scenario.ts'
import { shorten } from './scenarios/shorten.ts'

const only = process.env.ROOMKEY_SCENARIO
const count = Number(process.env.ROOMKEY_SCENARIOS ?? 100)
const seed = Number(process.env.ROOMKEY_SEED ?? 1)
const all =
  only === undefined
    ? [...brokenOnce.map(readScenario), ...drawScenarios(count, seed)]
    : only.split(' ').map(readScenario)
/** Shortening plays a scenario again and again. */
const maxShortened = 10

describe(`rotations keep their promises, seed ${seed}`, () => {
  const stores = {} as Record<TestEngine, Store>
  let database: TestDatabase
  const table = new BreachTable()
  let sites = 0
  let shortened = 0

  beforeAll(async () => {
    database = await emptyDatabase('postgres')
    stores.postgres = await openStore(database.url)
    stores.sqlite = await openInProcessStore()
  })
  afterAll(async () => {
    for (const store of Object.values(stores)) await store.close()
    await database.remove()
    if (count > 100 || only !== undefined) process.stdout.write(`${table}`)
  })

  const breaches = async (scenario: Scenario) => {
    sites += 1
    return judge(await play(scenario, stores[scenario.engine], `site${sites}.webex.com`))
  }
  const breaks = async (scenario: Scenario, promise: PromiseName) =>
    (await breaches(scenario)).some(breach => breach.promise === promise)

  it.each(all.map(scenario => [writeScenario(scenario), scenario] as const))(
    '%s',
    async (_, scenario) => {
      const found: string[] = []
      for (const breach of await breaches(scenario)) {
        table.add(scenario, breach)
        shortened += 1
        const isLong = only === undefined && shortened <= maxShortened
        const shortest = isLong ? await shorten(scenario, breach.promise, breaks) : scenario
        const repeat = `npm run test:scenarios -- --scenario ${writeScenario(shortest)}`
        found.push(`${breach.promise}: ${breach.details.slice(0, 5).join('; ')}\n  ${repeat}`)
      }
      expect(found.join('\n')).toBe('')
    },
    120_000,
  )
})
