/** A rotation as it happens, as server-sent events. */
import { currentState } from '../../rotations/lifecycle.ts'
import type { ActivePlan } from '../../rotations/running/active-rotations.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import { countBatches, findRotation } from '../../store/rotations/rotations.ts'
import { systemClock } from '../../webex/calls/clock.ts'
import type { RotationProgress } from '../../wire/rotations.ts'
import { type Asker, isPausing, rotationAnswer, waitingUntil } from './answer.ts'
import { asReasons } from './refused-reasons.ts'
import type { RotationApi } from './rotation-api.ts'

/** How often it is polled: in this process, and in the database where another process runs it. */
const pollMs = { here: 250, elsewhere: 2_000 }
/** Proxies in between must not take a quiet connection for a dead one. */
const heartbeatMs = 15_000

/** Ends when the rotation no longer moves, the service stops, or `ended` is aborted. */
export async function* rotationEvents(
  api: RotationApi,
  asker: Asker,
  key: RotationKey,
  ended: AbortSignal,
): AsyncGenerator<string> {
  const { active, store } = api
  const stop = AbortSignal.any([active.stopping, ended])
  let sent = ''
  let sentAt = Date.now()
  while (!stop.aborted) {
    const progress = await readProgress(api, key)
    if (progress === null) break
    const event = renderEvent('progress', progress)
    if (event !== sent) yield event
    else if (Date.now() - sentAt >= heartbeatMs) yield ': still here\n\n'
    if (event !== sent || Date.now() - sentAt >= heartbeatMs) sentAt = Date.now()
    sent = event
    await systemClock.sleep(active.isRunning(key) ? pollMs.here : pollMs.elsewhere, stop)
  }
  const row = await findRotation(store.db, key)
  if (row !== undefined && !stop.aborted) yield renderEvent('end', await rotationAnswer(api, asker, row))
}

/** How far a rotation is; null where it no longer moves. */
async function readProgress(
  { store: { db }, active, counts: countCache }: RotationApi,
  key: RotationKey,
): Promise<RotationProgress | null> {
  const known = active.progressOf(key)
  if (known !== null) {
    const { done, refused, held, unsure, total, batches, pausing, doing } = known
    const refusedFor = asReasons(known.refusedFor.list())
    const waiting = waitingUntil(known.waitingUntil)
    const { readAgainAt, ...doingNow } = doing()
    const now = { ...doingNow, readAgainAt: readAgainAt === null ? null : new Date(readAgainAt).toISOString() }
    const counts = { done, refused, held, unsure, total, batches, refusedFor, pausing }
    return { ...counts, waitingUntil: waiting, doing: now, reading: null }
  }
  const row = await findRotation(db, key)
  if (row === undefined || !(active.isRunning(key) || ['running', 'planning'].includes(currentState(row, active)))) {
    return null
  }
  const { counts: rooms, refused: refusedFor } = await countCache.of(row)
  const { pending, sent, unsure, done, refused, held } = rooms
  const total = pending + sent + unsure + done + refused + held
  const batches = await countBatches(db, key)
  const pausing = isPausing(row, active)
  const counts = { done, refused, held, unsure, total, batches, refusedFor, pausing }
  return { ...counts, waitingUntil: null, doing: null, reading: asReading(active.readingOf(key)) }
}

function asReading(reading: ActivePlan['reading']): RotationProgress['reading'] {
  if (reading === null) return null
  const { perMinute } = reading
  return reading.phase === 'list'
    ? { phase: 'list', done: reading.people, total: null, perMinute }
    : { phase: 'rooms', done: reading.read, total: reading.total, perMinute }
}

function renderEvent(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}
