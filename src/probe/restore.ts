/** Gives each room the ID that it began with. */
import type { Asked, ProbeTarget, TestRoom } from './target.ts'

/** So often a call without a clear answer is made again. */
const tries = 5

/** The rooms that could not be given their ID. An ID that is given a second time does no harm. */
export async function restoreRooms(target: ProbeTarget, rooms: readonly TestRoom[]): Promise<TestRoom[]> {
  const left: TestRoom[] = []
  for (const room of rooms) {
    if (!(await restore(target, room))) left.push(room)
  }
  return left
}

/** By either name, because a target may know people by one of them alone. */
async function restore(target: ProbeTarget, room: TestRoom): Promise<boolean> {
  for (const by of ['email', 'personId'] as const) {
    target.addressBy = by
    // Where a room may not be given its own ID, it may have it already; from another one, it comes back in any case.
    if ((await giveSurely(target, room, room.originalId)) === 'accepted' || (await comeBack(target, room))) return true
  }
  return false
}

async function comeBack(target: ProbeTarget, room: TestRoom): Promise<boolean> {
  if ((await giveSurely(target, room, target.newId())) !== 'accepted') return false
  return (await giveSurely(target, room, room.originalId)) === 'accepted'
}

async function giveSurely(target: ProbeTarget, room: TestRoom, id: string): Promise<Asked> {
  let asked = await target.give(room, id)
  for (let count = 1; asked === 'unclear' && count < tries; count += 1) {
    await target.pause(1000 * 2 ** count)
    asked = await target.give(room, id)
  }
  return asked
}
