/**
 * The most calls that a run makes, whatever its target does; held to by running/step.ts. What comes on top is only what
 * the target itself asks for or loses: calls that it answers with "later" (429, 423), repeats of readings that it does
 * not answer, at most five each, and, each time that the process dies or is stopped, the batches then under way.
 *
 * A batch of m rooms goes as a whole twice; then its halves do, down to each room alone: at most 2m - 2 batches more.
 * A room alone goes three times instead of once. Together at most 4m. Each room is in at most 11 of these (2 as a
 * whole, 6 halves, 3 alone), and after each of them it is read at once and, where that cannot tell, once more when the
 * target has settled; a reading that shows an unknown room costs a second call to make sure whose it is.
 * A room whose new ID was drawn and is taken goes alone three times more. Before it is sent for the first time, a room that
 * was not read lately is looked at once.
 *
 * A room is changed by each of its sends only where the target gives it another ID each time. One that shows that, in its
 * answers or in readings, is not asked for a room more than three times.
 */
import { maxBatchSize } from '../../rooms/batch-shape.ts'
import type { Profile } from '../target/profile.ts'

/** A batch is sent so often for each of its rooms. */
const refreshesPerRoom = 4
/** 2 readings after each send, 2 calls for each. */
const readsPerSend = 4
/** A look before the first: the room, whose it is, and the room at their new address. */
const readsBefore = 3
/** A new ID that is taken is drawn so often again; the room goes alone each time. */
export const maxDraws = 3
/** The settings of self-service, before and after, and the list of people for the canary. */
const readsPerRun = 8

export interface CallBound {
  /** How many calls a run makes at most, whatever its target does: refreshes, readings and settings. */
  maxCalls: number
  /** How many of these refresh rooms. */
  maxRefreshes: number
  /** How often one room is changed at most; once, or twice by way of a temporary ID, if the target gives what it is asked for. */
  maxChanges: number
}

/**
 * @param pilots rooms that go first and are read until they are seen or the target has settled.
 * @param plan `draws`: new IDs are drawn here, and drawn again where they are taken.
 */
export function callBound(
  { moves, temporaries, draws }: { moves: number; temporaries: number; draws: boolean },
  pilots: number,
  { settleMs }: Pick<Profile, 'settleMs'>,
): CallBound {
  const rooms = moves + temporaries
  if (rooms === 0) return { maxCalls: readsPerRun, maxRefreshes: 0, maxChanges: 0 }
  const redrawn = draws ? maxDraws : 0
  const maxRefreshes = (refreshesPerRoom + redrawn) * rooms
  const canaryReads = Math.min(pilots, rooms) * 2 * maxLooks(settleMs)
  const readsPerRoom = readsBefore + readsPerSend * (sendsPerRoom(maxBatchSize) + redrawn)
  return {
    maxCalls: maxRefreshes + readsPerRoom * rooms + canaryReads + readsPerRun,
    maxRefreshes,
    maxChanges: (temporaries > 0 ? 2 : 1) * sendsPerRoom(Math.min(rooms, maxBatchSize)) + redrawn,
  }
}

/** In a batch of so many: twice as a whole, in halves, and alone until it has been tried three times. */
function sendsPerRoom(batch: number): number {
  return batch === 1 ? 3 : 2 + Math.ceil(Math.log2(batch)) - 1 + 3
}

/** Milliseconds after the first look at the pilots until the next; twice as long each time, up to a few minutes. */
export function nextLookMs(look: number): number {
  return Math.min(5 * 60_000, 1000 * 2 ** look)
}

/** How often the pilots are looked at until the target has settled. */
export function maxLooks(settleMs: number): number {
  let looks = 1
  for (let passed = 0; passed < settleMs; looks += 1) passed += nextLookMs(looks - 1)
  return looks
}
