/**
 * The look at rooms just before they are sent for the first time, unless they were read lately. What is known of a room
 * may be hours old by then, and its host may have chosen another ID: what an undo would give back then is not what the
 * host had. So the room is held: it is not sent, and says why. Where the plan asks for it (`overwrite_changed`), the ID
 * that is found goes into the snapshot before anything is sent.
 */
import { type Message, message } from '../../messages/message.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import type { LookRule, Looks, MoveToLookAt } from '../../store/rotations/looks.ts'
import { defaultFreshMs } from '../../store/rotations/plans.ts'
import type { RoomReading } from '../../webex/calls/client.ts'
import { concurrently } from '../planning/concurrently.ts'
import { readRoomOf } from '../target/read-person.ts'
import { countHeld } from './run-progress.ts'
import { owned, passing, type Run } from './run-state.ts'

/** Which rooms are to be looked at now. */
export function lookRule({ rotation, looked }: Run, now: number): LookRule {
  const before = now - (rotation.fresh_ms ?? defaultFreshMs)
  return { before, plannedAt: rotation.created_at, looked: [...looked] }
}

/** Looks at rooms, one worker at a time: another one that has come upon the same finds them looked at. */
export async function lookAt(run: Run, moves: MoveToLookAt[]): Promise<void> {
  const before = run.looking
  const looking = before.then(() =>
    lookNow(
      run,
      moves.filter(({ number }) => !run.looked.has(number)),
    ),
  )
  run.looking = looking.catch(() => undefined)
  await looking
}

async function lookNow(run: Run, moves: MoveToLookAt[]): Promise<void> {
  if (moves.length === 0) return
  const { client, clock, store, readRoom } = run.deps
  const at = clock.now()
  const looks: Looks = { same: [], held: [], taken: [] }
  await concurrently(moves, 8, async move => {
    const { number, person_id: personId, email, old_id, new_id } = move
    const person = { personId, email, ids: [old_id, new_id] }
    const reading = await (readRoom?.(person) ?? readRoomOf(client, run.rotation.site_url, person))
    const seen = judgeLook(move, reading, {
      overwrite: run.rotation.overwrite_changed === 1,
      mayShowNewId: clock.now() < run.hadItUntil,
    })
    if (seen === 'same') looks.same.push(number)
    else if ('taken' in seen) looks.taken.push({ number, id: seen.taken })
    else looks.held.push({ number, reason: seen.held, id: 'roomId' in reading ? reading.roomId : null })
  })
  await store.write('recordLooks', { ...owned(run), ...looks, at })
  for (const { number } of moves) run.looked.add(number)
  countHeld(run, looks.held.length)
  await passing(run)('looked')
}

/**
 * What a reading means for a room that is to be sent. One of which the target says that there is none is sent: the
 * target then says why not.
 *
 * @param mayShowNewId a late reading may show the new ID, because the room had it before: that of an undo.
 */
export function judgeLook(
  { old_id, new_id }: Pick<MoveToLookAt, 'old_id' | 'new_id'>,
  reading: RoomReading,
  { overwrite, mayShowNewId }: { overwrite: boolean; mayShowNewId: boolean },
): 'same' | { taken: string } | { held: Message } {
  if ('missing' in reading) return 'same'
  if ('unclear' in reading) return { held: message('heldUnread', { reason: reading.unclear }) }
  const key = roomIdKey(reading.roomId)
  if (key === roomIdKey(old_id ?? '')) return 'same'
  if (new_id !== null && key === roomIdKey(new_id)) return mayShowNewId ? 'same' : { held: message('heldHasNewId') }
  return overwrite ? { taken: reading.roomId } : { held: message('heldChanged') }
}
