/**
 * Several clients call concurrently; there must be an order of their calls in which the model gives the same answers.
 * On PostgreSQL they call two services on one database.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { App } from '#roomkey/http/app.js'
import { buildServer } from '#roomkey/http/server.js'
import { openStore } from '#roomkey/store/open-store.js'
import type { Store } from '#roomkey/store/store.js'
import { checkDatabase } from '#roomkey/store/upkeep/check.js'
import { emptyDatabase, engines } from '../support/engines.ts'
import { startServiceOn, type TestService } from '../support/service.ts'
import type { Call } from './calls.ts'
import { type CallRecord, linearise } from './linearise.ts'
import { ask, type Game, newGame, play } from './play.ts'
import { anyStep, anyStepAtOnce, onceCarried, type Step, toCall } from './steps.ts'

const runs = Number(process.env.ROOMKEY_MODEL_RUNS ?? 20)
const seed = Number(process.env.ROOMKEY_SEED ?? Date.now() % 2 ** 31)

interface Window {
  /** Sequential steps, to create state to compete for. */
  before: Step[]
  /** The steps of each client, run concurrently. */
  clients: Step[][]
}

const window: fc.Arbitrary<Window> = fc.record({
  before: fc.array(anyStep, { maxLength: 3 }),
  clients: fc.array(fc.array(anyStepAtOnce, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 4 }),
})
const windows = fc.array(window, { minLength: 1, maxLength: 12, size: 'max' })

for (const engine of engines) {
  describe(`${engine}: concurrent calls`, () => {
    let service: TestService
    let other: { app: App; store: Store } | undefined

    beforeAll(async () => {
      const database = await emptyDatabase(engine)
      service = await startServiceOn(database)
      if (engine === 'postgres') {
        const store = await openStore(database.url)
        other = { store, app: await buildServer({ store, rateLimit: null }) }
      }
      vi.useFakeTimers({ toFake: ['Date', 'performance'] })
    })
    afterAll(async () => {
      vi.useRealTimers()
      for await (const finding of checkDatabase(service.store)) expect(finding).toMatchObject({ broken: 0 })
      await other?.app.close()
      await other?.store.close()
      await service.close()
    })

    it('are linearisable: the answers could have come one after the other', { timeout: 3_600_000 }, async () => {
      let lookedLongEnough = Number.POSITIVE_INFINITY
      const counts = { windows: 0, calls: 0 }
      await fc.assert(
        fc.asyncProperty(windows, async sequence => {
          // A race may not repeat, so shrinking its example could take forever.
          fc.pre(process.uptime() < lookedLongEnough)
          const apps = other === undefined ? [service.app] : [service.app, other.app]
          const game = await newGame(apps, service.token, 'random')
          for (const { before, clients } of sequence) {
            for (const step of before) {
              await play(game, step)
              // One service may see what another has changed on a site a second later.
              await play(game, { step: 'wait', ms: 1001 })
            }
            counts.windows += 1
            counts.calls += await playConcurrently(game, clients).catch(error => {
              lookedLongEnough = Math.min(lookedLongEnough, process.uptime() + 60)
              throw error
            })
          }
        }),
        { numRuns: runs, seed },
      )
      process.stdout.write(
        `${engine}: ${counts.calls} calls in ${counts.windows} windows, all with an order (seed ${seed})\n`,
      )
    })
  })
}

/** Runs the clients' steps concurrently, and continues from the resulting state. Returns the number of calls. */
async function playConcurrently(game: Game, clients: Step[][]): Promise<number> {
  const { model, real } = game
  const records: CallRecord[] = []
  let moment = 0
  const calls = clients.map(steps => steps.map(step => toCall(model, step)).filter(call => call !== null))
  await Promise.all(
    calls.map(async own => {
      for (const call of own) {
        moment += 1
        const sentAt = moment
        const answer = await ask(real, model, call)
        moment += 1
        records.push({ call, answer, sentAt, answeredAt: moment })
      }
    }),
  )
  const seen = []
  for (const call of everythingTouched(game, records)) seen.push({ call, answer: await ask(real, model, call) })

  const end = linearise(model, records, seen)
  if (end === null) {
    const lines = records.map(({ call, answer, sentAt, answeredAt }) =>
      JSON.stringify({ sentAt, answeredAt, call, status: answer.status, body: shown(answer.body) }),
    )
    const after = seen.map(({ call, answer }) =>
      JSON.stringify({ call, status: answer.status, body: shown(answer.body) }),
    )
    throw new Error(['There is no order for:', ...lines, 'After which was seen:', ...after].join('\n'))
  }
  Object.assign(model, end)
  return records.length
}

/** Calls that read the rooms of everybody who existed before, and the history of every ID mentioned since. */
function everythingTouched({ model }: Game, calls: CallRecord[]): Call[] {
  const people = model.accounts.filter(({ site }) => site === 0).map(({ personId }) => personId)
  const asked = calls.flatMap(({ call }) => (call.call === 'refresh' ? call.items.map(({ id }) => id) : []))
  const got = calls.flatMap(({ answer }) => idsIn(answer.body))
  const ids = new Set([...onceCarried(model, 0), ...asked, ...got].flatMap(id => (id ? [id.toLowerCase()] : [])))
  return [
    ...people.map((personId): Call => ({ as: 'admin', call: 'room', site: 0, personId })),
    ...people.map((personId): Call => ({ as: 'admin', call: 'history', site: 0, personId })),
    ...[...ids]
      .filter(id => /^[\w.-]{1,64}$/.test(id))
      .map((id): Call => ({ as: 'admin', call: 'whoHeld', site: 0, id, at: null })),
  ]
}

function idsIn(body: {
  personalMeetingRoomIds?: { personalMeetingRoomId: string }[]
  sipAddresses?: { value: string }[]
}): string[] {
  return [
    ...(body?.personalMeetingRoomIds ?? []).map(room => room.personalMeetingRoomId),
    ...(body?.sipAddresses ?? []).map(({ value }) => value.split('@')[0]!),
  ]
}

/** Enough of a body to see what went wrong. */
function shown(body: unknown): string {
  const seen = JSON.stringify(body, (name, value) =>
    /^(guessability|title|trackingId|tokenId|tokenName|displayName)$/.test(name) ? undefined : value,
  )
  return seen.slice(0, 600)
}
