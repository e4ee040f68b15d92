/**
 * A few rooms alone, read back before anybody else's turn: whatever is wrong with the plan or the target shows here, with
 * few to put right. They are looked at until each shows its new ID, or until the target has had time to show it.
 */
import { asMessage, type Message, type MessageOrText, message } from '../../messages/message.ts'
import { maxBatchSize } from '../../rooms/batch-shape.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import { countBegun } from '../../store/rotations/counts.ts'
import { countEvents, eachItem, type RotationItem } from '../../store/rotations/rotations.ts'
import { fromStored, fromStoredOrNull } from '../../store/stored-message.ts'
import { personOf } from '../person-of.ts'
import { nextLookMs } from '../planning/call-bound.ts'
import { concurrently } from '../planning/concurrently.ts'
import { readRoomOf } from '../target/read-person.ts'
import { recordWaits } from './reading-waits.ts'
import { isStopping, owned, type Run, stopFor } from './run-state.ts'
import { maxTries } from './step.ts'
import { work } from './worker.ts'

export async function runCanary(run: Run): Promise<void> {
  const { rotation, tally, deps } = run
  if (rotation.canary === 0 || (await isOver(run))) return
  run.fresh = rotation.canary - (await countBegun(deps.store.db, run.key))
  await work(run)
  run.fresh = Number.POSITIVE_INFINITY
  if (isStopping(run)) return
  // Where there is nobody after them, there is nobody to protect.
  const wrong = tally.done + tally.refused + tally.held < run.total ? await judgePilots(run) : null
  if (wrong !== null) return stopFor(run, 'canary', wrong)
  if (isStopping(run)) return
  const event = { at: deps.clock.now(), kind: canaryOver, body: { done: tally.done, refused: tally.refused } }
  await deps.store.write('recordEvent', { ...owned(run), event })
  if (deps.pauseAfterCanary) stopFor(run, 'canary', message('stoppedCanaryDone', { count: tally.done }))
}

const canaryOver = 'canaryOver'

/** Whether the others' turn has come before; versions that wrote no such event sent more than the pilots by then. */
async function isOver({ key, rotation, tally, deps }: Run): Promise<boolean> {
  if (tally.done + tally.refused >= rotation.canary + maxBatchSize) return true
  return (await countEvents(deps.store.db, key, canaryOver)) > 0
}

/** What is wrong with the pilots, or null. */
async function judgePilots(run: Run): Promise<Message | null> {
  const pilots = await pilotsOf(run)
  const refusal = wasTold(run, 'stoppedCanaryRefused', 'stoppedCanaryNotChanged')
    ? null
    : judgeRefused(
        pilots.filter(({ state }) => state === 'refused'),
        run,
      )
  return (
    refusal ??
    (await lookUntilSeen(
      run,
      pilots.filter(({ state }) => state === 'done'),
    ).finally(() => {
      run.pilotsUnseen = 0
    }))
  )
}

/** Whoever resumes after one of these has looked at the reasons, and goes on without these pilots. */
function wasTold({ rotation }: Run, ...codes: Message['code'][]): boolean {
  const before = asMessage(fromStoredOrNull(rotation.stop_reason))
  return before !== null && codes.includes(before.code)
}

/** A target may well refuse somebody, but not all of them, nor after an answer that said otherwise or nothing. */
function judgeRefused(refused: RotationItem[], { tally }: Run): Message | null {
  if (tally.done === 0 && tally.refused > 0) return message('stoppedCanaryRefused', { count: tally.refused })
  const odd = refused.find(({ tries }) => tries > 0)
  return odd ? message('stoppedCanaryNotChanged', { email: odd.email, reason: fromStored(odd.reason!) }) : null
}

/** Looks at the pilots until all of them are seen. */
async function lookUntilSeen(run: Run, pilots: RotationItem[]): Promise<Message | null> {
  const { clock, signal } = run.deps
  let unseen = pilots
  for (let look = 0; !isStopping(run); look += 1) {
    run.pilotsUnseen = unseen.length
    const shown = await concurrently(unseen, 8, async item => ({ item, shows: await lookAt(run, item) }))
    await recordWaits(run)
    const wrong = shown.find(({ shows }) => shows === 'wrong')
    if (wrong !== undefined) return message('stoppedCanaryWrong', { email: wrong.item.email })
    const others = shown.filter(({ shows }) => shows !== 'seen')
    unseen = others.map(({ item }) => item)
    if (unseen.length === 0) return null
    // What none can read says nothing against the others, but somebody should know.
    const unread = others.flatMap(({ item: { email }, shows }) =>
      typeof shows === 'string' ? [] : [{ email, reason: shows.unclear }],
    )
    const { settleMs } = run.profile
    const isLate = unseen.some(({ settled_at }) => clock.now() >= (settled_at ?? 0) + settleMs)
    if (unread.length === unseen.length && (isLate || look + 1 >= maxTries)) {
      return wasTold(run, 'stoppedCanaryUnread') ? null : message('stoppedCanaryUnread', unread[0]!)
    }
    if (isLate) {
      const { email } = unseen[0]!
      return message('stoppedCanaryUnseen', { unseen: unseen.length, count: pilots.length, email })
    }
    await clock.sleep(nextLookMs(look), signal)
  }
  return null
}

/** The rooms that have been settled, with the last of their steps. They may be anywhere in the plan. */
async function pilotsOf({ key, deps, tally }: Run): Promise<RotationItem[]> {
  const settled: RotationItem[] = []
  for await (const items of eachItem(deps.store.db, key)) {
    settled.push(...items.filter(({ state }) => state === 'done' || state === 'refused'))
    if (settled.length >= tally.done + tally.refused) break
  }
  const movedOn = new Set(settled.filter(({ kind, state }) => kind === 'move' && state === 'done').map(personOf))
  return settled.filter(item => item.kind === 'move' || !movedOn.has(personOf(item)))
}

async function lookAt(
  { deps, rotation }: Run,
  item: RotationItem,
): Promise<'seen' | 'old' | 'wrong' | { unclear: MessageOrText }> {
  const { person_id: personId, email, old_id, settled_id } = item
  const reading = await readRoomOf(deps.client, rotation.site_url, { personId, email, ids: [old_id, settled_id] })
  if ('unclear' in reading) return { unclear: reading.unclear }
  const id = 'roomId' in reading ? roomIdKey(reading.roomId) : null
  if (id === roomIdKey(settled_id ?? '')) return 'seen'
  return id === roomIdKey(old_id ?? '') ? 'old' : 'wrong'
}
