/** A rotation as it happens, as server-sent events. */
import type { RotationKey } from '../../store/rotations/journal.ts'
import { countBatches, findRotation } from '../../store/rotations/rotations.ts'
import { systemClock } from '../../webex/calls/clock.ts'
import type { RotationProgress } from '../../wire/rotations.ts'
import { asReasons } from './refused-reasons.ts'
import { type AnswerContext, rotationAnswer, waitingUntil } from './rotation-answer.ts'

/** How often it is looked at: in this process, and in the database where another process runs it. */
const lookMs = { here: 250, elsewhere: 2_000 }
/** What lies between must not take a quiet connection for a dead one. */
const heartbeatMs = 15_000

/** Ends when the rotation no longer moves, or the service stops. */
export async function* rotationEvents(telling: AnswerContext, key: RotationKey): AsyncGenerator<string> {
  const { db, runs } = telling
  let told = ''
  let toldAt = Date.now()
  while (!runs.readings.stopping.aborted) {
    const progress = await readProgress(telling, key)
    if (progress === null) break
    const event = sayEvent('progress', progress)
    if (event !== told) yield event
    else if (Date.now() - toldAt >= heartbeatMs) yield ': still here\n\n'
    if (event !== told || Date.now() - toldAt >= heartbeatMs) toldAt = Date.now()
    told = event
    await systemClock.sleep(runs.isRunning(key) ? lookMs.here : lookMs.elsewhere, runs.readings.stopping)
  }
  const row = await findRotation(db, key)
  if (row !== undefined && !runs.readings.stopping.aborted) yield sayEvent('end', await rotationAnswer(telling, row))
}

/** How far a rotation is; null where it no longer moves. */
async function readProgress({ db, runs }: AnswerContext, key: RotationKey): Promise<RotationProgress | null> {
  const known = runs.progressOf(key)
  if (known !== null) {
    const { done, refused, unsure, total, batches } = known
    const refusedFor = asReasons([...known.refusedFor].map(([reason, count]) => ({ reason, count })))
    return { done, refused, unsure, total, batches, waitingUntil: waitingUntil(known.waitingUntil), refusedFor }
  }
  const row = await findRotation(db, key)
  if (row === undefined || !(runs.isRunning(key) || ['running', 'planning'].includes(runs.stateOf(row)))) return null
  const { counts, refused: refusedFor } = await runs.counts.of(row)
  const { pending, sent, unsure, done, refused } = counts
  const total = pending + sent + unsure + done + refused
  return { done, refused, unsure, total, batches: await countBatches(db, key), waitingUntil: null, refusedFor }
}

function sayEvent(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}
