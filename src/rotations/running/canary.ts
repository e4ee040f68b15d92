/** A few rooms alone, read back: whatever is wrong with the plan or the target shows here, with few to put right. */
import { type Message, message } from '../../messages/message.ts'
import { eachItem } from '../../store/rotations/rotations.ts'
import { judgeVisible } from '../afterwards/verify.ts'
import { isStopping, type Run, stopFor } from './run-state.ts'
import { work } from './worker.ts'

export async function runCanary(run: Run): Promise<void> {
  const { rotation, tally, deps } = run
  await work(run, rotation.canary, () => tally.done + tally.refused >= Math.min(rotation.canary, run.total))
  if (isStopping(run)) return
  if (tally.done === 0 && tally.refused > 0) {
    return stopFor(run, 'canary', message('stoppedCanaryRefused', { count: tally.refused }))
  }
  const wrong = await wrongCanary(run)
  if (wrong !== null) return stopFor(run, 'canary', wrong)
  if (deps.pauseAfterCanary) stopFor(run, 'canary', message('stoppedCanaryDone', { count: tally.done }))
}

/** Reads the rooms that have been refreshed so far back; what is wrong with the first that is, or null. */
async function wrongCanary({ key, rotation, profile, deps }: Run): Promise<Message | null> {
  for await (const items of eachItem(deps.store.db, key)) {
    for (const item of items) {
      if (item.state !== 'done' || item.kind !== 'move') continue
      const reading = await deps.client.readRoom(rotation.site_url, item.email)
      const visible = judgeVisible(item, reading, item.settled_at ?? 0)
      // A target that shows changes at once has no excuse for the old ID.
      const wrong = visible === 'wrong' || (visible === 'notYetVisible' && profile.listedRoomsFresh)
      if (wrong) return message('stoppedCanaryWrong', { email: item.email })
    }
    // The canary is never larger than a slice.
    return null
  }
  return null
}
