/** A rotation as it happens, as server-sent events. */
import type { RotationKey } from '../store/rotation-journal.ts'
import { findRotation } from '../store/rotation-lists.ts'
import { countBatches, countItems, countReasons } from '../store/rotations.ts'
import type { Db } from '../store/tables.ts'
import { systemClock } from '../webex/clock.ts'
import type { RotationProgress } from '../wire/rotations.ts'
import { asReasons } from './reasons.ts'
import { rotationAnswer, type Telling, waitingUntil } from './rotation-answer.ts'
import type { RotationRuns } from './rotation-runs.ts'

/** How often it is looked at: in this process, and in the database where another process runs it. */
const lookMs = { here: 250, elsewhere: 2_000 }
/** What lies between must not take a quiet connection for a dead one. */
const heartbeatMs = 15_000

/** Ends when the rotation no longer moves, or the service stops. */
export async function* rotationEvents(telling: Telling, key: RotationKey): AsyncGenerator<string> {
  const { db, runs } = telling
  let told = ''
  let toldAt = Date.now()
  while (!runs.readings.stopping.aborted) {
    const here = runs.isRunning(key)
    if (!here) {
      const row = await findRotation(db, key)
      const state = row === undefined ? 'gone' : runs.stateOf(row)
      if (state !== 'running' && state !== 'planning') break
    }
    const event = sayEvent('progress', await readProgress(db, runs, key))
    if (event !== told) yield event
    else if (Date.now() - toldAt >= heartbeatMs) yield ': still here\n\n'
    if (event !== told || Date.now() - toldAt >= heartbeatMs) toldAt = Date.now()
    told = event
    await systemClock.sleep(here ? lookMs.here : lookMs.elsewhere, runs.readings.stopping)
  }
  const row = await findRotation(db, key)
  if (row !== undefined && !runs.readings.stopping.aborted) yield sayEvent('end', await rotationAnswer(telling, row))
}

async function readProgress(db: Db, runs: RotationRuns, key: RotationKey): Promise<RotationProgress> {
  const known = runs.progressOf(key)
  if (known !== null) {
    const { done, refused, unsure, total, batches } = known
    const refusedFor = asReasons([...known.refusedFor].map(([reason, count]) => ({ reason, count })))
    return { done, refused, unsure, total, batches, waitingUntil: waitingUntil(known.waitingUntil), refusedFor }
  }
  const { left: _, ...counts } = await countItems(db, key)
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const { done, refused, unsure } = counts
  const batches = await countBatches(db, key)
  const refusedFor = asReasons(await countReasons(db, { ...key, state: 'refused' }))
  return { done, refused, unsure, total, batches, waitingUntil: null, refusedFor }
}

function sayEvent(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}
