/** What a test may do to a service: the same acts over HTTP (routes.ts) and for `startRoomkey` (src/testkit). */

import type { TargetAnswers } from '../../probe/target-profile.ts'
import type { MemoryStore, Snapshot } from '../../store/sqlite/memory-store.ts'
import type {
  ClockAnswer,
  ClockChange,
  FaultRule,
  RecordedCall,
  Seed,
  SeedAnswer,
  StandingRule,
} from '../../wire/testing.ts'
import { refuse } from '../plumbing/errors.ts'
import { addSeed } from './add-seed.ts'
import { CallNames } from './call-names.ts'
import { parseDuration } from './duration.ts'
import { FaultRules } from './fault-rules.ts'
import { RecordedCalls } from './recorded-calls.ts'
import { SignInDesk } from './sign-in/sign-in-desk.ts'
import type { TestClock } from './test-clock.ts'

export class TestControl {
  readonly clock: TestClock
  /** The calls that rules may name. */
  readonly names = new CallNames()
  readonly rules = new FaultRules()
  readonly recorded = new RecordedCalls()
  readonly signIn: SignInDesk
  /** As which target it behaves, where its store does not say so already. */
  readonly habits: TargetAnswers
  readonly #store: MemoryStore
  readonly #snapshots = new Map<string, Snapshot>()
  readonly #forget: (() => void)[] = []
  #start: Snapshot | undefined

  constructor(store: MemoryStore, clock: TestClock, habits: TargetAnswers = {}) {
    this.#store = store
    this.clock = clock
    this.habits = habits
    this.signIn = new SignInDesk(store, clock)
  }

  /** What to forget when the database becomes another one. */
  onRestore(forget: () => void): void {
    this.#forget.push(forget)
  }

  /** From here on, `reset` comes back to what there is now. */
  async keepAsStart(): Promise<void> {
    this.#start = await this.#store.snapshot()
  }

  /** @throws ApiError 400, and then nothing of the seed is there. */
  async seed(seed: Seed): Promise<SeedAnswer> {
    const before = await this.#store.snapshot()
    try {
      return await addSeed(this.#store, seed, this.clock.now())
    } catch (error) {
      await this.#restore(before)
      throw error
    }
  }

  /** Keeps what there is under a name; another one of that name is replaced. */
  async snapshot(name: string): Promise<void> {
    this.#snapshots.set(name, await this.#store.snapshot())
  }

  /** @throws ApiError 404 where there is no snapshot of that name. */
  async restore(name: string): Promise<void> {
    const snapshot = this.#snapshots.get(name)
    if (snapshot === undefined) throw refuse(404, `There is no snapshot named ${JSON.stringify(name.slice(0, 80))}.`)
    await this.#restore(snapshot)
  }

  /** Back to the start: people, rooms, tokens; no faults, no recorded calls. The clock goes on as it does. */
  async reset(): Promise<void> {
    this.rules.clear()
    this.recorded.clear()
    this.signIn.forget()
    if (this.#start !== undefined) await this.#restore(this.#start)
  }

  async #restore(snapshot: Snapshot): Promise<void> {
    await this.#store.restore(snapshot)
    for (const forget of this.#forget) forget()
  }

  /** @throws ApiError 400 for a call or a time that does not exist. */
  addFault(rule: FaultRule): StandingRule {
    if (rule.call !== undefined && !this.names.has(rule.call)) {
      throw refuse(
        400,
        `There is no call ${JSON.stringify(rule.call.slice(0, 80))}; there are: ${this.names.all().join(', ')}.`,
      )
    }
    for (const time of rule.between ?? []) readTime(time, 'between')
    return this.rules.add(rule)
  }

  calls(name?: string): RecordedCall[] {
    return this.recorded.list(name)
  }

  time(): ClockAnswer {
    return { now: new Date(this.clock.now()).toISOString(), frozen: this.clock.frozen, scale: this.clock.scale }
  }

  /** Does what is asked in this order: freeze or go on, scale, set, advance. @throws ApiError 400 */
  async changeClock({ freeze, scale, set, advance }: ClockChange): Promise<ClockAnswer> {
    const at = set === undefined ? undefined : readTime(set, 'set')
    const by = advance === undefined ? undefined : parseDuration(advance)
    if (by === null) throw refuse(400, 'advance must be milliseconds or a duration such as 90s, 31m, 12h or 31d.')
    if (freeze !== undefined) this.clock.freeze(freeze)
    if (scale !== undefined) this.clock.setScale(scale)
    if (at !== undefined) await this.clock.set(at)
    if (by !== undefined) await this.clock.advance(by)
    return this.time()
  }
}

/** @throws ApiError 400 for what is no time. */
export function readTime(time: string, field: string): number {
  const at = Date.parse(time)
  if (Number.isNaN(at)) throw refuse(400, `${field} is not a time; write one like 2027-01-01T00:00:00Z.`)
  return at
}
