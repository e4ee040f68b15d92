/**
 * Carries a plan out. The thinking is in step.ts; here is the doing, and the order in which it is safe:
 *
 *   take the rotation     one process has it, and no other rotation of the site runs
 *   check the hash        what runs is what was approved
 *   look at what is open  batches that were under way when the last process died are unsure
 *   freeze self-service   the journal says so first: if we die in between, resume sets it back all the same
 *   canary                a few rooms, alone, read back before anybody else's turn
 *   batches               the intent is durable before a batch is sent, its outcome before the worker's next
 *   thaw, release         also when it stops early
 *
 * Between any two of these the process may die. `deps.at` is called at each such boundary, so that a test can die there.
 */
import { createHash } from 'node:crypto'
import { say } from '../sentences/say.ts'
import type { RotationKey } from '../store/rotation-journal.ts'
import type { BegunBatch } from '../store/rotation-runs.ts'
import {
  countItems,
  countReasons,
  eachItem,
  getRotation,
  interruptedMoves,
  nextDue,
  openMoves,
  type Rotation,
  type RotationItem,
  unsureMoves,
} from '../store/rotations.ts'
import { TargetError } from '../webex/target-error.ts'
import { wrongCanary } from './canary.ts'
import { concurrently } from './concurrently.ts'
import { tellOutcome } from './events.ts'
import { largestBatch } from './order-plan.ts'
import { planHash } from './plan-hash.ts'
import { type Profile, profiles } from './profile.ts'
import type { Boundary, RunDeps, RunEnd, Stop } from './run-deps.ts'
import { freeze, thaw } from './self-service.ts'
import {
  type Gate,
  judgeAnswer,
  judgeReading,
  nextEffect,
  type Tally,
  tooManyRefused,
  type UnsureMove,
  unsureTogether,
  type Verdict,
} from './step.ts'

const defaultGate: Gate = { largestShare: 0.2, after: 50 }
/** So many batches in a row without a clear answer mean that the target is down. */
const failuresToStop = 6
const heartbeatMs = 10_000

export class PlanChanged extends Error {
  override name = 'PlanChanged'
}

/**
 * Runs a planned rotation, or goes on with a stopped one.
 *
 * @throws PlanChanged when the plan is not what its hash says; StoreError when the site is being rotated already. In
 * both cases nothing was changed.
 */
export async function runRotation(key: RotationKey, deps: RunDeps): Promise<RunEnd> {
  const rotation = await getRotation(deps.store.db, key)
  if (rotation.plan_hash !== (await planHash(rotation, eachItem(deps.store.db, key)))) {
    throw new PlanChanged(say('planChanged', { rotation: key.rotation }))
  }
  return new Run(key, rotation, deps).toTheEnd()
}

class Run {
  readonly #key: RotationKey
  readonly #rotation: Rotation
  readonly #deps: RunDeps
  readonly #profile: Profile
  readonly #inHand = new Set<number>()
  readonly #over = new AbortController()
  #tally: Tally = { done: 0, refused: 0 }
  readonly #refusedFor = new Map<string, number>()
  #total = 0
  #underWay = 0
  #failures = 0
  #stop: Stop | undefined

  constructor(key: RotationKey, rotation: Rotation, deps: RunDeps) {
    this.#key = key
    this.#rotation = rotation
    this.#deps = deps
    this.#profile = profiles[rotation.profile]
  }

