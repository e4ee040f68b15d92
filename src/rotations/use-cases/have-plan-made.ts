/** What planning a rotation and planning its undo have in common. */
import { setMaxListeners } from 'node:events'
import { type MessageOrText, message } from '../../messages/message.ts'
import type { Actor } from '../../store/audit-log/audit-events.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import { getRotation } from '../../store/rotations/rotations.ts'
import { secureRandomText } from '../../store/secure-random.ts'
import { StoreDamaged, StoreError } from '../../store/store-error.ts'
import { systemClock } from '../../webex/calls/clock.ts'
import { TargetError } from '../../webex/calls/target-error.ts'
import { type Estimate, estimate } from '../planning/estimate.ts'
import type { PlanDeps, PlanSummary } from '../planning/make-plan.ts'
import { PlanRefused } from '../planning/plan-refused.ts'
import type { Refusal } from '../refusal.ts'
import type { ActiveRotations } from '../running/active-rotations.ts'
import type { TargetRef } from '../target/connect.ts'
import { profileOf } from '../target/profile.ts'
import { type RotationContext, readTarget } from './context.ts'

export interface PlanOptions {
  /** How long to wait for the plan, in milliseconds; for as long as it takes where it is left out. */
  patienceMs?: number
  /** Called with how many people have been read. */
  onProgress?: (read: number) => void
  /** Called once the plan is made or has failed, also after patience ended. */
  onEnded?: () => void
}

/** A plan that is made, or, where patience ended first, is still being made. */
export interface Planned {
  key: RotationKey
  made: { summary: PlanSummary; expected: Estimate } | null
}

/** Makes a plan out of what every plan needs. */
export type MakePlan = (deps: Omit<PlanDeps, 'questions'> & { plannedBy: Actor }) => Promise<PlanSummary>

/**
 * Has a plan made. A plan that fails while its caller waits leaves nothing behind; one that fails later stays, and says
 * why. Giving it up (`discardRotation`) leaves nothing behind either.
 */
export async function havePlanMade(
  context: RotationContext,
  target: TargetRef,
  makePlan: MakePlan,
  { patienceMs, onProgress, onEnded }: PlanOptions,
): Promise<Planned | Refusal> {
  const { actor, active, store } = context
  const { tokenId, trackingId } = actor
  const giveUp = new AbortController()
  const signal = AbortSignal.any([giveUp.signal, active.stopping])
  setMaxListeners(0, signal)
  const answered = new AbortController()
  const plan = active.beginPlan(giveUp)
  let patienceEnds: (planned: Planned) => void = () => undefined
  const late = new Promise<Planned>(resolve => {
    patienceEnds = resolve
  })

  const making = readTarget(
    context,
    target,
    async ({ client, callsPerSecond }): Promise<Planned> => {
      const summary = await makePlan({
        store,
        client,
        randomText: secureRandomText,
        now: Date.now,
        plannedBy: { tokenId, trackingId, now: Date.now() },
        ...(onProgress && { onProgress }),
        async onCreated(key) {
          plan.numbered(key, making)
          if (patienceMs === undefined) return
          void systemClock.sleep(patienceMs, answered.signal).then(() => patienceEnds({ key, made: null }))
        },
        async onFailed(key, error) {
          if (giveUp.signal.aborted || !answered.signal.aborted) await store.write('dropRotation', key)
          else await store.write('failRotation', { ...key, reason: whyFailed(error, active, key) })
        },
      })
      const profile = profileOf(await getRotation(store.db, summary.key))
      return { key: summary.key, made: { summary, expected: estimate(summary, profile, callsPerSecond()) } }
    },
    signal,
  ).finally(() => {
    plan.ended()
    onEnded?.()
  })
  return Promise.race([making, late]).finally(() => answered.abort())
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
