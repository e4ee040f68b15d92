/** A store, a virtual clock and a target double, wired as the commands wire the real ones. */

import { makePlan } from '#roomkey/rotations/planning/make-plan.js'
import type { PlanRequest } from '#roomkey/rotations/planning/plan-request.js'
import { runRotation } from '#roomkey/rotations/running/run.js'
import type { RunDeps } from '#roomkey/rotations/running/run-deps.js'
import { Governor } from '#roomkey/rotations/target/governor.js'
import { governedPermits } from '#roomkey/rotations/target/permits.js'
import { profiles } from '#roomkey/rotations/target/profile.js'
import { openStore } from '#roomkey/store/open-store.js'
import type { RotationKey } from '#roomkey/store/rotations/journal.js'
import { eachItem, type RotationItem } from '#roomkey/store/rotations/rotations.js'
import { secureRandomText } from '#roomkey/store/secure-random.js'
import type { Store } from '#roomkey/store/store.js'
import { createWebexClient } from '#roomkey/webex/calls/client.js'
import { staticToken } from '#roomkey/webex/sign-in/token-source.js'
import { emptyDatabase, type TestEngine } from '../support/engines.ts'
import { openInProcessStore } from '../support/in-process-store.ts'
import { VirtualClock } from '../support/virtual-clock.ts'
import { makeTarget, site, type Weaknesses } from './target-double.ts'

export function people(count: number, prefix = 'person'): Map<string, string> {
  return new Map(Array.from({ length: count }, (_, index) => [`${prefix}${index}@example.com`, `${prefix}${index}`]))
}

export async function openBench(
  engine: TestEngine = 'sqlite',
): Promise<{ store: Store; clock: VirtualClock; close(): Promise<void> }> {
  const clock = new VirtualClock()
  const database = engine === 'sqlite' ? undefined : await emptyDatabase(engine)
  const store = database === undefined ? await openInProcessStore() : await openStore(database.url)
  const waiting: Store = {
    ...store,
    write: (name, args) => clock.working(store.write(name, args)),
  }
  return {
    store: waiting,
    clock,
    close: async () => {
      await store.close()
      await database?.remove()
    },
  }
}

export type Bench = Awaited<ReturnType<typeof openBench>>

export function wire({ clock }: Pick<Bench, 'clock'>, rooms: Map<string, string>, weak: Weaknesses = {}) {
  const target = makeTarget(rooms, clock, weak)
  const governor = new Governor()
  const client = createWebexClient('https://target.example', {
    fetch: target.fetch,
    permits: governedPermits(governor, clock),
    token: staticToken('secret'),
    clock,
  })
  return { target, governor, client }
}

export const wish: PlanRequest = {
  siteUrl: site,
  target: 'https://target.example/v1',
  profile: profiles.webex,
  choice: { who: 'everyone' },
  source: { kind: 'random', prefix: '', bits: 60 },
  canary: 0,
  freeze: false,
  retained: null,
  allowUnmatched: true,
}

const questions = { isGuessable: () => true, isPinned: () => false, ageInDays: () => null }

export async function plan(bench: Bench, wired: ReturnType<typeof wire>, change: Partial<PlanRequest> = {}) {
  const { store, clock } = bench
  const deps = { store, client: wired.client, randomText: secureRandomText, questions, now: () => clock.now() }
  return clock.run(makePlan({ ...wish, ...change }, deps))
}

export async function run(
  { store, clock }: Bench,
  { client }: ReturnType<typeof wire>,
  key: RotationKey,
  change: Partial<RunDeps> = {},
) {
  return clock.run(runRotation(key, { store, client, clock, owner: 'test:1', ...change }))
}

export async function itemsOf(store: Store, key: RotationKey): Promise<RotationItem[]> {
  const all: RotationItem[] = []
  for await (const items of eachItem(store.db, key)) all.push(...items)
  return all
}
