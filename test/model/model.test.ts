/**
 * Random calls, one after the other, to the service and to a model of its promises: every answer must be what the model
 * says. `npm run test:model` runs longer; ROOMKEY_SEED repeats the game of that seed.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { checkDatabase } from '#roomkey/store/upkeep/check.js'
import { engines } from '../support/engines.ts'
import { startService, type TestService } from '../support/service.ts'
import { follow } from './model-transitions.ts'
import { ask, everythingToSee, type Game, newGame, play } from './play.ts'
import { anyStep, type Step } from './steps.ts'
import type { World } from './world.ts'

const runs = Number(process.env.ROOMKEY_MODEL_RUNS ?? 30)
const seed = Number(process.env.ROOMKEY_SEED ?? Date.now() % 2 ** 31)
const longest = 120

class Command implements fc.AsyncCommand<World, Game['real']> {
  readonly #step: Step

  constructor(step: Step) {
    this.#step = step
  }

  check(): boolean {
    return true
  }

  async run(model: World, real: Game['real']): Promise<void> {
    taken += 1
    await play({ model, real }, this.#step)
  }

  toString(): string {
    return JSON.stringify(this.#step)
  }
}

let taken = 0

for (const engine of engines) {
  describe(`${engine}: the model`, () => {
    let service: TestService
    beforeAll(async () => {
      service = await startService(engine)
      vi.useFakeTimers({ toFake: ['Date', 'performance'] })
    })
    afterAll(async () => {
      vi.useRealTimers()
      for await (const finding of checkDatabase(service.store)) expect(finding).toMatchObject({ broken: 0 })
      await service.close()
    })

    it(`is followed through ${runs} sequences of calls`, { timeout: 3_600_000 }, async () => {
      taken = 0
      const commands = fc.commands([anyStep.map(step => new Command(step))], { maxCommands: longest, size: 'max' })
      await fc.assert(
        fc.asyncProperty(commands, async sequence => {
          const game = await newGame([service.app], service.token, 'firstInitialLastName')
          await fc.asyncModelRun(() => game, sequence)
          for (const call of everythingToSee(game.model)) {
            const complaint = follow(game.model, call, await ask(game.real, game.model, call))
            if (complaint !== null) throw new Error(`at the end, ${JSON.stringify(call)}: ${complaint}`)
          }
        }),
        { numRuns: runs, seed },
      )
      process.stdout.write(`${engine}: ${runs} sequences, ${taken} calls as the model says (seed ${seed})\n`)
    })
  })
}
