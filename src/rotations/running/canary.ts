/**
 * A few rooms alone, read back before anybody else's turn: whatever is wrong with the plan or the target shows here, with
 * few to put right. They are looked at until each shows its new ID, or until the target has had time to show it.
 */
import { type Message, message } from '../../messages/message.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import { eachItem, type RotationItem } from '../../store/rotations/rotations.ts'
import { nextLookMs } from '../planning/call-bound.ts'
import { concurrently } from '../planning/concurrently.ts'
import { readRoomOf } from '../target/read-person.ts'
import { isStopping, type Run, stopFor } from './run-state.ts'
import { work } from './worker.ts'

export async function runCanary(run: Run): Promise<void> {
  const { rotation, tally, deps } = run
  await work(run, rotation.canary, () => tally.done + tally.refused >= Math.min(rotation.canary, run.total))
  if (isStopping(run)) return
  if (tally.done === 0 && tally.refused > 0) {
    return stopFor(run, 'canary', message('stoppedCanaryRefused', { count: tally.refused }))
  }
  // Where there is nobody after them, there is nobody to protect.
  const wrong = tally.done + tally.refused < run.total ? await judgePilots(run) : null
  if (wrong !== null) return stopFor(run, 'canary', wrong)
  if (deps.pauseAfterCanary) stopFor(run, 'canary', message('stoppedCanaryDone', { count: tally.done }))
}

/** Looks at the pilots until all of them are seen. What is wrong with them, or null. */
async function judgePilots(run: Run): Promise<Message | null> {
  const { clock, signal } = run.deps
  const pilots = await pilotsOf(run)
  let unseen = pilots
  for (let look = 0; !isStopping(run); look += 1) {
    const shown = await concurrently(unseen, 8, item => lookAt(run, item))
    const wrong = unseen.find((_, index) => shown[index] === 'wrong')
    if (wrong !== undefined) return message('stoppedCanaryWrong', { email: wrong.email })
    unseen = unseen.filter((_, index) => shown[index] !== 'seen')
    if (unseen.length === 0) return null
    const { settleMs } = run.profile
    const isLate = unseen.some(({ settled_at }) => clock.now() >= (settled_at ?? 0) + settleMs)
    if (isLate) {
      const { email } = unseen[0]!
      return message('stoppedCanaryUnseen', { unseen: unseen.length, count: pilots.length, email })
    }
    await clock.sleep(nextLookMs(look), signal)
  }
  return null
}

async function pilotsOf({ key, deps }: Run): Promise<RotationItem[]> {
  // The canary is never larger than a slice.
  for await (const items of eachItem(deps.store.db, key)) {
    return items.filter(({ state, kind }) => state === 'done' && kind === 'move')
  }
  return []
}

async function lookAt({ deps, rotation }: Run, item: RotationItem): Promise<'seen' | 'old' | 'wrong'> {
  const { person_id: personId, email, old_id, settled_id } = item
  const reading = await readRoomOf(deps.client, rotation.site_url, { personId, email, ids: [old_id, settled_id] })
  const id = 'roomId' in reading ? roomIdKey(reading.roomId) : null
  if (id === roomIdKey(settled_id ?? '')) return 'seen'
  return id === roomIdKey(old_id ?? '') ? 'old' : 'wrong'
}