  async toTheEnd(): Promise<RunEnd> {
    const { store, deadOwner = null } = this.#deps
    await store.write('takeRotation', { ...this.#owned(), deadOwner })
    await this.#at('taken')
    const heartbeat = this.#heartbeat()
    try {
      await this.#run()
      await store.write('releaseRotation', { ...this.#owned(), because: this.#stop?.because ?? null })
      await this.#at('released')
      return this.#stop ?? { end: 'finished', refused: (await countItems(store.db, this.#key)).refused }
    } finally {
      this.#over.abort()
      await heartbeat
    }
  }

  async #run(): Promise<void> {
    const { store } = this.#deps
    await this.#settleInterrupted()
    const counts = await countItems(store.db, this.#key, 'withSteps')
    this.#tally = { done: counts.done, refused: counts.refused }
    for (const { reason, count } of await countReasons(store.db, { ...this.#key, state: 'refused' })) {
      this.#refusedFor.set(reason, count)
    }
    this.#total = counts.pending + counts.sent + counts.unsure + counts.done + counts.refused
    this.#tell(counts.unsure)

    await this.#untilStopped(async () => {
      await this.#freeze()
      const first = counts.done + counts.refused === 0
      if (first && this.#rotation.canary > 0) await this.#canary()
      while (!this.#stopping() && (await openMoves(store.db, this.#key))) await this.#workTogether()
    })
    await this.#thaw()
  }

  async #workTogether(): Promise<void> {
    const { workers = 4 } = this.#deps
    const worker = () => this.#untilStopped(() => this.#work(largestBatch, () => false))
    const ends = await Promise.allSettled(Array.from({ length: workers }, worker))
    for (const end of ends) if (end.status === 'rejected') throw end.reason
  }

  /** A target that refuses us or is down stops the run; anything else is a bug or the database, and ends it. */
  async #untilStopped(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof TargetError)) throw error
      this.#stopFor(error.kind === 'denied' ? 'denied' : 'down', error.message)
    }
  }

  /** One worker: does what there is to do until there is nothing, or until it is told to stop. */
  async #work(limit: number, enough: () => boolean): Promise<void> {
    const { store, clock } = this.#deps
    while (!this.#stopping() && !enough()) {
      const now = clock.now()
      const due = await this.#takeUnsure(now)
      if (due.length > 0) {
        await this.#readBack(due)
        continue
      }
      const begun = await this.#begin(limit)
      if (begun !== null) {
        await this.#send(begun)
        continue
      }
      // What is due and was not free to take is in another worker's hand.
      const next = await nextDue(store.db, this.#key)
      const effect = nextEffect({
        now,
        pending: false,
        inHand: this.#underWay > 0 || this.#inHand.size > 0,
        nextDue: next !== null && next > now ? next : null,
      })
      if (effect.do === 'finish') return
      if (effect.do === 'wait') await clock.sleep(effect.until - now, this.#deps.signal)
    }
  }

  async #begin(limit: number): Promise<BegunBatch | null> {
    const begun = await this.#deps.store.write('beginBatch', { ...this.#owned(), limit })
    if (begun === null) return null
    this.#underWay += 1
    this.#tally.refused += begun.blocked.length
    for (const _ of begun.blocked) this.#countRefused(say('couldNotGiveUp'))
    await this.#at('intended')
    return begun
  }

  /** Sends a batch whose intent is in the journal, and records what became of it. */
  async #send({ intent, part, moves: rows }: BegunBatch): Promise<void> {
    const { client, clock } = this.#deps
    try {
      const moves = rows.map(({ number, email, old_id, new_id }) => ({ number, email, from: old_id!, to: new_id }))
      if (moves.length === 0) return
      const items = moves.map(({ email, to }) => ({ email, roomId: to }))
      const answer = await client.refresh(this.#rotation.site_url, items, this.#idempotencyKey(moves))
      await this.#at('answered')

      const { verdicts, run } = judgeAnswer({ intent, part, moves }, answer, this.#profile, clock.now())
      await this.#settle(verdicts, answer.trackingId, tellOutcome(intent, answer, verdicts))
      await this.#at('settled')
      if (run.do === 'stop') this.#stopFor('denied', say('stoppedRefused', { why: run.why }))
      else if (run.do === 'failed') await this.#failed(run.why)
      else this.#failures = 0
      if (answer.kind === 'later') await clock.sleep(answer.waitMs, this.#deps.signal)
    } finally {
      this.#underWay -= 1
    }
  }

  /** The same moves of the same plan are the same call, whenever they are sent. */
  #idempotencyKey(moves: { number: number }[]): string {
    const numbers = moves.map(move => move.number).join(',')
    return createHash('sha256').update(`${this.#rotation.plan_hash} ${numbers}`).digest('hex').slice(0, 32)
  }

  async #takeUnsure(now: number): Promise<RotationItem[]> {
    const limit = largestBatch + this.#inHand.size
    const due = await unsureMoves(this.#deps.store.db, { ...this.#key, until: now, limit })
    const free = due.filter(move => !this.#inHand.has(move.number)).slice(0, largestBatch)
    for (const { number } of free) this.#inHand.add(number)
    return free
  }

  async #readBack(rows: RotationItem[]): Promise<void> {
    const { client, clock } = this.#deps
    try {
      const readings = await concurrently(rows, 8, row => client.readRoom(this.#rotation.site_url, row.email))
      await this.#at('read')
      const verdicts = rows.map((row, index) =>
        judgeReading(toUnsure(row), readings[index]!, this.#profile, clock.now()),
      )
      await this.#settle(verdicts, null, tellOutcome(null, { kind: 'read back' }, verdicts))
      await this.#at('judged')
    } finally {
      for (const { number } of rows) this.#inHand.delete(number)
    }
  }

  async #settle(verdicts: Verdict[], trackingId: string | null, body: unknown): Promise<void> {
    const event = { at: this.#deps.clock.now(), kind: 'outcome', body }
    await this.#deps.store.write('settleMoves', { ...this.#owned(), verdicts, trackingId, event })
    for (const verdict of verdicts) {
      if (verdict.is === 'done' || verdict.is === 'refused') this.#tally[verdict.is] += 1
      if (verdict.is === 'refused') this.#countRefused(verdict.reason)
    }
    this.#tell(verdicts.filter(verdict => verdict.is === 'unsure').length)
    if (tooManyRefused(this.#tally, this.#deps.gate ?? defaultGate)) {
      const { done, refused } = this.#tally
      this.#stopFor('refusals', say('stoppedRefusals', { refused, count: done + refused }))
    }
  }

  #countRefused(reason: string): void {
    this.#refusedFor.set(reason, (this.#refusedFor.get(reason) ?? 0) + 1)
  }

  /** Nobody knows what became of batches that the last process had under way. */
  async #settleInterrupted(): Promise<void> {
    const byIntent = new Map<number, RotationItem[]>()
    for (const row of await interruptedMoves(this.#deps.store.db, this.#key)) {
      const intent = row.intent ?? 0
      byIntent.set(intent, [...(byIntent.get(intent) ?? []), row])
    }
    for (const [intent, rows] of byIntent) {
      const moves = rows.map(({ number, email, old_id, new_id }) => ({ number, email, from: old_id!, to: new_id }))
      const verdicts = unsureTogether({ intent, part: rows[0]!.part, moves }, this.#deps.clock.now())
      await this.#settle(verdicts, null, tellOutcome(intent, { kind: 'interrupted' }, verdicts))
    }
  }

  /** A few rooms alone, read back: whatever is wrong with the plan or the target shows here, with few to put right. */
  async #canary(): Promise<void> {
    const { store, client } = this.#deps
    const size = this.#rotation.canary
    await this.#work(size, () => this.#tally.done + this.#tally.refused >= Math.min(size, this.#total))
    if (this.#stopping()) return
    const { done, refused } = this.#tally
    if (done === 0 && refused > 0) {
      return this.#stopFor('canary', say('stoppedCanaryRefused', { count: refused }))
    }
    const wrong = await wrongCanary(store, client, this.#rotation, this.#profile)
    if (wrong !== null) return this.#stopFor('canary', wrong)
    if (this.#deps.pauseAfterCanary) this.#stopFor('canary', say('stoppedCanaryDone', { count: done }))
  }

  async #freeze(): Promise<void> {
    if (this.#rotation.freeze === 1) await freeze(this.#rotation, this.#owned(), this.#deps, this.#at)
  }

  /** Also when the run stops: hosts should not be locked out of their settings while somebody thinks. */
  async #thaw(): Promise<void> {
    try {
      await thaw(this.#rotation, this.#owned(), this.#deps, this.#at)
    } catch (error) {
      if (!(error instanceof TargetError)) throw error
      this.#stopFor('down', say('stoppedFrozen', { why: error.message }))
    }
  }

  /** Waits a while, and longer each time, before anybody tries again. */
  async #failed(why: string): Promise<void> {
    this.#failures += 1
    if (this.#failures >= failuresToStop) {
      return this.#stopFor('down', say('stoppedDown', { why }))
    }
    await this.#deps.clock.sleep(Math.min(30_000, 500 * 2 ** this.#failures), this.#deps.signal)
  }

  #stopFor(kind: Stop['kind'], because: string): void {
    this.#stop ??= { end: 'stopped', kind, because }
  }

  #stopping(): boolean {
    if (this.#deps.signal?.aborted) this.#stopFor('asked', say('stoppedAsked'))
    return this.#stop !== undefined
  }

  #owned() {
    return { ...this.#key, owner: this.#deps.owner, now: this.#deps.clock.now() }
  }

  #tell(unsure: number): void {
    const waitingUntil = this.#deps.waitingUntil?.() ?? 0
    const refusedFor = this.#refusedFor
    this.#deps.onProgress?.({ ...this.#tally, total: this.#total, unsure, waitingUntil, refusedFor })
  }

  #at = async (boundary: Boundary): Promise<void> => {
    await this.#deps.at?.(boundary)
  }

  /** Waiting for a target can take half an hour: the lease must not end meanwhile. */
  async #heartbeat(): Promise<void> {
    for (;;) {
      await this.#deps.clock.sleep(heartbeatMs, this.#over.signal)
      if (this.#over.signal.aborted) return
      await this.#deps.store.write('keepRotation', this.#owned()).catch(() => undefined)
    }
  }
}

function toUnsure(row: RotationItem): UnsureMove {
  const { number, email, old_id, new_id, part, since, reason } = row
  return { number, email, from: old_id!, to: new_id, part, since: since ?? 0, reason }
}
