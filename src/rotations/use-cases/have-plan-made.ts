/** What planning a rotation and planning its undo have in common. */
import { setMaxListeners } from 'node:events'
import { Pace } from '../../directory/sync/pace.ts'
import { type MessageOrText, message } from '../../messages/message.ts'
import type { Actor } from '../../store/audit-log/audit-events.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import { getRotation, type Rotation } from '../../store/rotations/rotations.ts'
import { secureRandomText } from '../../store/secure-random.ts'
import { RotationGone, StoreDamaged, StoreError, StoreUnavailable } from '../../store/store-error.ts'
import { systemClock } from '../../webex/calls/clock.ts'
import { TargetError } from '../../webex/calls/target-error.ts'
import { keyOf, owner } from '../lifecycle.ts'
import { type Estimate, estimate } from '../planning/estimate.ts'
import type { BegunPlan, PlanSummary } from '../planning/make-plan.ts'
import { atTheBeginning } from '../planning/plan-progress.ts'
import { PlanRefused } from '../planning/plan-refused.ts'
import type { PlanDeps, PlanReading } from '../planning/plan-request.ts'
import { isRefusal, type Refusal } from '../refusal.ts'
import type { ActivePlan, ActiveRotations } from '../running/active-rotations.ts'
import type { TargetRef } from '../target/connect.ts'
import { profileOf } from '../target/profile.ts'
import { type RotationContext, readTarget } from './context.ts'

export interface PlanOptions {
  /** How long to wait for the plan, in milliseconds; for as long as it takes where it is left out. */
  patienceMs?: number
  /** Called with how far the reading is, and how much of it goes on in a minute, where that is known. */
  onProgress?: (reading: PlanReading & { perMinute: number | null }) => void
  /** Called once the plan is made or has failed, also after patience ended. */
  onEnded?: () => void
  /** Aborted to stop; what was read is kept. */
  signal?: AbortSignal
}

/** A plan that is made, or, where patience ended first, is still being made. */
export interface Planned {
  key: RotationKey
  made: { summary: PlanSummary; expected: Estimate } | null
}

/** Makes a plan out of what every plan needs, or goes on with one that was begun. */
export type MakePlan = (
  deps: Omit<PlanDeps, 'questions'> & { plannedBy: Actor },
  begun: BegunPlan | undefined,
) => Promise<PlanSummary>

/**
 * Has a plan made. Where it fails after it has read something, that is kept, and the plan has stopped. One that has read
 * nothing leaves nothing behind while its caller waits, and else says why. Giving it up (`discardRotation`) leaves nothing
 * behind either.
 *
 * @param options.stopped a plan that stopped, to be gone on with.
 */
export async function havePlanMade(
  context: RotationContext,
  target: TargetRef,
  makePlan: MakePlan,
  options: PlanOptions & { stopped?: Rotation | undefined },
): Promise<Planned | Refusal> {
  const { patienceMs, onProgress, onEnded, stopped } = options
  const { actor, active, store } = context
  const { tokenId, trackingId } = actor
  const pace = new Pace()
  const own: ActivePlan = { giveUp: new AbortController(), ended: Promise.resolve(), keep: false, reading: null }
  const signals = [own.giveUp.signal, active.stopping, ...(options.signal ? [options.signal] : [])]
  const signal = AbortSignal.any(signals)
  setMaxListeners(0, signal)
  const answered = new AbortController()
  const plan = active.beginPlan(own)
  let kept: RotationKey | null = null
  let patienceEnds: (planned: Planned) => void = () => undefined
  const late = new Promise<Planned>(resolve => {
    patienceEnds = resolve
  })

  const making = readTarget(
    context,
    target,
    async ({ client, callsPerSecond }): Promise<Planned> => {
      const deps = {
        store,
        client,
        randomText: secureRandomText,
        now: Date.now,
        plannedBy: { tokenId, trackingId, now: Date.now() },
        onProgress(reading: PlanReading) {
          const done = reading.phase === 'list' ? reading.people : reading.read
          if (own.reading?.phase !== reading.phase) pace.restart()
          pace.upTo(done, Date.now())
          own.reading = { ...reading, perMinute: pace.perMinute }
          onProgress?.(own.reading)
        },
        async onCreated(key: RotationKey) {
          plan.numbered(key, making)
          if (patienceMs === undefined) return
          void systemClock.sleep(patienceMs, answered.signal).then(() => patienceEnds({ key, made: null }))
        },
        async onFailed(key: RotationKey, error: unknown) {
          const isGivenUp = own.giveUp.signal.aborted && !own.keep
          if (!isGivenUp && (await keep(key, error))) kept = key
          else if (isGivenUp || !answered.signal.aborted) await store.write('dropRotation', key)
          else await store.write('failRotation', { ...key, reason: whyFailed(error, active, key) })
        },
      }
      const begun = stopped && (await goOn(context, stopped))
      const summary = await makePlan(deps, begun)
      const profile = profileOf(await getRotation(store.db, summary.key))
      return { key: summary.key, made: { summary, expected: estimate(summary, profile, callsPerSecond()) } }
    },
    signal,
  )
    .then(planned => (isRefusal(planned) && kept !== null ? whyStopped(kept, planned, signal.aborted) : planned))
    .finally(() => {
      plan.ended()
      onEnded?.()
    })
  return Promise.race([making, late]).finally(() => answered.abort())

  /** Keeps what was read where the target, or somebody, has made it stop. */
  async function keep(key: RotationKey, error: unknown): Promise<boolean> {
    if (!(error instanceof TargetError || error instanceof StoreUnavailable)) return false
    const reason = signal.aborted ? message('planStopped') : error.reason
    return store.write('stopPlan', { ...key, owner, reason, now: Date.now() })
  }
}

/** Takes a plan that has stopped. @throws RotationGone where another process goes on with it, or it was discarded. */
async function goOn({ store }: RotationContext, stopped: Rotation): Promise<BegunPlan> {
  const key = keyOf(stopped)
  const draft = await store.write('takePlan', { ...key, before: stopped.owner, owner, now: Date.now() })
  if (draft === undefined) throw new RotationGone()
  return { key, progress: draft.progress === null ? atTheBeginning : JSON.parse(draft.progress) }
}

function whyStopped({ rotation }: RotationKey, refusal: Refusal, isAsked: boolean): Refusal {
  const isOfTarget =
    refusal.refused === 'targetDown' || refusal.refused === 'targetDenied' || refusal.refused === 'targetLater'
  return isOfTarget ? { refused: 'planStopped', rotation, because: isAsked ? null : refusal } : refusal
}

function whyFailed(error: unknown, active: ActiveRotations, key: RotationKey): MessageOrText {
  if (active.stopping.aborted) return message('planServiceStopped')
  const known = error instanceof TargetError || error instanceof StoreError || error instanceof PlanRefused
  if (!known || error instanceof StoreDamaged) active.reportFailure(error, 'a plan broke off', key)
  return known ? error.reason : message('planFailed')
}

/** For the faces that wait: the summary of a plan that was made. */
export function madePlan(planned: Planned): { summary: PlanSummary; expected: Estimate } {
  if (planned.made === null) throw new Error('A plan without a limit of patience is made when it is answered.')
  return planned.made
}
