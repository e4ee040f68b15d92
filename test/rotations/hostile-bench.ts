/** Plans, runs and undoes rotations against an imitated Webex with faults, in simulated time. */
import { expect } from 'vitest'
import { planUndo } from '#roomkey/rotations/afterwards/undo.js'
import type { Choice } from '#roomkey/rotations/planning/choose.js'
import { Governor } from '#roomkey/rotations/target/governor.js'
import { governedPermits } from '#roomkey/rotations/target/permits.js'
import { profiles } from '#roomkey/rotations/target/profile.js'
import type { RotationKey } from '#roomkey/store/rotations/journal.js'
import type { DeadRun } from '#roomkey/store/rotations/ownership.js'
import { secureRandomText } from '#roomkey/store/secure-random.js'
import { createWebexClient } from '#roomkey/webex/calls/client.js'
import { staticToken } from '#roomkey/webex/sign-in/token-source.js'
import { type FaultName, faults } from '../../devtools/target-double/faults.ts'
import { makePeople } from '../../devtools/target-double/people.ts'
import { makeTargetDouble } from '../../devtools/target-double/target-double.ts'
import { type Bench, itemsOf, openBench, plan, run, type wire } from './rotation-fixture.ts'

type Wired = ReturnType<typeof wire>

interface Options {
  choice?: Choice
  latencyMs?: number
  canary?: number
  freeze?: boolean
}

export function hostileBench() {
  let bench: Bench
  let sites = 0

  /** Plans a rotation of so many people. */
  async function planned(
    count: number,
    names: FaultName[],
    source: 'random' | 'system' | 'csv' = 'random',
    { choice = { who: 'everyone' }, latencyMs = 2, canary = 0, freeze = false }: Options = {},
  ) {
    sites += 1
    const siteUrl = `hostile${sites}.webex.com`
    const { clock } = bench
    const people = makePeople(count)
    const target = makeTargetDouble({ clock, people, faults: names.map(name => faults[name]), siteUrl, latencyMs })
    const client = createWebexClient('https://target.example', {
      fetch: target.fetch,
      permits: governedPermits(new Governor(), clock),
      token: staticToken('secret'),
      clock,
    })
    const wired = { client } as Wired
    const ids = source === 'random' ? ({ kind: 'random', prefix: '', bits: 60 } as const) : ({ kind: source } as const)
    const summary = await plan(bench, wired, { siteUrl, source: ids, choice, canary, freeze, profile: profiles.webex })
    // What late readings show then is the plan's own snapshot.
    await clock.run(clock.sleep(31 * 60_000))
    return { summary, people, target, wired }
  }

  /** Plans a rotation, runs it, and holds it to the number of calls that its plan states. */
  async function rotate(count: number, names: FaultName[], source: 'random' | 'system' = 'random') {
    const { summary, people, target, wired } = await planned(count, names, source)
    const before = {
      calls: target.account.calls.length,
      refreshes: target.account.calls.filter(({ kind }) => kind === 'refresh').length,
    }
    const end = await run(bench, wired, summary.key)
    const items = await itemsOf(bench.store, summary.key)
    const calls = target.account.calls.length - before.calls
    const refreshes = target.account.calls.filter(({ kind }) => kind === 'refresh').length - before.refreshes
    expect(calls).toBeLessThanOrEqual(summary.maxCalls)
    expect(refreshes).toBeLessThanOrEqual(summary.maxRefreshes)
    const times = (personId: string) => target.account.changes.filter(change => change.personId === personId).length
    return { summary, end, items, people, target, wired, times, calls, refreshes }
  }

  function readingDeps({ client }: Pick<Wired, 'client'>) {
    return { store: bench.store, client, randomText: secureRandomText, now: () => bench.clock.now() }
  }

  async function undo(key: RotationKey, wired: Wired, dead: DeadRun[] = []) {
    const back = await bench.clock.run(planUndo(key, readingDeps(wired)))
    expect(await run(bench, wired, back.key, { owner: 'test:2', dead })).toMatchObject({ end: 'finished' })
    return back.key
  }

  return {
    planned,
    rotate,
    readingDeps,
    undo,
    async open(): Promise<Bench> {
      bench = await openBench()
      return bench
    },
  }
}
