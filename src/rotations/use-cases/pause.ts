import { getRotation, type Rotation } from '../../store/rotations/rotations.ts'
import { systemClock } from '../../webex/calls/clock.ts'
import { currentState, isAbandoned, keyOf } from '../lifecycle.ts'
import type { Refusal } from '../refusal.ts'
import { audit, type RotationContext, refuseOtherSite } from './context.ts'

/** A process hears within ten seconds that it is to stop, and then waits for its calls under way. */
const defaultPatienceMs = 15_000
const lookAgainMs = { here: 50, elsewhere: 250 }

/**
 * Stops a rotation after the batches under way, whichever process runs it; one whose process has died has stopped then
 * and there. Resolves when it has stopped, or when it has been asked and patience ends: what this process runs is then
 * `pausing`, and another process is refused with `runningElsewhere`.
 */
export async function pauseRotation(
  context: RotationContext,
  rotation: Rotation,
  { patienceMs = defaultPatienceMs }: { patienceMs?: number } = {},
): Promise<Refusal | null> {
  const { active, store } = context
  const key = keyOf(rotation)
  const otherSite = refuseOtherSite(context, rotation.site_url)
  if (otherSite !== undefined) return otherSite
  if (await active.giveUpPlan(key, { keep: true })) {
    await audit(context, key, 'rotation.paused')
    return null
  }
  const isHere = active.stopRun(key)
  if (!isHere) {
    const dead = isAbandoned(rotation, active)
    const isAsked = rotation.state === 'running' && (await store.write('askToStop', { ...key, now: Date.now(), dead }))
    if (!isAsked) return { refused: 'wrongState', state: currentState(rotation, active) }
  }
  await audit(context, key, 'rotation.paused')
  const everyMs = lookAgainMs[isHere ? 'here' : 'elsewhere']
  for (const until = Date.now() + patienceMs; ; await systemClock.sleep(everyMs, active.stopping)) {
    if (!active.isRunning(key) && currentState(await getRotation(store.db, key), active) !== 'running') return null
    if (Date.now() < until && !active.stopping.aborted) continue
    return isHere ? null : { refused: 'runningElsewhere' }
  }
}
