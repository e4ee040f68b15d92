/**
 * Plays a scenario: plans, runs with resumptions, verifies, collects the letters and the report, and undoes. Gives what
 * happened, with the target's own state at each stage, for the promises to be judged by.
 */
import type { HostEmail } from '#roomkey/rotations/afterwards/host-emails.js'
import type { PlanSummary } from '#roomkey/rotations/planning/make-plan.js'
import type { RunEnd } from '#roomkey/rotations/running/run-deps.js'
import type { RotationKey } from '#roomkey/store/rotations/journal.js'
import type { DeadRun } from '#roomkey/store/rotations/ownership.js'
import type { RotationItem } from '#roomkey/store/rotations/rotations.js'
import type { Store } from '#roomkey/store/store.js'
import { TargetError } from '#roomkey/webex/calls/target-error.js'
import { faults } from '../../../devtools/target-double/faults.ts'
import { makeTargetDouble, type TargetDouble } from '../../../devtools/target-double/target-double.ts'
import { VirtualClock } from '../../support/virtual-clock.ts'
import { type Cast, castOf } from './cast.ts'
import { Limits } from './limits.ts'
import { productAt } from './product.ts'
import type { Scenario } from './scenario.ts'

const minute = 60_000
/** How often a step is tried that the target made impossible: each time later, and with a new token. Three storms of years
 * and the end of a token make it so four times. */
const tries = 5
/** How often a run that stopped is resumed. */
const maxRuns = 8

/** The target's truth at some moment. */
export interface Snapshot {
  /** The ID of everybody's room, by person ID. */
  rooms: Map<string, string>
  /** How many changes and calls there had been. */
  changes: number
  calls: number
}

export interface Sent extends HostEmail {
  /** Whether the new link in it worked when it went, and the address was nobody else's. */
  right: boolean
}

export interface Stage<Result> {
  result: Result | null
  /** Why there is none: the target made it impossible, or something went wrong in the product. */
  error: unknown
}

export interface Ran {
  key: RotationKey
  ends: (RunEnd | 'died')[]
  items: RotationItem[]
  error: unknown
  before: Snapshot
  /** After the first process. */
  afterFirst: Snapshot
  after: Snapshot
}

export interface Played {
  scenario: Scenario
  cast: Cast
  siteUrl: string
  target: TargetDouble
  planned: Stage<PlanSummary>
  afterPlan: Snapshot
  run: Ran | null
  letters: Sent[]
  verified: Stage<true> | null
  undo: { planned: Stage<PlanSummary>; run: Ran | null } | null
}

export async function play(scenario: Scenario, store: Store, siteUrl: string): Promise<Played> {
  const clock = new VirtualClock()
  const cast = castOf(scenario)
  const origin = 'https://target.example'
  const target = makeTargetDouble({
    clock,
    people: cast.people,
    kind: scenario.profile,
    faults: scenario.faults.map(name => faults[name]),
    siteUrl,
    origin,
    seed: scenario.seed,
  })
  let token = 1
  const limits = new Limits(clock)
  const product = productAt({
    scenario,
    siteUrl,
    origin,
    clock,
    store: {
      ...store,
      write: (name, args) => limits.check(false).then(() => clock.working(store.write(name, args))),
    },
    fetch: (url, init) => limits.check(true).then(() => target.fetch(url, init)),
    token: () => `token-${token}`,
    endless: limits.endless,
  })
  const letters: Sent[] = []
  const dead: DeadRun[] = []
  const played: Played = {
    scenario,
    cast,
    siteUrl,
    target,
    planned: await persist(() => product.plan(cast.choice)),
    afterPlan: snapshot(),
    run: null,
    letters,
    verified: null,
    undo: null,
  }
  if (played.planned.result === null) return played
  const { key } = played.planned.result

  played.run = await runToTheEnd(key, scenario.kill)
  if (played.run.error !== null) return played
  await collectLetters(key)
  const undoNow =
    scenario.undo === 'immediately' || (scenario.kill?.next === 'undo' && played.run.ends.includes('died'))
  if (!undoNow) {
    for (let time = 1; time <= 2; time += 1) {
      played.verified = await persist(async () => {
        await product.verify(key)
        return true as const
      })
      await collectLetters(key)
      await pass(31 * minute)
    }
  }
  played.run.items = await product.items(key)
  const planned = await persist(() => product.undo(key))
  const run = planned.result === null ? null : await runToTheEnd(planned.result.key, null)
  played.undo = { planned, run }
  return played

  async function runToTheEnd(rotation: RotationKey, kill: Scenario['kill']): Promise<Ran> {
    const before = snapshot()
    const ran: Ran = {
      key: rotation,
      ends: [],
      items: [],
      error: null,
      before,
      afterFirst: before,
      after: before,
    }
    try {
      while (ran.ends.length < maxRuns) {
        limits.beginStage()
        const owner = `process-${rotation.rotation}-${ran.ends.length + 1}`
        const end = await product.run(rotation, owner, ran.ends.length === 0 ? (kill?.step ?? null) : null, dead)
        if (ran.ends.length === 0) ran.afterFirst = snapshot()
        // It may have been killed after its end.
        if (end !== 'died' && 'refused' in end && !('end' in end)) {
          if (end.refused === 'wrongState' && end.state === 'finished') break
          throw new Error(`The run was refused: ${end.refused}.`)
        }
        ran.ends.push(end as RunEnd | 'died')
        if (end === 'died') dead.push({ rotation: rotation.rotation, owner })
        if (end === 'died' && kill?.next === 'undo') break
        if (end !== 'died' && 'end' in end && end.end === 'finished') break
        await later()
      }
    } catch (error) {
      ran.error = error
    }
    ran.after = snapshot()
    ran.items = await product.items(rotation)
    return ran
  }

  /** Tries again what the target made impossible, as an administrator would. */
  async function persist<Result>(stage: () => Promise<Result>): Promise<Stage<Result>> {
    limits.beginStage()
    let error: unknown = null
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      try {
        return { result: await stage(), error: null }
      } catch (thrown) {
        error = thrown
        if (!(thrown instanceof TargetError)) break
        await later()
      }
    }
    return { result: null, error }
  }

  async function later(): Promise<void> {
    token += 1
    await pass(10 * minute)
  }

  async function pass(ms: number): Promise<void> {
    await clock.run(clock.sleep(ms))
  }

  async function collectLetters(rotation: RotationKey): Promise<void> {
    const { people, rooms } = target.world
    for (const letter of await product.letters(rotation)) {
      const host = (await product.items(rotation)).find(({ number }) => number === letter.number)?.person_id ?? ''
      const link = /https:\/\/\S+\/meet\/(\S+)/.exec(letter.text)?.[1]
      const strangers = people.some(({ email, personId }) => email === letter.to && personId !== host)
      letters.push({ ...letter, right: link?.toLowerCase() === rooms.current(host)?.toLowerCase() && !strangers })
    }
  }

  function snapshot(): Snapshot {
    const { world, account } = target
    const rooms = new Map(
      [...cast.people, ...world.people].flatMap(({ personId }) => {
        const id = world.rooms.current(personId)
        return id === undefined ? [] : [[personId, id] as const]
      }),
    )
    return { rooms, changes: account.changes.length, calls: account.calls.length }
  }
}
