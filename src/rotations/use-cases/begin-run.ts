/** What starting and resuming have in common. */
import { runningRotations } from '../../store/rotations/lists.ts'
import { defaultFreshMs } from '../../store/rotations/plans.ts'
import { countBatches, type Rotation } from '../../store/rotations/rotations.ts'
import { systemClock } from '../../webex/calls/clock.ts'
import { currentState, deadRuns, isUnplanned, keyOf, owner } from '../lifecycle.ts'
import { lookThroughMirror } from '../mirroring/mirror-readings.ts'
import { isRefusal, orRefusal, type Refusal } from '../refusal.ts'
import type { ActiveRun } from '../running/active-rotations.ts'
import { ReadingWaits } from '../running/reading-waits.ts'
import { runRotation } from '../running/run.ts'
import type { RunDeps, RunEnd } from '../running/run-deps.ts'
import type { Stay } from '../target/permits.ts'
import { auditOf, openTarget, type RotationContext, refuseOtherSite } from './context.ts'
import { mirrorOf } from './mirror-of.ts'

export type RunOptions = Pick<RunDeps, 'workers' | 'gate' | 'pauseAfterCanary' | 'onProgress'> & {
  /** Aborted to stop after the batches under way. */
  signal?: AbortSignal
  /** When its calls are made, and how long it waits for its target; absent where the route says that already. */
  stay?: Stay | undefined
}

/** A rotation that this process has taken and runs. */
export interface StartedRun {
  /** How it ended. Rejects when the database fails or Roomkey does; that is reported to `active` as well. */
  ended: Promise<RunEnd | Refusal>
}

const kinds = {
  start: { from: 'planned', action: 'rotation.started' },
  resume: { from: 'stopped', action: 'rotation.resumed' },
} as const

/** Resolves as soon as the rotation is this process's own. */
export async function beginRun(
  context: RotationContext,
  rotation: Rotation,
  kind: keyof typeof kinds,
  options: RunOptions,
): Promise<StartedRun | Refusal> {
  const { active, store } = context
  const { from, action } = kinds[kind]
  const key = keyOf(rotation)
  const otherSite = refuseOtherSite(context, rotation.site_url)
  if (otherSite !== undefined) return otherSite
  const state = currentState(rotation, active)
  if (state !== from) return { refused: 'wrongState', state }
  if (isUnplanned(rotation)) return { refused: 'planUnfinished' }
  if (active.stopping.aborted) return { refused: 'serviceStopping' }
  const dead = deadRuns(await runningRotations(store.db, rotation.site_id), active)
  if (active.isRunning(key)) return { refused: 'alreadyRunning' }

  const run: ActiveRun = { stop: new AbortController(), ended: Promise.resolve(), progress: null, batches: 0 }
  active.addRun(key, run)
  let taken = false
  return new Promise((resolve, reject) => {
    const audit = auditOf(context, action, { planHash: rotation.plan_hash })
    const ended = carryOut(context, rotation, run, {
      ...options,
      dead,
      audit,
      onTaken: () => {
        taken = true
        resolve({ ended })
      },
    })
    run.ended = ended.then(
      end => {
        active.endRun(key, 'ended')
        resolve(isRefusal(end) && !taken ? end : { ended })
      },
      error => {
        active.endRun(key, taken ? 'brokeOff' : 'ended')
        if (taken) active.reportFailure(error, 'a rotation broke off', key)
        reject(error)
      },
    )
  })
}

async function carryOut(
  context: RotationContext,
  rotation: Rotation,
  run: ActiveRun,
  {
    onTaken,
    onProgress,
    signal,
    stay,
    ...options
  }: RunOptions & Pick<RunDeps, 'dead' | 'audit'> & { onTaken: () => void },
): Promise<RunEnd | Refusal> {
  const { store } = context
  const stop = signal === undefined ? run.stop.signal : AbortSignal.any([run.stop.signal, signal])
  const waits = new ReadingWaits()
  const how = { rotation: rotation.rotation, giveUp: null, stop, stay, onAsked: waits.add }
  const session = openTarget(context, rotation, how)
  if (isRefusal(session)) return session
  try {
    const mirror = await mirrorOf(context, rotation)
    run.batches = await countBatches(store.db, keyOf(rotation))
    return await orRefusal(rotation.rotation, () =>
      runRotation(keyOf(rotation), {
        ...options,
        store,
        client: session.client,
        clock: systemClock,
        readRoom:
          mirror &&
          lookThroughMirror(session.client, mirror, {
            siteUrl: rotation.site_url,
            freshMs: rotation.fresh_ms ?? defaultFreshMs,
            now: systemClock.now,
          }),
        owner,
        signal: stop,
        onStopAsked: () => run.stop.abort(),
        takeWaits: () => waits.take(),
        waitingUntil: session.waitingUntil,
        retryAfter: session.retryAfter,
        onProgress(progress) {
          // Nothing is reported while it waits for its hours.
          run.progress = {
            ...progress,
            get waitingUntil() {
              return session.waitingUntil()
            },
          }
          onProgress?.(progress)
        },
        at(boundary) {
          if (boundary === 'taken') onTaken()
          if (boundary === 'intended') run.batches += 1
        },
      }),
    )
  } finally {
    session.end()
  }
}
